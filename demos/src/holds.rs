//! Who held an interpreter's lock when: the log that a runtime keeps of its own hand-overs, as a
//! picture needs it.
//!
//! A runtime calls [`HoldLog::take`] and [`HoldLog::drop`] with the lock's state in its hand, so the
//! log needs no lock of its own. Every hold falls into the totals, into a row of equal stretches over
//! the whole run, and, while it is among the newest, stands alone. Counters are read from the same
//! [`Holds`], so a picture's sums are the figures beside it. It has limits of its own, whatever runs,
//! and knows neither a clock nor a runtime: moments are nanoseconds since the run began.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// The most threads that have a row of their own; those that come later share the last.
pub const HOLDERS_MAX: usize = 16;
/// The most stretches of a run; beyond, neighbours are merged and all become twice as long.
pub const STRETCHES_MAX: usize = 128;
/// The most holds that stand alone.
pub const NEWEST_MAX: usize = 256;
/// How long a stretch is at first.
const STRETCH_NS: u64 = 10_000_000;
/// The row of the threads that came too late for one of their own.
const OTHERS: &str = "others";

/// One thread's time with the lock, without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Index into [`Holds::holders`].
    pub holder: usize,
    /// When it took the lock.
    pub from_ns: u64,
    /// When it let go.
    pub until_ns: u64,
}

/// A thread that takes the lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The name that the program's thread has.
    pub name: String,
    /// How often it took the lock.
    pub takes: u64,
    /// How long it had it in all.
    pub held_ns: u64,
}

/// Who held the lock when, and how it went from one to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holds {
    /// Threads in the order in which they came, at most [`HOLDERS_MAX`].
    pub holders: Vec<Holder>,
    /// How often another thread had it than the one before.
    pub switches: u64,
    /// How often a waiting thread asked the holder to let go.
    pub drop_requests: u64,
    /// How long each stretch is.
    pub stretch_ns: u64,
    /// The run from its beginning, at most [`STRETCHES_MAX`] stretches: how long each holder had the lock
    /// in each, in nanoseconds.
    pub stretches: Vec<Vec<u64>>,
    /// The newest holds, oldest first, at most [`NEWEST_MAX`].
    pub newest: VecDeque<Hold>,
    /// When this was told, since the run began.
    pub at_ns: u64,
}

/// Writes [`Holds`] while a program runs.
#[derive(Clone, Debug)]
pub struct HoldLog {
    holds: Holds,
    /// Who has it now, and since when.
    now: Option<(usize, u64)>,
    /// The program's number of the thread that had it last.
    last: Option<u64>,
}

impl Default for HoldLog {
    fn default() -> Self {
        Self {
            holds: Holds {
                stretch_ns: STRETCH_NS,
                ..Holds::default()
            },
            now: None,
            last: None,
        }
    }
}

impl HoldLog {
    /// A thread that will take the lock; gives the index that its holds have.
    pub fn join(&mut self, name: &str) -> usize {
        let holders = &mut self.holds.holders;
        if holders.len() == HOLDERS_MAX {
            OTHERS.clone_into(&mut holders[HOLDERS_MAX - 1].name);
            return HOLDERS_MAX - 1;
        }
        holders.push(Holder {
            name: name.to_owned(),
            ..Holder::default()
        });
        holders.len() - 1
    }

    /// A holder took the lock; `thread` is the runtime's own number for it, by which a switch is told.
    pub fn take(&mut self, holder: usize, thread: u64, at_ns: u64) {
        self.holds.holders[holder].takes += 1;
        if self.last.is_some_and(|last| last != thread) {
            self.holds.switches += 1;
        }
        self.last = Some(thread);
        self.now = Some((holder, at_ns));
    }

    /// The holder let the lock go.
    pub fn drop(&mut self, at_ns: u64) {
        if let Some((holder, from_ns)) = self.now.take() {
            self.holds.add(Hold {
                holder,
                from_ns,
                until_ns: at_ns.max(from_ns),
            });
        }
    }

    /// A waiting thread asked the holder to let go.
    pub fn request_drop(&mut self) {
        self.holds.drop_requests += 1;
    }

    /// All until this moment, the hold that goes on included.
    pub fn at(&self, at_ns: u64) -> Holds {
        let mut log = self.clone();
        log.drop(at_ns);
        log.holds.at_ns = at_ns;
        log.holds
    }
}

impl Holds {
    /// What a lane tells beside its picture, in the order to show.
    pub fn counters(&self) -> Vec<(String, f64)> {
        let seconds = self.at_ns as f64 / 1e9;
        let per_second = |count: u64| {
            if seconds > 0.0 {
                count as f64 / seconds
            } else {
                0.0
            }
        };
        [
            ("gil_switches", self.switches as f64),
            ("gil_switches_per_s", per_second(self.switches)),
            ("gil_drop_requests", self.drop_requests as f64),
            ("gil_drop_requests_per_s", per_second(self.drop_requests)),
            ("gil_takes", self.takes() as f64),
            ("gil_held_s", self.held_ns() as f64 / 1e9),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    /// How often any thread took the lock.
    pub fn takes(&self) -> u64 {
        self.holders.iter().map(|holder| holder.takes).sum()
    }

    /// How long any thread had the lock.
    pub fn held_ns(&self) -> u64 {
        self.holders.iter().map(|holder| holder.held_ns).sum()
    }

    fn add(&mut self, hold: Hold) {
        self.holders[hold.holder].held_ns += hold.until_ns - hold.from_ns;
        if self.newest.len() == NEWEST_MAX {
            self.newest.pop_front();
        }
        self.newest.push_back(hold);
        while hold.until_ns.div_ceil(self.stretch_ns) > STRETCHES_MAX as u64 {
            self.merge_neighbours();
        }
        let mut from_ns = hold.from_ns;
        while from_ns < hold.until_ns {
            let stretch = from_ns / self.stretch_ns;
            let until_ns = hold.until_ns.min((stretch + 1) * self.stretch_ns);
            *self.share(stretch as usize, hold.holder) += until_ns - from_ns;
            from_ns = until_ns;
        }
    }

    /// What a holder has of a stretch.
    fn share(&mut self, stretch: usize, holder: usize) -> &mut u64 {
        if self.stretches.len() <= stretch {
            self.stretches.resize_with(stretch + 1, Vec::new);
        }
        let shares = &mut self.stretches[stretch];
        if shares.len() <= holder {
            shares.resize(holder + 1, 0);
        }
        &mut shares[holder]
    }

    fn merge_neighbours(&mut self) {
        let merged = self.stretches.chunks(2).map(|pair| {
            let holders = pair.iter().map(Vec::len).max().unwrap_or(0);
            let share = |holder: usize| pair.iter().filter_map(|shares| shares.get(holder)).sum();
            (0..holders).map(share).collect()
        });
        self.stretches = merged.collect();
        self.stretch_ns *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    /// Two threads that hand the lock over every 5 ms.
    fn alternating(until_ms: u64) -> HoldLog {
        let mut log = HoldLog::default();
        let holders = [log.join("MainThread"), log.join("Thread-1 (count)")];
        for at in (0..until_ms).step_by(5) {
            let turn = (at / 5 % 2) as usize;
            log.take(holders[turn], turn as u64, at * MS);
            log.request_drop();
            log.drop((at + 5) * MS);
        }
        log
    }

    #[test]
    fn tells_who_held_it_when() {
        let holds = alternating(30).at(30 * MS);
        let holder = |name: &str| Holder {
            name: name.to_owned(),
            takes: 3,
            held_ns: 15 * MS,
        };
        let hold = |index: u64| Hold {
            holder: (index % 2) as usize,
            from_ns: index * 5 * MS,
            until_ns: (index + 1) * 5 * MS,
        };
        let expected = Holds {
            holders: vec![holder("MainThread"), holder("Thread-1 (count)")],
            switches: 5,
            drop_requests: 6,
            stretch_ns: 10 * MS,
            stretches: vec![vec![5 * MS, 5 * MS]; 3],
            newest: (0..6).map(hold).collect(),
            at_ns: 30 * MS,
        };
        assert_eq!(holds, expected);
    }

    #[test]
    fn counts_the_hold_that_goes_on() {
        let mut log = HoldLog::default();
        let only = log.join("MainThread");
        log.take(only, 0, 0);
        for at_ms in [1, 7, 40] {
            let holds = log.at(at_ms * MS);
            assert_eq!((holds.takes(), holds.held_ns()), (1, at_ms * MS));
        }
        assert_eq!(log.at(25 * MS).stretches, [[10 * MS], [10 * MS], [5 * MS]]);
    }

    #[test]
    fn a_thread_that_takes_it_again_is_no_switch() {
        let mut log = HoldLog::default();
        let (a, b) = (log.join("a"), log.join("b"));
        for (holder, thread, at) in [(a, 0, 0), (a, 0, 2), (b, 1, 4), (b, 1, 6), (a, 0, 8)] {
            log.take(holder, thread, at * MS);
            log.drop((at + 1) * MS);
        }
        let holds = log.at(9 * MS);
        assert_eq!((holds.takes(), holds.switches), (5, 2));
    }

    #[test]
    fn keeps_within_its_limits_and_loses_no_time() {
        for seconds in [1, 3, 60] {
            let holds = alternating(seconds * 1000).at(seconds * 1000 * MS);
            assert!(holds.stretches.len() <= STRETCHES_MAX && holds.newest.len() <= NEWEST_MAX);
            let in_stretches: u64 = holds.stretches.iter().flatten().sum();
            assert_eq!(
                (holds.held_ns(), in_stretches),
                (seconds * 1000 * MS, seconds * 1000 * MS)
            );
            assert_eq!(
                (holds.takes(), holds.switches),
                (seconds * 200, seconds * 200 - 1)
            );
        }
    }

    #[test]
    fn late_threads_share_a_row() {
        let mut log = HoldLog::default();
        for thread in 0..20 {
            let holder = log.join(&format!("Thread-{thread}"));
            log.take(holder, thread, thread * MS);
            log.drop((thread + 1) * MS);
        }
        let holds = log.at(20 * MS);
        assert_eq!((holds.holders.len(), holds.switches), (HOLDERS_MAX, 19));
        let last = &holds.holders[HOLDERS_MAX - 1];
        assert_eq!((last.name.as_str(), last.takes), ("others", 5));
    }

    #[test]
    fn its_counters_are_the_sums_of_the_picture() {
        let holds = alternating(2000).at(2000 * MS);
        let counters = holds.counters();
        let named = |name: &str| {
            counters
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| *value)
        };
        assert_eq!(named("gil_switches"), Some(399.0));
        assert_eq!(named("gil_switches_per_s"), Some(199.5));
        assert_eq!(named("gil_takes"), Some(400.0));
        assert_eq!(named("gil_held_s"), Some(2.0));
    }
}
