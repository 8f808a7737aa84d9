//! A typed line → what is meant: keys, mostly.

use parade_demos::explore::Exhibit;

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
        "" if has_next_line(state) => act(Action::Step, state),
        "" if is_at_end(state) => Command::Tell(vec!["This is the end; q quits.".to_owned()]),
        "" => act(Action::Next, state),
        "b" | "back" if state.mode == Mode::Slide => act(Action::Previous, state),
        "again" => Command::Again,
        "keys" | "?" => Command::Tell(keys(state)),
        "o" | "slides" => Command::Tell(slides(state)),
        _ if matches!(asked, Some(Draft::Number(_))) && line.parse::<f64>().is_ok() => {
            Command::Happen(entered(line))
        }
        _ if matches!(asked, Some(Draft::Choice { choices, .. }) if is_one_of(line, choices.len())) => {
            Command::Happen(entered(line))
        }
        _ if asked.is_some() && is_number => Command::Tell(vec![not_understood(line, state)]),
        _ if is_number && is_lane_or_thread(line, state) => Command::Happen(typed(line)),
        _ if is_number => Command::Happen(entered(&format!(":{line}"))),
        _ if line.starts_with([':', '/']) && line.len() > 1 => Command::Happen(entered(line)),
        _ => match (Action::named(line), line.parse::<Chord>()) {
            (Some(action), _) => act(action, state),
            (None, Ok(chord)) => {
                let action = state.keys.action(&state.mode, state.focus(), chord);
                let otherwise = action.and_then(|action| in_words(action, state));
                otherwise.unwrap_or_else(|| Command::Happen(vec![Event::Key(chord)]))
            }
            (None, Err(_)) => Command::Tell(vec![not_understood(line, state)]),
        },
    }
}

/// Whether a line is a number from 1 to this.
fn is_one_of(line: &str, last: usize) -> bool {
    line.parse()
        .is_ok_and(|number: usize| (1..=last).contains(&number))
}

/// What is said to a line that means nothing here.
fn not_understood(line: &str, state: &State) -> String {
    let what_does = match &state.mode {
        Mode::Question(question) => match &question.draft {
            Draft::Choice { choices, .. } => {
                format!("no answer; a number from 1 to {} is", choices.len())
            }
            Draft::Number(_) => "no answer; a number is".to_owned(),
        },
        Mode::Consent { .. } => "no answer; y or n is".to_owned(),
        _ => "no command; keys tells all of them".to_owned(),
    };
    format!("`{line}` is {what_does}")
}

/// Whether nothing comes behind what was told.
fn is_at_end(state: &State) -> bool {
    let is_last = state.place.slide + 1 == state.slides_total();
    let steps = state.slide().map_or(0, |slide| slide.steps);
    state.mode == Mode::Slide && is_last && state.place.step >= steps
}

/// Whether a number means a lane of the demo in focus, or a thread of its program; 0 means all of them.
fn is_lane_or_thread(number: &str, state: &State) -> bool {
    let Some(demo) = state.demo_in_focus() else {
        return false;
    };
    let last = match exhibit(state) {
        Some(Exhibit::Lines(_)) => 1,
        Some(Exhibit::Schedule(schedule)) => schedule.now().world().threads().len() - 1,
        None => demo.spec.lanes.len(),
    };
    number.len() == 1 && number.parse().is_ok_and(|number: usize| number <= last)
}

/// Whether the demo in focus is a program that is stepped line by line, and has one left.
fn has_next_line(state: &State) -> bool {
    matches!(exhibit(state), Some(Exhibit::Lines(lines)) if lines.line().is_some())
}

/// The program that is stepped by hand.
fn exhibit(state: &State) -> Option<&Exhibit> {
    let bench = state.demo_in_focus()?.bench.as_ref()?;
    bench.exhibit.as_ref().ok()
}

/// What an action comes to that opens or changes a picture: the same in words, or where to find it.
fn in_words(action: Action, state: &State) -> Option<Command> {
    let tell = |text: &str| Some(Command::Tell(vec![text.to_owned()]));
    match action {
        Action::Edit => Some(act(Action::Editor, state)),
        Action::Overview => Some(Command::Tell(slides(state))),
        Action::Help => Some(Command::Tell(keys(state))),
        Action::Search => tell("/ and the text in one line search the slides"),
        Action::Command => tell(": and a slide's number or id in one line go there"),
        Action::Black | Action::Timeline | Action::PauseClock | Action::RestartClock => {
            tell("that is for a screen; here it changes nothing")
        }
        _ => None,
    }
}

/// An action by the key that the user has for it. A program is edited outside.
fn act(action: Action, state: &State) -> Command {
    if let Some(command) = in_words(action, state) {
        return command;
    }
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
