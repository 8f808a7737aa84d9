//! What is wrong with a deck, and where.

use super::Span;

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
    /// Where.
    pub span: Span,
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

    /// Adds what was expected and what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
