//! Slide + step + size → [`Page`]. A pure function: no theme, no clock, no I/O.
//!
//! [`compose`] places title, body and footnotes on the page; [`setter`] sets blocks one below the
//! other, with a file for each kind beside it; [`inline`] and [`wrap`] make lines of text;
//! [`large`] sets letters of several cells, drawn from [`font`]; [`width`] is the one measure of how
//! many cells text takes, and [`glyph`] holds every sign that is drawn beside the deck's own text.
//!
//! A slide is always set whole, as it is when all is revealed; what isn't revealed yet is then left
//! out. So a reveal moves nothing that is already there.

mod arrow;
mod chart;
mod code;
mod columns;
mod compose;
mod demo;
mod font;
mod footnote;
mod frame;
mod gauges;
mod glyph;
mod holds;
mod images;
mod inline;
mod large;
mod list;
mod matrix;
mod page;
mod picture;
mod qr;
mod quote;
mod rows;
mod setter;
mod snippet;
mod table;
mod width;
mod wrap;

pub use compose::Form;
pub use demo::DEMO_ROWS_MIN;
pub use gauges::{GaugeShape, HeatGrid};
pub use glyph::ascii;
pub use holds::{HoldPlan, HoldRow, Strip, round_span};
pub use images::COLUMN_PIXELS;
pub use large::Letters;
pub use matrix::{MatrixRow, matrix};
pub use page::*;
pub use picture::{Band, DemoContents, DemoPlan, LaneRows};
pub use snippet::SNIPPET_ROWS_MIN;
pub use width::{grapheme_width, prefix, text_width};

use crate::deck::Slide;
use crate::highlight::Highlights;
use setter::Setter;

#[cfg(test)]
mod tests;

/// Places a slide's blocks on a page of this size, as far as `step` reveals them. A reveal moves
/// nothing that is already there.
///
/// Where images are what makes a page too high, they are made lower, but no lower than they have to be.
pub fn layout(
    slide: &Slide,
    step: u16,
    size: Size,
    letters: Letters,
    highlights: &Highlights,
) -> Page {
    images::fitted(size.height, |image_rows_max| {
        let mut setter = Setter::new(step, size, letters, highlights);
        setter.image_rows_max = image_rows_max;
        let page = compose::page(slide, size, &mut setter);
        (page, setter.image_rows)
    })
}

/// A slide's text as a step shows it, one thing below the other: no line is parted, however long.
pub fn unparted(slide: &Slide, step: u16) -> String {
    // Wider than any line, and so low that nothing is moved to the middle.
    const SIZE: Size = Size {
        width: 10_000,
        height: 1,
    };
    let highlights = Highlights::default();
    let mut setter = Setter::new(step, SIZE, Letters::Plain, &highlights);
    setter.measure = SIZE.width;
    compose::page(slide, SIZE, &mut setter).to_text()
}

/// How a slide stands on its page, for an export that sets it by rules of its own.
pub fn form(slide: &Slide) -> Form {
    Form::of(slide)
}
