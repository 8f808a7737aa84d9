//! What is wrong with a deck, and where.

use std::ops::Range;

use super::{Deck, Passage, SourceFile, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Shown all the same, perhaps not as meant.
    Warning,
    /// This part can't be shown.
    Error,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where in the deck.
    pub span: Span,
    /// Where in a file that the deck names there, if that is where it is wrong.
    pub passage: Option<Passage>,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What was expected and what to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Something that is shown all the same.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            span,
            passage: None,
            message: message.into(),
            help: None,
        }
    }

    /// Something that can't be shown.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            ..Self::warning(span, message)
        }
    }

    /// What diagnostics are sorted by: where they begin; equal ones stay as they were found.
    pub fn order(&self) -> (u16, u32) {
        (self.span.file, self.span.start)
    }

    /// The file that it is about, and the bytes there; `None` for a deck without that file.
    pub fn place<'a>(&'a self, deck: &'a Deck) -> Option<(&'a SourceFile, Range<usize>)> {
        if let Some(passage) = &self.passage {
            return Some((&passage.file, passage.range.clone()));
        }
        let file = deck.files.get(usize::from(self.span.file))?;
        Some((file, self.span.range()))
    }

    /// Adds what was expected and what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
