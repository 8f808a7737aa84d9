//! Large text as text of that size, in place of the letters that are drawn for terminals.

use std::fmt::Write as _;

use super::row::{Span, left};
use super::{PADDING, short, top};
use crate::export::palette::Palette;
use crate::layout::text_width;
use crate::view::LargeText;

/// Writes large text.
pub(super) fn write(text: &LargeText, palette: &Palette, out: &mut String) {
    let scale = f64::from(text.scale);
    let _ = writeln!(
        out,
        "<g transform=\"translate({} {}) scale({})\">",
        short(left(f64::from(text.area.x)) - scale * PADDING),
        short(top(text.area.y as usize)),
        text.scale,
    );
    let span = Span {
        cells: &[],
        column: 0,
        top: 0.0,
    };
    let columns = text_width(&text.text);
    span.text(&text.text, (0, columns), &text.look, palette, out);
    out.push_str("</g>\n");
}
