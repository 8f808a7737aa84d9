//! A word of memory: shared among threads, or plain in a memory that can be copied.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

use bytemuck::Zeroable;

/// 64 bits. `load` and `store` are plain moves for the processor in both kinds; for the compiler
/// those of an [`AtomicU64`] are relaxed, so that no race is undefined behaviour.
pub trait Word: Default + Zeroable {
    /// Reads.
    fn load(&self) -> u64;
    /// Writes.
    fn store(&self, value: u64);
    /// Reads a reference that another thread may have published.
    fn load_acquire(&self) -> u64;
    /// Publishes a reference.
    fn store_release(&self, value: u64);
    /// Adds, and gives what was there before.
    fn fetch_add(&self, value: u64) -> u64;
    /// Writes `new` if `old` is there; tells whether it was.
    fn compare_exchange(&self, old: u64, new: u64) -> bool;
}

impl Word for AtomicU64 {
    #[inline]
    fn load(&self) -> u64 {
        self.load(Ordering::Relaxed)
    }

    #[inline]
    fn store(&self, value: u64) {
        self.store(value, Ordering::Relaxed);
    }

    #[inline]
    fn load_acquire(&self) -> u64 {
        self.load(Ordering::Acquire)
    }

    #[inline]
    fn store_release(&self, value: u64) {
        self.store(value, Ordering::Release);
    }

    #[inline]
    fn fetch_add(&self, value: u64) -> u64 {
        self.fetch_add(value, Ordering::Relaxed)
    }

    #[inline]
    fn compare_exchange(&self, old: u64, new: u64) -> bool {
        self.compare_exchange(old, new, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }
}

/// For a memory that one thread steps through and copies.
impl Word for Cell<u64> {
    #[inline]
    fn load(&self) -> u64 {
        self.get()
    }

    #[inline]
    fn store(&self, value: u64) {
        self.set(value);
    }

    #[inline]
    fn load_acquire(&self) -> u64 {
        self.get()
    }

    #[inline]
    fn store_release(&self, value: u64) {
        self.set(value);
    }

    #[inline]
    fn fetch_add(&self, value: u64) -> u64 {
        self.replace(self.get().wrapping_add(value))
    }

    #[inline]
    fn compare_exchange(&self, old: u64, new: u64) -> bool {
        let same = self.get() == old;
        if same {
            self.set(new);
        }
        same
    }
}
