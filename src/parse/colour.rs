//! Colours as a deck names them.

use crate::deck::Colour;
use crate::theme::Role;

use super::suggest;

/// presenterm's names and the terminal's colours that they stand for.
const NAMES: &[(&str, u8)] = &[
    ("black", 0),
    ("dark_red", 1),
    ("dark_green", 2),
    ("dark_yellow", 3),
    ("dark_blue", 4),
    ("dark_magenta", 5),
    ("dark_cyan", 6),
    ("grey", 7),
    ("dark_grey", 8),
    ("red", 9),
    ("green", 10),
    ("yellow", 11),
    ("blue", 12),
    ("magenta", 13),
    ("cyan", 14),
    ("white", 15),
];

/// The names by which a deck refers to the theme's palette.
const ROLES: &[(&str, Role)] = &[
    ("text", Role::Text),
    ("muted", Role::Muted),
    ("faint", Role::Faint),
    ("title", Role::Title),
    ("heading", Role::Heading),
    ("accent", Role::Accent),
    ("link", Role::Link),
    ("code", Role::Code),
    ("quote", Role::Quote),
    ("good", Role::Good),
    ("warning", Role::Warning),
    ("error", Role::Error),
    ("info", Role::Info),
];

/// A name, `#rgb`, `#rrggbb`, or a role of the theme behind `palette:` or `p:`.
///
/// # Errors
/// What was expected.
pub(super) fn read(text: &str) -> Result<Colour, String> {
    if let Some(role_name) = text
        .strip_prefix("palette:")
        .or_else(|| text.strip_prefix("p:"))
    {
        return role(role_name);
    }
    if let Some(hex) = text.strip_prefix('#') {
        return rgb(hex)
            .ok_or_else(|| format!("`{text}` is no colour: `#` takes 3 or 6 hexadecimal digits"));
    }
    let named = NAMES.iter().find(|(name, _)| *name == text);
    named
        .map(|(_, number)| Colour::Ansi(*number))
        .ok_or_else(|| {
            let help = suggest::help(text, NAMES.iter().map(|(name, _)| *name));
            format!("`{text}` is no colour: {help}, or #rrggbb")
        })
}

/// A role of the theme.
///
/// # Errors
/// What was expected.
pub(super) fn role(name: &str) -> Result<Colour, String> {
    let role = ROLES.iter().find(|(known, _)| *known == name.trim());
    role.map(|(_, role)| Colour::Role(*role)).ok_or_else(|| {
        let help = suggest::help(name, ROLES.iter().map(|(name, _)| *name));
        format!("the theme has no colour `{name}`: {help}")
    })
}

fn rgb(hex: &str) -> Option<Colour> {
    let digit = |index: usize| {
        hex.chars()
            .nth(index)?
            .to_digit(16)
            .map(|digit| digit as u8)
    };
    match hex.len() {
        3 => Some(Colour::Rgb(digit(0)? * 17, digit(1)? * 17, digit(2)? * 17)),
        6 => Some(Colour::Rgb(
            digit(0)? * 16 + digit(1)?,
            digit(2)? * 16 + digit(3)?,
            digit(4)? * 16 + digit(5)?,
        )),
        _ => None,
    }
}
