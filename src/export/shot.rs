//! What a screen shows at a moment, as files have it: cells, and over them large text as text of its
//! size, and images as their pixels.

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::{Picture, picture};
use crate::app::{PlacedImage, State};
use crate::layout::Area;
use crate::theme::Depth;
use crate::view::{self, LargeText};

/// A moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shot {
    /// All else. A cell behind a character of two columns looks as that does.
    pub cells: Picture,
    /// Text that takes several rows.
    pub large: Vec<LargeText>,
    /// Images, as the state's graphics have them.
    pub images: Vec<PlacedImage>,
}

impl Shot {
    /// What a screen of the state's size would show now.
    pub fn of(state: &State) -> Self {
        let shot = Self {
            cells: picture(state),
            large: view::large_text(state, Depth::TrueColour),
            images: state.placed_images(),
        };
        shot.cleared()
    }

    /// Without the cells that terminals show which know neither of the two.
    fn cleared(mut self) -> Self {
        let all = self.cells.area;
        let cells = |area| rect(area).intersection(all).positions();
        for at in self.large.iter().flat_map(|text| cells(text.area)) {
            self.cells[at].set_symbol(" ");
        }
        // Half blocks have their background from the image.
        for at in self.images.iter().flat_map(|image| cells(image.area)) {
            self.cells[at].reset();
        }
        Self {
            large: self.large,
            images: self.images,
            ..Self::from(self.cells)
        }
    }
}

impl From<Picture> for Shot {
    fn from(mut cells: Picture) -> Self {
        let width = usize::from(cells.area.width).max(1);
        for row in cells.content.chunks_mut(width) {
            whole_characters(row);
        }
        Self {
            cells,
            ..Self::default()
        }
    }
}

/// Gives the cells behind a character that takes several its style: nothing of their own is seen.
fn whole_characters(row: &mut [Cell]) {
    let mut x = 0;
    while x < row.len() {
        let columns = usize::from(row[x].symbol().cell_width().max(1));
        let end = (x + columns).min(row.len());
        let style = row[x].style();
        for hidden in &mut row[x + 1..end] {
            hidden.reset();
            hidden.set_style(style);
        }
        x = end;
    }
}

/// Large text as a row of cells, each of which is to be drawn as many times as large.
pub(super) fn row_of(text: &LargeText) -> Vec<Cell> {
    let mut row = Vec::new();
    for grapheme in text.text.graphemes(true) {
        let mut cell = text.look.clone();
        cell.set_symbol(grapheme);
        let columns = usize::from(grapheme.cell_width().max(1));
        row.push(cell);
        row.resize(row.len() + columns - 1, text.look.clone());
    }
    row
}

fn rect(area: Area) -> Rect {
    let y = u16::try_from(area.y).unwrap_or(u16::MAX);
    Rect::new(area.x, y, area.width, area.height)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::style::{Color, Style};

    use super::*;

    #[test]
    fn a_wide_character_has_its_ground_in_all_its_columns() {
        let mut cells = Buffer::empty(Rect::new(0, 0, 5, 1));
        let style = Style::new().bg(Color::Blue);
        cells.set_string(0, 0, "a漢b", style);
        assert_eq!(
            cells[(2, 0)].bg,
            Color::Reset,
            "as the terminal's library has it"
        );
        let shot = Shot::from(cells);
        let grounds: Vec<Color> = shot.cells.content.iter().map(|cell| cell.bg).collect();
        let blue = Color::Blue;
        assert_eq!(grounds, [blue, blue, blue, blue, Color::Reset]);
    }
}
