//! From what a piece of text means to how it looks.
//!
//! [`Role`] says what a cell means; a [`Theme`] says how each role looks. Layout and pictures name
//! roles alone, so that a theme, a terminal without colour or an export can each decide for itself.

mod role;

use std::collections::BTreeMap;

pub use role::*;

use crate::deck::Colour;

/// How every role looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    /// As it is asked for.
    pub name: String,
    /// Whether its background is dark.
    pub dark: bool,
    /// What is behind everything; `None` leaves the terminal's own.
    pub background: Option<Colour>,
    /// Roles that look different from plain text.
    pub looks: BTreeMap<Role, Look>,
}

/// How one role looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "terminal attributes are independent switches"
)]
pub struct Look {
    /// Colour of the letters; `None` is the terminal's own.
    pub foreground: Option<Colour>,
    /// Colour behind them.
    pub background: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck out.
    pub strike: bool,
    /// Letters and background exchanged.
    pub reverse: bool,
}
