//! Where the editor stands: beside the slide where there is room, else over it. Its geometry is here alone, so
//! that layout, picture and mouse agree.

use super::column::column;
use crate::app::{Mode, State};
use crate::layout::Area;

/// A screen of so many columns has room for the editor beside the slide.
const BESIDE_WIDTH_MIN: u16 = 114;
/// The most columns of an editor beside the slide.
const BESIDE_WIDTH_MAX: u16 = 100;

/// Rows below the text, for what is wrong with it.
const REMARK_ROWS: u16 = 2;

/// The editor's pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EditorPlan {
    /// All of it: a heading in its first row, a remark below the text.
    pub pane: Area,
    /// Whether its first column is the edge to the slide.
    pub edge: bool,
    /// Columns of the line numbers, left of the text.
    pub gutter: u16,
    /// The text.
    pub text: Area,
    /// Columns of the text that are scrolled off its left.
    pub left: usize,
}

impl State {
    /// Whether the editor stands beside the slide.
    pub fn editor_is_beside(&self) -> bool {
        self.editor().is_some() && self.size.width >= BESIDE_WIDTH_MIN
    }

    /// Columns that the editor takes from the slide.
    pub(in crate::app) fn editor_width(&self) -> u16 {
        if self.editor_is_beside() {
            (self.size.width / 2).min(BESIDE_WIDTH_MAX)
        } else {
            self.size.width
        }
    }

    /// Where everything of the editor stands; nowhere while none is open.
    pub fn editor_plan(&self) -> EditorPlan {
        let Some(editor) = self.editor() else {
            return EditorPlan::default();
        };
        let width = self.editor_width();
        let edge = self.editor_is_beside();
        let pane = Area {
            x: self.size.width - width,
            y: 0,
            width,
            height: self.size.height.saturating_sub(1),
        };
        let lines = editor.buffer.lines();
        let gutter = (lines.len().ilog10() as u16 + 1).max(2) + 2;
        let before = u16::from(edge) + gutter;
        let text = Area {
            x: pane.x + before.min(width),
            y: 1,
            // The last column shows that a line goes on.
            width: width.saturating_sub(before + 1),
            height: pane.height.saturating_sub(1 + REMARK_ROWS),
        };
        let cursor = editor.buffer.cursor();
        let at = column(&lines[cursor.line], cursor.byte);
        EditorPlan {
            pane,
            edge,
            gutter,
            text,
            left: scrolled_off(at, usize::from(text.width).max(1)),
        }
    }

    /// Scrolls the text as little as brings the cursor into view.
    pub(in crate::app) fn keep_cursor_in_view(&mut self) {
        let rows = usize::from(self.editor_plan().text.height).max(1);
        if let Mode::Edit(editor) = &mut self.mode {
            let line = editor.buffer.cursor().line;
            editor.top = editor.top.clamp((line + 1).saturating_sub(rows), line);
        }
    }
}

/// So many columns of the text are scrolled away that the one at `at` is in view: by quarters of the width,
/// so that not every key moves all of it.
fn scrolled_off(at: usize, width: usize) -> usize {
    let step = (width / 4).max(1);
    (at + 1).saturating_sub(width).div_ceil(step) * step
}

#[cfg(test)]
mod tests {
    use super::scrolled_off;

    #[test]
    fn the_cursor_is_always_in_view() {
        for width in 1..50 {
            for at in 0..300 {
                let left = scrolled_off(at, width);
                assert!(
                    (left..left + width).contains(&at),
                    "{at} of {width} with {left} gone"
                );
                assert!(at >= width || left == 0, "{at} of {width}");
            }
        }
    }
}
