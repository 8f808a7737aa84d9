//! TOML → [`Theme`]. Whoever calls reads the file; here is only its meaning.
//!
//! ```toml
//! extends = "dark"            # a built-in theme's name; everything below changes it
//! dark = true                 # whether the background is
//! titles = "large"            # a section's and the talk's own; or "plain"
//! background = "#13161b"      # "none" leaves the terminal's own
//!
//! [palette]                   # names for colours, to be used below
//! red = "#ff7a66"
//!
//! [looks]                     # how each role looks
//! title = { foreground = "red", bold = true }
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Look, Role, Theme, Titles, builtin_names};
use crate::deck::Colour;

/// What is wrong with a theme's file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeError {
    /// The line, from 1.
    pub line: usize,
    /// The key as a path (`looks.title.foreground`); empty where the file is no TOML at all.
    pub key: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ThemeError {}

/// Reads a theme. `base` finds the theme that this one extends.
///
/// # Errors
/// The first thing that is wrong, with its key and line.
pub fn parse(
    name: &str,
    text: &str,
    base: &dyn Fn(&str) -> Option<Theme>,
) -> Result<Theme, ThemeError> {
    let source = Source { text };
    let file = DeTable::parse(text).map_err(|error| ThemeError {
        line: source.line(error.span().map_or(0, |span| span.start)),
        key: String::new(),
        message: error.message().to_owned(),
    })?;
    let file = file.into_inner();
    let mut theme = match file.get("extends") {
        None => Theme::default(),
        Some(value) => {
            let wanted = source.text(value, "extends")?;
            base(wanted).ok_or_else(|| {
                source.error(
                    value,
                    "extends",
                    format!(
                        "there is no theme {wanted:?} to extend; there are {}",
                        known()
                    ),
                )
            })?
        }
    };
    name.clone_into(&mut theme.name);
    let palette = match file.get("palette") {
        None => Palette::new(),
        Some(value) => source.palette(value)?,
    };
    for (key, value) in &file {
        match key.get_ref().as_ref() {
            "extends" | "palette" => {}
            "dark" => theme.dark = source.switch(value, "dark")?,
            "titles" => theme.titles = source.titles(value)?,
            "background" => theme.background = source.colour(value, "background", &palette)?,
            "looks" => source.looks(value, &palette, &mut theme.looks)?,
            _ => {
                return Err(source.unknown(
                    key,
                    "",
                    "extends, dark, titles, background, palette or looks",
                ));
            }
        }
    }
    Ok(theme)
}

/// The names of the themes that can be extended.
fn known() -> String {
    builtin_names().collect::<Vec<_>>().join(", ")
}

type Palette<'a> = BTreeMap<&'a str, Colour>;
type Value<'a> = Spanned<DeValue<'a>>;

/// The file's text, for the lines in errors.
struct Source<'a> {
    text: &'a str,
}

impl<'a> Source<'a> {
    fn line(&self, byte: usize) -> usize {
        let before = &self.text[..self.text.floor_char_boundary(byte)];
        before.bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    fn error(&self, value: &Value, key: &str, message: String) -> ThemeError {
        ThemeError {
            line: self.line(value.span().start),
            key: key.to_owned(),
            message,
        }
    }

    fn unknown(&self, key: &Spanned<Cow<'_, str>>, within: &str, expected: &str) -> ThemeError {
        ThemeError {
            line: self.line(key.span().start),
            key: format!("{within}{}", key.get_ref()),
            message: format!("unknown key; expected {expected}"),
        }
    }

    fn text<'v>(&self, value: &'v Value, key: &str) -> Result<&'v str, ThemeError> {
        value
            .get_ref()
            .as_str()
            .ok_or_else(|| self.error(value, key, "expected text in quotes".to_owned()))
    }

    fn switch(&self, value: &Value, key: &str) -> Result<bool, ThemeError> {
        value
            .get_ref()
            .as_bool()
            .ok_or_else(|| self.error(value, key, "expected true or false".to_owned()))
    }

    fn titles(&self, value: &Value) -> Result<Titles, ThemeError> {
        match self.text(value, "titles")? {
            "large" => Ok(Titles::Large),
            "plain" => Ok(Titles::Plain),
            _ => {
                let message = "expected \"large\" or \"plain\"".to_owned();
                Err(self.error(value, "titles", message))
            }
        }
    }

    fn table<'v>(&self, value: &'v Value<'a>, key: &str) -> Result<&'v DeTable<'a>, ThemeError> {
        value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.error(value, key, "expected a table".to_owned()))
    }

    fn palette<'v>(&self, value: &'v Value<'a>) -> Result<Palette<'v>, ThemeError> {
        let mut palette = Palette::new();
        for (name, value) in self.table(value, "palette")? {
            let key = format!("palette.{}", name.get_ref());
            let text = self.text(value, &key)?;
            let colour = plain_colour(text).ok_or_else(|| self.no_colour(value, &key, text))?;
            palette.insert(name.get_ref(), colour);
        }
        Ok(palette)
    }

    /// A colour, or `None` for the terminal's own.
    fn colour(
        &self,
        value: &Value,
        key: &str,
        palette: &Palette,
    ) -> Result<Option<Colour>, ThemeError> {
        let text = self.text(value, key)?;
        if text == "none" {
            return Ok(None);
        }
        let known = palette.get(text).copied().or_else(|| plain_colour(text));
        known
            .map(Some)
            .ok_or_else(|| self.no_colour(value, key, text))
    }

    fn no_colour(&self, value: &Value, key: &str, text: &str) -> ThemeError {
        let expected = "a name from [palette], #rrggbb, one of the terminal's colours such as \
                        red or bright-red, or none";
        self.error(
            value,
            key,
            format!("{text:?} is no colour; expected {expected}"),
        )
    }

    fn looks(
        &self,
        value: &Value<'a>,
        palette: &Palette,
        looks: &mut BTreeMap<Role, Look>,
    ) -> Result<(), ThemeError> {
        for (name, value) in self.table(value, "looks")? {
            let role = Role::named(name.get_ref())
                .ok_or_else(|| self.unknown(name, "looks.", "a role such as title or lane-1"))?;
            let within = format!("looks.{}.", name.get_ref());
            let look = looks.entry(role).or_default();
            for (key, value) in self.table(value, within.trim_end_matches('.'))? {
                let path = format!("{within}{}", key.get_ref());
                match key.get_ref().as_ref() {
                    "foreground" => look.foreground = self.colour(value, &path, palette)?,
                    "background" => look.background = self.colour(value, &path, palette)?,
                    "bold" => look.bold = self.switch(value, &path)?,
                    "dim" => look.dim = self.switch(value, &path)?,
                    "italic" => look.italic = self.switch(value, &path)?,
                    "underline" => look.underline = self.switch(value, &path)?,
                    "strike" => look.strike = self.switch(value, &path)?,
                    "reverse" => look.reverse = self.switch(value, &path)?,
                    _ => {
                        let expected = "foreground, background, bold, dim, italic, underline, \
                                        strike or reverse";
                        return Err(self.unknown(key, &within, expected));
                    }
                }
            }
        }
        Ok(())
    }
}

/// The terminal's sixteen, in their order.
const ANSI_NAMES: [&str; 8] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
];

fn plain_colour(text: &str) -> Option<Colour> {
    if let Some(hex) = text.strip_prefix('#') {
        return hex_colour(hex);
    }
    let (name, offset) = match text.strip_prefix("bright-") {
        Some(name) => (name, 8),
        None => (text, 0),
    };
    let number = ANSI_NAMES.iter().position(|known| *known == name)?;
    Some(Colour::Ansi(number as u8 + offset))
}

fn hex_colour(hex: &str) -> Option<Colour> {
    if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some(Colour::Rgb(part(0)?, part(2)?, part(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(name: &str) -> Option<Theme> {
        (name == "plain").then(|| Theme {
            dark: true,
            looks: BTreeMap::from([(
                Role::Title,
                Look {
                    bold: true,
                    ..Look::default()
                },
            )]),
            ..Theme::default()
        })
    }

    #[test]
    fn a_theme_changes_what_it_extends_key_by_key() {
        let text = "extends = 'plain'\ntitles = 'plain'\nbackground = '#0a0B0c'\n[palette]\nred = 'bright-red'\n\
                    [looks]\ntitle = { foreground = 'red' }\nlane-8 = { background = 'none' }";
        let look = Look {
            foreground: Some(Colour::Ansi(9)),
            bold: true,
            ..Look::default()
        };
        assert_eq!(
            parse("mine", text, &base),
            Ok(Theme {
                name: "mine".to_owned(),
                dark: true,
                titles: Titles::Plain,
                background: Some(Colour::Rgb(10, 11, 12)),
                looks: BTreeMap::from([(Role::Title, look), (Role::Lane(7), Look::default())]),
            })
        );
    }

    #[test]
    fn errors_name_key_and_line() {
        for (text, expected) in [
            (
                "extends = 'nothing'",
                "line 1: extends: there is no theme \"nothing\" to extend; there are terminal, dark, \
                 light, high-contrast",
            ),
            (
                "titles = 'huge'",
                "line 1: titles: expected \"large\" or \"plain\"",
            ),
            ("dark = 1", "line 1: dark: expected true or false"),
            ("looks = 1", "line 1: looks: expected a table"),
            (
                "\ncolour = 'red'",
                "line 2: colour: unknown key; expected extends, dark, titles, background, palette or looks",
            ),
            (
                "[looks]\ntitel = {}",
                "line 2: looks.titel: unknown key; expected a role such as title or lane-1",
            ),
            (
                "[looks]\n\ntitle = { bold = 'yes' }",
                "line 3: looks.title.bold: expected true or false",
            ),
            (
                "[looks.title]\nblink = true",
                "line 2: looks.title.blink: unknown key; expected foreground, background, bold, \
                 dim, italic, underline, strike or reverse",
            ),
            (
                "background = '#12345é'",
                "line 1: background: \"#12345é\" is no colour; expected a name from [palette], \
                 #rrggbb, one of the terminal's colours such as red or bright-red, or none",
            ),
        ] {
            let error = parse("mine", text, &base).expect_err(text);
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn what_is_no_toml_is_an_error_with_its_line() {
        let error = parse("mine", "dark = true\n[looks\n", &base).expect_err("no TOML");
        assert_eq!((error.line, error.key.as_str()), (2, ""));
    }
}
