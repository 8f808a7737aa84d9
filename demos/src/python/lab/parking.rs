//! Where threads of the operating system wait for locks and for each other.

use std::sync::{Condvar, Mutex, PoisonError};

use crate::python::memory::Ref;

/// Objects share these places by their slot: a thread that is woken for another object sees that its own
/// wait is not over, and goes on waiting.
const PLACES: usize = 64;

/// Waiting threads.
#[derive(Debug)]
pub(in crate::python) struct Parking {
    /// How many sleep in each place, and what wakes them.
    places: Box<[(Mutex<usize>, Condvar)]>,
}

impl Default for Parking {
    fn default() -> Self {
        Self {
            places: (0..PLACES).map(|_| Default::default()).collect(),
        }
    }
}

impl Parking {
    /// Waits for an object until it is over. Who ends the wait changes what `is_over` reads first and
    /// calls [`Parking::wake`] then, so that no end is missed.
    pub(in crate::python) fn wait(&self, object: Ref, mut is_over: impl FnMut() -> bool) {
        let (mutex, changed) = &self.places[object.index() % PLACES];
        let mut sleeping = mutex.lock().unwrap_or_else(PoisonError::into_inner);
        if is_over() {
            return;
        }
        *sleeping += 1;
        *changed
            .wait_while(sleeping, |_| !is_over())
            .unwrap_or_else(PoisonError::into_inner) -= 1;
    }

    /// How many threads sleep at one moment.
    #[cfg(test)]
    pub(in crate::python) fn sleeping(&self) -> usize {
        let places = self.places.iter();
        let all: Vec<_> = places.map(|(mutex, _)| mutex.lock().unwrap()).collect();
        all.iter().map(|sleeping| **sleeping).sum()
    }

    /// Lets all who wait for the object look again.
    pub(in crate::python) fn wake(&self, object: Ref) {
        let (mutex, changed) = &self.places[object.index() % PLACES];
        let _guard = mutex.lock().unwrap_or_else(PoisonError::into_inner);
        changed.notify_all();
    }

    /// Lets all look again.
    pub(in crate::python) fn wake_all(&self) {
        for (mutex, changed) in &self.places {
            let _guard = mutex.lock().unwrap_or_else(PoisonError::into_inner);
            changed.notify_all();
        }
    }
}
