//! Biased counts (PEP 703; Choi, Shull and Torrellas, PACT 2018): the thread that made an object
//! counts in a word of its own without atomic operations; all others count atomically in a second.
//!
//! ```text
//! word 0   owner (32 bits) | local count (32 bits)       written by the owner alone
//! word 1   shared count × 4, signed | state (2 bits)     changed by atomic operations
//! ```
//!
//! An object has as many references as both counts together say. The states only rise: *default*,
//! *maybe weakly referenced* (others may increment it without a lock), *queued* (to its owner, see
//! [`super::queue`]), *merged* (the local count was added to the shared one, and word 0 is zero).

use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};

use super::atomics::Atomic64;
use super::owned::Owned;
use super::{Fate, NOBODY, Owner};

/// The local count of an object that is never counted and never freed.
const IMMORTAL: u32 = u32::MAX;
/// One shared reference.
const SHARED_ONE: u64 = 4;
/// The bits of word 1 that hold the state.
const STATE: u64 = 3;
const MAYBE_WEAK: u64 = 1;
const QUEUED: u64 = 2;
const MERGED: u64 = 3;

/// What an object whose counting is deferred has in its shared count beyond its references, so that it
/// never gets to zero (`_Py_REF_DEFERRED`).
const DEFERRED: u64 = 1 << 60;

/// What a decrement leaves to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Decrement {
    /// Nothing: it lives, or the caller is to free it.
    Done(Fate),
    /// The shared count would fall below zero and only the owner knows how many references there
    /// are: the caller hands its reference to the owner's queue.
    Queue,
}

/// The protocol.
#[derive(Debug)]
pub enum BiasedCounts {}

/// The two words of an object's counts; its owner is [`NOBODY`] if they are merged.
pub type Biased<'a, W> = Owned<'a, W, BiasedCounts>;

impl<W: Atomic64> Biased<'_, W> {
    /// Begins to count a new object that no thread is to count for itself: merged from the first.
    #[inline]
    pub fn begin_merged(self) {
        self.own.store(u64::from(NOBODY), Relaxed);
        self.shared.store(SHARED_ONE | MERGED, Release);
    }

    /// Defers its counting: from now on the counts never say that it is dead. Not all references to it
    /// are counted, so only a collector can know.
    pub fn defer(self) {
        self.shared.fetch_add(DEFERRED, AcqRel);
    }

    /// Makes it immortal: from now on nobody counts it. To be done before others know the object.
    #[inline]
    pub fn make_immortal(self) {
        self.own.store(u64::from(IMMORTAL), Relaxed);
    }

    /// Whether it is immortal.
    #[inline]
    pub fn is_immortal(self) -> bool {
        self.local() == IMMORTAL
    }

    /// Both counts together: the references that are counted. Right only while all threads stand
    /// still.
    pub fn count(self) -> i64 {
        let shared = self.shared.load(Relaxed);
        let deferred = if self.is_deferred() { DEFERRED } else { 0 };
        i64::from(self.local()) + (shared.wrapping_sub(deferred).cast_signed() >> 2)
    }

    /// Whether its counting is deferred.
    pub fn is_deferred(self) -> bool {
        self.shared.load(Relaxed).cast_signed() >= (DEFERRED / 2).cast_signed()
    }

    /// `Py_INCREF`: one reference more, made from one that `me` holds.
    #[inline]
    pub fn increment(self, me: Owner) {
        if !self.increment_local(me) {
            self.shared.fetch_add(SHARED_ONE, Relaxed);
        }
    }

    /// `_Py_TryIncrefFast`: counts where no atomic operation is needed.
    #[inline]
    fn increment_local(self, me: Owner) -> bool {
        let own = self.own.load(Relaxed);
        if own as u32 == IMMORTAL {
            return true;
        }
        let mine = (own >> 32) as Owner == me;
        if mine {
            self.own.store(own + 1, Relaxed);
        }
        mine
    }

    /// `_Py_TryIncref`: one reference more for a reader that holds none, only an address where a
    /// moment ago there was one. Fails if the object may be dying; the reader must then take the
    /// container's lock. If it succeeds, the reader must look again whether the container still
    /// holds this object, since the slot may have been reused.
    #[inline]
    pub fn try_increment(self, me: Owner) -> bool {
        self.increment_local(me) || self.try_increment_shared()
    }

    /// `_Py_TryIncRefShared`: without weak references an owner frees an object with a shared count
    /// of zero without asking anyone; and merged with zero it is dead.
    fn try_increment_shared(self) -> bool {
        let increment = |shared| match shared {
            0 | MERGED => None,
            _ => Some(shared.wrapping_add(SHARED_ONE)),
        };
        self.shared.update(increment).is_some()
    }

    /// `_Py_NewRefWithLock`: one reference more from a container whose lock `me` holds. The next
    /// reader can do without the lock.
    #[inline]
    pub fn increment_locked(self, me: Owner) {
        if !self.increment_local(me) {
            self.shared.update(|shared| {
                let state = if shared & STATE == 0 { MAYBE_WEAK } else { 0 };
                Some(shared.wrapping_add(SHARED_ONE) | state)
            });
        }
    }

    /// `Py_DECREF`: gives up one reference that `me` holds.
    #[inline]
    pub fn decrement(self, me: Owner) -> Decrement {
        let own = self.own.load(Relaxed);
        if own as u32 == IMMORTAL {
            return Decrement::Done(Fate::Alive);
        }
        if (own >> 32) as Owner != me {
            return self.decrement_shared();
        }
        self.own.store(own - 1, Relaxed);
        Decrement::Done(if own as u32 == 1 {
            self.merge_at_zero()
        } else {
            Fate::Alive
        })
    }

    /// `_Py_DecRefShared`. The queue takes over the reference that would bring the count below zero.
    pub(super) fn decrement_shared(self) -> Decrement {
        let mut queue = false;
        let shared = self.shared.update(|shared| {
            queue = shared == 0 || shared == MAYBE_WEAK;
            Some(if queue {
                QUEUED
            } else {
                shared.wrapping_sub(SHARED_ONE)
            })
        });
        if queue {
            Decrement::Queue
        } else {
            Decrement::Done(Fate::dead_if(shared == Some(MERGED)))
        }
    }

    /// `_Py_MergeZeroLocalRefcount`: the owner holds none any more.
    fn merge_at_zero(self) -> Fate {
        if self.shared.load(Acquire) == 0 {
            return Fate::Dead;
        }
        self.own.store(u64::from(NOBODY), Relaxed);
        let shared = self.shared.fetch_or(MERGED, AcqRel);
        Fate::dead_if(shared & !STATE == 0)
    }

    /// `_Py_ExplicitMergeRefcount` of a queued object, less the queue's reference. Only its owner may
    /// do this, or, once the owner is gone, whoever would have queued it.
    ///
    /// Word 0 is cleared before the counts are merged: from then on any thread may find the last
    /// reference gone, and the slot is no longer ours (CPython's gh-119999).
    pub fn merge_queued(self) -> Fate {
        let local = u64::from(self.local());
        self.own.store(u64::from(NOBODY), Relaxed);
        let difference = local.wrapping_sub(1).wrapping_mul(SHARED_ONE);
        let merged = self
            .shared
            .update(|shared| Some(shared.wrapping_add(difference) | MERGED));
        Fate::dead_if(merged == Some(MERGED))
    }
}
