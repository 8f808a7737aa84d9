//! From what a piece of text means to how it looks.
//!
//! [`Role`] says what a cell means; a [`Theme`] says how each role looks. Layout and pictures name
//! roles alone, so that a theme, a terminal without colour or an export can each decide for itself.

mod builtin;
mod depth;
mod parse;
mod role;

#[cfg(test)]
mod contrast;

use std::collections::BTreeMap;

pub use builtin::{builtin, builtin_names};
pub use depth::{Depth, contrast, nearest_16, nearest_256, xterm_256};
pub use parse::{ThemeError, parse};
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

impl Theme {
    /// How a role looks. What a theme does not mention looks like plain text, and a token or a line
    /// number stands on the code block's background.
    pub fn look(&self, role: Role) -> Look {
        let role = match role {
            Role::Lane(lane) => Role::Lane(lane % LANE_COLOURS),
            other => other,
        };
        let mut look = self.looks.get(&role).copied().unwrap_or_default();
        let ground = match role {
            Role::Token(_) | Role::CodeNumber | Role::CodeFaded => {
                self.looks.get(&Role::CodeBlock).copied()
            }
            _ => None,
        };
        if let Some(ground) = ground {
            look.background = look.background.or(ground.background);
            look.foreground = look.foreground.or(ground.foreground);
        }
        if look.foreground.is_none() && role != Role::Text {
            look.foreground = self.looks.get(&Role::Text).and_then(|text| text.foreground);
        }
        look
    }

    /// A colour that names a role, resolved to what that role's letters have.
    pub fn resolve(&self, colour: Colour) -> Option<Colour> {
        match colour {
            Colour::Role(role) => self.look(role).foreground,
            plain => Some(plain),
        }
    }
}
