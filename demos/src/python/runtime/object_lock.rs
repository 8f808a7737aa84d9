//! One-byte locks, one in every object's slot, for runtimes in which objects are locked one by one.
//!
//! As CPython's `PyMutex`: one bit says that the object is locked, another that somebody sleeps until it is
//! not. Who finds it locked tries a little longer and then goes to sleep where all threads of the program
//! wait, so that the word that ends the program reaches it there.

use std::hint;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::python::interpreter::Interrupt;
use crate::python::lab::Stop;
use crate::python::memory::{META, Memory, Meta, Ref};

/// The bit beside [`Meta::LOCKED`] that says that somebody sleeps.
const AWAITED: u64 = Meta::LOCKED << 1;
/// How often a thread looks again before it goes to sleep (CPython's `MAX_SPIN_COUNT`).
const SPINS: usize = 40;

/// The locks of all objects of a memory.
pub struct ObjectLocks {
    stop: Arc<Stop>,
}

/// How an operation locks the two objects that it touches.
pub trait Locking {
    /// Locks them.
    ///
    /// # Errors
    /// If the program is to end.
    fn lock(
        locks: &ObjectLocks,
        memory: &Memory<AtomicU64>,
        objects: [Ref; 2],
    ) -> Result<(), Interrupt>;
}

/// [`ObjectLocks::lock`]
pub struct CriticalSections;

impl Locking for CriticalSections {
    #[inline]
    fn lock(
        locks: &ObjectLocks,
        memory: &Memory<AtomicU64>,
        objects: [Ref; 2],
    ) -> Result<(), Interrupt> {
        locks.lock(memory, objects)
    }
}

/// [`ObjectLocks::lock_in_turn`]
pub struct Mutexes;

impl Locking for Mutexes {
    #[inline]
    fn lock(
        locks: &ObjectLocks,
        memory: &Memory<AtomicU64>,
        objects: [Ref; 2],
    ) -> Result<(), Interrupt> {
        locks.lock_in_turn(memory, objects)
    }
}

impl ObjectLocks {
    /// For a program that ends when it is said there.
    pub(super) fn new(stop: Arc<Stop>) -> Self {
        Self { stop }
    }

    /// Locks both objects, or the first if the second is the same or `NULL`: a critical section.
    ///
    /// They are locked in the order of their addresses, and no thread sleeps with one of them locked:
    /// it lets the first go, and begins anew. So there is no deadlock.
    ///
    /// # Errors
    /// If the program is to end.
    #[inline]
    pub(super) fn lock(
        &self,
        memory: &Memory<AtomicU64>,
        objects: [Ref; 2],
    ) -> Result<(), Interrupt> {
        let [first, second] = distinct(objects);
        if second.is_null() {
            return self.lock_one(memory, first);
        }
        let (first, second) = (first.min(second), first.max(second));
        self.lock_one(memory, first)?;
        while !try_lock(memory, second) {
            self.unlock_one(memory, first);
            self.lock_one(memory, second)?;
            self.unlock_one(memory, second);
            self.lock_one(memory, first)?;
        }
        Ok(())
    }

    /// Locks one after the other, and waits for the second with the first locked: plain mutexes. Two
    /// threads that lock the same two the other way round may wait for each other until the program
    /// is ended.
    ///
    /// # Errors
    /// If the program is to end.
    pub(super) fn lock_in_turn(
        &self,
        memory: &Memory<AtomicU64>,
        objects: [Ref; 2],
    ) -> Result<(), Interrupt> {
        let [first, second] = distinct(objects);
        self.lock_one(memory, first)?;
        if second.is_null() {
            return Ok(());
        }
        self.lock_one(memory, second)
            .inspect_err(|_| self.unlock_one(memory, first))
    }

    /// Unlocks what either way of locking locked.
    #[inline]
    pub(super) fn unlock(&self, memory: &Memory<AtomicU64>, objects: [Ref; 2]) {
        let [first, second] = distinct(objects);
        if !second.is_null() {
            self.unlock_one(memory, second);
        }
        self.unlock_one(memory, first);
    }

    #[inline]
    fn lock_one(&self, memory: &Memory<AtomicU64>, object: Ref) -> Result<(), Interrupt> {
        if try_lock(memory, object) {
            Ok(())
        } else {
            self.wait(memory, object)
        }
    }

    #[inline]
    fn unlock_one(&self, memory: &Memory<AtomicU64>, object: Ref) {
        let unlocked = !(Meta::LOCKED | AWAITED);
        let before = memory.slot(object)[META].fetch_and(unlocked, Ordering::Release);
        if before & AWAITED != 0 {
            self.stop.parking().wake(object);
        }
    }

    /// Locks an object that another thread has locked.
    #[cold]
    fn wait(&self, memory: &Memory<AtomicU64>, object: Ref) -> Result<(), Interrupt> {
        for _ in 0..SPINS {
            hint::spin_loop();
            if !memory.meta(object).has(Meta::LOCKED) && try_lock(memory, object) {
                return Ok(());
            }
        }
        while !try_lock(memory, object) {
            let is_over = || self.stop.is_stopped() || !is_awaited(memory, object);
            self.stop.parking().wait(object, is_over);
            if self.stop.is_stopped() {
                return Err(Interrupt::Stop);
            }
        }
        Ok(())
    }
}

#[inline]
fn try_lock(memory: &Memory<AtomicU64>, object: Ref) -> bool {
    let before = memory.slot(object)[META].fetch_or(Meta::LOCKED, Ordering::Acquire);
    before & Meta::LOCKED == 0
}

/// Notes that somebody sleeps, if the object is locked; tells whether it is.
fn is_awaited(memory: &Memory<AtomicU64>, object: Ref) -> bool {
    let note = |word| (word & Meta::LOCKED != 0).then_some(word | AWAITED);
    memory.slot(object)[META]
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, note)
        .is_ok()
}

/// The second is `NULL` if it is the first.
#[inline]
fn distinct([first, second]: [Ref; 2]) -> [Ref; 2] {
    if first == second {
        [first, Ref::NULL]
    } else {
        [first, second]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::thread;

    use super::*;
    use crate::python::memory::{PAYLOAD, Size};

    fn locks() -> (Memory<AtomicU64>, ObjectLocks) {
        (Memory::new(Size::SMALL), ObjectLocks::new(Arc::default()))
    }

    #[test]
    fn no_count_is_lost_under_the_locks_of_two_objects() {
        const ROUNDS: u64 = 20_000;
        let (memory, locks) = locks();
        let [a, b, c] = [1, 2, 3].map(Ref::from_index);
        let count = |object: Ref| {
            let count = &memory.slot(object)[PAYLOAD];
            count.store(count.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        };
        let pairs = [[a, b], [b, a], [b, c], [c, Ref::NULL]];
        let start = Barrier::new(pairs.len());
        thread::scope(|scope| {
            for pair in pairs {
                let (memory, locks, count, start) = (&memory, &locks, &count, &start);
                scope.spawn(move || {
                    start.wait();
                    for _ in 0..ROUNDS {
                        locks.lock(memory, pair).unwrap();
                        pair.into_iter()
                            .filter(|object| !object.is_null())
                            .for_each(count);
                        locks.unlock(memory, pair);
                    }
                });
            }
        });
        let counted = [a, b, c].map(|object| memory.slot(object)[PAYLOAD].load(Ordering::Relaxed));
        assert_eq!(counted, [2 * ROUNDS, 3 * ROUNDS, 2 * ROUNDS]);
        assert!(
            [a, b, c]
                .iter()
                .all(|object| memory.meta(*object) == Meta(0))
        );
    }

    #[test]
    fn one_object_twice_is_locked_once() {
        let (memory, locks) = locks();
        let object = Ref::from_index(1);
        locks.lock(&memory, [object, object]).unwrap();
        assert!(!try_lock(&memory, object));
        locks.unlock(&memory, [object, object]);
        assert!(try_lock(&memory, object));
    }

    #[test]
    fn deadlock_of_mutexes_ends_with_the_program() {
        let (memory, locks) = locks();
        let [a, b] = [1, 2].map(Ref::from_index);
        locks.lock(&memory, [a, Ref::NULL]).unwrap();
        locks.lock(&memory, [b, Ref::NULL]).unwrap();
        thread::scope(|scope| {
            let waits = scope.spawn(|| locks.lock_in_turn(&memory, [a, b]));
            locks.unlock(&memory, [a, Ref::NULL]);
            locks.stop.stop();
            assert!(matches!(waits.join().unwrap(), Err(Interrupt::Stop)));
        });
        assert!(!memory.meta(a).has(Meta::LOCKED));
        assert!(memory.meta(b).has(Meta::LOCKED));
    }
}
