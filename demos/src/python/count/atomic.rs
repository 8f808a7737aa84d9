//! Atomic counts: one atomic addition or subtraction, as in Greg Stein's patch on Windows and in the
//! first Gilectomy.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use super::Fate;
use super::atomics::Atomic64;

/// One reference more. It is made from one that the caller holds, so nothing needs to be ordered.
#[inline]
pub fn increment(count: &impl Atomic64) {
    count.fetch_add(1, Relaxed);
}

/// One reference less. All that was done through the references has happened before the last one
/// dies: each decrement releases it, and the last acquires it.
#[inline]
pub fn decrement(count: &impl Atomic64) -> Fate {
    let last = count.fetch_sub(1, Release) == 1;
    if last {
        count.load(Acquire);
    }
    Fate::dead_if(last)
}
