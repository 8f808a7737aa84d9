//! Markdown → [`Deck`] and [`Slide`]. Parsing never fails: what is wrong becomes a diagnostic.

use std::path::Path;

use crate::deck::{Deck, Slide};

/// Reads the files that a deck names (includes, `file` fences, CSV data), so that parsing itself does no I/O.
pub trait Files {
    /// The text of a file, relative to the deck's folder.
    ///
    /// # Errors
    /// Finishes the sentence "failed to read PATH: …".
    fn read(&self, path: &Path) -> Result<String, String>;
}

/// Finds a deck's front matter, slides and definitions in one scan.
pub fn open(_path: &Path, _text: &str, _files: &dyn Files) -> Deck {
    Deck::default()
}

/// Parses one slide of a deck.
pub fn slide(_deck: &Deck, _index: usize, _files: &dyn Files) -> Slide {
    Slide::default()
}
