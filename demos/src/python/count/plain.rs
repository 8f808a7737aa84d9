//! Plain counts: an addition and a subtraction in memory, as in CPython with the GIL.
//!
//! The word is read and written with relaxed loads and stores, which compile to plain moves. Two
//! threads that count at once lose updates; whoever uses this makes sure that they cannot.

use std::sync::atomic::Ordering::Relaxed;

use super::Fate;
use super::atomics::Atomic64;

/// `Py_INCREF`: one reference more.
#[inline]
pub fn increment(count: &impl Atomic64) {
    count.store(count.load(Relaxed).wrapping_add(1), Relaxed);
}

/// `Py_DECREF`: one reference less.
#[inline]
pub fn decrement(count: &impl Atomic64) -> Fate {
    let left = count.load(Relaxed).wrapping_sub(1);
    count.store(left, Relaxed);
    Fate::dead_if(left == 0)
}
