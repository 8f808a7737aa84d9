//! The time of a talk that nobody watches.

use std::time::Instant;

use crate::app::Moment;

/// Goes on with the machine's time while something is measured, and stands still otherwise: what a
/// slide takes to be read and drawn is on no recording, and nobody sits out a pause.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cli) struct Clock {
    /// The time until now, or until it began to follow the machine's.
    at: Moment,
    follows_since: Option<Instant>,
}

impl Clock {
    pub(super) fn now(&self) -> Moment {
        let follows = self.follows_since.map(|since| since.elapsed());
        self.at + follows.unwrap_or_default()
    }

    /// Goes on with the machine's time from now on, or no more.
    pub(super) fn follow(&mut self, machine: bool) {
        if machine != self.follows_since.is_some() {
            self.at = self.now();
            self.follows_since = machine.then(Instant::now);
        }
    }

    /// Time passes at once.
    pub(super) fn pass(&mut self, time: Moment) {
        self.at += time;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn stands_still_unless_it_follows_the_machine() {
        let mut clock = Clock::default();
        clock.pass(Duration::from_secs(5));
        assert_eq!(clock.now(), Duration::from_secs(5));
        clock.follow(true);
        let from = clock.now();
        while clock.now() == from {
            std::hint::spin_loop();
        }
        clock.follow(false);
        let stands = clock.now();
        assert!(stands > Duration::from_secs(5));
        assert_eq!(clock.now(), stands);
    }
}
