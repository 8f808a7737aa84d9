//! The script of a recording: a line for each thing to do.
//!
//! `press` takes keys as the help writes them, or names of actions; `type` a text, a key for each
//! character; `go` a slide's id or number; `wait` a time, or `run`: until no run goes on; `caption`
//! a line to show below the slide, and without one takes it away. A line that begins with `#` is a
//! remark.

use std::time::Duration;

use parade_demos::catalogue::value;
use parade_demos::spec::Value;

use crate::app::{ACTIONS, Action, KeyMap};
use crate::deck::Deck;
use crate::key::{Chord, NAMES};
use crate::parse;
use crate::parse::suggest::nearest;

/// What can be done, as it is written.
const VERBS: [&str; 5] = ["press", "type", "go", "wait", "caption"];

/// The longest that one line waits: an hour, so that a slip of the pen makes no endless file.
const WAIT_MAX: Duration = Duration::from_hours(1);

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Press these keys, one right after the other.
    Press(Vec<Chord>),
    /// Press a key for each character, at the pace of somebody who types.
    Type(Vec<Chord>),
    /// Go to a slide, from 0.
    Go(usize),
    /// Let time pass.
    Wait(Duration),
    /// Wait until no run goes on.
    WaitForRun,
    /// Show a line below the slide, or none.
    Caption(Option<String>),
}

/// What is wrong, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) at: usize,
    pub(super) what: String,
}

/// What a script's words mean: slides of this deck, actions by these keys.
pub(super) struct Script<'a> {
    pub(super) deck: &'a Deck,
    pub(super) keys: &'a KeyMap,
}

/// A word of a line and the byte at which it begins.
type Word<'a> = (usize, &'a str);

impl Script<'_> {
    /// Reads all lines, up to the first that can't be understood.
    pub(super) fn read(&self, text: &str) -> Result<Vec<Command>, Problem> {
        let mut commands = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let written = line.trim();
            let indent = line.len() - line.trim_start().len();
            if !written.is_empty() && !written.starts_with('#') {
                commands.push(self.line((at + indent, written))?);
            }
            at += line.len();
        }
        Ok(commands)
    }

    fn line(&self, (at, line): Word) -> Result<Command, Problem> {
        let verb = line.split_whitespace().next().unwrap_or_default();
        let after = &line[verb.len()..];
        let rest = (
            at + line.len() - after.trim_start().len(),
            after.trim_start(),
        );
        match verb {
            "press" => self.press(rest),
            "type" => typed(rest),
            "go" => self.go(rest),
            "wait" => wait(rest),
            "caption" => {
                let text = parse::visible(rest.1).into_owned();
                Ok(Command::Caption((!text.is_empty()).then_some(text)))
            }
            _ => Err(unknown((at, verb), "command", VERBS)),
        }
    }

    fn press(&self, (at, rest): Word) -> Result<Command, Problem> {
        let mut chords = Vec::new();
        let mut from = at;
        for word in rest.split_inclusive(char::is_whitespace) {
            let name = word.trim_end();
            if !name.is_empty() {
                chords.push(self.chord((from, name))?);
            }
            from += word.len();
        }
        if chords.is_empty() {
            return Err(problem(at, "`press` needs a key, as in `press Space`"));
        }
        Ok(Command::Press(chords))
    }

    /// A key as it is written, or that of an action.
    fn chord(&self, (at, name): Word) -> Result<Chord, Problem> {
        if let Ok(chord) = name.parse() {
            return Ok(chord);
        }
        match Action::named(name) {
            Some(action) if action.is_fixed() => {
                let what = format!("`{name}` is any digit; press that digit");
                Err(problem(at, what))
            }
            Some(action) => self
                .keys
                .key(action)
                .ok_or_else(|| problem(at, format!("`{name}` has no key"))),
            None => {
                let keys = NAMES.iter().map(|(name, _)| *name);
                let actions = ACTIONS.iter().map(|entry| entry.name);
                let what = format!("`{name}` is neither a key nor an action");
                let help = nearest(name, keys.chain(actions)).map_or_else(
                    || "; `?` in the talk shows both".to_owned(),
                    |near| format!("; did you mean `{near}`?"),
                );
                Err(problem(at, what + &help))
            }
        }
    }

    fn go(&self, (at, slide): Word) -> Result<Command, Problem> {
        parse::find(self.deck, slide)
            .map(Command::Go)
            .ok_or_else(|| {
                let total = self.deck.extents.len();
                let ids = self.deck.extents.iter().map(|extent| extent.id.as_str());
                let help = nearest(slide, ids).map_or_else(
                    || format!("; expected an id or a number from 1 to {total}"),
                    |near| format!("; did you mean `{near}`?"),
                );
                problem(at, format!("there is no slide `{slide}`{help}"))
            })
    }
}

fn typed((at, text): Word) -> Result<Command, Problem> {
    if text.is_empty() {
        return Err(problem(at, "`type` needs a text, as in `type /threads`"));
    }
    if let Some((within, _)) = text.char_indices().find(|(_, c)| c.is_control()) {
        return Err(problem(at + within, "a control character can't be typed"));
    }
    Ok(Command::Type(text.chars().map(Chord::from).collect()))
}

fn wait((at, rest): Word) -> Result<Command, Problem> {
    if rest == "run" {
        return Ok(Command::WaitForRun);
    }
    time(rest)
        .map(Command::Wait)
        .map_err(|what| problem(at, format!("{what}, or `wait run`")))
}

/// Reads a time: `2s`, `500ms`.
pub(super) fn time(text: &str) -> Result<Duration, String> {
    value::duration(&Value::Text(text.to_owned()))
        .filter(|time| (Duration::from_millis(1)..=WAIT_MAX).contains(time))
        .ok_or_else(|| "expected a time up to an hour, such as 2s or 500ms".to_owned())
}

fn unknown<'a>(
    (at, word): Word,
    what: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Problem {
    let help = parse::suggest::help(word, known);
    problem(at, format!("`{word}` is no {what}; {help}"))
}

fn problem(at: usize, what: impl Into<String>) -> Problem {
    Problem {
        at,
        what: what.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Extent;
    use crate::key::Key;

    fn read(text: &str) -> Result<Vec<Command>, (usize, String)> {
        let extent = |id: &str| Extent {
            id: id.to_owned(),
            ..Extent::default()
        };
        let deck = Deck {
            extents: ["title", "live-1"].map(extent).into(),
            ..Deck::default()
        };
        let script = Script {
            deck: &deck,
            keys: &KeyMap::default(),
        };
        let told = script.read(text);
        told.map_err(|problem| (problem.at, problem.what))
    }

    #[test]
    fn each_line_is_one_thing_to_do() {
        let chord = |key: &str| key.parse::<Chord>().unwrap();
        let cases = [
            ("", vec![]),
            ("# remark\n\n  # another\r\n", vec![]),
            (
                "wait 1.5s",
                vec![Command::Wait(Duration::from_millis(1500))],
            ),
            ("wait run", vec![Command::WaitForRun]),
            (
                "  press Right  r\tCtrl-L next #\r\n",
                vec![Command::Press(
                    ["→", "r", "Ctrl-L", "→", "#"].map(chord).into(),
                )],
            ),
            (
                "type /a b",
                vec![Command::Type(["/", "a", "Space", "b"].map(chord).into())],
            ),
            ("go live-1\ngo 1", vec![Command::Go(1), Command::Go(0)]),
            (
                "caption  All cores \ncaption",
                vec![
                    Command::Caption(Some("All cores".to_owned())),
                    Command::Caption(None),
                ],
            ),
            ("press 3", vec![Command::Press(vec![Key::Char('3').into()])]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_place() {
        let cases = [
            (
                "wait 1s\npres a",
                8,
                "`pres` is no command; did you mean `press`?",
            ),
            (
                "é\n",
                0,
                "`é` is no command; known here: press, type, go, wait, caption",
            ),
            (
                "press a Spcae",
                8,
                "`Spcae` is neither a key nor an action; did you mean `Space`?",
            ),
            (
                "press tmeline",
                6,
                "`tmeline` is neither a key nor an action; did you mean `timeline`?",
            ),
            (
                "press whatever",
                6,
                "`whatever` is neither a key nor an action; `?` in the talk shows both",
            ),
            ("press lane", 6, "`lane` is any digit; press that digit"),
            ("press", 5, "`press` needs a key, as in `press Space`"),
            ("type ", 4, "`type` needs a text, as in `type /threads`"),
            (
                "wait long",
                5,
                "expected a time up to an hour, such as 2s or 500ms, or `wait run`",
            ),
            (
                "go live1",
                3,
                "there is no slide `live1`; did you mean `live-1`?",
            ),
            (
                "go 3",
                3,
                "there is no slide `3`; expected an id or a number from 1 to 2",
            ),
        ];
        for (text, at, what) in cases {
            assert_eq!(read(text), Err((at, what.to_owned())), "{text:?}");
        }
    }
}
