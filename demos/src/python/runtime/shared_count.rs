//! What runtimes have in common in which all threads change the counts alike, and every object has a
//! lock: Greg Stein's patch in both of its forms, and the first Gilectomy. They differ in how one count
//! is changed, and in how two objects are locked.
//!
//! Lists, dicts and namespaces are read and written under the lock of the object.

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::object_lock::{Locking, ObjectLocks};
use super::{Runtime, dispose, item_in_section};
use crate::python::count::Fate;
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::lab::Stop;
use crate::python::memory::{Allocator, COUNT, Memory, Ref, Size, StackRef};

/// How a count is changed, by whichever thread.
pub trait Counts: Default {
    /// One reference more.
    fn increment(&self, count: &AtomicU64);

    /// One reference less.
    fn decrement(&self, count: &AtomicU64) -> Fate;
}

/// A runtime that counts and locks so.
pub struct SharedCountRuntime<C, L> {
    memory: Memory<AtomicU64>,
    counts: C,
    locks: ObjectLocks,
    locking: PhantomData<fn() -> L>,
}

impl<C: Counts, L> SharedCountRuntime<C, L> {
    /// With a memory of that size, for a program that ends when it is said there.
    pub fn new(size: Size, stop: Arc<Stop>) -> Self {
        Self {
            memory: Memory::new(size),
            counts: C::default(),
            locks: ObjectLocks::new(stop),
            locking: PhantomData,
        }
    }
}

impl<C: Counts, L: Locking> Runtime for SharedCountRuntime<C, L> {
    type Word = AtomicU64;
    type Local = Allocator;

    #[inline]
    fn memory(&self) -> &Memory<AtomicU64> {
        &self.memory
    }

    #[inline]
    fn allocator(me: &mut Allocator) -> &mut Allocator {
        me
    }

    fn enter(&self, _: u32, allocator: Allocator) -> Allocator {
        allocator
    }

    fn leave(&self, me: Allocator) -> Allocator {
        me
    }

    #[inline]
    fn safe_point(&self, _: &mut Allocator, _: &Frames) -> Result<(), Interrupt> {
        Ok(())
    }

    #[inline]
    fn increment(&self, _: &mut Allocator, object: Ref) {
        self.counts.increment(&self.memory.slot(object)[COUNT]);
    }

    #[inline]
    fn decrement(&self, me: &mut Allocator, object: Ref) {
        if self.counts.decrement(&self.memory.slot(object)[COUNT]) == Fate::Dead {
            dispose(self, me, object);
        }
    }

    #[inline]
    fn item(&self, me: &mut Allocator, container: Ref, index: u32) -> Result<StackRef, Interrupt> {
        item_in_section(self, me, container, index)
    }

    #[inline]
    fn enter_section(&self, _: &mut Allocator, objects: [Ref; 2]) -> Result<(), Interrupt> {
        L::lock(&self.locks, &self.memory, objects)
    }

    #[inline]
    fn leave_section(&self, _: &mut Allocator, objects: [Ref; 2]) {
        self.locks.unlock(&self.memory, objects);
    }
}
