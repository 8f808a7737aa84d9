//! Owner counts with a table of differences per thread, as in Adam Olsen's python-safethread (2007).
//!
//! The owner counts plainly in word 0. The first touch by another thread *promotes* the object: from
//! then on foreign threads count in private tables, and an object whose place in the table is taken
//! by another one has its difference added to word 1 atomically. Nobody can know any more when the
//! last reference goes: promoted objects are left to the collector, which flushes all tables and adds
//! up while the threads stand still.
//!
//! ```text
//! word 0   owner (32 bits) | the owner's count (32 bits)          written by the owner alone
//! word 1   flushed differences × 2, signed | promoted (1 bit)     changed by atomic operations
//! ```

use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};

use super::atomics::Atomic64;
use super::owned::Owned;
use super::{Fate, Owner};

/// How many differences a thread keeps.
const ENTRIES: usize = 2_048;
const PROMOTED: u64 = 1;
const SHARED_ONE: i64 = 2;

/// The protocol.
#[derive(Debug)]
pub enum TableCounts {}

/// The two words of an object's counts.
pub type OwnerCount<'a, W> = Owned<'a, W, TableCounts>;

impl<W: Atomic64> OwnerCount<'_, W> {
    /// Counts one more if `me` is the owner; else it belongs into `me`'s [`Table`].
    #[inline]
    #[must_use]
    pub fn increment(self, me: Owner) -> bool {
        let own = self.own.load(Relaxed);
        let mine = (own >> 32) as Owner == me;
        if mine {
            self.own
                .store(with_local(own, (own as u32).wrapping_add(1)), Relaxed);
        }
        mine
    }

    /// Counts one less if `me` is the owner; else it belongs into `me`'s [`Table`]. The owner's count
    /// of a promoted object may fall below zero.
    #[inline]
    #[must_use]
    pub fn decrement(self, me: Owner) -> Option<Fate> {
        let own = self.own.load(Relaxed);
        if (own >> 32) as Owner != me {
            return None;
        }
        let left = (own as u32).wrapping_sub(1);
        self.own.store(with_local(own, left), Relaxed);
        Some(Fate::dead_if(left == 0 && !self.is_promoted()))
    }

    /// Whether another thread has counted it: then only the collector frees it.
    #[inline]
    pub fn is_promoted(self) -> bool {
        self.shared.load(Acquire) & PROMOTED != 0
    }

    /// A foreign thread is about to count it. Answers whether it is the first to do so.
    #[inline]
    pub fn promote(self) -> bool {
        !self.is_promoted() && self.shared.fetch_or(PROMOTED, AcqRel) & PROMOTED == 0
    }

    /// Adds a difference that had to leave a table.
    pub fn flush(self, difference: i64) {
        self.shared
            .fetch_add((difference * SHARED_ONE).cast_unsigned(), AcqRel);
    }

    /// How many references there are. Right only while all threads stand still and their tables are
    /// flushed.
    pub fn count(self) -> i64 {
        i64::from(self.local().cast_signed()) + (self.shared.load(Acquire).cast_signed() >> 1)
    }
}

fn with_local(own: u64, local: u32) -> u64 {
    own >> 32 << 32 | u64::from(local)
}

/// One thread's differences to the counts of objects that it does not own: a direct-mapped table, in
/// which each object has one place, shared with many others.
#[derive(Debug)]
pub struct Table {
    entries: Box<[Entry]>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    object: u32,
    /// Zero where there is no entry.
    difference: i64,
}

impl Table {
    /// An empty table with python-safethread's 2,048 places.
    pub fn new() -> Self {
        Self::with_entries(ENTRIES)
    }

    /// An empty table with so many places.
    pub(super) fn with_entries(entries: usize) -> Self {
        Self {
            entries: vec![Entry::default(); entries].into_boxed_slice(),
        }
    }

    /// Counts `change` for an object. If another object had its place, that one's number and
    /// difference are answered, to be flushed.
    #[inline]
    #[must_use]
    pub fn count(&mut self, object: u32, change: i64) -> Option<(u32, i64)> {
        let place = object as usize % self.entries.len();
        let entry = &mut self.entries[place];
        if entry.object == object || entry.difference == 0 {
            *entry = Entry {
                object,
                difference: entry.difference + change,
            };
            return None;
        }
        let Entry {
            object: evicted,
            difference,
        } = std::mem::replace(
            entry,
            Entry {
                object,
                difference: change,
            },
        );
        Some((evicted, difference))
    }

    /// Empties the table: all objects and differences, to be flushed.
    pub fn drain(&mut self) -> impl Iterator<Item = (u32, i64)> + '_ {
        let taken = self.entries.iter_mut().map(std::mem::take);
        taken
            .filter(|entry| entry.difference != 0)
            .map(|entry| (entry.object, entry.difference))
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}
