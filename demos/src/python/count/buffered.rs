//! Buffered counts, as in Larry Hastings' Gilectomy (2016): a thread only notes what it would have
//! counted, and one committing thread counts.
//!
//! Each thread has two logs, one of increments and one of decrements. If they were one, the committer
//! might apply a decrement of one thread before the increment of another that kept the object alive.
//! So a round of commits fixes first how far all logs of decrements are taken, then how far all logs of
//! increments; every increment that came before one of those decrements is then among those taken. It
//! applies the increments, then the decrements. Counts are plain: only the committer touches them.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use super::atomics::{Atomic64, Atomics};
use super::{Fate, plain};

/// A log of objects, written by one thread and read by the committer.
pub struct Log<A: Atomics> {
    entries: Box<[A::Word]>,
    /// How many entries were ever written.
    written: A::Word,
    /// How many of them were committed.
    committed: A::Word,
}

impl<A: Atomics> Log<A> {
    fn new(entries: usize) -> Self {
        Self {
            entries: (0..entries).map(|_| A::Word::new(0)).collect(),
            written: A::Word::new(0),
            committed: A::Word::new(0),
        }
    }

    /// Notes an object. Only the log's thread does. Fails while the log is full: the thread has to
    /// wait for the committer.
    #[inline]
    #[must_use]
    pub fn note(&self, object: u32) -> bool {
        let written = self.written.load(Relaxed);
        if written - self.committed.load(Acquire) == self.entries.len() as u64 {
            return false;
        }
        self.entry(written).store(u64::from(object), Relaxed);
        self.written.store(written + 1, Release);
        true
    }

    fn entry(&self, number: u64) -> &A::Word {
        &self.entries[number as usize % self.entries.len()]
    }

    /// How many entries were ever written.
    #[inline]
    pub fn written(&self) -> u64 {
        self.written.load(Acquire)
    }

    /// Whether the committer should come soon.
    #[inline]
    pub fn is_half_full(&self) -> bool {
        let waiting = self.written.load(Relaxed) - self.committed.load(Relaxed);
        waiting >= self.entries.len() as u64 / 2
    }

    /// Hands the entries up to a number to the committer, who does something with each.
    fn commit(&self, written: u64, mut apply: impl FnMut(u32)) {
        for number in self.committed.load(Relaxed)..written {
            apply(self.entry(number).load(Relaxed) as u32);
        }
        self.committed.store(written, Release);
    }
}

/// One thread's two logs.
pub struct Logs<A: Atomics> {
    /// The objects that it would have incremented.
    pub increments: Log<A>,
    /// The objects that it would have decremented.
    pub decrements: Log<A>,
}

impl<A: Atomics> Logs<A> {
    /// Two empty logs, with room for so many entries each.
    pub fn new(entries: usize) -> Self {
        Self {
            increments: Log::new(entries),
            decrements: Log::new(entries),
        }
    }

    /// Whether all that was noted has been committed.
    pub fn is_committed(&self) -> bool {
        [&self.increments, &self.decrements]
            .iter()
            .all(|log| log.committed.load(Relaxed) == log.written())
    }
}

/// How far a round goes in one thread's logs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) increments: u64,
    pub(super) decrements: u64,
}

/// One round of the committing thread over the logs of all threads. `count` finds an object's count;
/// `free` frees one whose last reference is gone (and may note its own references in some log).
/// Answers how many entries were applied.
pub fn commit<'a, A: Atomics + 'a, C: AsRef<Logs<A>>>(
    threads: &[C],
    count: impl Fn(u32) -> &'a A::Word,
    free: impl FnMut(u32),
) -> u64 {
    apply(threads, &extents(threads), count, free)
}

/// How far to go: the decrements of all threads are looked at before the increments of any.
pub(super) fn extents<A: Atomics, C: AsRef<Logs<A>>>(threads: &[C]) -> Vec<Extent> {
    let decrements = threads
        .iter()
        .map(|thread| thread.as_ref().decrements.written());
    let mut extents: Vec<_> = decrements
        .map(|decrements| Extent {
            increments: 0,
            decrements,
        })
        .collect();
    for (extent, thread) in extents.iter_mut().zip(threads) {
        extent.increments = thread.as_ref().increments.written();
    }
    extents
}

/// Applies all increments, then all decrements.
pub(super) fn apply<'a, A: Atomics + 'a, C: AsRef<Logs<A>>>(
    threads: &[C],
    extents: &[Extent],
    count: impl Fn(u32) -> &'a A::Word,
    mut free: impl FnMut(u32),
) -> u64 {
    let mut applied = 0;
    for (thread, extent) in threads.iter().zip(extents) {
        thread
            .as_ref()
            .increments
            .commit(extent.increments, |object| {
                applied += 1;
                plain::increment(count(object));
            });
    }
    for (thread, extent) in threads.iter().zip(extents) {
        thread
            .as_ref()
            .decrements
            .commit(extent.decrements, |object| {
                applied += 1;
                if plain::decrement(count(object)) == Fate::Dead {
                    free(object);
                }
            });
    }
    applied
}
