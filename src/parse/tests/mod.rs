//! Decks as tables: Markdown and what comes of it.

mod anything;
mod fences;
mod outline;
mod slides;
mod splitting;
mod tour;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::deck::{Deck, Diagnostic};

use super::{Files, open};

/// Opens a deck that names no other files.
fn deck(text: &str) -> Deck {
    open(Path::new("deck.md"), text, &())
}

fn files(files: &[(&str, &str)]) -> BTreeMap<PathBuf, String> {
    files
        .iter()
        .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
        .collect()
}

/// Every slide's outline, parted by `--`.
fn outline_with(text: &str, files: &dyn Files) -> String {
    let deck = open(Path::new("deck.md"), text, files);
    let slides =
        (0..deck.extents.len()).map(|index| outline::of(&super::slide(&deck, index, files)));
    slides.collect::<Vec<_>>().join("\n--\n")
}

fn outline(text: &str) -> String {
    outline_with(text, &())
}

/// `line:column message`, of the deck as a whole.
fn problems(deck: &Deck) -> Vec<String> {
    deck.diagnostics
        .iter()
        .map(|diagnostic| place(deck, diagnostic))
        .collect()
}

fn place(deck: &Deck, diagnostic: &Diagnostic) -> String {
    let (file, range) = diagnostic.place(deck).unwrap();
    let (line, column) = file.line_column(range.start);
    let place = match &diagnostic.passage {
        Some(passage) => format!("{}:{line}:{column}", passage.file.path.display()),
        None => format!("{line}:{column}"),
    };
    format!("{place} {}", diagnostic.message)
}

/// Checks a table of Markdown and outlines.
fn check(rows: &[(&str, &str)]) {
    for (markdown, expected) in rows {
        assert_eq!(outline(markdown), *expected, "of the deck:\n{markdown}");
    }
}
