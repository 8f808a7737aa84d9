//! The speaker's notes of a slide, on pictures of their own.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::Picture;
use crate::app::{Panel, State};
use crate::layout::Row;

/// Rows above the text: a heading, and nothing.
const HEADING: u16 = 2;
/// Columns before the heading.
const MARGIN: u16 = 2;

/// What the open panel of notes says, each of its rows, on pictures as large as the screen.
pub fn notes(state: &State) -> Vec<Picture> {
    if state.panel != Panel::Notes {
        return Vec::new();
    }
    let room = state.size.height.saturating_sub(HEADING).max(1);
    let heading = format!("{} – notes", state.slide_name());
    let page = |rows: &[Row]| {
        let mut picture = Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height));
        let bold = Style::new().add_modifier(Modifier::BOLD);
        picture.set_stringn(MARGIN, 0, &heading, usize::from(state.size.width), bold);
        for (y, row) in (HEADING..state.size.height).zip(rows) {
            for run in row.runs.iter().filter(|run| run.x < state.size.width) {
                let columns = usize::from(state.size.width - run.x);
                picture.set_stringn(run.x, y, &run.text, columns, Style::new());
            }
        }
        picture
    };
    state
        .panel_page
        .rows
        .chunks(usize::from(room))
        .map(page)
        .collect()
}
