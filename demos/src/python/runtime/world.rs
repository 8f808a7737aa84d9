//! Stops all threads of a program, so that one of them can look at the whole heap.
//!
//! A thread either runs, or stands at a safe point, or is busy with something that has nothing to do with
//! the heap; then what it refers to has been written down beforehand. Knows nothing of collecting.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::python::interpreter::Frames;
use crate::python::memory::Ref;

/// The threads of a program, by their numbers.
#[derive(Default)]
pub(super) struct World {
    wanted: AtomicBool,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// How many threads may be changing the heap.
    running: usize,
    /// Whether one of them waits for the others, or is alone by now.
    stopping: bool,
    /// What threads refer to that don't run.
    roots: HashMap<u32, Vec<Ref>>,
}

impl State {
    fn stand(&mut self, number: u32, roots: &Frames) {
        let place = self.roots.entry(number).or_default();
        place.clear();
        place.extend(roots.roots());
        self.running -= 1;
    }
}

impl World {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn go_on(&self, state: MutexGuard<'_, State>) {
        self.changed
            .wait_while(state, |state| state.stopping)
            .unwrap_or_else(PoisonError::into_inner)
            .running += 1;
    }

    /// A thread begins.
    pub(super) fn enter(&self) {
        self.go_on(self.state());
    }

    /// A thread ends, and refers to nothing any more.
    pub(super) fn leave(&self, number: u32) {
        let mut state = self.state();
        state.running -= 1;
        state.roots.remove(&number);
        self.changed.notify_all();
    }

    /// A thread does something that has nothing to do with the heap, and then goes on.
    pub(super) fn blocking<T>(&self, number: u32, roots: &Frames, wait: impl FnOnce() -> T) -> T {
        self.state().stand(number, roots);
        self.changed.notify_all();
        let result = wait();
        self.go_on(self.state());
        result
    }

    /// Asks for the world to be stopped at the next safe point.
    pub(super) fn want(&self) {
        self.wanted.store(true, Ordering::Relaxed);
    }

    /// Whether somebody has asked.
    #[inline]
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    /// A safe point of a thread when somebody has asked. The first thread to come waits for all others and
    /// does the `work`, given what all refer to; the others wait for it.
    pub(super) fn stop(&self, number: u32, roots: &Frames, work: impl FnOnce(Vec<Ref>)) {
        let mut state = self.state();
        state.stand(number, roots);
        self.changed.notify_all();
        if !state.stopping && self.is_wanted() {
            state.stopping = true;
            let mut alone = self
                .changed
                .wait_while(state, |state| state.running > 0)
                .unwrap_or_else(PoisonError::into_inner);
            work(alone.roots.values().flatten().copied().collect());
            alone.stopping = false;
            self.wanted.store(false, Ordering::Relaxed);
            self.changed.notify_all();
            state = alone;
        }
        self.go_on(state);
    }
}
