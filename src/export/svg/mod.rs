//! A picture as SVG: self-contained, its text real text that can be searched and copied.
//!
//! Block elements become shapes, as terminals draw them, so that bars have no seams whatever the
//! font. Every stretch of text says how long it is, so that columns stand under each other even
//! where the font's characters are wider or narrower than expected. [`film`] lets it move.

mod film;
mod over;
mod row;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Shot;
use super::palette::{Palette, hex};
use crate::theme::Theme;
use row::Span;

pub use film::{SvgTooLarge, animated_svg};

const CELL_WIDTH: f64 = 9.6;
const CELL_HEIGHT: f64 = 20.0;
const FONT_SIZE: u32 = 16;
const PADDING: f64 = 16.0;
const FONTS: &str = "ui-monospace, 'Cascadia Mono', 'JetBrains Mono', 'SF Mono', Menlo, Consolas, \
                     'DejaVu Sans Mono', monospace";

/// A moment as an SVG document in the theme's colours; its images are to be PNG.
pub fn svg(shot: &Shot, theme: &Theme) -> String {
    let palette = Palette::of(theme);
    let mut out = String::with_capacity(shot.cells.content.len() * 8);
    open(shot.cells.area, &palette, &mut out);
    draw(&shot.cells, &palette, &mut out);
    for image in &shot.images {
        over::image(image, &mut out);
    }
    for text in &shot.large {
        over::large(text, &palette, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

/// Opens a document for so many cells. Shapes are drawn without soft edges, so that those side by side
/// show no seam. That spaces count is said twice: some readers know the one, some the other.
fn open(area: Rect, palette: &Palette, out: &mut String) {
    let width = f64::from(area.width) * CELL_WIDTH + 2.0 * PADDING;
    let height = f64::from(area.height) * CELL_HEIGHT + 2.0 * PADDING;
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.1} {height:.1}\" font-family=\"{FONTS}\" font-size=\"{FONT_SIZE}\" \
         shape-rendering=\"crispEdges\" xml:space=\"preserve\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\" shape-rendering=\"auto\"/>\n\
         <style>text{{white-space:pre}}</style>\n",
        hex(palette.background)
    );
}

/// Draws a picture: all areas first, so that none covers a part of a letter of the row above.
fn draw(buffer: &Buffer, palette: &Palette, out: &mut String) {
    for span in rows(buffer) {
        span.areas(palette, out);
    }
    for span in rows(buffer) {
        span.texts(palette, out);
    }
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = Span<'_>> {
    let width = usize::from(buffer.area.width).max(1);
    let span = |(y, cells): (usize, _)| Span {
        cells,
        column: 0,
        top: top(y),
    };
    buffer.content.chunks(width).enumerate().map(span)
}

/// A row's upper edge.
fn top(row: usize) -> f64 {
    PADDING + row as f64 * CELL_HEIGHT
}
