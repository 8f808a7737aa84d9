//! One lock around all counts, and one around each container: Greg Stein's patch of 1996 where the
//! machine had no atomic additions.

use std::sync::atomic::AtomicU64;

use super::object_lock::CriticalSections;
use super::shared_count::{Counts, SharedCountRuntime};
use crate::python::count::Fate;
use crate::python::count::atomics::Native;
use crate::python::count::locked::CountLock;

/// The runtime.
pub type GlobalCountLockRuntime = SharedCountRuntime<CountLock<Native>, CriticalSections>;

impl Counts for CountLock<Native> {
    #[inline]
    fn increment(&self, count: &AtomicU64) {
        Self::increment(self, count);
    }

    #[inline]
    fn decrement(&self, count: &AtomicU64) -> Fate {
        Self::decrement(self, count)
    }
}
