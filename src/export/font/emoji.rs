//! Emoji that are joined from several characters, and what asks for one picture or another.

/// Emoji of several characters that are compiled in, and the private character of each in the font.
const SEQUENCES: &str = include_str!("emoji.sequences");

/// Joins two emoji to one.
const JOINER: char = '\u{200D}';

/// The private character of an emoji of several characters.
pub(super) fn joined(grapheme: &str) -> Option<char> {
    let lines = SEQUENCES.lines().filter_map(|line| line.split_once('\t'));
    let (_, private) = lines.into_iter().find(|(joined, _)| *joined == grapheme)?;
    char::from_u32(u32::from_str_radix(private, 16).ok()?)
}

/// Whether it is several pictures joined to one: its parts side by side would not be what it says.
pub(super) fn is_joined(grapheme: &str) -> bool {
    grapheme.contains(JOINER)
}

/// Without the variation selectors, which have chosen its width already.
pub(super) fn without_presentation(grapheme: &str) -> String {
    let selects = |c: char| matches!(c, '\u{FE0E}' | '\u{FE0F}');
    grapheme.chars().filter(|c| !selects(*c)).collect()
}
