//! The protocols under loom: every interleaving of a few threads, and every stale value that the
//! orderings allow. In each an object must be freed exactly once, and never while somebody holds it.
//! Beside each stand variants that are broken on purpose, so that the check is seen to fail.

mod biased;
mod buffered;
mod simple;
mod table;

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::{self, AcqRel, Relaxed, SeqCst};

use loom::sync::atomic::AtomicU64;
use loom::sync::{Arc, Condvar, Mutex};
use loom::thread::{self, JoinHandle};

use super::atomics::{Atomic64, Atomics, Lock, Monitor};

/// Loom's words and locks.
pub(in crate::python) struct Loom;

impl Atomics for Loom {
    type Word = Word;
    type Lock<T> = Mutex<T>;
    type Monitor<T> = LoomMonitor<T>;

    fn yield_now() {
        thread::yield_now();
    }
}

/// A word of loom's, behind a gate that each access passes with a read-modify-write.
///
/// Loom reorders an access with the *last* one before it that it depends on. For a store it takes a
/// load for that too, even the storing thread's own: a thread that loads and then stores would never
/// be tried before another thread's earlier load. At the gates nobody only loads, so each access
/// depends on the one before. Being relaxed, they synchronize nothing: what a load may see is still
/// decided by its own ordering.
pub(in crate::python) struct Word {
    value: AtomicU64,
    gate: AtomicU64,
}

impl Word {
    fn pass(&self) -> &AtomicU64 {
        self.gate.fetch_add(0, Relaxed);
        &self.value
    }
}

impl Atomic64 for Word {
    fn new(value: u64) -> Self {
        Self {
            value: AtomicU64::new(value),
            gate: AtomicU64::new(0),
        }
    }

    fn load(&self, order: Ordering) -> u64 {
        self.pass().load(order)
    }

    fn store(&self, value: u64, order: Ordering) {
        self.pass().store(value, order);
    }

    fn fetch_add(&self, value: u64, order: Ordering) -> u64 {
        self.pass().fetch_add(value, order)
    }

    fn fetch_sub(&self, value: u64, order: Ordering) -> u64 {
        self.pass().fetch_sub(value, order)
    }

    fn fetch_or(&self, bits: u64, order: Ordering) -> u64 {
        self.pass().fetch_or(bits, order)
    }

    fn exchange(&self, current: u64, new: u64) -> Result<(), u64> {
        self.pass()
            .compare_exchange(current, new, AcqRel, Relaxed)
            .map(drop)
    }
}

impl<T> Lock<T> for Mutex<T> {
    fn new(value: T) -> Self {
        Self::new(value)
    }

    fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        f(&mut self.lock().unwrap())
    }
}

/// Loom's mutex and its condition variable.
pub(in crate::python) struct LoomMonitor<T> {
    value: Mutex<T>,
    changed: Condvar,
}

impl<T> Monitor<T> for LoomMonitor<T> {
    fn new(value: T) -> Self {
        Self {
            value: Mutex::new(value),
            changed: Condvar::new(),
        }
    }

    fn change<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        let result = self.value.with(f);
        self.changed.notify_all();
        result
    }

    fn wait<R>(&self, mut look: impl FnMut(&mut T) -> Option<R>) -> R {
        let mut value = self.value.lock().unwrap();
        loop {
            if let Some(found) = look(&mut value) {
                return found;
            }
            value = self.changed.wait(value).unwrap();
        }
    }
}

/// At most so many threads take part.
const THREADS: usize = 3;

/// What word 0 holds when the slot was freed and given to another thread.
const REUSED: u64 = 99 << 32 | 1;

/// An object that knows who uses it.
struct Object {
    own: Word,
    shared: Word,
    /// For each thread, whether it is using the object. Relaxed, so that whoever frees it sees a use
    /// as ended only where the protocol makes sure of it.
    used: [Word; THREADS],
    frees: AtomicUsize,
}

impl Object {
    fn new() -> Self {
        Self {
            own: Word::new(0),
            shared: Word::new(0),
            used: std::array::from_fn(|_| Word::new(0)),
            frees: AtomicUsize::new(0),
        }
    }

    /// A thread that holds a reference uses the object.
    fn using(&self, thread: usize) {
        self.used[thread].store(1, Relaxed);
        assert_eq!(self.frees.load(SeqCst), 0, "used after it was freed");
        self.used[thread].store(0, Relaxed);
        assert_eq!(self.frees.load(SeqCst), 0, "freed while it was used");
    }

    /// Frees it, and uses its slot for something else at once.
    fn free(&self) {
        assert_eq!(self.frees.fetch_add(1, SeqCst), 0, "freed twice");
        for used in &self.used {
            assert_eq!(used.load(Relaxed), 0, "freed while it was used");
        }
        self.own.store(REUSED, Relaxed);
    }

    /// At the end, when all threads have been joined.
    fn assert_freed(&self) {
        assert_eq!(self.frees.load(SeqCst), 1, "leaked");
        assert_eq!(self.own.load(Relaxed), REUSED, "changed after it was freed");
    }
}

/// Starts a thread of the model.
pub(in crate::python) fn spawn<T: 'static>(
    world: &Arc<T>,
    run: impl FnOnce(&T) + 'static,
) -> JoinHandle<()> {
    let world = Arc::clone(world);
    thread::spawn(move || run(&world))
}

/// Checks a model in all executions in which threads are interrupted at most so often.
pub(in crate::python) fn check(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(model);
}
