//! One thread's transaction: what it has read, locked and written, and how it is undone.

use std::sync::Arc;
use std::sync::atomic::Ordering::{Relaxed, Release};
use std::time::Instant;

use super::super::tally::{Row, Tally};
use super::versioned::{LOCKED, Place, UNDONE, UNDONE_BITS, Versioned};
use crate::python::count::atomics::{Atomic64, Atomics};
use crate::python::memory::{Ref, Site};

/// How many of the objects that it has read lately a transaction knows without looking through all.
const NOTED: usize = 64;

/// Why a transaction was undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Conflict {
    /// It wanted what an older one had locked.
    MetOlder,
    /// An older one wanted what it had locked.
    GaveWay,
    /// Something that it had read was changed.
    ReadChanged,
}

/// What others see of a thread's transaction.
pub(super) struct Contender<A: Atomics> {
    /// When it was begun for the first time; 0 if it is inevitable.
    pub(super) age: A::Word,
    /// 1 if an older one wants it to give way.
    pub(super) doomed: A::Word,
}

impl<A: Atomics> Contender<A> {
    pub(super) fn new() -> Self {
        Self {
            age: A::Word::new(0),
            doomed: A::Word::new(0),
        }
    }
}

/// What a thread counts; the conflicts have theirs from [`ABORTS`] on.
pub(super) const COMMITS: usize = 0;
pub(super) const INEVITABLE: usize = 1;
pub(super) const ABORTS: usize = 2;
pub(super) const WAITED_NS: usize = 5;
pub(super) const COUNTERS: usize = 6;

/// The counters of all threads.
pub(super) fn tally() -> Tally<COUNTERS> {
    Tally::new([
        "commits",
        "inevitable",
        "aborts_met_older",
        "aborts_gave_way",
        "aborts_read_changed",
        "waited_ms",
    ])
}

/// A thread's transaction, the one that is open or the next.
pub(in super::super) struct Transaction<A: Atomics> {
    pub(super) number: u32,
    pub(super) open: bool,
    pub(super) inevitable: bool,
    /// How many transactions had been begun when this one was, for the first time.
    pub(super) age: u64,
    /// The time of which all is that it has read.
    pub(super) snapshot: u64,
    /// How many this thread has begun.
    pub(super) serial: u64,
    /// What it has read, and its versions; `noted` keeps it short.
    pub(super) reads: Vec<(Place, u64)>,
    pub(super) noted: Box<[(Place, u64); NOTED]>,
    /// What it has locked, and the version words that were there.
    pub(super) locked: Vec<(Place, u64)>,
    /// What was there before its writes.
    pub(super) undo: Vec<(Site, u64)>,
    /// Why it is to be undone, and the lock of another for which it waits then.
    pub(super) conflict: Option<Conflict>,
    pub(super) waits_for: Option<(Place, u64)>,
    pub(super) contender: Arc<Contender<A>>,
    pub(super) row: Arc<Row<COUNTERS>>,
}

impl<A: Atomics> Transaction<A> {
    /// Of that thread, not begun yet.
    pub(super) fn new(number: u32, contender: Arc<Contender<A>>, row: Arc<Row<COUNTERS>>) -> Self {
        Self {
            number,
            open: false,
            inevitable: false,
            age: 0,
            snapshot: 0,
            serial: 0,
            reads: Vec::new(),
            noted: Box::new([(Place::Object(Ref::NULL), 0); NOTED]),
            locked: Vec::new(),
            undo: Vec::new(),
            conflict: None,
            waits_for: None,
            contender,
            row,
        }
    }

    /// Whether it must come to an end at the next opportunity.
    #[inline]
    pub(in super::super) fn is_pressed(&self) -> bool {
        self.inevitable || self.contender.doomed.load(Relaxed) != 0
    }

    pub(super) fn is_doomed(&self) -> bool {
        !self.inevitable && self.contender.doomed.load(Relaxed) != 0
    }

    pub(super) fn lock_word(&self) -> u64 {
        u64::from(self.number) << 1 | LOCKED
    }

    /// Notes that it depends on a version.
    #[inline]
    pub(super) fn note(&mut self, place: Place, version: u64) {
        let slot = match place {
            Place::Object(object) => object.index() % NOTED,
            Place::Global(number) => number as usize % NOTED,
        };
        if self.noted[slot] != (place, self.serial) {
            self.noted[slot] = (place, self.serial);
            self.reads.push((place, version));
        }
    }

    /// Waits as long as a condition holds and nobody older wants it to give way.
    pub(super) fn wait_while(
        &mut self,
        mut condition: impl FnMut() -> bool,
    ) -> Result<(), Conflict> {
        if !condition() {
            return Ok(());
        }
        let began = Instant::now();
        let mut result = Ok(());
        while condition() {
            if self.is_doomed() {
                result = Err(Conflict::GaveWay);
                break;
            }
            A::yield_now();
        }
        let waited_ns = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.row.add(WAITED_NS, waited_ns);
        result
    }

    /// Notes why it is to be undone.
    pub(in super::super) fn fail(&mut self, conflict: Conflict) {
        self.conflict = Some(conflict);
    }

    /// Undoes it, and waits for whom it met.
    pub(in super::super) fn roll_back(&mut self, versioned: &impl Versioned<A>) {
        for (site, old) in self.undo.drain(..).rev() {
            versioned.word(site).store(old, Release);
        }
        for (place, before) in self.locked.drain(..) {
            let undone = before.wrapping_add(UNDONE) & UNDONE_BITS;
            let word = before & !UNDONE_BITS | undone;
            versioned.version(place).store(word, Release);
        }
        self.reads.clear();
        self.open = false;
        if let Some(conflict) = self.conflict.take() {
            self.row.add(ABORTS + conflict as usize, 1);
        }
        self.contender.doomed.store(0, Relaxed);
        if let Some((place, lock)) = self.waits_for.take() {
            // Nobody dooms who has locked nothing; if somebody does, there is nothing to give.
            let _ = self.wait_while(|| versioned.version(place).load(Relaxed) == lock);
        }
    }
}
