//! Perfect scaling, here and now: a loop that needs registers and nothing else, one worker and N in
//! alternation, three times. Pure; the supervisor runs what is asked for.

use std::time::Duration;

use crate::report::median;

/// How often each of both runs.
const ROUNDS: usize = 3;

/// Which one runs next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// One worker.
    One,
    /// All workers.
    All,
}

/// The turns of one measurement.
#[derive(Clone, Debug, Default)]
pub(super) struct Ideal {
    one: Vec<Duration>,
    all: Vec<Duration>,
}

/// How long one worker spins: a short run lies, as both threads may begin on one core.
pub(super) fn length(demo_length: Duration) -> Duration {
    (demo_length / 10).clamp(Duration::from_millis(200), Duration::from_millis(400))
}

impl Ideal {
    /// Whose turn it is; `None` when it is done.
    pub(super) fn turn(&self) -> Option<Turn> {
        if self.all.len() >= ROUNDS {
            return None;
        }
        Some(if self.one.len() > self.all.len() {
            Turn::All
        } else {
            Turn::One
        })
    }

    /// Takes how long the turn took.
    pub(super) fn took(&mut self, wall: Duration) {
        match self.turn() {
            Some(Turn::One) => self.one.push(wall),
            Some(Turn::All) => self.all.push(wall),
            None => {}
        }
    }

    /// The median speed-up of all workers over one.
    pub(super) fn speedup(&self) -> Option<f64> {
        let ratio = |(one, all): (&Duration, &Duration)| {
            one.as_secs_f64() / all.as_secs_f64().max(f64::MIN_POSITIVE)
        };
        let ratios: Vec<f64> = self.one.iter().zip(&self.all).map(ratio).collect();
        median(&ratios)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternates_three_times_and_takes_the_median() {
        let mut ideal = Ideal::default();
        let mut turns = Vec::new();
        for wall in [400, 200, 400, 400, 380, 200] {
            turns.push(ideal.turn());
            ideal.took(Duration::from_millis(wall));
        }
        assert_eq!(turns, [Some(Turn::One), Some(Turn::All)].repeat(3));
        assert_eq!((ideal.turn(), ideal.speedup()), (None, Some(1.9)));
    }
}
