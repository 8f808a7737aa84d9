//! How a line of a program stands on the screen: what is shown for each grapheme, and in which column.
//! Cursor, mouse and picture agree on it here.

use std::borrow::Cow;

use parade_demos::visible::visible;
use unicode_segmentation::UnicodeSegmentation;

use crate::layout::text_width;

/// One step of indentation, and what a tab is shown as.
pub(super) const INDENT: &str = "    ";

/// What is shown for a grapheme: something that can be seen, at least one cell wide.
pub fn shown(grapheme: &str) -> Cow<'_, str> {
    match grapheme {
        "\t" => Cow::Borrowed(INDENT),
        _ => match visible(grapheme) {
            shown if text_width(&shown) == 0 => Cow::Borrowed("�"),
            shown => shown,
        },
    }
}

/// The column in which a byte of a line stands.
pub fn column(line: &str, byte: usize) -> usize {
    line[..byte]
        .graphemes(true)
        .map(|grapheme| text_width(&shown(grapheme)))
        .sum()
}

/// The byte of the grapheme that stands in a column, or the line's end.
pub fn byte_at(line: &str, column: usize) -> usize {
    let mut end = 0;
    for (at, grapheme) in line.grapheme_indices(true) {
        end += text_width(&shown(grapheme));
        if end > column {
            return at;
        }
    }
    line.len()
}

/// The first place between two graphemes that is not before this byte.
pub(super) fn snapped(line: &str, byte: usize) -> usize {
    let mut starts = line.grapheme_indices(true).map(|(at, _)| at);
    starts.find(|at| *at >= byte).unwrap_or(line.len())
}
