//! Links that the terminal can open ("OSC 8"): between its address and the end of it a link's cells are
//! written like any others, so an address belongs to a cell as its colour does.

use std::fmt::Write as _;

use super::picture::is_in;
use super::{Encoder, Row, write_to};

/// Ends a link.
const END: &str = "\x1b]8;;\x1b\\";

impl<'a> Row<'a> {
    /// Where the cell of that column leads.
    pub(super) fn link(&self, x: usize) -> Option<&'a str> {
        let mut links = self.links.iter();
        let link = links.find(|link| is_in(link.area, x))?;
        Some(&link.url)
    }
}

impl Encoder {
    /// What is written from now on leads there, or nowhere.
    pub(super) fn set_link(&mut self, link: Option<&str>) {
        if self.link.as_deref() == link {
            return;
        }
        match link {
            Some(url) => write_to(
                &mut self.out,
                format_args!("\x1b]8;;{}\x1b\\", printable(url)),
            ),
            None => self.out.push_str(END),
        }
        self.link = link.map(str::to_owned);
    }
}

/// An address as the sequence takes it: printable ASCII, all else as the bytes of its UTF-8.
fn printable(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            // A String takes every write.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::super::Picture;
    use super::*;
    use crate::app::Link;
    use crate::layout::Area;

    fn link(x: u16, width: u16, url: &str) -> Link {
        let area = Area {
            x,
            y: 0,
            width,
            height: 1,
        };
        Link {
            area,
            url: url.to_owned(),
        }
    }

    /// The bytes from one row with its links to the next.
    fn change(from: (&str, &[Link]), to: (&str, &[Link])) -> String {
        let row = |text: &str| {
            let mut cells = Buffer::empty(Rect::new(0, 0, 16, 1));
            cells.set_string(0, 0, text, Style::new());
            cells
        };
        let (shown, wanted) = (row(from.0), row(to.0));
        let mut encoder = Encoder::default();
        encoder.draw(
            Picture {
                cells: &shown,
                links: from.1,
                large: &[],
                images: &[],
            },
            Picture {
                cells: &wanted,
                links: to.1,
                large: &[],
                images: &[],
            },
        );
        encoder.take()
    }

    #[test]
    fn a_link_is_written_once_between_its_address_and_its_end() {
        let here = [link(2, 4, "https://exämple.org/\x1b]")];
        let there = [link(2, 4, "u:2")];
        let in_parts = [link(2, 2, "u:1"), link(4, 2, "u:1")];
        let next = [link(0, 2, "u:1"), link(2, 2, "u:2")];
        let text = "  日 x y";
        for (from, to, expected) in [
            (
                ("", &[][..]),
                (text, &here[..]),
                "\x1b[1;3H\x1b]8;;https://ex%C3%A4mple.org/%1B]\x1b\\日 x\x1b[C\x1b]8;;\x1b\\y",
            ),
            ((text, &here), (text, &here), ""),
            // The letters are the same, and where they lead is not.
            (
                (text, &here),
                (text, &there),
                "\x1b[1;3H\x1b]8;;u:2\x1b\\日 x\x1b]8;;\x1b\\",
            ),
            ((text, &here), (text, &[]), "\x1b[1;3H日 x"),
            ((text, &here), ("", &[]), "\x1b[1;3H\x1b[K"),
            // One link in two parts is one; of two side by side each has its own.
            (
                ("", &[]),
                ("  abcd", &in_parts),
                "\x1b[1;3H\x1b]8;;u:1\x1b\\abcd\x1b]8;;\x1b\\",
            ),
            (
                ("", &[]),
                ("abcd", &next),
                "\x1b[H\x1b]8;;u:1\x1b\\ab\x1b]8;;u:2\x1b\\cd\x1b]8;;\x1b\\",
            ),
            // Nothing of a link is written again without it on the way to what has changed.
            (
                ("ab12ef", &in_parts),
                ("xb12yf", &in_parts),
                "\x1b[Hx\x1b[3C\x1b]8;;u:1\x1b\\y\x1b]8;;\x1b\\",
            ),
        ] {
            assert_eq!(change(from, to), expected, "{} → {}", from.0, to.0);
        }
    }
}
