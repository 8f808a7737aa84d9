//! The console's first row: which talk, what its screen shows, the time of day, and how the talk
//! stands against its duration. The word says what the colour says.

use std::time::Duration;

use crate::app::{Action, Console, Over, Pace, State};
use crate::layout::text_width;
use crate::theme::Role;
use crate::view::canvas::Canvas;
use crate::view::figure;

/// Columns between two things in the row.
const GAP: u16 = 3;
/// A day's seconds.
const DAY_S: u64 = 24 * 60 * 60;

/// Draws the row: the time at the right, which is never given up for want of room.
pub(super) fn draw(state: &State, console: &Console, row: &mut Canvas) {
    let mut end = row.width().saturating_sub(2);
    let mut mark = |text: &str, role: Role| {
        row.right(end, 0, text, role);
        end = end.saturating_sub(text_width(text) as u16 + GAP);
    };
    let (time, pace, role) = time(state);
    if let Some(word) = pace {
        mark(&word, role);
    }
    mark(&time, role);
    if let Some(began) = console.began_at {
        mark(&time_of_day(began + state.now), Role::Text);
    }
    let screen = match (&console.lost, &console.told.over) {
        (Some(_), _) => Some(("ENDED", Role::Error)),
        (None, Over::Black) => Some(("BLACK", Role::Warning)),
        (None, Over::Overlay) if console.told.question.is_none() => {
            Some(("NOT ON THE SLIDE", Role::Warning))
        }
        (None, _) => None,
    };
    if let Some((word, role)) = screen {
        mark(word, role);
    }
    if state.run.is_some() {
        mark("LIVE", Role::Accent);
    }
    let title = state.deck.front.title.as_deref().unwrap_or(&console.name);
    row.cut(2, 0, end.saturating_sub(2), title, Role::Muted);
}

/// `12:34 of 25:00`, the pace in a word or that the clock stands still, and its colour.
fn time(state: &State) -> (String, Option<String>, Role) {
    let elapsed = figure::clock(state.elapsed());
    let time = match state.deck.front.duration {
        Some(duration) => format!("{elapsed} of {}", figure::clock(duration)),
        None => elapsed,
    };
    if state.clock.is_paused() {
        return (time, Some(paused(state)), Role::Warning);
    }
    match state.pace() {
        None => (time, None, Role::Text),
        Some(pace) => {
            let (word, role) = word(pace);
            (time, Some(word), role)
        }
    }
}

/// `PAUSED (c)`: with the key that lets it go on.
fn paused(state: &State) -> String {
    match state.keys.key(Action::PauseClock) {
        Some(key) => format!("PAUSED ({key})"),
        None => "PAUSED".to_owned(),
    }
}

fn word(pace: Pace) -> (String, Role) {
    match pace {
        Pace::OnTime => ("on time".to_owned(), Role::Good),
        Pace::Ahead(by) => (format!("{} ahead", minutes(by)), Role::Info),
        Pace::Behind(by) => (format!("{} behind", minutes(by)), Role::Warning),
        Pace::Over(by) => (format!("{} over", minutes(by)), Role::Error),
    }
}

/// `40 s`, `3 min`.
fn minutes(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min", (seconds + 30) / 60),
    }
}

/// `09:05`
fn time_of_day(since_midnight: Duration) -> String {
    let seconds = since_midnight.as_secs() % DAY_S;
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_the_pace_in_words() {
        let seconds = Duration::from_secs;
        for (pace, expected) in [
            (Pace::OnTime, "on time"),
            (Pace::Ahead(seconds(45)), "45 s ahead"),
            (Pace::Behind(seconds(151)), "3 min behind"),
            (Pace::Over(seconds(60)), "1 min over"),
        ] {
            assert_eq!(word(pace).0, expected);
        }
        assert_eq!(time_of_day(seconds(25 * 3600 + 300)), "01:05");
    }
}
