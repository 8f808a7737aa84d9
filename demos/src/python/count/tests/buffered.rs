//! Buffered counts: no round of commits frees what somebody holds, and none forgets what nobody does.

use std::sync::atomic::Ordering::Relaxed;

use loom::sync::{Arc, Mutex};

use super::super::atomics::{Atomic64, Lock};
use super::super::buffered::{Extent, Logs, apply, commit, extents};
use super::{Loom, Object, Word, spawn};

/// One object in a cell, whose reference is the only one; two threads and their logs.
struct World {
    object: Object,
    cell: Mutex<bool>,
    threads: [std::sync::Arc<Logs<Loom>>; 2],
}

impl World {
    fn new() -> Arc<Self> {
        let object = Object::new();
        object.own.store(1, Relaxed);
        let threads = std::array::from_fn(|_| std::sync::Arc::new(Logs::new(2)));
        Arc::new(Self {
            object,
            cell: Mutex::new(true),
            threads,
        })
    }

    /// Takes a reference out of the cell, uses it, and gives it up.
    fn read(&self) {
        let logs = &self.threads[0];
        if self.cell.with(|there| *there && logs.increments.note(0)) {
            self.object.using(0);
            assert!(logs.decrements.note(0));
        }
    }

    /// Gives up the cell's reference.
    fn clear(&self) {
        self.cell.with(|there| *there = false);
        assert!(self.threads[1].decrements.note(0));
    }

    fn commit(&self) {
        commit(&self.threads, |_| &self.object.own, |_| self.object.free());
    }

    fn apply(&self, extents: &[Extent]) {
        apply(
            &self.threads,
            extents,
            |_| &self.object.own,
            |_| self.object.free(),
        );
    }
}

/// A reader, a thread that clears the cell, and the committer.
fn check(commit: impl Fn(&World) + Sync + Send + 'static) {
    super::check(3, move || {
        let world = World::new();
        let reader = spawn(&world, World::read);
        let clearer = spawn(&world, World::clear);
        commit(&world);
        reader.join().unwrap();
        clearer.join().unwrap();
        world.commit();
        world.object.assert_freed();
    });
}

#[test]
fn object_is_freed_once_and_not_in_use() {
    check(World::commit);
}

#[test]
#[should_panic(expected = "freed while it was used")]
fn taking_the_increments_first_is_caught() {
    check(|world| {
        let increments = extents(&world.threads);
        let mut both = extents(&world.threads);
        for (extent, earlier) in both.iter_mut().zip(increments) {
            extent.increments = earlier.increments;
        }
        world.apply(&both);
    });
}

#[test]
fn log_is_full_until_it_is_committed() {
    super::check(3, || {
        let logs = [std::sync::Arc::new(Logs::<Loom>::new(2))];
        let count = Word::new(0);
        let note = || logs[0].increments.note(7);
        assert_eq!([note(), note(), note()], [true, true, false]);
        assert_eq!(commit(&logs, |_| &count, |_| ()), 2);
        assert_eq!([note(), note(), note()], [true, true, false]);
        assert_eq!(count.load(Relaxed), 2);
    });
}
