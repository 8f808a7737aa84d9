//! A long line in parts no wider than a terminal's, so that a dumb one cuts no word.

use crate::layout::text_width;

/// The parts of a line, each as wide as it may be at most; a longer word stays whole, so that an address can
/// be copied. What goes on stands where the text began: below an item's text, and not below its mark.
pub(super) fn fold(line: &str, width: u16) -> Vec<String> {
    let below = " ".repeat(text_begin(line));
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    for word in line.split_inclusive(' ') {
        let is_full = text_width(&part) + text_width(word.trim_end()) > usize::from(width);
        if is_full && !part.trim().is_empty() {
            parts.push(part.trim_end().to_owned());
            part.clear();
            part.push_str(&below);
        }
        part.push_str(word);
    }
    parts.push(part.trim_end().to_owned());
    parts
}

/// The column where a line's text begins, behind its indentation and an item's mark.
fn text_begin(line: &str) -> usize {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    let first = text.split(' ').next().unwrap_or_default();
    let number = first.strip_suffix('.').unwrap_or_default();
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    if is_number || ["•", "☐", "☑"].contains(&first) {
        indent + text_width(first) + 1
    } else {
        indent
    }
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
            ("    code stays", &["    code", "    stays"]),
            ("  1. one two", &["  1. one", "     two"]),
            ("☑ one two three", &["☑ one", "  two", "  three"]),
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
