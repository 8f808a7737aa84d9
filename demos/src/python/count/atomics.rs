//! What the protocols need of the machine: a word of 64 bits, a lock, and one to wait at.
//!
//! Implemented for the standard library's here, and for loom's in the tests.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

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

/// A value behind a lock, and threads that wait until it is as they want it.
pub trait Monitor<T> {
    /// With nobody waiting.
    fn new(value: T) -> Self;
    /// Changes it, and lets all who wait look again.
    fn change<R>(&self, f: impl FnOnce(&mut T) -> R) -> R;
    /// Waits until `look` finds what it looks for. What it changes then, nobody is told of.
    fn wait<R>(&self, look: impl FnMut(&mut T) -> Option<R>) -> R;
}

/// A family of words and locks that belong together.
pub trait Atomics {
    /// Its word.
    type Word: Atomic64;
    /// Its lock.
    type Lock<T>: Lock<T>;
    /// Its lock to wait at.
    type Monitor<T>: Monitor<T>;
    /// Lets other threads run, for one that waits for them without a lock.
    fn yield_now();
}

/// The machine's own.
#[derive(Clone, Copy, Debug)]
pub struct Native;

impl Atomics for Native {
    type Word = AtomicU64;
    type Lock<T> = Mutex<T>;
    type Monitor<T> = NativeMonitor<T>;

    fn yield_now() {
        std::thread::yield_now();
    }
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

/// A mutex and its condition variable.
#[derive(Debug)]
pub struct NativeMonitor<T> {
    value: Mutex<T>,
    changed: Condvar,
}

impl<T> Monitor<T> for NativeMonitor<T> {
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
        let mut value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(found) = look(&mut value) {
                return found;
            }
            value = self
                .changed
                .wait(value)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
