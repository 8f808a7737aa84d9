//! Counts in one word: plain, under one lock, atomic.

use loom::sync::Arc;

use super::super::atomics::Atomic64;
use super::super::locked::CountLock;
use super::super::{Fate, atomic, plain};
use super::{Loom, Object, Word, spawn};

/// Two threads each use a reference that they were given, make another one, use it, and give both
/// up.
fn two_threads_share(
    increment: impl Fn(&Word) + Copy + Sync + Send + 'static,
    decrement: impl Fn(&Word) -> Fate + Copy + Sync + Send + 'static,
) {
    super::check(3, move || {
        let object = Object::new();
        object.own.store(2, super::Relaxed);
        let object = Arc::new(object);
        let run = move |thread: usize| {
            move |object: &Object| {
                increment(&object.own);
                for _ in 0..2 {
                    object.using(thread);
                    if decrement(&object.own) == Fate::Dead {
                        object.free();
                    }
                }
            }
        };
        let other = spawn(&object, run(1));
        run(0)(&object);
        other.join().unwrap();
        object.assert_freed();
    });
}

#[test]
fn atomic_counts_free_once() {
    two_threads_share(atomic::increment, atomic::decrement);
}

#[test]
#[should_panic(expected = "leaked")]
fn plain_counts_of_two_threads_lose_updates() {
    two_threads_share(plain::increment, plain::decrement);
}

#[test]
#[should_panic(expected = "freed while it was used")]
fn without_release_an_object_is_freed_in_use() {
    two_threads_share(atomic::increment, |count| {
        Fate::dead_if(count.fetch_sub(1, super::Relaxed) == 1)
    });
}

#[test]
fn counts_under_one_lock_free_once() {
    super::check(3, || {
        let world = Arc::new((Object::new(), CountLock::<Loom>::new()));
        world.0.own.store(2, super::Relaxed);
        let run = |thread: usize| {
            move |(object, lock): &(Object, CountLock<Loom>)| {
                lock.increment(&object.own);
                for _ in 0..2 {
                    object.using(thread);
                    if lock.decrement(&object.own) == Fate::Dead {
                        object.free();
                    }
                }
            }
        };
        let other = spawn(&world, run(1));
        run(0)(&world);
        other.join().unwrap();
        world.0.assert_freed();
    });
}
