//! The runtime that the explorer steps: plain counts and plain moves in a heap that can be copied, and
//! no thread but those that the explorer moves on. What a real machine does at once is one step here.

use std::cell::Cell;

use crate::python::interpreter::{Frames, Interrupt, On};
use crate::python::memory::{Allocator, COUNT, Memory, Ref, SHARED, Size};
use crate::python::runtime::{Runtime, dispose};

/// How lists and dicts are locked while they are changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sections {
    /// Not at all: an instruction is one step, as under the GIL.
    #[default]
    None,
    /// By a mutex in each object, taken one after the other in the order of the operands, and held
    /// until the instruction is done.
    Mutexes,
    /// By critical sections (PEP 703): in the order of addresses, and who would have to wait for the
    /// second lets go of the first.
    Critical,
}

/// The runtime.
#[derive(Clone)]
pub(super) struct Stepped {
    memory: Memory<Cell<u64>>,
    sections: Sections,
}

impl Stepped {
    /// With an empty memory of that size.
    pub(super) fn new(size: Size, sections: Sections) -> Self {
        Self {
            memory: Memory::new(size),
            sections,
        }
    }

    /// Takes an object's lock, unless another has it. Tells whether it is new to the thread.
    fn lock(&self, me: &Local, object: Ref) -> Result<bool, Interrupt> {
        let holder = &self.memory.slot(object)[SHARED];
        match holder.get() {
            0 => {
                holder.set(me.mark());
                Ok(true)
            }
            mark if mark == me.mark() => Ok(false),
            _ => Err(Interrupt::Wait(On::Section(object))),
        }
    }

    fn unlock(&self, me: &Local, object: Ref) {
        let holder = &self.memory.slot(object)[SHARED];
        if holder.get() == me.mark() {
            holder.set(0);
        }
    }
}

/// What a thread keeps for itself.
#[derive(Clone, Debug)]
pub(super) struct Local {
    number: u32,
    allocator: Allocator,
    /// How many objects' mutexes it has taken, all told, to hold them while it waits for another.
    locked: u32,
}

impl Local {
    /// What stands in an object's lock while this thread has it.
    fn mark(&self) -> u64 {
        u64::from(self.number) + 1
    }

    /// How often it has taken a mutex that it went on holding while it waited: a step that got somewhere.
    pub(super) fn locked(&self) -> u32 {
        self.locked
    }
}

impl Runtime for Stepped {
    type Word = Cell<u64>;
    type Local = Local;

    fn memory(&self) -> &Memory<Cell<u64>> {
        &self.memory
    }

    fn allocator(me: &mut Local) -> &mut Allocator {
        &mut me.allocator
    }

    fn enter(&self, number: u32, allocator: Allocator) -> Local {
        Local {
            number,
            allocator,
            locked: 0,
        }
    }

    fn leave(&self, me: Local) -> Allocator {
        me.allocator
    }

    fn safe_point(&self, _: &mut Local, _: &Frames) -> Result<(), Interrupt> {
        Ok(())
    }

    fn increment(&self, _: &mut Local, object: Ref) {
        let count = &self.memory.slot(object)[COUNT];
        count.set(count.get() + 1);
    }

    fn decrement(&self, me: &mut Local, object: Ref) {
        let count = &self.memory.slot(object)[COUNT];
        count.set(count.get() - 1);
        if count.get() == 0 {
            dispose(self, me, object);
        }
    }

    fn enter_section(&self, me: &mut Local, objects: [Ref; 2]) -> Result<(), Interrupt> {
        let [first, second] = match self.sections {
            Sections::None => return Ok(()),
            Sections::Mutexes => objects,
            Sections::Critical if objects[1].is_null() => objects,
            Sections::Critical => [objects[0].min(objects[1]), objects[0].max(objects[1])],
        };
        let new = self.lock(me, first)?;
        if second.is_null() || second == first {
            return Ok(());
        }
        match self.sections {
            // Between the two others may run: the instruction comes again for the second.
            Sections::Mutexes if new => {
                me.locked += 1;
                Err(Interrupt::Wait(On::Section(second)))
            }
            Sections::Critical => self.lock(me, second).map(drop).inspect_err(|_| {
                self.unlock(me, first);
            }),
            _ => self.lock(me, second).map(drop),
        }
    }

    fn leave_section(&self, me: &mut Local, objects: [Ref; 2]) {
        if self.sections != Sections::None {
            for object in objects.into_iter().filter(|object| !object.is_null()) {
                self.unlock(me, object);
            }
        }
    }
}
