//! A typed line → what is meant: keys, mostly.

use crate::app::{Action, Draft, Event, Mode, State, help};
use crate::key::{Chord, Key};
use crate::parse;

/// What a line means.
#[derive(Debug, PartialEq)]
pub(super) enum Command {
    /// As if this happened on a screen.
    Happen(Vec<Event>),
    /// An answer that changes nothing.
    Tell(Vec<String>),
    /// Tell all of the slide once more.
    Again,
}

/// What is said first.
pub(super) fn welcome() -> Vec<String> {
    let text = "Each line is a command. An empty one goes on, b goes back, r runs a demo, a number goes to a \
                slide, again repeats, keys tells all commands, q quits.";
    vec![text.to_owned()]
}

/// Reads a line.
pub(super) fn read(line: &str, state: &State) -> Command {
    let asked = match &state.mode {
        Mode::Question(question) => Some(&question.draft),
        _ => None,
    };
    let typed = |text: &str| text.chars().map(key).collect::<Vec<_>>();
    let entered = |text: &str| [typed(text), vec![named(Key::Enter)]].concat();
    let is_number = !line.is_empty() && line.chars().all(|c| c.is_ascii_digit());
    match line {
        "" if asked.is_some() => Command::Happen(vec![named(Key::Enter)]),
        "" => act(Action::Next, state),
        "b" | "back" if state.mode == Mode::Slide => act(Action::Previous, state),
        "again" => Command::Again,
        "keys" | "?" => Command::Tell(keys(state)),
        "o" | "slides" => Command::Tell(slides(state)),
        _ if matches!(asked, Some(Draft::Number(_))) && line.parse::<f64>().is_ok() => {
            Command::Happen(entered(line))
        }
        _ if asked.is_some() && is_number => Command::Happen(entered(line)),
        // On a program that is stepped, a digit is a thread.
        _ if is_number && line.len() == 1 && takes_digits(state) => Command::Happen(typed(line)),
        _ if is_number => Command::Happen(entered(&format!(":{line}"))),
        _ if line.starts_with([':', '/']) && line.len() > 1 => Command::Happen(entered(line)),
        _ => match (Action::named(line), line.parse::<Chord>()) {
            (Some(action), _) => act(action, state),
            (None, Ok(chord)) if opens_pane(chord, state) => act(Action::Edit, state),
            (None, Ok(chord)) => Command::Happen(vec![Event::Key(chord)]),
            (None, Err(_)) => Command::Tell(vec![format!(
                "`{line}` is no command; keys tells all of them"
            )]),
        },
    }
}

/// Whether the slide has a demo whose digits mean threads or lanes.
fn takes_digits(state: &State) -> bool {
    state.demo_in_focus().is_some()
}

/// Whether a key opens the editor's pane, which lines of text can't show.
fn opens_pane(chord: Chord, state: &State) -> bool {
    state.keys.action(&state.mode, state.focus(), chord) == Some(Action::Edit)
}

/// An action by the key that the user has for it. A program is edited outside.
fn act(action: Action, state: &State) -> Command {
    let action = match action {
        Action::Edit => Action::Editor,
        other => other,
    };
    match state.keys.key(action) {
        Some(chord) => Command::Happen(vec![Event::Key(chord)]),
        None => Command::Tell(vec![format!("`{}` has no key", action.name())]),
    }
}

fn key(character: char) -> Event {
    Event::Key(Chord::from(character))
}

fn named(key: Key) -> Event {
    Event::Key(Chord::from(key))
}

/// Every command, group by group.
fn keys(state: &State) -> Vec<String> {
    let mut lines = vec![
        "An empty line: next. b: back. again: repeats the slide. slides: all titles. Any key below, or \
         its action's name."
            .to_owned(),
    ];
    for (group, entries) in help(&state.keys) {
        lines.push(format!("{}:", group.title()));
        lines.extend(
            entries
                .into_iter()
                .map(|(keys, does)| format!("{keys}: {does}")),
        );
    }
    lines
}

/// Every slide's number and title.
fn slides(state: &State) -> Vec<String> {
    let total = state.slides_total();
    (0..total)
        .map(|index| {
            let title = parse::heading(&state.deck, index);
            let title = Some(title).filter(|title| !title.is_empty());
            format!(
                "{}: {}",
                index + 1,
                title.as_deref().unwrap_or("(no title)")
            )
        })
        .collect()
}
