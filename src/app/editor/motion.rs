//! Where a cursor goes in a text. Pure.

use unicode_segmentation::UnicodeSegmentation;

use super::column::{byte_at, column};
use super::text::Position;

/// A way for the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "named as on the keyboard, or by where they lead"
)]
pub enum Motion {
    Left,
    Right,
    Up,
    Down,
    PageUp,
    PageDown,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
}

/// What belongs together in a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Sign,
}

impl Motion {
    /// Where it leads, and the column that it goes on aiming at. A `page` has so many lines.
    pub(super) fn lead(
        self,
        lines: &[String],
        from: Position,
        goal: Option<usize>,
        page: usize,
    ) -> (Position, Option<usize>) {
        let to = match self {
            Self::Up => return vertical(lines, from, goal, -1),
            Self::Down => return vertical(lines, from, goal, 1),
            Self::PageUp => return vertical(lines, from, goal, -page.cast_signed()),
            Self::PageDown => return vertical(lines, from, goal, page.cast_signed()),
            Self::Left => before(lines, from),
            Self::Right => after(lines, from),
            Self::WordLeft => over_word(lines, from, before, class_before),
            Self::WordRight => over_word(lines, from, after, class_after),
            Self::LineStart => line_start(lines, from),
            Self::LineEnd => end_of_line(lines, from.line),
            Self::TextStart => Position::default(),
            Self::TextEnd => end_of_line(lines, lines.len() - 1),
        };
        (to, None)
    }
}

/// So many lines further down. Beyond the first and the last line lie their ends.
fn vertical(
    lines: &[String],
    from: Position,
    goal: Option<usize>,
    by: isize,
) -> (Position, Option<usize>) {
    let goal = goal.unwrap_or_else(|| column(&lines[from.line], from.byte));
    let last = lines.len() - 1;
    let to = match from.line.checked_add_signed(by) {
        None if from.line == 0 => return (Position::default(), None),
        Some(line) if line > last && from.line == last => return (end_of_line(lines, last), None),
        line => line.unwrap_or(0).min(last),
    };
    let byte = byte_at(&lines[to], goal);
    (Position { line: to, byte }, Some(goal))
}

/// The grapheme before, or the end of the line before.
fn before(lines: &[String], from: Position) -> Position {
    match lines[from.line][..from.byte].graphemes(true).next_back() {
        Some(grapheme) => Position {
            byte: from.byte - grapheme.len(),
            ..from
        },
        None if from.line > 0 => end_of_line(lines, from.line - 1),
        None => from,
    }
}

/// The grapheme after, or the beginning of the next line.
fn after(lines: &[String], from: Position) -> Position {
    match lines[from.line][from.byte..].graphemes(true).next() {
        Some(grapheme) => Position {
            byte: from.byte + grapheme.len(),
            ..from
        },
        None if from.line + 1 < lines.len() => Position {
            line: from.line + 1,
            byte: 0,
        },
        None => from,
    }
}

/// Over spaces and line ends, then over a word or a row of signs.
fn over_word(
    lines: &[String],
    from: Position,
    step: fn(&[String], Position) -> Position,
    class: fn(&[String], Position) -> Class,
) -> Position {
    let mut at = from;
    while class(lines, at) == Class::Space {
        let next = step(lines, at);
        if next == at {
            return at;
        }
        at = next;
    }
    let word = class(lines, at);
    while class(lines, at) == word {
        at = step(lines, at);
    }
    at
}

fn class_before(lines: &[String], at: Position) -> Class {
    class(lines[at.line][..at.byte].chars().next_back())
}

fn class_after(lines: &[String], at: Position) -> Class {
    class(lines[at.line][at.byte..].chars().next())
}

/// A line's end counts as a space.
fn class(character: Option<char>) -> Class {
    match character {
        None => Class::Space,
        Some(c) if c.is_whitespace() => Class::Space,
        Some(c) if c.is_alphanumeric() || c == '_' => Class::Word,
        Some(_) => Class::Sign,
    }
}

/// The first character that is no space; from there, the line's very beginning.
fn line_start(lines: &[String], from: Position) -> Position {
    let line = &lines[from.line];
    let indentation = line.len() - line.trim_start().len();
    let byte = if from.byte == indentation {
        0
    } else {
        indentation
    };
    Position { byte, ..from }
}

fn end_of_line(lines: &[String], line: usize) -> Position {
    Position {
        line,
        byte: lines[line].len(),
    }
}
