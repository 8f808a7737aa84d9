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
