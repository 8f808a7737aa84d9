//! How many cells text takes: the one measure for layout and drawing alike.
//!
//! The rule is ratatui's own (unicode-width per grapheme cluster, and a cell for each half-width
//! katakana sound mark), written again because layout knows no ratatui; a test holds the two
//! together.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells that one grapheme cluster takes: 2 for `漢`, `✍️` and `👩‍🍳`, 0 for a lone combining mark.
pub fn grapheme_width(grapheme: &str) -> u16 {
    if grapheme.len() == 1 {
        return 1;
    }
    let sound_marks = grapheme
        .chars()
        .filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}'))
        .count();
    (grapheme.width() + sound_marks) as u16
}

/// Cells that a text takes.
pub fn text_width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true)
        .map(|grapheme| usize::from(grapheme_width(grapheme)))
        .sum()
}

/// Cells that a text takes as columns of a page. No text is given more than a quarter of all columns
/// that can be counted, so that sums of a few never overflow; what is so wide is cut anyway.
pub(super) fn text_columns(text: &str) -> u16 {
    text_width(text).min(usize::from(u16::MAX / 4)) as u16
}

/// The longest start of a text that takes no more than `width` cells, and the cells it takes.
pub fn prefix(text: &str, width: u16) -> (&str, u16) {
    if text.is_ascii() {
        let end = text.len().min(usize::from(width));
        return (&text[..end], end as u16);
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let next = used + grapheme_width(grapheme);
        if next > width {
            return (&text[..at], used);
        }
        used = next;
    }
    (text, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: &[(&str, usize)] = &[
        ("", 0),
        ("plain", 5),
        ("漢字", 4),
        ("✍", 1),
        ("✍\u{FE0F}", 2),
        ("👩\u{200D}🍳", 2),
        ("🔪🧂🥄", 6),
        ("e\u{301}", 1),
        ("\u{301}", 0),
        ("🇵🇹", 2),
        ("–…•▌", 4),
    ];

    #[test]
    fn measure_text_in_cells() {
        for (text, width) in WIDTHS {
            assert_eq!(text_width(text), *width, "{text:?}");
        }
    }

    #[test]
    fn agree_with_what_ratatui_draws() {
        use ratatui::buffer::CellWidth;
        let texts = WIDTHS.iter().map(|(text, _)| *text);
        for text in texts.chain(["ｶ\u{FF9E}", "ﾊ\u{FF9F}", "ﷺ", "कि", "각"]) {
            for grapheme in text.graphemes(true) {
                assert_eq!(
                    grapheme_width(grapheme),
                    grapheme.cell_width(),
                    "{grapheme:?}"
                );
            }
        }
    }

    #[test]
    fn cut_no_grapheme_in_two() {
        assert_eq!(prefix("a👩\u{200D}🍳b", 2), ("a", 1));
        assert_eq!(prefix("a👩\u{200D}🍳b", 3), ("a👩\u{200D}🍳", 3));
        assert_eq!(prefix("ab", 9), ("ab", 2));
    }
}
