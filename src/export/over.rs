//! What a file shows in the place of cells: large text as text of that size, and images as their pixels.

use ratatui::layout::Rect;

use super::Picture;
use crate::app::{PlacedImage, State};
use crate::layout::Area;
use crate::theme::Depth;
use crate::view::{self, LargeText};

/// What lies over a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Over {
    /// Text that takes several rows.
    pub large: Vec<LargeText>,
    /// Images, as the state's graphics have them.
    pub images: Vec<PlacedImage>,
}

impl Over {
    /// What lies over the picture of a state.
    pub fn of(state: &State) -> Self {
        Self {
            large: view::large_text(state, Depth::TrueColour),
            images: state.placed_images(),
        }
    }

    /// The picture without what is drawn for terminals that know neither.
    pub(super) fn cleared(&self, picture: &Picture) -> Picture {
        let mut cleared = picture.clone();
        let cells = |area| rect(area).intersection(picture.area).positions();
        for at in self.large.iter().flat_map(|text| cells(text.area)) {
            cleared[at].set_symbol(" ");
        }
        // Half blocks have their background from the image.
        for at in self.images.iter().flat_map(|image| cells(image.area)) {
            cleared[at].reset();
        }
        cleared
    }
}

fn rect(area: Area) -> Rect {
    let y = u16::try_from(area.y).unwrap_or(u16::MAX);
    Rect::new(area.x, y, area.width, area.height)
}
