//! The theme file that a deck names.

use crate::deck::{Deck, DeckTheme, Diagnostic, Passage, SourceFile};
use crate::parse::{self, Files};
use crate::theme;

/// Whether it is there, and what is wrong in it.
pub(super) fn file(deck: &Deck, files: &dyn Files) -> Option<Diagnostic> {
    let Some(DeckTheme::File { path, span }) = &deck.front.theme else {
        return None;
    };
    let path = parse::beside(deck, *span, path);
    let text = match files.read(&path) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("failed to read the theme {}: {reason}", path.display());
            return Some(Diagnostic::error(*span, message));
        }
    };
    let error = theme::read("", &text).err()?;
    let file = SourceFile {
        path,
        text: text.into(),
    };
    let range = file.offset(error.line, 1)..file.offset(error.line, usize::MAX);
    let message = match error.key.as_str() {
        "" => error.message,
        key => format!("{key}: {}", error.message),
    };
    Some(Diagnostic {
        passage: Some(Passage { file, range }),
        ..Diagnostic::error(*span, message)
    })
}
