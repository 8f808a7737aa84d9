//! Slide + step + size → [`Page`]. A pure function: no theme, no clock, no I/O.

mod page;

pub use page::*;

use crate::deck::Slide;
use crate::highlight::Highlights;

/// Places a slide's blocks on a page of this size, as far as `step` reveals them. A reveal moves
/// nothing that is already there.
pub fn layout(_slide: &Slide, _step: u16, size: Size, _highlights: &Highlights) -> Page {
    Page {
        size,
        ..Page::default()
    }
}
