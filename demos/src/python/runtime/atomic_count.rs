//! Atomic counts, and a lock around each container: Greg Stein's patch of 1996 where the machine has
//! atomic additions.
//!
//! Every count is an atomic operation; lists, dicts and namespaces are read and written under the lock
//! of the object.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::object_lock::ObjectLocks;
use super::{Runtime, dispose, item_in_section};
use crate::python::count::{Fate, atomic};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::lab::Stop;
use crate::python::memory::{Allocator, COUNT, Memory, Ref, Size, StackRef};

/// The runtime.
pub struct AtomicCountRuntime {
    memory: Memory<AtomicU64>,
    locks: ObjectLocks,
}

impl AtomicCountRuntime {
    /// With a memory of that size, for a program that ends when it is said there.
    pub fn new(size: Size, stop: Arc<Stop>) -> Self {
        Self {
            memory: Memory::new(size),
            locks: ObjectLocks::new(stop),
        }
    }
}

impl Runtime for AtomicCountRuntime {
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
        atomic::increment(&self.memory.slot(object)[COUNT]);
    }

    #[inline]
    fn decrement(&self, me: &mut Allocator, object: Ref) {
        if atomic::decrement(&self.memory.slot(object)[COUNT]) == Fate::Dead {
            dispose(self, me, object);
        }
    }

    #[inline]
    fn item(&self, me: &mut Allocator, container: Ref, index: u32) -> Result<StackRef, Interrupt> {
        item_in_section(self, me, container, index)
    }

    #[inline]
    fn enter_section(&self, _: &mut Allocator, objects: [Ref; 2]) -> Result<(), Interrupt> {
        self.locks.lock(&self.memory, objects)
    }

    #[inline]
    fn leave_section(&self, _: &mut Allocator, objects: [Ref; 2]) {
        self.locks.unlock(&self.memory, objects);
    }
}
