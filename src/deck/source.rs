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
        self.lines().line_column(byte)
    }

    /// Where its lines begin.
    pub fn lines(&self) -> LineStarts<'_> {
        let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
        LineStarts {
            text: &self.text,
            starts: std::iter::once(0).chain(ends.map(|end| end + 1)).collect(),
        }
    }
}

/// Where each line of a text begins: made once, it tells many places without reading the text again.
#[derive(Clone, Debug)]
pub struct LineStarts<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl LineStarts<'_> {
    /// Line and column, both from 1, of a byte; the column counts characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|&start| start <= byte);
        let before = &self.text[self.starts[line - 1]..byte];
        (line, before.chars().count() + 1)
    }
}
