//! What the protocols need of the machine: a word of 64 bits and a lock.
//!
//! Implemented for the standard library's here, and for loom's in the tests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// A word that threads share. The orderings mean what they mean for [`AtomicU64`].
pub trait Atomic64 {
    /// A word with this value.
    fn new(value: u64) -> Self;
    /// Reads it.
    fn load(&self, order: Ordering) -> u64;
    /// Writes it.
    fn store(&self, value: u64, order: Ordering);
    /// Adds, wrapping; answers the value before.
    fn fetch_add(&self, value: u64, order: Ordering) -> u64;
    /// Subtracts, wrapping; answers the value before.
    fn fetch_sub(&self, value: u64, order: Ordering) -> u64;
    /// Sets bits; answers the value before.
    fn fetch_or(&self, bits: u64, order: Ordering) -> u64;
    /// Writes `new` if it holds `current`, with acquire and release.
    ///
    /// # Errors
    /// What it holds instead.
    fn exchange(&self, current: u64, new: u64) -> Result<(), u64>;

    /// Replaces the value by what `change` makes of it, in one step with acquire and release;
    /// answers what it made, or nothing where `change` refused the value.
    fn update(&self, mut change: impl FnMut(u64) -> Option<u64>) -> Option<u64> {
        let mut current = self.load(Ordering::Relaxed);
        loop {
            let new = change(current)?;
            match self.exchange(current, new) {
                Ok(()) => return Some(new),
                Err(actual) => current = actual,
            }
        }
    }
}

/// A lock around a value.
pub trait Lock<T> {
    /// A lock that nobody holds.
    fn new(value: T) -> Self;
    /// Does something while holding it.
    fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R;
}

/// A family of words and locks that belong together.
pub trait Atomics {
    /// Its word.
    type Word: Atomic64;
    /// Its lock.
    type Lock<T>: Lock<T>;
}

/// The machine's own.
#[derive(Clone, Copy, Debug)]
pub struct Native;

impl Atomics for Native {
    type Word = AtomicU64;
    type Lock<T> = Mutex<T>;
}

impl Atomic64 for AtomicU64 {
    #[inline]
    fn new(value: u64) -> Self {
        Self::new(value)
    }

    #[inline]
    fn load(&self, order: Ordering) -> u64 {
        self.load(order)
    }

    #[inline]
    fn store(&self, value: u64, order: Ordering) {
        self.store(value, order);
    }

    #[inline]
    fn fetch_add(&self, value: u64, order: Ordering) -> u64 {
        self.fetch_add(value, order)
    }

    #[inline]
    fn fetch_sub(&self, value: u64, order: Ordering) -> u64 {
        self.fetch_sub(value, order)
    }

    #[inline]
    fn fetch_or(&self, bits: u64, order: Ordering) -> u64 {
        self.fetch_or(bits, order)
    }

    #[inline]
    fn exchange(&self, current: u64, new: u64) -> Result<(), u64> {
        self.compare_exchange(current, new, Ordering::AcqRel, Ordering::Relaxed)
            .map(drop)
    }
}

impl<T> Lock<T> for Mutex<T> {
    fn new(value: T) -> Self {
        Self::new(value)
    }

    #[inline]
    fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        f(&mut self.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
