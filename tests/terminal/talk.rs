//! Decks to present, in folders of their own.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::stage::{Show, Stage};

/// Two slides.
pub(crate) const DECK: &str = "# First slide\n\nHello\n\n---\n\n# Second slide\n\nBye\n";

/// A deck in a folder of its own.
pub(crate) struct Deck {
    folder: TempDir,
}

impl Deck {
    pub(crate) fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("deck.md"), text).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.beside("deck.md")
    }

    pub(crate) fn name(&self) -> String {
        self.path().to_str().unwrap().to_owned()
    }

    /// A file in the deck's folder.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The deck, opened, with its first slide on the screen.
pub(crate) fn present(deck: &Deck) -> Stage {
    let mut stage = Show::parade(&[&deck.name()]).begin();
    stage.await_text("First slide");
    stage
}

/// A deck whose first slide has a demo of these lanes, which outlasts every test.
pub(crate) fn demo(lanes: &str) -> String {
    // A program does what it does, and takes no length.
    let length = if lanes.contains("command") {
        ""
    } else {
        "length: 60s\n"
    };
    format!(
        "# First slide\n\n```demo\nname: long\nworkload: primes\nlanes: [{lanes}]\nworkers: 2\n{length}baseline: none\n```\n"
    )
}

/// As editors do: a new file takes the place of the old one.
pub(crate) fn save(path: &Path, text: &str) {
    let new = path.with_extension("new");
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

/// Saves until it shows: the first save may come before the folder is watched.
pub(crate) fn save_until(stage: &mut Stage, shows: &str, mut save: impl FnMut()) {
    stage.await_that(&format!("{shows:?} shows"), |stage| {
        save();
        stage.text().contains(shows)
    });
}
