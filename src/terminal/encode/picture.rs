//! What is to be shown: cells, and what belongs to some of them beside how they look.

use ratatui::buffer::{Buffer, Cell};

use crate::app::{Link, PlacedImage};
use crate::layout::Area;
use crate::view::LargeText;

/// Cells, the links on them, the text that is shown in place of some, and the images over others.
#[derive(Clone, Copy)]
pub(in crate::terminal) struct Picture<'a> {
    pub(in crate::terminal) cells: &'a Buffer,
    pub(in crate::terminal) links: &'a [Link],
    /// No two overlap.
    pub(in crate::terminal) large: &'a [LargeText],
    pub(in crate::terminal) images: &'a [PlacedImage],
}

/// Cells alone.
impl<'a> From<&'a Buffer> for Picture<'a> {
    fn from(cells: &'a Buffer) -> Self {
        Self {
            cells,
            links: &[],
            large: &[],
            images: &[],
        }
    }
}

impl<'a> Picture<'a> {
    pub(super) fn rows(self) -> impl Iterator<Item = Row<'a>> {
        let width = usize::from(self.cells.area.width).max(1);
        let rows = self.cells.content.chunks(width);
        (0..).zip(rows).map(move |(y, cells)| {
            let is_here = |area: Area| (area.y..area.y + u32::from(area.height)).contains(&y);
            let links = self.links.iter().filter(|link| is_here(link.area));
            let large = self.large.iter().filter(|text| is_here(text.area));
            let images = self.images.iter().filter(|image| is_here(image.area));
            Row {
                cells,
                links: links.collect(),
                large: large.collect(),
                images: images.collect(),
            }
        })
    }
}

/// A picture's row.
#[derive(PartialEq)]
pub(super) struct Row<'a> {
    pub(super) cells: &'a [Cell],
    pub(super) links: Vec<&'a Link>,
    pub(super) large: Vec<&'a LargeText>,
    pub(super) images: Vec<&'a PlacedImage>,
}

/// Whether an area has this column.
pub(super) fn is_in(area: Area, x: usize) -> bool {
    let columns = usize::from(area.x)..usize::from(area.x + area.width);
    columns.contains(&x)
}
