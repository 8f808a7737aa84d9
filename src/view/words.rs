//! Plain sentences broken into lines.

use crate::layout::{prefix, text_width};

/// The lines that a text takes in so many columns: broken at spaces, and within a word only where
/// the word alone is too wide.
pub(super) fn lines(text: &str, width: u16) -> Lines<'_> {
    Lines {
        rest: text.trim(),
        width: width.max(2),
    }
}

/// Iterator of [`lines`].
pub(super) struct Lines<'a> {
    rest: &'a str,
    width: u16,
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let (paragraph, after) = match self.rest.split_once('\n') {
            Some((paragraph, after)) => (paragraph, after),
            None => (self.rest, ""),
        };
        if text_width(paragraph) <= usize::from(self.width) {
            self.rest = after;
            return Some(paragraph);
        }
        let (fits, _) = prefix(paragraph, self.width);
        let ends_at_space = paragraph[fits.len()..].starts_with(' ');
        let line = match fits.rfind(' ').filter(|at| *at > 0 && !ends_at_space) {
            Some(at) => &fits[..at],
            None => fits,
        };
        self.rest = self.rest[line.len()..].trim_start_matches(' ');
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn break_at_spaces_and_keep_what_is_written() {
        for (text, width, expected) in [
            ("", 10, &[][..]),
            ("one two three", 7, &["one two", "three"]),
            ("one two three", 8, &["one two", "three"]),
            ("first\n\nlast", 10, &["first", "", "last"]),
            ("unbreakable", 4, &["unbr", "eaka", "ble"]),
            ("漢字漢字", 5, &["漢字", "漢字"]),
        ] {
            assert_eq!(
                lines(text, width).collect::<Vec<_>>(),
                expected,
                "{text:?} in {width}"
            );
        }
    }
}
