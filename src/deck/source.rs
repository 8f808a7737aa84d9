//! Source files and places in them.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// A file that a deck is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As it is named in diagnostics.
    pub path: PathBuf,
    /// Its whole text.
    pub text: Arc<str>,
}

/// A stretch of bytes in one file of a deck.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Index into [`super::Deck::files`].
    pub file: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A stretch of bytes in a file that a deck names, but does not consist of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The file.
    pub file: SourceFile,
    /// The bytes.
    pub range: Range<usize>,
}

impl SourceFile {
    /// The byte at a line and a column, both from 1; the column counts characters. What lies beyond
    /// a line's end is its end.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let before = self.text.split_inclusive('\n').take(line.saturating_sub(1));
        let start: usize = before.map(str::len).sum();
        let line = self.text[start..].split(['\r', '\n']).next().unwrap_or("");
        let within = line.chars().take(column.saturating_sub(1));
        start + within.map(char::len_utf8).sum::<usize>()
    }

    /// Line and column, both from 1, of a byte; the column counts characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}
