//! Text in letters of several cells, by kitty's text sizing protocol ("OSC 66",
//! `sw.kovidgoyal.net/kitty/text-sizing-protocol`).
//!
//! A letter is one thing to the terminal: whatever is written over any of its cells erases all of it.
//! So a cell of large text that goes is always written anew, and none of one that stays is touched.

use ratatui::buffer::Buffer;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::picture::is_in;
use super::{Encoder, Pen, Row, is_blank, printable, write_to};
use crate::view::LargeText;

/// Columns and rows of the blank that finds out whether text is scaled.
pub(in crate::terminal) const PROBE: u8 = 2;
/// Asks where the cursor is (ECMA-48, "device status report").
const CURSOR_QUERY: &str = "\x1b[6n";

impl<'a> Row<'a> {
    /// The large text that has the cell of that column.
    pub(super) fn large(&self, x: usize) -> Option<&'a LargeText> {
        let mut large = self.large.iter();
        large.find(|text| is_in(text.area, x)).copied()
    }
}

impl Encoder {
    /// Writes large text whose cells begin here, in its first row; in the others it stands already.
    pub(super) fn put_large(&mut self, text: &LargeText, y: u16, link: Option<&str>) {
        if text.area.y != u32::from(y) {
            return;
        }
        self.jump(text.area.x, y);
        self.set_link(link);
        self.set_pen(Pen::of(&text.look));
        let mut letters = String::new();
        for cluster in text.text.graphemes(true) {
            if cluster.chars().nth(1).is_none() && cluster.width() == 1 {
                letters.push_str(printable(cluster));
                continue;
            }
            // Terminals disagree on the width of what is made of several characters: it is told.
            self.put_letters(text.scale, 0, &std::mem::take(&mut letters));
            self.put_letters(text.scale, cluster.width(), printable(cluster));
        }
        self.put_letters(text.scale, 0, &letters);
        self.cursor = None;
    }

    /// Asks whether the terminal scales text: behind a blank of two columns each way, where is the
    /// cursor? Gives the cell on which the blank begins. It is blank already, so that nothing is lost
    /// where the terminal only takes the blank for what it is.
    pub(in crate::terminal) fn ask_for_scaling(&mut self, shown: &Buffer) -> Option<(u16, u16)> {
        let area = shown.area;
        // The report of a place in the first row would be a key's: F3 with modifiers.
        let rows = 1..area.height.saturating_sub(1);
        let columns = 0..area.width.saturating_sub(PROBE.into());
        let cells = rows.flat_map(|y| columns.clone().map(move |x| (x, y)));
        let (x, y) = cells.into_iter().find(|at| is_blank(&shown[*at]))?;
        self.jump(x, y);
        self.set_pen(self.pen_for(&shown[(x, y)]));
        self.put_letters(PROBE, 0, " ");
        self.out.push_str(CURSOR_QUERY);
        self.cursor = None;
        Some((x, y))
    }

    /// Writes letters, of their own width or all together of so many columns.
    fn put_letters(&mut self, scale: u8, width: usize, letters: &str) {
        match (letters, width) {
            ("", _) => {}
            (_, 0) => write_to(
                &mut self.out,
                format_args!("\x1b]66;s={scale};{letters}\x1b\\"),
            ),
            _ => write_to(
                &mut self.out,
                format_args!("\x1b]66;s={scale}:w={width};{letters}\x1b\\"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::super::Picture;
    use super::*;
    use crate::layout::Area;

    fn large(x: u16, y: u32, text: &str) -> LargeText {
        let mut look = Cell::default();
        look.set_fg(Color::Red);
        LargeText {
            area: Area {
                x,
                y,
                width: 2 * text.width() as u16,
                height: 2,
            },
            text: text.to_owned(),
            scale: 2,
            look,
        }
    }

    /// The bytes from one picture of sixteen by four to the next.
    fn change(from: (&[&str], &[LargeText]), to: (&[&str], &[LargeText])) -> String {
        let cells = |lines: &[&str]| {
            let mut cells = Buffer::empty(Rect::new(0, 0, 16, 4));
            for (y, line) in (0..).zip(lines) {
                cells.set_string(0, y, line, Style::new());
            }
            cells
        };
        let (shown, wanted) = (cells(from.0), cells(to.0));
        let picture = |cells, large| Picture {
            cells,
            links: &[],
            large,
            images: &[],
        };
        let mut encoder = Encoder::default();
        encoder.draw(picture(&shown, from.1), picture(&wanted, to.1));
        encoder.take()
    }

    #[test]
    fn large_text_is_written_once_and_takes_the_place_of_its_cells() {
        let (hi, ho, low) = (
            [large(2, 0, "Hi")],
            [large(2, 0, "Ho")],
            [large(2, 1, "Hi")],
        );
        let drawn = ["  █▌▐█", "  █▌▐█"];
        let hi_bytes = "\x1b[1;3H\x1b[31m\x1b]66;s=2;Hi\x1b\\";
        for (from, to, expected) in [
            // What is drawn for others is not written.
            ((&[][..], &[][..]), (&drawn[..], &hi[..]), hi_bytes),
            ((&drawn, &hi), (&drawn, &hi), ""),
            // Nor is anything of it touched by what changes beside it, or behind it.
            (
                (&["a", "b"], &hi),
                (&["x     y", "      z"], &hi),
                "\x1b[Hx\x1b[5Cy\r\n \x1b[5Cz",
            ),
            ((&["      abcdef"], &hi), (&[], &hi), "\x1b[1;7H\x1b[K"),
            // Other words in the same cells, or another place for them.
            (
                (&drawn, &hi),
                (&drawn, &ho),
                "\x1b[1;3H\x1b[31m\x1b]66;s=2;Ho\x1b\\",
            ),
            (
                (&[], &hi),
                (&[], &low),
                "\x1b[1;3H\x1b[K\x1b[2;3H\x1b[31m\x1b]66;s=2;Hi\x1b\\",
            ),
            // What goes is erased in every row, also where the cells that were not shown are the same.
            ((&[], &hi), (&[], &[]), "\x1b[1;3H\x1b[K\x1b[2;3H\x1b[K"),
            ((&drawn, &hi), (&drawn, &[]), "\x1b[1;3H█▌▐█\x1b[2;3H█▌▐█"),
            // The width of what terminals disagree on is told.
            (
                (&[], &[]),
                (&[], &[large(0, 0, "a✍\u{fe0f}b\u{9b}")]),
                "\x1b[H\x1b[31m\x1b]66;s=2;a\x1b\\\x1b]66;s=2:w=2;✍\u{fe0f}\x1b\\\x1b]66;s=2;b\u{fffd}\x1b\\",
            ),
        ] {
            assert_eq!(change(from, to), expected, "{from:?} → {to:?}");
        }
    }

    #[test]
    fn scaling_is_asked_for_where_nothing_is_lost() {
        let ask = |lines: &[&str]| {
            let mut encoder = Encoder::default();
            let at = encoder.ask_for_scaling(&Buffer::with_lines(lines.iter().copied()));
            (at, encoder.take())
        };
        let (at, bytes) = ask(&["    ", "ab  ", "    "]);
        assert_eq!((at, &*bytes), (None, ""));
        let (at, bytes) = ask(&["     ", "ab   ", "     "]);
        assert_eq!(at, Some((2, 1)));
        assert_eq!(bytes, "\x1b[2;3H\x1b]66;s=2; \x1b\\\x1b[6n");
        assert_eq!(ask(&["   ", "   "]).0, None);
    }
}
