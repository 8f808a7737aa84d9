//! Links that the terminal can open ("OSC 8"): the cells of a link are written once more, between its
//! address and the end of it.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;

use super::{Encoder, width_of, write_to};
use crate::layout::Area;

/// Ends a link.
const END: &str = "\x1b]8;;\x1b\\";

impl Encoder {
    /// Writes these cells again as a link to this address.
    pub(in crate::terminal) fn link(&mut self, area: Area, url: &str, wanted: &Buffer) {
        self.jump(area.x, area.y as u16);
        write_to(
            &mut self.out,
            format_args!("\x1b]8;;{}\x1b\\", printable(url)),
        );
        self.rewrite(area, wanted);
        self.out.push_str(END);
    }

    /// Writes these cells again as they are, where a link was before.
    pub(in crate::terminal) fn unlink(&mut self, area: Area, wanted: &Buffer) {
        self.rewrite(area, wanted);
    }

    /// Writes one row's cells.
    fn rewrite(&mut self, area: Area, wanted: &Buffer) {
        let (y, mut x) = (area.y as u16, area.x);
        while x < area.x + area.width {
            let Some(cell) = wanted.cell((x, y)) else {
                return;
            };
            let width = width_of(cell) as u16;
            self.jump(x, y);
            self.put(cell, width);
            x += width;
        }
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
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn a_link_is_written_between_its_address_and_its_end() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(2, 0, "日 x", Style::new());
        let area = Area {
            x: 2,
            y: 0,
            width: 4,
            height: 1,
        };
        let mut encoder = Encoder::default();
        encoder.link(area, "https://exämple.org/\x1b]", &buffer);
        assert_eq!(
            encoder.take(),
            "\x1b[1;3H\x1b]8;;https://ex%C3%A4mple.org/%1B]\x1b\\日 x\x1b]8;;\x1b\\"
        );
        encoder.unlink(area, &buffer);
        assert_eq!(encoder.take(), "\x1b[1;3H日 x");
    }
}
