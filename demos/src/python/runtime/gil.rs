//! CPython with its global interpreter lock: plain counts, plain moves, and one lock that is handed
//! over at safe points when another thread has waited for longer than the switch interval.
//!
//! Since CPython 3.12 (PEP 683) `None`, small integers, constants, names and builtins are immortal here
//! too: a mark in their count, and nobody counts them. That can be left out.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread;

use super::{Runtime, dispose};
use crate::python::gil::{Gil, Member};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::memory::{Allocator, COUNT, Kind, Memory, Ref, Site, Size, StackRef, Word};

/// The mark in the count of an object that is never counted.
const IMMORTAL: u64 = 1 << 63;

/// The runtime of CPython as it has been since 1992.
pub struct GilRuntime {
    memory: Memory<AtomicU64>,
    gil: Arc<Gil>,
    immortal: bool,
}

impl GilRuntime {
    /// With a memory of that size, and a lock that others may look at meanwhile; with immortal objects,
    /// or as before there were any.
    pub fn new(size: Size, gil: Arc<Gil>, immortal: bool) -> Self {
        Self {
            memory: Memory::new(size),
            gil,
            immortal,
        }
    }

    /// An object's count, which may be marked.
    #[inline]
    fn count(&self, object: Ref) -> &AtomicU64 {
        &self.memory.slot(object)[COUNT]
    }
}

/// What a thread keeps for itself.
pub struct Local {
    member: Member,
    allocator: Allocator,
}

impl Runtime for GilRuntime {
    type Word = AtomicU64;
    type Local = Local;

    #[inline]
    fn memory(&self) -> &Memory<AtomicU64> {
        &self.memory
    }

    #[inline]
    fn allocator(me: &mut Local) -> &mut Allocator {
        &mut me.allocator
    }

    fn enter(&self, number: u32, allocator: Allocator) -> Local {
        let name = match number {
            0 => "MainThread".to_owned(),
            _ => thread::current().name().unwrap_or("Thread").to_owned(),
        };
        let member = self.gil.join(number, &name);
        self.gil.take(member);
        Local { member, allocator }
    }

    fn leave(&self, me: Local) -> Allocator {
        self.gil.release(me.member);
        me.allocator
    }

    #[inline]
    fn safe_point(&self, me: &mut Local, _: &Frames) -> Result<(), Interrupt> {
        if self.gil.is_drop_requested() {
            self.gil.release(me.member);
            self.gil.take(me.member);
        }
        Ok(())
    }

    fn blocking<T>(&self, me: &mut Local, _: &Frames, wait: impl FnOnce() -> T) -> T {
        self.gil.release(me.member);
        let result = wait();
        self.gil.take(me.member);
        result
    }

    #[inline]
    fn increment(&self, _: &mut Local, object: Ref) {
        let count = self.count(object);
        let before = Word::load(count);
        if before < IMMORTAL {
            Word::store(count, before + 1);
        }
    }

    #[inline]
    fn decrement(&self, me: &mut Local, object: Ref) {
        let count = self.count(object);
        let before = Word::load(count);
        if before >= IMMORTAL {
            return;
        }
        Word::store(count, before - 1);
        if before == 1 {
            dispose(self, me, object);
        }
    }

    #[inline]
    fn to_stack(&self, _: &mut Local, object: Ref) -> StackRef {
        self.constant(object)
    }

    fn settle_in(&self, _: &mut Local, object: Ref) {
        let is_mortal = matches!(
            self.memory.kind(object),
            Kind::Function | Kind::Namespace | Kind::List
        );
        if self.immortal && !is_mortal {
            Word::store(self.count(object), IMMORTAL);
        }
    }

    #[inline]
    fn constant(&self, object: Ref) -> StackRef {
        if Word::load(self.count(object)) < IMMORTAL {
            StackRef::counted(object)
        } else {
            StackRef::uncounted(object)
        }
    }

    #[inline]
    fn read(&self, _: &mut Local, site: Site) -> Result<StackRef, Interrupt> {
        let object = Ref::from_word(Word::load(self.memory.at(site)));
        if object.is_null() {
            return Ok(StackRef::NULL);
        }
        let count = self.count(object);
        let before = Word::load(count);
        if before >= IMMORTAL {
            return Ok(StackRef::uncounted(object));
        }
        Word::store(count, before + 1);
        Ok(StackRef::counted(object))
    }

    fn counters(&self) -> Vec<(String, f64)> {
        self.gil.holds().counters()
    }
}
