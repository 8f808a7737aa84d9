//! The talk's clock: what the status bar shows, and what a talk's pace is measured with. Whoever
//! presents opens the talk long before it begins, and is asked questions in the middle of it: so the
//! clock starts anew and stands still when told to.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Mode, Moment, Notice, State};

/// A clock that can be paused and started anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// When it stood at zero, all pauses left out.
    from: Moment,
    /// At what it stands still.
    paused: Option<Duration>,
}

impl Clock {
    /// What it reads.
    pub fn elapsed(self, now: Moment) -> Duration {
        self.paused.unwrap_or_else(|| now.saturating_sub(self.from))
    }

    /// Whether it stands still.
    pub fn is_paused(self) -> bool {
        self.paused.is_some()
    }

    /// Stands still, or goes on from there.
    fn pause(&mut self, now: Moment) {
        match self.paused.take() {
            Some(stood) => self.from = now.saturating_sub(stood),
            None => self.paused = Some(self.elapsed(now)),
        }
    }

    /// Starts anew from zero.
    fn restart(&mut self, now: Moment) {
        *self = Self {
            from: now,
            paused: None,
        };
    }
}

impl State {
    /// How long the talk has been going on, by its clock.
    pub fn elapsed(&self) -> Duration {
        self.clock.elapsed(self.now)
    }

    /// Lets the clock stand still, or go on.
    pub(super) fn pause_clock(&mut self) {
        self.clock.pause(self.now);
        self.tell_clock(if self.clock.is_paused() {
            "the clock stands still"
        } else {
            "the clock goes on"
        });
    }

    /// Lets the clock start anew.
    pub(super) fn restart_clock(&mut self) {
        self.clock.restart(self.now);
        self.tell_clock("the clock starts anew");
    }

    fn tell_clock(&mut self, text: &str) {
        self.tell(Notice {
            text: text.to_owned(),
            bad: false,
        });
    }

    /// The seconds that the screen counts now; `None` where it counts none. A console's time of day goes
    /// on while the talk's clock stands still.
    pub(super) fn counts(&self) -> Option<Duration> {
        let is_console = self.console.is_some();
        let hidden = self.mode == Mode::Black || self.too_small();
        match self.clock.is_paused() {
            _ if hidden => None,
            false => (self.settings.elapsed || is_console).then(|| self.elapsed()),
            true => is_console.then_some(self.now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_and_starts_anew() {
        let seconds = Duration::from_secs;
        let mut clock = Clock::default();
        // What is done at a second, and what the clock reads ten seconds later.
        for (at, act, paused, later) in [
            (0, None, false, 10),
            (20, Some(Clock::pause as fn(&mut Clock, Moment)), true, 20),
            (50, Some(Clock::pause), false, 30),
            (70, Some(Clock::restart), false, 10),
            (90, Some(Clock::pause), true, 20),
            (100, Some(Clock::restart), false, 10),
        ] {
            if let Some(act) = act {
                act(&mut clock, seconds(at));
            }
            assert_eq!(clock.is_paused(), paused, "at {at} s");
            assert_eq!(clock.elapsed(seconds(at + 10)), seconds(later), "at {at} s");
        }
    }
}
