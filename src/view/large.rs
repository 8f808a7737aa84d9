//! Large text for terminals that scale it: where it stands, and how its letters look.

use ratatui::buffer::Cell;

use super::canvas;
use super::depth::fit_cell;
use crate::app::State;
use crate::layout::Area;
use crate::theme::Depth;

/// A line of text that takes the place of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct LargeText {
    /// Its cells on the screen.
    pub area: Area,
    /// What it says.
    pub text: String,
    /// Columns and rows of a letter.
    pub scale: u8,
    /// A blank cell that looks as its letters do.
    pub look: Cell,
}

/// The large text of the picture that [`super::draw`] draws; there it is drawn, or stands in plain
/// letters.
pub fn large_text(state: &State, depth: Depth) -> Vec<LargeText> {
    let texts = state.large_text().into_iter();
    let looking = texts.map(|text| {
        let mut look = canvas::look(&state.theme, text.ink);
        fit_cell(&mut look, depth);
        LargeText {
            area: text.area,
            text: text.text,
            scale: text.scale,
            look,
        }
    });
    looking.collect()
}
