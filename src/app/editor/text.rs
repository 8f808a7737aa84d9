//! The lines of a text, and the places in it. It knows of no cursor.

use std::borrow::Cow;

use super::column::snapped;
use super::history::Change;

/// A place between two graphemes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 0.
    pub line: usize,
    /// Bytes of the line before it.
    pub byte: usize,
}

/// A text's lines, always at least one, without their ends.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text(Vec<String>);

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let text = with_line_feeds(text);
        Self(text.split('\n').map(str::to_owned).collect())
    }

    pub(super) fn lines(&self) -> &[String] {
        &self.0
    }

    pub(super) fn whole(&self) -> String {
        self.0.join("\n")
    }

    /// Bytes of the whole.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|line| line.len() + 1).sum::<usize>() - 1
    }

    /// Puts in what a change brings, in the place of what it takes away.
    pub(super) fn put(&mut self, change: &Change) {
        let end = end_of(change.at, &change.removed);
        let tail = self.0[end.line][end.byte..].to_owned();
        let mut new: Vec<String> = change.inserted.split('\n').map(str::to_owned).collect();
        new[0].insert_str(0, &self.0[change.at.line][..change.at.byte]);
        let last = new.len() - 1;
        new[last].push_str(&tail);
        self.0.splice(change.at.line..=end.line, new);
    }

    /// What stands between two positions.
    pub(super) fn between(&self, from: Position, to: Position) -> String {
        if from.line == to.line {
            return self.0[from.line][from.byte..to.byte].to_owned();
        }
        let mut text = self.0[from.line][from.byte..].to_owned();
        for line in &self.0[from.line + 1..to.line] {
            text.push('\n');
            text.push_str(line);
        }
        text.push('\n');
        text.push_str(&self.0[to.line][..to.byte]);
        text
    }

    /// Behind the last character.
    pub(super) fn end(&self) -> Position {
        let line = self.0.len() - 1;
        Position {
            line,
            byte: self.0[line].len(),
        }
    }

    /// The nearest position that the text has.
    pub(super) fn bound(&self, to: Position) -> Position {
        let line = to.line.min(self.0.len() - 1);
        Position {
            line,
            byte: snapped(&self.0[line], to.byte),
        }
    }
}

/// Where a text ends that begins there.
pub(super) fn end_of(at: Position, text: &str) -> Position {
    match text.rsplit_once('\n') {
        None => Position {
            byte: at.byte + text.len(),
            ..at
        },
        Some((before, last)) => Position {
            line: at.line + 1 + before.matches('\n').count(),
            byte: last.len(),
        },
    }
}

/// Every line end as Python reads it: `\r\n` and a lone `\r` too.
pub(super) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}
