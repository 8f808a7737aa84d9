//! Perfect scaling, here and now: a loop that needs registers and nothing else, one worker and N in
//! alternation, three times. Pure; the supervisor runs what is asked for.
//!
//! What is compared is the CPU time that the same work takes, not the wall time: should somebody
//! else use a core meanwhile, the loop takes longer, but does not need more. What remains is what
//! this machine's cores lose by running at once (a lower clock, execution units that two of them
//! share). N workers that have their cores to themselves are so much faster than one:
//!
//! speed-up = min(N, cores) × CPU time of one worker ÷ CPU time of all, together
//!
//! where a quota counts with its fraction of a core. The lanes' own speed-ups are of wall time; what
//! the rest of the machine took from them is told beside the verdict, and withholds it.

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
#[derive(Clone, Debug)]
pub(super) struct Ideal {
    /// The cores that all workers can have at once.
    cores: f64,
    /// CPU time.
    one: Vec<Duration>,
    all: Vec<Duration>,
}

/// How long one worker spins: a short run lies, as both threads may begin on one core.
pub(super) fn length(demo_length: Duration) -> Duration {
    (demo_length / 10).clamp(Duration::from_millis(200), Duration::from_millis(400))
}

impl Ideal {
    /// The measurement for so many cores' worth of workers.
    pub(super) fn new(cores: f64) -> Self {
        Self {
            cores,
            one: Vec::new(),
            all: Vec::new(),
        }
    }

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

    /// Takes how much CPU time the turn took.
    pub(super) fn took(&mut self, cpu: Duration) {
        match self.turn() {
            Some(Turn::One) => self.one.push(cpu),
            Some(Turn::All) => self.all.push(cpu),
            None => {}
        }
    }

    /// The median speed-up of all workers over one.
    pub(super) fn speedup(&self) -> Option<f64> {
        let ratio = |(one, all): (&Duration, &Duration)| {
            self.cores * one.as_secs_f64() / all.as_secs_f64().max(f64::MIN_POSITIVE)
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
        let mut ideal = Ideal::new(2.0);
        let mut turns = Vec::new();
        for cpu in [400, 400, 400, 800, 380, 400] {
            turns.push(ideal.turn());
            ideal.took(Duration::from_millis(cpu));
        }
        assert_eq!(turns, [Some(Turn::One), Some(Turn::All)].repeat(3));
        assert_eq!((ideal.turn(), ideal.speedup()), (None, Some(1.9)));
    }
}
