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

impl SourceFile {
    /// Line and column, both from 1, of a byte; the column counts characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}
