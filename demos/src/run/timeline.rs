//! Which worker ran on which core when: neighbouring samples become stretches. Pure.

use std::time::Duration;

use crate::snapshot::{STRETCHES_MAX, Stretch};

/// A gap up to this long is sampling, not rest: a sample and a half.
const GAP_MAX: Duration = Duration::from_millis(63);

/// The stretches of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    stretches: Vec<Stretch>,
}

impl Timeline {
    pub(super) fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Adds what one sample saw of one worker: it goes on with that worker's last stretch if that was
    /// on the same core until now.
    pub(super) fn add(&mut self, seen: Stretch) {
        let last = self
            .stretches
            .iter_mut()
            .rev()
            .find(|last| (last.lane, last.worker) == (seen.lane, seen.worker));
        match last {
            Some(last) if last.core == seen.core && seen.from <= last.until + GAP_MAX => {
                join(last, &seen);
            }
            _ => self.stretches.push(seen),
        }
        if self.stretches.len() > STRETCHES_MAX {
            self.thin();
        }
    }

    /// Joins neighbours of each worker in pairs, the core of the longer one winning.
    fn thin(&mut self) {
        let mut thinned: Vec<Stretch> = Vec::with_capacity(self.stretches.len());
        let mut paired = Vec::with_capacity(self.stretches.len());
        for stretch in self.stretches.drain(..) {
            let same = |open: &usize| {
                let other: &Stretch = &thinned[*open];
                (other.lane, other.worker) == (stretch.lane, stretch.worker)
            };
            if let Some(found) = paired.iter().position(same) {
                let open = paired.swap_remove(found);
                join(&mut thinned[open], &stretch);
            } else {
                paired.push(thinned.len());
                thinned.push(stretch);
            }
        }
        self.stretches = thinned;
        // More workers than pairs: the oldest go.
        let excess = self.stretches.len().saturating_sub(STRETCHES_MAX);
        self.stretches.drain(..excess);
    }
}

fn join(first: &mut Stretch, second: &Stretch) {
    let length = |stretch: &Stretch| stretch.until.saturating_sub(stretch.from).as_secs_f64();
    let busy = length(first) * first.busy + length(second) * second.busy;
    if length(second) > length(first) {
        first.core = second.core;
    }
    first.until = first.until.max(second.until);
    first.busy = (busy / length(first).max(f64::MIN_POSITIVE)).min(1.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(worker: usize, core: usize, from: u64, until: u64, busy: f64) -> Stretch {
        let ms = Duration::from_millis;
        Stretch {
            lane: 0,
            worker,
            core,
            from: ms(from),
            until: ms(until),
            busy,
        }
    }

    #[test]
    fn joins_samples_of_one_worker_on_one_core() {
        let mut timeline = Timeline::default();
        for stretch in [
            seen(0, 0, 0, 40, 1.0),
            seen(1, 1, 0, 40, 0.5),
            seen(0, 0, 40, 80, 0.5),
            seen(1, 0, 40, 80, 1.0),
            seen(0, 0, 500, 540, 1.0),
        ] {
            timeline.add(stretch);
        }
        assert_eq!(
            timeline.stretches(),
            [
                seen(0, 0, 0, 80, 0.75),
                seen(1, 1, 0, 40, 0.5),
                seen(1, 0, 40, 80, 1.0),
                seen(0, 0, 500, 540, 1.0),
            ]
        );
    }

    #[test]
    fn stays_within_its_limit_and_keeps_both_ends() {
        let mut timeline = Timeline::default();
        for at in 0..20_000 {
            timeline.add(seen(
                (at % 3) as usize,
                (at % 2) as usize,
                at * 100,
                at * 100 + 40,
                1.0,
            ));
        }
        let stretches = timeline.stretches();
        assert!(stretches.len() <= STRETCHES_MAX);
        assert_eq!(stretches[0].from, Duration::ZERO);
        let until = stretches.iter().map(|stretch| stretch.until).max();
        assert_eq!(until, Some(Duration::from_millis(19_999 * 100 + 40)));
    }
}
