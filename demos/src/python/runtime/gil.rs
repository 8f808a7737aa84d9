//! CPython with its global interpreter lock: plain counts, plain moves, and one lock that is handed
//! over at safe points when another thread has waited for longer than the switch interval.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread;

use super::{Runtime, dispose};
use crate::python::gil::{Gil, Member};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::memory::{Allocator, COUNT, Memory, Ref, Size, Word};

/// The runtime of CPython as it has been since 1992.
pub struct GilRuntime {
    memory: Memory<AtomicU64>,
    gil: Arc<Gil>,
}

impl GilRuntime {
    /// With a memory of that size, and a lock that others may look at meanwhile.
    pub fn new(size: Size, gil: Arc<Gil>) -> Self {
        Self {
            memory: Memory::new(size),
            gil,
        }
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
        let count = &self.memory.slot(object)[COUNT];
        Word::store(count, Word::load(count) + 1);
    }

    #[inline]
    fn decrement(&self, me: &mut Local, object: Ref) {
        let count = &self.memory.slot(object)[COUNT];
        let left = Word::load(count) - 1;
        Word::store(count, left);
        if left == 0 {
            dispose(self, me, object);
        }
    }

    fn counters(&self) -> Vec<(String, f64)> {
        self.gil.holds().counters()
    }
}
