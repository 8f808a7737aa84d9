//! The two words of an object that one thread, its owner, counts for itself without atomic operations, and
//! all others elsewhere. What they mean beyond that is a protocol's: [`biased`](super::biased),
//! [`table`](super::table).
//!
//! ```text
//! word 0   owner (32 bits) | the owner's count (32 bits)   written by the owner alone
//! word 1   the protocol's                                  changed by atomic operations
//! ```

use std::marker::PhantomData;
use std::sync::atomic::Ordering::{Relaxed, Release};

use super::Owner;
use super::atomics::Atomic64;

/// The words of an object that is counted by a protocol.
#[derive(Debug)]
pub struct Owned<'a, W, Protocol> {
    pub(super) own: &'a W,
    pub(super) shared: &'a W,
    protocol: PhantomData<Protocol>,
}

impl<W, Protocol> Clone for Owned<'_, W, Protocol> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W, Protocol> Copy for Owned<'_, W, Protocol> {}

impl<'a, W: Atomic64, Protocol> Owned<'a, W, Protocol> {
    /// The counts in these words.
    #[inline]
    pub fn new(own: &'a W, shared: &'a W) -> Self {
        Self {
            own,
            shared,
            protocol: PhantomData,
        }
    }

    /// Begins to count a new object, with one reference that the owner holds.
    ///
    /// A reader that still holds a stale address may try to count the object at any time. If it
    /// succeeds it has read a second word that followed this one, and so, since this one is released,
    /// has seen what happened to the slot before.
    #[inline]
    pub fn begin(self, owner: Owner) {
        self.own.store(u64::from(owner) << 32 | 1, Relaxed);
        self.shared.store(0, Release);
    }

    /// Its owner.
    #[inline]
    pub fn owner(self) -> Owner {
        (self.own.load(Relaxed) >> 32) as Owner
    }

    /// The owner's count.
    #[inline]
    pub(super) fn local(self) -> u32 {
        self.own.load(Relaxed) as u32
    }
}
