//! Atomic counts, and a lock around each container: Greg Stein's patch of 1996 where the machine has
//! atomic additions.

use std::sync::atomic::AtomicU64;

use super::object_lock::CriticalSections;
use super::shared_count::{Counts, SharedCountRuntime};
use crate::python::count::{Fate, atomic};

/// The runtime.
pub type AtomicCountRuntime = SharedCountRuntime<AtomicCounts, CriticalSections>;

/// Every count is an atomic operation.
#[derive(Default)]
pub struct AtomicCounts;

impl Counts for AtomicCounts {
    #[inline]
    fn increment(&self, count: &AtomicU64) {
        atomic::increment(count);
    }

    #[inline]
    fn decrement(&self, count: &AtomicU64) -> Fate {
        atomic::decrement(count)
    }
}
