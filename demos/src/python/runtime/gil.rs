//! CPython with its global interpreter lock: plain counts, plain moves, and one lock that is handed
//! over at safe points when another thread has waited for longer than the switch interval.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Runtime, dispose};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::memory::{Allocator, COUNT, Memory, Ref, Size, Word};

/// The runtime of CPython as it has been since 1992.
pub struct GilRuntime {
    memory: Memory<AtomicU64>,
    gil: Gil,
}

impl GilRuntime {
    /// With a memory of that size, and a switch interval in microseconds that may change at any time.
    pub fn new(size: Size, interval_us: Arc<AtomicU64>) -> Self {
        Self {
            memory: Memory::new(size),
            gil: Gil::new(interval_us),
        }
    }
}

/// What a thread keeps for itself.
pub struct Local {
    number: u32,
    allocator: Allocator,
}

impl Runtime for GilRuntime {
    type Word = AtomicU64;
    type Local = Local;

    #[inline]
    fn memory(&self) -> &Memory<AtomicU64> {
        &self.memory
    }

    #[inline]
    fn allocator(me: &mut Local) -> &mut Allocator {
        &mut me.allocator
    }

    fn enter(&self, number: u32, allocator: Allocator) -> Local {
        self.gil.take(number);
        Local { number, allocator }
    }

    fn leave(&self, me: Local) -> Allocator {
        self.gil.drop(me.number);
        me.allocator
    }

    #[inline]
    fn safe_point(&self, me: &mut Local, _: &Frames) -> Result<(), Interrupt> {
        if self.gil.drop_requested() {
            self.gil.drop(me.number);
            self.gil.take(me.number);
        }
        Ok(())
    }

    fn blocking<T>(&self, me: &mut Local, _: &Frames, wait: impl FnOnce() -> T) -> T {
        self.gil.drop(me.number);
        let result = wait();
        self.gil.take(me.number);
        result
    }

    #[inline]
    fn increment(&self, _: &mut Local, object: Ref) {
        let count = &self.memory.slot(object)[COUNT];
        Word::store(count, Word::load(count) + 1);
    }

    #[inline]
    fn decrement(&self, me: &mut Local, object: Ref) {
        let count = &self.memory.slot(object)[COUNT];
        let left = Word::load(count) - 1;
        Word::store(count, left);
        if left == 0 {
            dispose(self, me, object);
        }
    }

    fn counters(&self) -> Vec<(String, f64)> {
        let state = self.gil.state();
        vec![
            ("switches".to_owned(), state.switches as f64),
            ("drop_requests".to_owned(), state.drop_requests as f64),
        ]
    }
}

/// The lock, as in CPython's `ceval_gil.c`.
struct Gil {
    interval_us: Arc<AtomicU64>,
    /// Seen by the thread that holds the lock at its safe points.
    drop_request: AtomicBool,
    state: Mutex<State>,
    /// The lock has been dropped.
    dropped: Condvar,
    /// The lock has been taken by another thread than the last.
    switched: Condvar,
}

#[derive(Default)]
struct State {
    locked: bool,
    last_holder: Option<u32>,
    switches: u64,
    drop_requests: u64,
}

impl Gil {
    fn new(interval_us: Arc<AtomicU64>) -> Self {
        Self {
            interval_us,
            drop_request: AtomicBool::new(false),
            state: Mutex::default(),
            dropped: Condvar::new(),
            switched: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[inline]
    fn drop_requested(&self) -> bool {
        self.drop_request.load(Ordering::Relaxed)
    }

    fn take(&self, me: u32) {
        let mut state = self.state();
        while state.locked {
            let switches = state.switches;
            let interval = Duration::from_micros(self.interval_us.load(Ordering::Relaxed).max(1));
            let waited = self.dropped.wait_timeout(state, interval);
            let timed_out;
            (state, timed_out) = waited.unwrap_or_else(PoisonError::into_inner);
            if timed_out.timed_out() && state.locked && state.switches == switches {
                state.drop_requests += 1;
                self.drop_request.store(true, Ordering::Relaxed);
            }
        }
        state.locked = true;
        if state.last_holder != Some(me) {
            state.last_holder = Some(me);
            state.switches += 1;
        }
        self.switched.notify_one();
        self.drop_request.store(false, Ordering::Relaxed);
    }

    fn drop(&self, me: u32) {
        let mut state = self.state();
        state.locked = false;
        self.dropped.notify_one();
        // Forced switching: who was asked to drop it waits until another has taken it.
        while self.drop_requested() && !state.locked && state.last_holder == Some(me) {
            state = self
                .switched
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
