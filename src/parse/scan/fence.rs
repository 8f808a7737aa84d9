//! Fenced code: where it begins, and where it ends.

use super::line::Line;
use super::{Scan, State};

/// A fence that is open.
#[derive(Clone, Copy)]
pub(super) struct Fence {
    marker: u8,
    length: usize,
    /// [`Scan::item_indent`] where it was opened.
    item_indent: usize,
    pub(super) start: usize,
}

impl<'a> Scan<'a> {
    /// Opens a fence if `rest`, which begins with its marker, is one; whether it is.
    pub(super) fn open_fence(&mut self, start: usize, rest: &str, marker: u8) -> bool {
        let length = rest.bytes().take_while(|byte| *byte == marker).count();
        let opens = length >= 3 && (marker == b'~' || !rest[length..].contains('`'));
        if opens {
            self.text_before = true;
            self.state = State::Fence(Fence {
                marker,
                length,
                item_indent: self.item_indent,
                start,
            });
        }
        opens
    }

    /// Reads a line behind an open fence.
    pub(super) fn code_line(&mut self, fence: Fence, line: Line<'a>) {
        let indent = line.indent();
        let blank_before = std::mem::replace(&mut self.blank_before, line.is_blank());
        if fence.is_closed_by(line.rest()) && indent < fence.item_indent + 4 {
            self.state = State::Text;
            self.blank_before = false;
        } else if indent < fence.item_indent && indent < line.text.len() {
            // The list item ended, and with it the fence in it.
            self.state = State::Text;
            self.blank_before = blank_before;
            self.text_line(line);
        }
    }
}

impl Fence {
    fn is_closed_by(self, rest: &str) -> bool {
        let run = rest.bytes().take_while(|byte| *byte == self.marker).count();
        run >= self.length && rest[run..].is_empty()
    }
}
