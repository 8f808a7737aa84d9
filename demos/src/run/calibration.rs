//! How much work takes how much CPU time: guesses that grow until they can be trusted. Pure.

use std::time::Duration;

/// A probe shorter than this tells too little.
const PROBE_MIN: Duration = Duration::from_millis(200);

/// The most probes; each grows the work at least by half.
const PROBES_MAX: usize = 24;

/// The most by which one probe grows over the one before.
const GROWTH_MAX: f64 = 16.0;

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Measure the CPU time that this much takes.
    Probe(u64),
    /// This much takes the length that was asked for.
    Found(u64),
}

/// Finds the work that takes a given length.
#[derive(Clone, Debug)]
pub(super) struct Calibration {
    length: Duration,
    work_max: u64,
    probes: Vec<(u64, Duration)>,
}

impl Calibration {
    pub(super) fn new(length: Duration, work_max: u64) -> Self {
        Self {
            length,
            work_max,
            probes: Vec::new(),
        }
    }

    /// What to do after these many probes.
    pub(super) fn step(&self) -> Step {
        let Some(&(work, cpu)) = self.probes.last() else {
            return Step::Probe(64);
        };
        let enough = cpu >= PROBE_MIN.min(self.length) || work >= self.work_max;
        if enough || self.probes.len() >= PROBES_MAX {
            return Step::Found(self.scaled(self.length));
        }
        // Aims above the least, so that noise does not ask for one more.
        let aim = self
            .scaled(PROBE_MIN.mul_f64(1.25))
            .max(work + work / 2 + 1);
        let most = (work as f64 * GROWTH_MAX) as u64;
        Step::Probe(aim.min(most).min(self.work_max))
    }

    /// Takes how much CPU time a probe took.
    pub(super) fn took(&mut self, work: u64, cpu: Duration) {
        self.probes.push((work, cpu));
    }

    /// The work for a length, along the curve through the last two probes: the cost of a unit may
    /// grow with their number (a larger number takes more divisions to be found prime).
    fn scaled(&self, length: Duration) -> u64 {
        let Some(&(work, cpu)) = self.probes.last() else {
            return 1;
        };
        let seconds = |time: Duration| time.as_secs_f64().max(1e-6);
        let exponent = match self.probes.as_slice() {
            [.., (less, short), _] if *short >= PROBE_MIN / 50 => {
                let growth = (work as f64 / (*less).max(1) as f64).ln();
                ((seconds(cpu) / seconds(*short)).ln() / growth).clamp(0.8, 2.0)
            }
            _ => 1.0,
        };
        let factor = (seconds(length) / seconds(cpu)).powf(1.0 / exponent);
        ((work as f64 * factor) as u64).clamp(1, self.work_max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calibrates on a machine where so much work takes so many seconds.
    fn find(length_ms: u64, seconds: impl Fn(f64) -> f64) -> (u64, usize) {
        let mut calibration = Calibration::new(Duration::from_millis(length_ms), 4_000_000_000);
        for probes in 0.. {
            match calibration.step() {
                Step::Found(work) => return (work, probes),
                Step::Probe(work) => {
                    calibration.took(work, Duration::from_secs_f64(seconds(work as f64)));
                }
            }
        }
        unreachable!("it gives up at last")
    }

    #[test]
    fn finds_the_work_for_any_cost() {
        type Cost = fn(f64) -> f64;
        let table: [(&str, u64, Cost); 6] = [
            ("linear", 4000, |work| work * 1e-6),
            ("dear units", 4000, |work| work * 0.05),
            ("one unit is too long already", 500, |work| work * 3.0),
            ("growing cost", 4000, |work| work.powf(1.4) * 1e-8),
            ("a start cost", 4000, |work| 0.002 + work * 1e-6),
            ("a short length", 100, |work| work * 1e-6),
        ];
        for (what, length_ms, cost) in table {
            let (work, probes) = find(length_ms, cost);
            let took = cost(work as f64) / (length_ms as f64 / 1000.0);
            assert!(
                work == 1 || (0.8..1.25).contains(&took),
                "{what}: {took} of the length"
            );
            assert!(probes <= 8, "{what}: {probes} probes");
        }
    }

    #[test]
    fn gives_up_on_work_that_takes_no_time() {
        let (work, probes) = find(4000, |_| 1e-7);
        assert_eq!((work, probes <= PROBES_MAX), (4_000_000_000, true));
    }
}
