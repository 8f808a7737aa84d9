//! Markdown → [`Deck`] and [`Slide`]. Parsing never fails: what is wrong becomes a diagnostic.
//!
//! [`open`] goes over a deck's lines once ([`scan`]) and finds where slides begin and end
//! ([`extents`]); [`slide`](fn@slide) parses one of them when it is wanted. Every string in what comes out is
//! [sanitized](parade_demos::visible). Knows no terminal and no sizes, and reads files only through [`Files`].

mod alert;
mod blocks;
mod code;
mod colour;
mod comment;
mod containers;
mod definitions;
mod extents;
mod fence;
mod flow;
mod front;
mod html;
mod html_block;
mod include;
mod info;
mod inline;
mod intro;
mod link;
mod plain;
mod scan;
mod slide;
mod slug;
mod steps;
pub(crate) mod suggest;
mod yaml;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use parade_demos::visible::visible;

use crate::deck::{Deck, Diagnostic, Slide, SourceFile, Span};

/// Largest file that a deck may consist of.
pub const FILE_BYTES_MAX: usize = 16 << 20;

/// Reads the files that a deck names (includes, `file` fences, CSV data), so that parsing itself does no I/O.
pub trait Files {
    /// The text of a file, relative to the deck's folder.
    ///
    /// # Errors
    /// Finishes the sentence "failed to read PATH: …".
    fn read(&self, path: &Path) -> Result<String, String>;

    /// Whether there is such a file, text or not.
    fn exists(&self, path: &Path) -> bool {
        self.read(path).is_ok()
    }

    /// The beginning of a file of bytes, such as an image.
    ///
    /// # Errors
    /// Finishes the sentence "failed to show PATH: …".
    fn head(&self, path: &Path) -> Result<FileHead, String> {
        let text = self.read(path)?;
        Ok(FileHead {
            bytes: text.into_bytes(),
            content: 0,
        })
    }

    /// Where another program finds this file; `None` where there is no such file.
    fn place(&self, _path: &Path) -> Option<PathBuf> {
        None
    }
}

/// The beginning of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileHead {
    /// Its first bytes, [`crate::pixels::HEAD_BYTES`] at most.
    pub bytes: Vec<u8>,
    /// Stands for what is in the file: another number, another content.
    pub content: u64,
}

/// Files held in memory: compiled in, or made for a test.
impl Files for BTreeMap<PathBuf, String> {
    fn read(&self, path: &Path) -> Result<String, String> {
        self.get(path)
            .cloned()
            .ok_or_else(|| "there is no such file".to_owned())
    }
}

/// No files at all.
impl Files for () {
    fn read(&self, _path: &Path) -> Result<String, String> {
        Err("this deck comes without files".to_owned())
    }
}

/// Finds a deck's front matter, slides and definitions in one scan.
pub fn open(path: &Path, text: &str, files: &dyn Files) -> Deck {
    let mut deck = Deck::default();
    if text.len() > FILE_BYTES_MAX {
        let file = SourceFile {
            path: path.to_owned(),
            text: "".into(),
        };
        deck.files.push(file);
        let message = format!("the deck is larger than {} MiB", FILE_BYTES_MAX >> 20);
        deck.diagnostics
            .push(Diagnostic::error(Span::default(), message));
        return deck;
    }
    let text = with_line_feeds(text);
    deck.files.push(SourceFile {
        path: path.to_owned(),
        text: (&*text).into(),
    });
    let front = front::read(&text);
    deck.front = front.front;
    deck.diagnostics = front.diagnostics;
    let placed = include::splice(&mut deck, front.end, files);
    extents::find(&mut deck, front.end, placed, front.has_title);
    if deck.extents.is_empty() {
        let error = Diagnostic::error(Span::default(), "the deck has no slides");
        deck.diagnostics
            .push(error.with_help("a heading such as `# Title` makes the first"));
    }
    deck.diagnostics.sort_by_key(Diagnostic::order);
    deck
}

/// The text with its lines ended as everywhere: a file of the oldest Macintoshes ends them with a
/// carriage return alone. Every byte stays in its place.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\n') || !text.contains('\r') {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace('\r', "\n"))
    }
}

/// The path of a file that a deck names at `span`, relative to the deck's folder.
pub fn beside(deck: &Deck, span: Span, named: &str) -> PathBuf {
    include::beside(&deck.file(span).path, named.as_ref(), span.file == 0)
}

/// Parses one slide of a deck.
pub fn slide(deck: &Deck, index: usize, files: &dyn Files) -> Slide {
    slide::read(deck, index, files)
}

/// The text of a slide's title, for the overview and search; empty where it has none.
pub fn heading(deck: &Deck, index: usize) -> String {
    let Some(extent) = deck.extents.get(index) else {
        return String::new();
    };
    match extent.title {
        Some(span) if !extent.intro => plain::title(deck, span),
        _ if extent.intro => deck
            .front
            .title
            .as_deref()
            .map(plain::text)
            .unwrap_or_default(),
        _ => String::new(),
    }
}

/// The number, from 0, of the slide that `wanted` names: an id, or a number from 1 on.
pub fn find(deck: &Deck, wanted: &str) -> Option<usize> {
    let by_id = deck.extents.iter().position(|extent| extent.id == wanted);
    let number = wanted
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    by_id.or_else(|| number.filter(|number| *number < deck.extents.len()))
}
