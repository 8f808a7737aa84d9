//! Biased counts: the owner's merge, queues, owners that have ended, and readers without a lock.

use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};

use loom::sync::Arc;
use loom::sync::Mutex;

use super::super::atomics::{Atomic64, Lock};
use super::super::biased::{Biased, Decrement};
use super::super::queue::MergeQueues;
use super::super::{Fate, Owner};
use super::{Loom, Object, THREADS, Word, spawn};

const OWNER: Owner = 1;
const SECOND: Owner = 2;
const THIRD: Owner = 3;

/// One object, the cell that it may lie in, and everybody's queues.
struct World {
    object: Object,
    queues: MergeQueues<Loom>,
    /// 1 while the object lies there.
    cell: Word,
    cell_lock: Mutex<()>,
}

impl World {
    /// The owner has made the object and given `references` away.
    fn new(references: u32) -> Arc<Self> {
        let world = Self {
            object: Object::new(),
            queues: MergeQueues::new(1),
            cell: Word::new(1),
            cell_lock: Mutex::new(()),
        };
        world.queues.open(OWNER);
        world.counts().begin(OWNER);
        for _ in 1..references {
            world.counts().increment(OWNER);
        }
        Arc::new(world)
    }

    fn counts(&self) -> Biased<'_, Word> {
        Biased::new(&self.object.own, &self.object.shared)
    }

    fn free_if(&self, fate: Fate) {
        if fate == Fate::Dead {
            self.object.free();
        }
    }

    /// Uses a reference and gives it up.
    fn use_up(&self, me: Owner) {
        self.object.using(me as usize - 1);
        self.decrement(me);
    }

    fn decrement(&self, me: Owner) {
        self.free_if(self.queues.decrement(me, 0, self.counts()));
    }

    /// Uses a reference, makes another one of it, and gives both up.
    fn use_twice(&self, me: Owner) {
        self.counts().increment(me);
        self.use_up(me);
        self.use_up(me);
    }

    fn safe_point(&self, me: Owner) {
        if self.queues.is_waiting(me) {
            self.merge(self.queues.take(me));
        }
    }

    fn merge(&self, objects: Vec<u32>) {
        for _ in objects {
            self.free_if(self.counts().merge_queued());
        }
    }

    fn end(&self, me: Owner) {
        while let Some(objects) = self.queues.close(me) {
            self.merge(objects);
        }
    }

    /// Reads the cell as `LOAD_GLOBAL` does: without its lock if that works. Answers whether the
    /// object lay in it; then the reader holds a reference.
    fn read(&self, me: Owner, increment: impl FnOnce(Biased<'_, Word>) -> bool) -> bool {
        if self.cell.load(Acquire) == 0 {
            return false;
        }
        if increment(self.counts()) {
            if self.cell.load(Acquire) == 1 {
                return true;
            }
            self.decrement(me);
        }
        self.cell_lock.with(|()| {
            let there = self.cell.load(Acquire) == 1;
            if there {
                self.counts().increment_locked(me);
            }
            there
        })
    }

    /// Takes the object out of the cell and gives up the cell's reference.
    fn clear(&self, me: Owner) {
        self.cell_lock.with(|()| self.cell.store(0, Release));
        self.decrement(me);
    }

    /// Lets others read without a lock, as the first read under the lock does.
    fn was_read(&self) {
        self.counts().increment_locked(SECOND);
        self.decrement(SECOND);
    }
}

/// Runs the owner and others, each with a reference of its own, until all have ended.
fn check(owner: impl Fn(&World) + Sync + Send + Copy + 'static, others: &'static [fn(&World)]) {
    assert!(others.len() < THREADS);
    super::check(if others.len() > 1 { 2 } else { 4 }, move || {
        let world = World::new(1 + others.len() as u32);
        let threads: Vec<_> = others.iter().map(|other| spawn(&world, other)).collect();
        owner(&world);
        for thread in threads {
            thread.join().unwrap();
        }
        world.object.assert_freed();
    });
}

#[test]
fn owner_reaches_zero_while_another_gives_up_its_reference() {
    check(
        |world| {
            world.use_up(OWNER);
            world.safe_point(OWNER);
            world.end(OWNER);
        },
        &[|world| world.use_up(SECOND)],
    );
}

#[test]
fn owner_merges_while_another_counts() {
    check(
        |world| {
            world.use_twice(OWNER);
            world.end(OWNER);
        },
        &[|world| world.use_twice(SECOND)],
    );
}

#[test]
fn owner_ends_before_during_and_after_others_give_up() {
    check(
        |world| {
            world.use_up(OWNER);
            world.end(OWNER);
        },
        &[|world| world.use_up(SECOND), |world| world.use_up(THIRD)],
    );
}

#[test]
fn owner_that_keeps_references_behind_does_not_leak_them() {
    // The owner hands its own reference on and ends without counting.
    check(
        |world| world.end(OWNER),
        &[
            |world| world.use_up(SECOND),
            |world| {
                world.use_up(THIRD);
                world.use_up(THIRD);
            },
        ],
    );
}

/// The owner clears the cell while another thread reads it, without a lock if it can.
fn owner_clears_while_another_reads(before: fn(&World), increment: fn(Biased<'_, Word>) -> bool) {
    super::check(3, move || {
        let world = World::new(1);
        before(&world);
        let reader = spawn(&world, move |world| {
            if world.read(SECOND, increment) {
                world.use_up(SECOND);
            }
        });
        world.clear(OWNER);
        world.end(OWNER);
        reader.join().unwrap();
        world.object.assert_freed();
    });
}

#[test]
fn reader_without_lock_gets_a_living_object_or_none() {
    owner_clears_while_another_reads(World::was_read, |counts| counts.try_increment(SECOND));
}

#[test]
fn first_reader_takes_the_lock() {
    owner_clears_while_another_reads(|_| (), |counts| counts.try_increment(SECOND));
}

#[test]
fn another_clears_while_the_owner_reads() {
    super::check(3, || {
        let world = World::new(1);
        let remover = spawn(&world, |world| world.clear(SECOND));
        if world.read(OWNER, |counts| counts.try_increment(OWNER)) {
            world.use_up(OWNER);
        }
        world.end(OWNER);
        remover.join().unwrap();
        world.object.assert_freed();
    });
}

#[test]
fn reader_lets_go_of_an_object_that_took_the_slot() {
    // The slot is freed and given to an object that the cell does not hold. A reader that still has
    // the address may count it for a moment, and must not free it twice or keep it alive.
    super::check(2, || {
        let world = World::new(1);
        world.was_read();
        let reader = spawn(&world, |world| {
            if world.read(SECOND, |counts| counts.try_increment(SECOND)) {
                world.decrement(SECOND);
            }
        });
        world.cell_lock.with(|()| world.cell.store(0, Release));
        if world.queues.decrement(OWNER, 0, world.counts()) == Fate::Dead {
            world.counts().begin(OWNER);
            world.was_read();
            world.decrement(OWNER);
        }
        world.end(OWNER);
        reader.join().unwrap();
        world.object.assert_freed();
    });
}

#[test]
fn immortal_objects_are_not_counted() {
    super::check(3, || {
        let world = World::new(1);
        world.counts().make_immortal();
        let before = world.object.own.load(Relaxed);
        let other = spawn(&world, |world| {
            world.counts().increment(SECOND);
            assert!(world.counts().try_increment(SECOND));
            world.decrement(SECOND);
        });
        world.decrement(OWNER);
        other.join().unwrap();
        assert!(world.counts().is_immortal());
        assert_eq!(world.object.own.load(Relaxed), before);
        assert_eq!(world.object.shared.load(Relaxed), 0);
    });
}

// Broken on purpose.

#[test]
#[should_panic(expected = "used after it was freed")]
fn reader_that_increments_a_dying_object_is_caught() {
    owner_clears_while_another_reads(World::was_read, |counts| {
        counts.increment(SECOND);
        true
    });
}

#[test]
#[should_panic(expected = "leaked")]
fn owner_that_ends_without_merging_its_queue_is_caught() {
    check(
        |world| {
            world.use_up(OWNER);
            while world.queues.close(OWNER).is_some() {}
        },
        &[|world| world.use_up(SECOND)],
    );
}

#[test]
#[should_panic(expected = "leaked")]
fn owner_that_counts_after_it_has_ended_is_caught() {
    check(
        |world| {
            world.end(OWNER);
            world.use_up(OWNER);
        },
        &[|world| world.use_up(SECOND)],
    );
}

#[test]
#[should_panic(expected = "changed after it was freed")]
fn merge_that_clears_the_owner_last_is_caught() {
    // CPython's gh-119999.
    fn merge_queued(world: &World) -> Fate {
        let local = world.object.own.load(Relaxed) & u64::from(u32::MAX);
        let difference = local.wrapping_sub(1).wrapping_mul(4);
        let merged = world
            .object
            .shared
            .update(|shared| Some(shared.wrapping_add(difference) | 3));
        world.object.own.store(0, Relaxed);
        Fate::dead_if(merged == Some(3))
    }
    super::check(3, || {
        let world = World::new(2);
        world.decrement(SECOND);
        let other = spawn(&world, |world| world.decrement(SECOND));
        assert_eq!(world.queues.take(OWNER), [0]);
        world.free_if(merge_queued(&world));
        other.join().unwrap();
        world.object.assert_freed();
    });
}

#[test]
#[should_panic(expected = "leaked")]
fn queueing_without_a_reference_is_caught() {
    // The queue's reference is subtracted at once, and then once more when the object is merged.
    fn decrement(world: &World) {
        match world.counts().decrement(SECOND) {
            Decrement::Done(fate) => world.free_if(fate),
            Decrement::Queue => {
                world.object.shared.fetch_sub(4, AcqRel);
                world.free_if(world.queues.queue(0, world.counts()));
            }
        }
    }
    check(
        |world| {
            world.safe_point(OWNER);
            world.use_up(OWNER);
            world.end(OWNER);
        },
        &[decrement],
    );
}
