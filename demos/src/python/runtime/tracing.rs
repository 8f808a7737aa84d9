//! No counts at all, and a collector that stops the world: Jython and IronPython, whose hosts collect for
//! them.
//!
//! Lists and dicts are changed under the lock of the object. Lists and the module's globals are read without it:
//! nothing that a reader has found is freed before its next safe point, a list's former buffer
//! neither. Simplified: the collector is neither generational nor concurrent, and a builtin that goes
//! through many items has no safe point.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::collector::{Collector, Member};
use super::object_lock::ObjectLocks;
use super::{Runtime, item_in_section, read_item};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::lab::Stop;
use crate::python::memory::{Allocator, Kind, Memory, Ref, Site, Size, Span, StackRef};

/// The runtime.
pub struct TracingRuntime {
    memory: Memory<AtomicU64>,
    locks: ObjectLocks,
    collector: Collector,
}

impl TracingRuntime {
    /// With a memory of that size, of which so many bytes are allocated before the first collection.
    pub fn new(size: Size, heap_bytes_min: u64, stop: Arc<Stop>) -> Self {
        Self {
            memory: Memory::new(size),
            locks: ObjectLocks::new(stop),
            collector: Collector::new(size, heap_bytes_min),
        }
    }
}

/// What a thread keeps for itself.
pub struct Local(Member);

impl Runtime for TracingRuntime {
    type Word = AtomicU64;
    type Local = Local;

    #[inline]
    fn memory(&self) -> &Memory<AtomicU64> {
        &self.memory
    }

    #[inline]
    fn allocator(me: &mut Local) -> &mut Allocator {
        &mut me.0.allocator
    }

    fn enter(&self, number: u32, allocator: Allocator) -> Local {
        Local(self.collector.enter(number, allocator))
    }

    fn leave(&self, me: Local) -> Allocator {
        self.collector.leave(me.0)
    }

    #[inline]
    fn safe_point(&self, me: &mut Local, roots: &Frames) -> Result<(), Interrupt> {
        if self.collector.world.is_wanted() {
            self.collector.stop(&self.memory, &mut me.0, roots);
        }
        Ok(())
    }

    fn blocking<T>(&self, me: &mut Local, roots: &Frames, wait: impl FnOnce() -> T) -> T {
        self.collector.world.blocking(me.0.number, roots, wait)
    }

    #[inline]
    fn born(&self, _: &mut Local, _: Ref) {}

    #[inline]
    fn increment(&self, _: &mut Local, _: Ref) {}

    #[inline]
    fn decrement(&self, _: &mut Local, _: Ref) {}

    fn settle_in(&self, _: &mut Local, object: Ref) {
        if !self.memory.is(object, Kind::Function) {
            self.collector.keep(object);
        }
    }

    #[inline]
    fn allocate(&self, me: &mut Local, kind: Kind, payload: u64) -> Result<Ref, Interrupt> {
        Ok(self
            .collector
            .slot(&self.memory, &mut me.0, kind, payload)?)
    }

    fn buffer(&self, me: &mut Local, words: u32) -> Result<Span, Interrupt> {
        Ok(self.collector.buffer(&self.memory, &mut me.0, words)?)
    }

    fn retire_buffer(&self, me: &mut Local, _: Ref, buffer: Span) {
        Collector::retire(&mut me.0, buffer);
    }

    #[inline]
    fn read(&self, _: &mut Local, site: Site) -> Result<StackRef, Interrupt> {
        let word = self.memory.at(site).load(Ordering::Acquire);
        Ok(StackRef::counted(Ref::from_word(word)))
    }

    #[inline]
    fn item(&self, me: &mut Local, container: Ref, index: u32) -> Result<StackRef, Interrupt> {
        let value = read_item(self, me, container, index)?;
        if value.is_null() && self.memory.is(container, Kind::List) {
            // Beyond its end, or in the middle of a change.
            return item_in_section(self, me, container, index);
        }
        Ok(value)
    }

    #[inline]
    fn enter_section(&self, _: &mut Local, objects: [Ref; 2]) -> Result<(), Interrupt> {
        self.locks.lock(&self.memory, objects)
    }

    #[inline]
    fn leave_section(&self, _: &mut Local, objects: [Ref; 2]) {
        self.locks.unlock(&self.memory, objects);
    }

    fn conclude(&self, _: &mut Local) {
        self.collector.conclude(&self.memory);
    }

    fn references(&self, _: Ref) -> Option<u64> {
        None
    }

    fn counters(&self) -> Vec<(String, f64)> {
        self.collector.counters()
    }
}
