//! The letters that are drawn: eight by eight points for each of them.
//!
//! Latin and Greek come from the font8x8 crate; what typesetters use beside them and it has not
//! stands here.

use font8x8::{BASIC_FONTS, GREEK_FONTS, LATIN_FONTS, UnicodeFonts};

/// Points of a letter, each way.
pub(super) const POINTS: usize = 8;

/// A letter, from its upper row: the lowest bit of a row is its leftmost point.
pub(super) type Bitmap = [u8; POINTS];

/// What the crate has not, or less well.
const OWN: [(char, Bitmap); 12] = [
    // Closed at the foot, where thin lines between rows of cells would make the crate's an h.
    ('b', [0x07, 0x06, 0x06, 0x3e, 0x66, 0x66, 0x3f, 0]),
    ('d', [0x38, 0x30, 0x30, 0x3e, 0x33, 0x33, 0x7e, 0]),
    ('³', [0x1e, 0x30, 0x1c, 0x30, 0x1e, 0, 0, 0]),
    ('´', [0x18, 0x0c, 0x06, 0, 0, 0, 0, 0]),
    ('–', [0, 0, 0, 0x7e, 0, 0, 0, 0]),
    ('—', [0, 0, 0, 0xff, 0, 0, 0, 0]),
    ('…', [0, 0, 0, 0, 0, 0x5b, 0x5b, 0]),
    ('‘', [0x18, 0x0c, 0x0c, 0, 0, 0, 0, 0]),
    ('’', [0x0c, 0x0c, 0x06, 0, 0, 0, 0, 0]),
    ('“', [0x6c, 0x36, 0x36, 0, 0, 0, 0, 0]),
    ('”', [0x36, 0x36, 0x1b, 0, 0, 0, 0, 0]),
    ('→', [0, 0x10, 0x30, 0x7f, 0x30, 0x10, 0, 0]),
];

/// The letter of a grapheme cluster; `None` for what can't be drawn.
pub(super) fn bitmap(cluster: &str) -> Option<Bitmap> {
    let mut characters = cluster.chars();
    let (Some(letter), None) = (characters.next(), characters.next()) else {
        return None;
    };
    if matches!(letter, ' ' | '\u{a0}') {
        return Some(Bitmap::default());
    }
    let own = OWN.iter().find(|(known, _)| *known == letter);
    own.map(|(_, bitmap)| *bitmap)
        .or_else(|| BASIC_FONTS.get(letter))
        .or_else(|| LATIN_FONTS.get(letter))
        .or_else(|| GREEK_FONTS.get(letter))
        // The crate's tables have gaps.
        .filter(|bitmap| *bitmap != Bitmap::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draw_latin_and_greek_and_what_typesetters_use() {
        let ascii = ' '..='~';
        let latin = '\u{a0}'..='ÿ';
        let soft_hyphen = |letter: &char| *letter != '\u{ad}';
        let greek = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω";
        let all = ascii.chain(latin.filter(soft_hyphen)).chain(greek.chars());
        let missing: String = all
            .chain("–—…‘’“”→".chars())
            .filter(|letter| bitmap(&letter.to_string()).is_none())
            .collect();
        assert_eq!(missing, "");
    }

    #[test]
    fn leave_the_rest_to_the_terminal() {
        for cluster in ["🧵", "漢", "ж", "e\u{301}", "✍\u{fe0f}", ""] {
            assert_eq!(bitmap(cluster), None, "{cluster}");
        }
    }
}
