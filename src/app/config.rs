//! The configuration file: text → [`Settings`] and [`KeyMap`], and the commented text of the defaults.
//!
//! Pure: who finds and reads the file is the shell.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::{
    ACTIONS, Action, BigText, Group, ImageChoice, KeyMap, Languages, Settings, ThemeChoice,
    languages,
};
use crate::deck::Transition;
use crate::key::{Chord, NAMES};
use crate::parse::suggest;

/// What a configuration file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    /// Which key does what.
    pub keys: KeyMap,
}

/// What is wrong with a configuration file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct ConfigError {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong, what was expected, what to do.
    pub message: String,
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches of the configuration"
)]
struct Written {
    theme: String,
    slide_number: bool,
    elapsed: bool,
    mouse: bool,
    links: bool,
    clipboard: bool,
    images: Spanned<String>,
    ascii: bool,
    big_text: Spanned<String>,
    languages: BTreeMap<Spanned<String>, languages::Written>,
    transition: Spanned<String>,
    reduced_motion: bool,
    keys: BTreeMap<Spanned<String>, Spanned<Keys>>,
}

/// One key, or several.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a key such as \"F5\", or a list of keys"
)]
enum Keys {
    One(String),
    Several(Vec<String>),
}

impl Default for Written {
    fn default() -> Self {
        let settings = Settings::default();
        Self {
            theme: "auto".to_owned(),
            slide_number: settings.slide_number,
            elapsed: settings.elapsed,
            mouse: settings.mouse,
            links: settings.links,
            clipboard: settings.clipboard,
            images: Spanned::new(0..0, "auto".to_owned()),
            ascii: settings.ascii,
            big_text: Spanned::new(0..0, "auto".to_owned()),
            languages: BTreeMap::new(),
            transition: Spanned::new(0..0, "off".to_owned()),
            reduced_motion: settings.reduced_motion,
            keys: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Reads a configuration file's text.
    ///
    /// # Errors
    /// The first thing that is wrong, and where.
    pub fn read(text: &str) -> Result<Self, ConfigError> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let message = error.message().replace('\n', " ");
            fault(text, error.span(), message)
        })?;
        let mut languages = Languages::default();
        languages
            .take(&written.languages)
            .map_err(|(place, message)| fault(text, Some(place), message))?;
        Ok(Self {
            settings: Settings {
                languages: Arc::new(languages),
                slide_number: written.slide_number,
                elapsed: written.elapsed,
                mouse: written.mouse,
                links: written.links,
                clipboard: written.clipboard,
                images: one_of(text, &written.images, &ImageChoice::NAMES)?,
                ascii: written.ascii,
                big_text: one_of(text, &written.big_text, &BigText::NAMES)?,
                transition: one_of(text, &written.transition, &Transition::NAMES)?,
                reduced_motion: written.reduced_motion,
                theme: ThemeChoice::from(written.theme.as_str()),
                ..Settings::default()
            },
            keys: keys(text, &written.keys)?,
        })
    }

    /// A configuration file that says what holds without one, every line commented out.
    pub fn default_text() -> String {
        let mut text = String::from(SETTINGS_TEXT);
        for group in Group::ALL {
            let _ = write!(text, "\n# {}\n", group.title());
            let of_group = ACTIONS.iter().filter(|entry| entry.group == group);
            for entry in of_group.filter(|entry| !entry.action.is_fixed()) {
                let keys: Vec<_> = entry.keys.iter().map(|key| format!("\"{key}\"")).collect();
                let line = format!("# {} = [{}]", entry.name, keys.join(", "));
                let _ = writeln!(text, "{line:<44} # {}", entry.help);
            }
        }
        text += LANGUAGES_TEXT;
        for line in languages::TEXT.lines() {
            text.extend([if line.is_empty() { "" } else { "# " }, line, "\n"]);
        }
        text
    }
}

const LANGUAGES_TEXT: &str = "
# How code blocks run that are marked with +exec: the block goes into the file, in a folder of its
# own, and the commands run one after the other until one fails. {file} stands for that file, {folder}
# for the folder. A language here replaces what is said below, or adds to it; what it leaves out
# stays. timeout limits the whole, its build included: 60s where nothing is said.
";

const SETTINGS_TEXT: &str = "\
# parade's configuration. Each line says what holds without it.

# auto (light or dark as the terminal is), the name of a theme, or a theme file
# theme = \"auto\"
# The slide's number on the screen
# slide_number = true
# The elapsed time on the screen
# elapsed = false
# The wheel scrolls, a click chooses; false leaves the mouse to the terminal
# mouse = true
# The terminal may open links
# links = true
# A click on a link copies its address; false only shows it
# clipboard = true
# Images: auto (as well as the terminal says it can), kitty, iterm2, sixel, blocks or off
# images = \"auto\"
# Only ASCII signs beside the deck's own text
# ascii = false
# Large titles and font sizes: auto (scaled where the terminal can, else drawn), drawn, off
# big_text = \"auto\"
# How one slide follows another in a deck that doesn't say: off, slide, dissolve
# transition = \"off\"
# No transitions, whatever a deck says
# reduced_motion = false

# One key or a list of keys for an action; an empty list takes its keys away.
# [keys]
";

/// The value of this name.
fn one_of<T: Copy>(
    text: &str,
    written: &Spanned<String>,
    names: &[(&str, T)],
) -> Result<T, ConfigError> {
    let found = names.iter().find(|(name, _)| name == written.get_ref());
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<_> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
        let message = format!("expected one of {}", known.join(", "));
        fault(text, Some(written.span()), message)
    })
}

fn keys(
    text: &str,
    written: &BTreeMap<Spanned<String>, Spanned<Keys>>,
) -> Result<KeyMap, ConfigError> {
    let mut bound = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (name, chords) in written {
        let action =
            action(name.get_ref()).map_err(|message| fault(text, Some(name.span()), message))?;
        let read = read_chords(chords.get_ref());
        let read = read.map_err(|message| fault(text, Some(chords.span()), message))?;
        bound.insert(action, read);
        places.insert(action, name.span());
    }
    KeyMap::new(&bound).map_err(|conflict| {
        let place = places.get(&conflict.second).or(places.get(&conflict.first));
        fault(text, place.cloned(), conflict.to_string())
    })
}

fn action(name: &str) -> Result<Action, String> {
    let names = ACTIONS.iter().map(|entry| entry.name);
    match Action::named(name) {
        Some(action) if action.is_fixed() => Err(format!(
            "`{name}` stands on the digits and can't be bound to other keys"
        )),
        Some(action) => Ok(action),
        None => Err(format!(
            "unknown action `{name}`; {}",
            suggest::help(name, names)
        )),
    }
}

fn read_chords(keys: &Keys) -> Result<Vec<Chord>, String> {
    match keys {
        Keys::One(key) => Ok(vec![chord(key)?]),
        Keys::Several(keys) => keys.iter().map(|key| chord(key)).collect(),
    }
}

fn chord(text: &str) -> Result<Chord, String> {
    text.parse().map_err(|error: String| {
        let lower: Vec<_> = NAMES.iter().map(|(name, _)| name.to_lowercase()).collect();
        let near = suggest::nearest(text, lower.iter().map(String::as_str));
        let near = NAMES
            .iter()
            .find(|(name, _)| Some(name.to_lowercase().as_str()) == near);
        match near {
            Some((name, _)) => format!("{error}; did you mean `{name}`?"),
            None => error,
        }
    })
}

fn fault(text: &str, span: Option<Range<usize>>, message: String) -> ConfigError {
    let start = text.floor_char_boundary(span.map_or(0, |span| span.start));
    let before = &text[..start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    ConfigError {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_settings_and_keys() {
        let text = "theme = 'dark'\nelapsed = true\nmouse = false\nlinks = false\nclipboard = false\nimages = 'blocks'\n[keys]\nnext = 'F5'\nblack = []\n";
        let config = Config::read(text).unwrap();
        let settings = Settings {
            elapsed: true,
            mouse: false,
            links: false,
            clipboard: false,
            images: ImageChoice::Blocks,
            theme: ThemeChoice::Named("dark".into()),
            ..Settings::default()
        };
        assert_eq!(config.settings, settings);
        assert_eq!(config.keys.keys(Action::Next), ["F5".parse().unwrap()]);
        assert_eq!(config.keys.keys(Action::Black), []);
        assert_eq!(Config::read(""), Ok(Config::default()));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (text, expected) in [
            (
                "elapsed = 3",
                "1:11: invalid type: integer `3`, expected a boolean",
            ),
            (
                "\nelapse = true",
                "2:1: unknown field `elapse`, expected one of `theme`, `slide_number`, `elapsed`, \
                 `mouse`, `links`, `clipboard`, `images`, `ascii`, `big_text`, \
                 `languages`, `transition`, `reduced_motion`, `keys`",
            ),
            (
                "images = 'tv'",
                "1:10: expected one of `auto`, `kitty`, `iterm2`, `sixel`, `blocks`, `off`",
            ),
            (
                "big_text = 'huge'",
                "1:12: expected one of `auto`, `drawn`, `off`",
            ),
            (
                "[keys]\nnxt = 'x'",
                "2:1: unknown action `nxt`; did you mean `next`?",
            ),
            (
                "[keys]\nlane = 'x'",
                "2:1: `lane` stands on the digits and can't be bound to other keys",
            ),
            (
                "[keys]\nnext = ['x', 'Spce']",
                "2:8: `Spce` is no key; expected one such as a, G, Ctrl-Z, Space, Left, PgDn or F5; \
                 did you mean `Space`?",
            ),
            (
                "[keys]\nnext = 3",
                "2:8: expected a key such as \"F5\", or a list of keys",
            ),
            (
                "[keys]\nrun = 'n'",
                "2:1: `n` is bound to both `search-next` and `run`; bind one of them to another key",
            ),
            ("[keys]\nrun = 'x'\nrun = 'y'", "3:1: duplicate key"),
            (
                "[languages.basic]\nfile = 'a.bas'",
                "1:12: this language lacks its `commands`",
            ),
            (
                "[languages.c]\nfile = 'a/b.c'",
                "2:8: `a/b.c` is no name of a file, such as main.c",
            ),
            (
                "[languages.c]\ncommands = [['']]",
                "2:12: expected commands, each a list of words: [[\"cc\", \"{file}\"], [\"./a.out\"]]",
            ),
            (
                "[languages.c]\ntimeout = 'soon'",
                "2:11: `soon` is no time limit; expected one of at most an hour, such as \"30s\"",
            ),
            (
                "[languages.c]\nfiles = 'a.c'",
                "2:1: unknown field `files`, expected one of `names`, `file`, `commands`, `timeout`",
            ),
        ] {
            assert_eq!(Config::read(text).unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn languages_replace_what_they_say_and_add_to_the_table() {
        let text = "[languages.sh]\ntimeout = '2s'\n[languages.BF]\nnames = ['Brain']\n\
                    file = 'a.bf'\ncommands = [['bf', '{file}']]";
        let languages = Config::read(text).unwrap().settings.languages;
        let told = |name: &str| {
            let language = languages.find(name)?;
            let words = language.commands.concat().join(" ");
            Some(format!("{} {words} {:?}", language.file, language.time_max))
        };
        for (name, expected) in [
            ("sh", Some("main.sh sh {file} 2s")),
            ("bash", Some("main.bash bash {file} 60s")),
            ("bf", Some("a.bf bf {file} 60s")),
            ("brain", Some("a.bf bf {file} 60s")),
        ] {
            assert_eq!(told(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn reads_its_own_default_text_as_the_defaults() {
        let text = Config::default_text();
        let is_code = |line: &&str| line.contains(" = ") || line.starts_with('[');
        let lines = text
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(is_code);
        let uncommented = lines.collect::<Vec<_>>().join("\n");
        assert_eq!(Config::read(&text), Ok(Config::default()));
        assert_eq!(
            Config::read(&uncommented),
            Ok(Config::default()),
            "{uncommented}"
        );
        for entry in ACTIONS.iter().filter(|entry| !entry.action.is_fixed()) {
            assert!(
                uncommented.contains(&format!("\n{} = [", entry.name)),
                "{}",
                entry.name
            );
        }
    }
}
