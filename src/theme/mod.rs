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

pub use builtin::{builtin, builtin_names, read};
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
    /// How titles stand that have a slide to themselves.
    pub titles: Titles,
    /// Roles that look different from plain text.
    pub looks: BTreeMap<Role, Look>,
}

/// How titles stand that are in the middle of their slide: a section's, the talk's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Titles {
    /// In letters of several cells, where there is room.
    #[default]
    Large,
    /// As on every other slide.
    Plain,
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
    /// How a role looks. What a theme does not mention looks like plain text, a token or a line
    /// number like plain code.
    pub fn look(&self, role: Role) -> Look {
        let role = match role {
            Role::Lane(lane) => Role::Lane(lane % LANE_COLOURS),
            other => other,
        };
        let missing = if role == Role::Qr {
            QR
        } else {
            Look::default()
        };
        let mut look = self.looks.get(&role).copied().unwrap_or(missing);
        if let Role::Token(_) | Role::CodeNumber | Role::CodeFaded = role {
            let code = self.looks.get(&Role::CodeBlock);
            look.foreground = look.foreground.or(code.and_then(|code| code.foreground));
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

    /// A colour that names a role, resolved for use behind letters: the background of a code block,
    /// which may have none; of any other role its background or, where it has none, the colour of
    /// its letters.
    pub fn resolve_behind(&self, colour: Colour) -> Option<Colour> {
        let Colour::Role(role) = colour else {
            return Some(colour);
        };
        let look = self.look(role);
        match role {
            Role::CodeBlock => look.background,
            _ => look.background.or(look.foreground),
        }
    }
}

/// A QR code where a theme does not say otherwise: black on white, and without colours dark on light
/// on a dark terminal.
const QR: Look = Look {
    foreground: Some(Colour::Rgb(255, 255, 255)),
    background: Some(Colour::Rgb(0, 0, 0)),
    bold: false,
    dim: false,
    italic: false,
    underline: false,
    strike: false,
    reverse: true,
};
