//! A long line in parts no wider than a terminal's, so that a dumb one cuts no word.

use crate::layout::text_width;

/// The parts of a line, each as wide as it may be at most; a longer word stays whole, so that an address can
/// be copied. What goes on of a list's item stands below its text.
pub(super) fn fold(line: &str, width: u16) -> Vec<String> {
    let below = if line.starts_with("• ") { "  " } else { "" };
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    for word in line.split_inclusive(' ') {
        let is_full = text_width(&part) + text_width(word.trim_end()) > usize::from(width);
        if is_full && !part.trim().is_empty() {
            parts.push(part.trim_end().to_owned());
            part.clear();
            part.push_str(below);
        }
        part.push_str(word);
    }
    parts.push(part.trim_end().to_owned());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_parted_between_words() {
        for (line, expected) in [
            ("", &[""][..]),
            ("one two", &["one two"]),
            ("one two three", &["one two", "three"]),
            ("• one two three", &["• one", "  two", "  three"]),
            ("    code stays", &["    code", "stays"]),
            (
                "see https://example.org/a now",
                &["see", "https://example.org/a", "now"],
            ),
            ("👩‍🍳 👩‍🍳 👩‍🍳 👩‍🍳", &["👩‍🍳 👩‍🍳 👩‍🍳", "👩‍🍳"]),
        ] {
            assert_eq!(fold(line, 8), expected, "{line:?}");
        }
    }
}
