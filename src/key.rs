//! Key chords of our own, so that neither the key map nor the app knows the terminal's crate.

use std::fmt;
use std::str::FromStr;

/// A key that can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as on the keyboard")]
pub enum Key {
    Char(char),
    Left,
    Right,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    Enter,
    Escape,
    Backspace,
    Delete,
    Tab,
    Function(u8),
}

/// Keys that have a name. Of several names, the first is written, all are read.
pub const NAMES: [(&str, Key); 22] = [
    ("Space", Key::Char(' ')),
    ("←", Key::Left),
    ("→", Key::Right),
    ("↑", Key::Up),
    ("↓", Key::Down),
    ("PgUp", Key::PageUp),
    ("PgDn", Key::PageDown),
    ("Home", Key::Home),
    ("End", Key::End),
    ("Enter", Key::Enter),
    ("Esc", Key::Escape),
    ("Backspace", Key::Backspace),
    ("Del", Key::Delete),
    ("Tab", Key::Tab),
    ("Left", Key::Left),
    ("Right", Key::Right),
    ("Up", Key::Up),
    ("Down", Key::Down),
    ("PageUp", Key::PageUp),
    ("PageDown", Key::PageDown),
    ("Escape", Key::Escape),
    ("Delete", Key::Delete),
];

/// A key with its modifiers. Shift is part of the character, except with named keys; with Ctrl a
/// letter is always the small one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift; only for named keys.
    pub shift: bool,
}

impl Chord {
    /// Brings a chord into the one form in which it is compared.
    fn settle(&mut self) {
        if let Key::Char(character) = &mut self.key {
            self.shift = false;
            if self.ctrl {
                character.make_ascii_lowercase();
            }
        }
    }
}

impl From<Key> for Chord {
    fn from(key: Key) -> Self {
        Self {
            key,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }
}

impl From<char> for Chord {
    fn from(character: char) -> Self {
        Key::Char(character).into()
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "Ctrl-"),
            (self.alt, "Alt-"),
            (self.shift, "Shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.key {
            Key::Char(c) if self.ctrl && c != ' ' => write!(f, "{}", c.to_ascii_uppercase()),
            Key::Function(n) => write!(f, "F{n}"),
            key => match (NAMES.iter().find(|(_, named)| *named == key), key) {
                (Some((name, _)), _) => f.write_str(name),
                (None, Key::Char(c)) => write!(f, "{c}"),
                (None, _) => unreachable!("every other key has a name"),
            },
        }
    }
}

impl FromStr for Chord {
    type Err = String;

    /// Reads what [`Display`](fmt::Display) writes, and the other names of [`NAMES`].
    fn from_str(text: &str) -> Result<Self, String> {
        let mut chord = Self::from(Key::Escape);
        let mut rest = text;
        loop {
            if let Some(after) = rest.strip_prefix("Ctrl-") {
                (chord.ctrl, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("Alt-") {
                (chord.alt, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("Shift-") {
                (chord.shift, rest) = (true, after);
            } else {
                break;
            }
        }
        chord.key = named(rest).or_else(|| single(rest)).ok_or_else(|| {
            format!(
                "`{text}` is no key; expected one such as a, G, Ctrl-Z, Space, Left, PgDn or F5"
            )
        })?;
        chord.settle();
        Ok(chord)
    }
}

/// A key by its name, in whatever case.
fn named(text: &str) -> Option<Key> {
    let same = |(name, _): &&(&str, Key)| name.eq_ignore_ascii_case(text);
    NAMES.iter().find(same).map(|(_, key)| *key)
}

/// A key by its only character, or a function key by its number.
fn single(text: &str) -> Option<Key> {
    let mut characters = text.chars();
    match (characters.next()?, characters.next()) {
        (character, None) if !character.is_control() => Some(Key::Char(character)),
        ('F' | 'f', Some(_)) => {
            let number = text[1..].parse().ok();
            number.filter(|n| (1..=24).contains(n)).map(Key::Function)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "a",
            "G",
            "Space",
            "→",
            "PgDn",
            "Home",
            "Esc",
            "Backspace",
            "Del",
            "Tab",
            "Shift-Tab",
            "F1",
            "F24",
            "F",
            "Ctrl-Z",
            "Ctrl-Alt-x",
            "+",
            "-",
            "Ctrl--",
            "é",
        ] {
            let chord: Chord = text.parse().unwrap();
            assert_eq!(chord.to_string(), text.replace("Alt-x", "Alt-X"), "{text}");
        }
    }

    #[test]
    fn reads_a_key_in_several_spellings_as_one() {
        for (one, other) in [
            ("Left", "←"),
            ("Ctrl-z", "Ctrl-Z"),
            ("Shift-G", "G"),
            ("f5", "F5"),
            ("pageup", "PgUp"),
        ] {
            assert_eq!(one.parse::<Chord>(), other.parse(), "{one}");
        }
    }

    #[test]
    fn refuses_what_is_no_key() {
        for text in ["", "Ctrl-", "F0", "F25", "Return", "ab", "\u{1b}"] {
            assert!(text.parse::<Chord>().is_err(), "{text:?}");
        }
    }
}
