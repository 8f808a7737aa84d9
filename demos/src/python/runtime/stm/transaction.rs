//! One thread's transaction: what it has read, locked and written, and how it is undone.

use std::sync::Arc;
use std::sync::atomic::Ordering::{Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::thread;
use std::time::{Duration, Instant};

use super::versioned::{LOCKED, Place, UNDONE, UNDONE_BITS, Versioned};
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
#[derive(Default)]
pub(super) struct Contender {
    /// When it was begun for the first time; 0 if it is inevitable.
    pub(super) age: AtomicU64,
    /// Whether an older one wants it to give way.
    pub(super) doomed: AtomicBool,
}

/// What a thread has counted.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) commits: u64,
    pub(super) inevitable: u64,
    pub(super) aborts: [u64; 3],
    pub(super) waited: Duration,
}

/// A thread's transaction, the one that is open or the next.
pub(in super::super) struct Transaction {
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
    pub(super) contender: Arc<Contender>,
    pub(super) counts: Counts,
}

impl Transaction {
    /// Of that thread, not begun yet.
    pub(super) fn new(number: u32, contender: Arc<Contender>) -> Self {
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
            counts: Counts::default(),
        }
    }

    /// Whether it must come to an end at the next opportunity.
    #[inline]
    pub(in super::super) fn is_pressed(&self) -> bool {
        self.inevitable || self.contender.doomed.load(Relaxed)
    }

    pub(super) fn is_doomed(&self) -> bool {
        !self.inevitable && self.contender.doomed.load(Relaxed)
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
            thread::yield_now();
        }
        self.counts.waited += began.elapsed();
        result
    }

    /// Notes why it is to be undone.
    pub(in super::super) fn fail(&mut self, conflict: Conflict) {
        self.conflict = Some(conflict);
    }

    /// Undoes it, and waits for whom it met.
    pub(in super::super) fn roll_back(&mut self, versioned: &Versioned) {
        for (site, old) in self.undo.drain(..).rev() {
            versioned.memory.at(site).store(old, Release);
        }
        for (place, before) in self.locked.drain(..) {
            let undone = before.wrapping_add(UNDONE) & UNDONE_BITS;
            let word = before & !UNDONE_BITS | undone;
            versioned.version(place).store(word, Release);
        }
        self.reads.clear();
        self.open = false;
        if let Some(conflict) = self.conflict.take() {
            self.counts.aborts[conflict as usize] += 1;
        }
        self.contender.doomed.store(false, Relaxed);
        if let Some((place, lock)) = self.waits_for.take() {
            // Nobody dooms who has locked nothing; if somebody does, there is nothing to give.
            let _ = self.wait_while(|| versioned.version(place).load(Relaxed) == lock);
        }
    }
}
