//! One-byte locks, one in every object's slot, for runtimes in which objects are locked one by one.
//!
//! As CPython's `PyMutex`: one bit says that the object is locked, another that somebody sleeps until it is
//! not. Who finds it locked tries a little longer and then goes to sleep in a parking lot beside.

use std::hint;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::python::memory::{META, Memory, Meta, Ref};

/// The bit beside [`Meta::LOCKED`] that says that somebody sleeps.
const AWAITED: u64 = Meta::LOCKED << 1;
/// How often a thread looks again before it goes to sleep (CPython's `MAX_SPIN_COUNT`).
const SPINS: usize = 40;
/// How many places the parking lot has.
const PLACES: usize = 64;

/// The locks of all objects of a memory.
pub(super) struct ObjectLocks {
    places: Vec<Place>,
}

/// Where threads sleep that wait for certain objects.
#[derive(Default)]
struct Place {
    sleepers: Mutex<()>,
    wake: Condvar,
}

impl Place {
    fn sleepers(&self) -> MutexGuard<'_, ()> {
        self.sleepers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ObjectLocks {
    pub(super) fn new() -> Self {
        Self {
            places: (0..PLACES).map(|_| Place::default()).collect(),
        }
    }

    /// Locks both objects, or the first if the second is the same or `NULL`.
    ///
    /// They are locked in the order of their addresses, and no thread sleeps with one of them locked:
    /// it lets the first go, and begins anew (a critical section that is suspended).
    #[inline]
    pub(super) fn lock(&self, memory: &Memory<AtomicU64>, objects: [Ref; 2]) {
        let [first, second] = in_order(objects);
        if !try_lock(memory, first) {
            self.wait(memory, first);
        }
        if !second.is_null() {
            self.lock_second(memory, first, second);
        }
    }

    /// Unlocks what [`ObjectLocks::lock`] locked.
    #[inline]
    pub(super) fn unlock(&self, memory: &Memory<AtomicU64>, objects: [Ref; 2]) {
        let [first, second] = in_order(objects);
        if !second.is_null() {
            self.unlock_one(memory, second);
        }
        self.unlock_one(memory, first);
    }

    fn lock_second(&self, memory: &Memory<AtomicU64>, first: Ref, second: Ref) {
        while !try_lock(memory, second) {
            self.unlock_one(memory, first);
            self.wait(memory, second);
            self.unlock_one(memory, second);
            if !try_lock(memory, first) {
                self.wait(memory, first);
            }
        }
    }

    #[inline]
    fn unlock_one(&self, memory: &Memory<AtomicU64>, object: Ref) {
        let before =
            memory.slot(object)[META].fetch_and(!(Meta::LOCKED | AWAITED), Ordering::Release);
        if before & AWAITED != 0 {
            self.wake(object);
        }
    }

    #[cold]
    fn wake(&self, object: Ref) {
        let place = self.place(object);
        // Whoever said that it sleeps does so when the place can be had.
        drop(place.sleepers());
        place.wake.notify_all();
    }

    /// Locks an object that another thread has locked.
    #[cold]
    fn wait(&self, memory: &Memory<AtomicU64>, object: Ref) {
        for _ in 0..SPINS {
            hint::spin_loop();
            if !memory.meta(object).has(Meta::LOCKED) && try_lock(memory, object) {
                return;
            }
        }
        let meta = &memory.slot(object)[META];
        while !try_lock(memory, object) {
            let place = self.place(object);
            let mut sleepers = place.sleepers();
            let word = meta.load(Ordering::Relaxed);
            let awaited = word | AWAITED;
            if word & Meta::LOCKED == 0
                || meta
                    .compare_exchange(word, awaited, Ordering::Relaxed, Ordering::Relaxed)
                    .is_err()
            {
                continue;
            }
            while meta.load(Ordering::Relaxed) & AWAITED != 0 {
                sleepers = place
                    .wake
                    .wait(sleepers)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    fn place(&self, object: Ref) -> &Place {
        &self.places[object.index() % PLACES]
    }
}

#[inline]
fn try_lock(memory: &Memory<AtomicU64>, object: Ref) -> bool {
    let before = memory.slot(object)[META].fetch_or(Meta::LOCKED, Ordering::Acquire);
    before & Meta::LOCKED == 0
}

/// In the order of their addresses; `NULL` last.
#[inline]
fn in_order([first, second]: [Ref; 2]) -> [Ref; 2] {
    if second.is_null() || first == second {
        [first, Ref::NULL]
    } else {
        [first.min(second), first.max(second)]
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::python::memory::{PAYLOAD, Size};

    #[test]
    fn no_count_is_lost_under_the_locks_of_two_objects() {
        const ROUNDS: u64 = 20_000;
        let memory = Memory::<AtomicU64>::new(Size::SMALL);
        let locks = ObjectLocks::new();
        let [a, b, c] = [1, 2, 3].map(Ref::from_index);
        let count = |object: Ref| {
            let count = &memory.slot(object)[PAYLOAD];
            count.store(count.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        };
        thread::scope(|scope| {
            for pair in [[a, b], [b, a], [b, c], [c, Ref::NULL]] {
                let (memory, locks, count) = (&memory, &locks, &count);
                scope.spawn(move || {
                    for _ in 0..ROUNDS {
                        locks.lock(memory, pair);
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
        let memory = Memory::<AtomicU64>::new(Size::SMALL);
        let locks = ObjectLocks::new();
        let object = Ref::from_index(1);
        locks.lock(&memory, [object, object]);
        assert!(!try_lock(&memory, object));
        locks.unlock(&memory, [object, object]);
        assert!(try_lock(&memory, object));
    }
}
