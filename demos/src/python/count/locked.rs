//! Plain counts under one lock for all objects: Greg Stein's patch of 1996 on systems without atomic
//! additions.

use super::atomics::{Atomics, Lock};
use super::{Fate, plain};

/// The one lock around all counts.
pub struct CountLock<A: Atomics> {
    lock: A::Lock<()>,
}

impl<A: Atomics> CountLock<A> {
    /// The lock, free.
    pub fn new() -> Self {
        Self {
            lock: A::Lock::new(()),
        }
    }

    /// One reference more.
    #[inline]
    pub fn increment(&self, count: &A::Word) {
        self.lock.with(|()| plain::increment(count));
    }

    /// One reference less.
    #[inline]
    pub fn decrement(&self, count: &A::Word) -> Fate {
        self.lock.with(|()| plain::decrement(count))
    }
}

impl<A: Atomics> Default for CountLock<A> {
    fn default() -> Self {
        Self::new()
    }
}
