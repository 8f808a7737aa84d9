//! When memory that readers without a lock may still be in can be used again: as soon as every thread has
//! passed a safe point since it was retired (CPython's `qsbr.c`).
//!
//! Knows neither buffers nor threads: whoever retires something keeps it, with the epoch that it got
//! for it, until [`Quiescence::passed`] has come that far.

use std::sync::Arc;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};

use crate::python::count::atomics::{Atomic64, Atomics, Lock};

/// What a thread has seen that reads nothing at present.
const OFFLINE: u64 = u64::MAX;

/// The epochs of all threads.
pub(super) struct Quiescence<A: Atomics> {
    /// Rises with everything that is retired.
    epoch: A::Word,
    readers: A::Lock<Vec<Arc<A::Word>>>,
}

/// A thread that reads without locks. What it has seen is the epoch of its last safe point.
pub(super) struct Reader<A: Atomics> {
    seen: Arc<A::Word>,
}

impl<A: Atomics> Quiescence<A> {
    pub(super) fn new() -> Self {
        Self {
            epoch: A::Word::new(0),
            readers: A::Lock::new(Vec::new()),
        }
    }

    /// A thread that begins to read.
    pub(super) fn join(&self) -> Reader<A> {
        let seen = Arc::new(A::Word::new(OFFLINE));
        self.readers.with(|readers| {
            seen.store(self.epoch.load(Acquire), Relaxed);
            readers.push(Arc::clone(&seen));
        });
        Reader { seen }
    }

    /// A thread ends.
    pub(super) fn leave(&self, reader: &Reader<A>) {
        self.readers
            .with(|readers| readers.retain(|seen| !Arc::ptr_eq(seen, &reader.seen)));
    }

    /// A safe point: the thread reads nothing that it found before.
    #[inline]
    pub(super) fn pass(&self, reader: &Reader<A>) {
        let epoch = self.epoch.load(Acquire);
        if reader.seen.load(Relaxed) != epoch {
            reader.seen.store(epoch, Release);
        }
    }

    /// The thread reads nothing until it comes back.
    pub(super) fn go_offline(reader: &Reader<A>) {
        reader.seen.store(OFFLINE, Release);
    }

    /// The thread reads again. It is either seen by whoever looks how far all have passed, or begins
    /// after that and finds nothing that was retired before.
    pub(super) fn come_back(&self, reader: &Reader<A>) {
        self.readers
            .with(|_| reader.seen.store(self.epoch.load(Acquire), Relaxed));
    }

    /// Something has been taken to where no reader finds it any more. It can be used again when the
    /// answered epoch has been passed.
    pub(super) fn retire(&self) -> u64 {
        self.epoch.fetch_add(1, AcqRel) + 1
    }

    /// The epoch that all threads have passed.
    pub(super) fn passed(&self) -> u64 {
        self.readers.with(|readers| {
            readers
                .iter()
                .map(|seen| seen.load(Acquire))
                .min()
                .unwrap_or(OFFLINE)
        })
    }
}

#[cfg(test)]
mod tests {
    use loom::sync::Arc;

    use super::*;
    use crate::python::count::tests::{Loom, Word, check, spawn};

    const FRESH: u64 = 1;
    const REUSED: u64 = 2;

    /// Two buffers, of which one is the list's.
    struct World {
        quiescence: Quiescence<Loom>,
        list: Word,
        buffers: [Word; 2],
    }

    impl World {
        fn new() -> Arc<Self> {
            Arc::new(Self {
                quiescence: Quiescence::new(),
                list: Word::new(0),
                buffers: [Word::new(FRESH), Word::new(FRESH)],
            })
        }

        fn read(&self) {
            let buffer = self.list.load(Acquire);
            assert_eq!(
                self.buffers[buffer as usize].load(Relaxed),
                FRESH,
                "read in a reused buffer"
            );
        }

        /// Gives the list the other buffer, and uses the first again as soon as `may` says so.
        fn replace(&self, may: impl Fn(&Quiescence<Loom>, u64) -> bool) {
            self.list.store(1, Release);
            let retired = self.quiescence.retire();
            for _ in 0..2 {
                if may(&self.quiescence, retired) {
                    self.buffers[0].store(REUSED, Relaxed);
                    return;
                }
            }
        }
    }

    fn run(may: fn(&Quiescence<Loom>, u64) -> bool) {
        check(3, move || {
            let world = World::new();
            let reader = spawn(&world, |world| {
                let reader = world.quiescence.join();
                world.read();
                world.quiescence.pass(&reader);
                world.read();
                Quiescence::go_offline(&reader);
                world.quiescence.come_back(&reader);
                world.read();
                world.quiescence.leave(&reader);
            });
            world.replace(may);
            reader.join().unwrap();
            assert_eq!(world.quiescence.passed(), OFFLINE);
        });
    }

    #[test]
    fn buffer_is_used_again_when_nobody_reads_it() {
        run(|quiescence, retired| quiescence.passed() >= retired);
    }

    #[test]
    #[should_panic(expected = "read in a reused buffer")]
    fn buffer_that_is_used_again_at_once_is_caught() {
        run(|_, _| true);
    }

    #[test]
    #[should_panic(expected = "read in a reused buffer")]
    fn buffer_that_is_used_again_an_epoch_too_early_is_caught() {
        run(|quiescence, retired| quiescence.passed().saturating_add(1) >= retired);
    }
}
