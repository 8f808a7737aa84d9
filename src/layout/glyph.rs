//! The signs that layout draws itself, and the ASCII twin of each.
//!
//! A twin takes as many cells as its glyph, so that a terminal without Unicode is served by
//! exchanging cells of a finished page: nothing moves.

/// Bullets by depth of nesting, taken in turn.
pub(super) const BULLETS: [&str; 3] = ["•", "◦", "▪"];
/// A task that is open.
pub(super) const TASK_OPEN: &str = "☐";
/// A task that is done.
pub(super) const TASK_DONE: &str = "☑";
/// The bar beside a quotation.
pub(super) const BAR: &str = "▌";
/// A thin line across.
pub(super) const RULE: &str = "─";
/// A thick line across.
pub(super) const HEAVY_RULE: &str = "━";
/// Stands for what was cut off.
pub(super) const CUT: &str = "…";
/// Begins the rest of a code line that did not fit.
pub(super) const CONTINUED: &str = "↪";

/// Quarters of a cell by bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
pub(super) const QUADRANTS: [&str; 16] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
];

/// Glyphs that layout and pictures draw, and the ASCII twin of each in the same place.
const TWINS: [(&str, &str); 9] = [
    ("•●◦○☐☑▪■", "**ooox-#"),
    ("✓✗▲ℹ…↪", "vx^i~>"),
    ("│─━┌┐└┘├┤┬┴┼", "|-=+++++++++"),
    ("█▉▊▋▌▍▎▏", "####|:::"),
    ("▁▂▃▄▅▆▇▀▐", "_..::####"),
    ("▖▗▘▙▚▛▜▝▞▟", "..'#\\##'/#"),
    ("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"),
    ("⁺⁻⁼⁽⁾ⁿⁱ", "+-=()ni"),
    ("◐◑▸▶◀×–", "oo>><x-"),
];

/// The ASCII twin of a glyph that layout or a picture draws, in as many cells; `None` for any other.
pub fn ascii(glyph: char) -> Option<char> {
    TWINS.iter().find_map(|(glyphs, twins)| {
        let at = glyphs.chars().position(|known| known == glyph)?;
        twins.chars().nth(at)
    })
}

/// A number in raised digits.
pub(super) fn superscript_number(number: u16) -> String {
    number.to_string().chars().filter_map(superscript).collect()
}

/// The raised form of a character, where Unicode has one.
pub(super) fn superscript(plain: char) -> Option<char> {
    Some(match plain {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '+' => '⁺',
        '-' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::text_width;

    #[test]
    fn give_each_glyph_a_twin_of_its_width() {
        for (glyphs, twins) in TWINS {
            assert_eq!(glyphs.chars().count(), twins.chars().count(), "{glyphs}");
            assert_eq!(text_width(glyphs), text_width(twins), "{glyphs}");
            assert!(twins.is_ascii(), "{twins}");
        }
        for glyph in [BAR, RULE, HEAVY_RULE, CUT, CONTINUED, TASK_OPEN, TASK_DONE] {
            assert!(glyph.chars().all(|c| ascii(c).is_some()), "{glyph}");
        }
    }
}
