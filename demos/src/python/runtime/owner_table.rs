//! Owner counts with tables: Adam Olsen's python-safethread (2007–08).
//!
//! The thread that made an object counts it plainly; others count it in tables of their own, and then
//! only the collector frees it. Lists and dicts belong to the thread that made them: another thread that
//! touches one is refused. The module's globals are a shared dict with a lock. Simplified: the collector
//! runs when the program has ended, and there are no monitors.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::object_lock::ObjectLocks;
use super::tally::{Row, Tally};
use super::{Runtime, dispose, item_in_section};
use crate::python::count::table::{OwnerCount, Table};
use crate::python::count::{Fate, Owner};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::lab::Stop;
use crate::python::memory::{Allocator, COUNT, Kind, Memory, Ref, SHARED, Site, Size, StackRef};

/// The counter of objects of other threads that a thread was the first to touch.
const PROMOTED: usize = 0;
/// The counter of differences that had to leave a table.
const FLUSHED: usize = 1;

/// The runtime.
pub struct OwnerTableRuntime {
    memory: Memory<AtomicU64>,
    locks: ObjectLocks,
    tally: Tally<2>,
}

/// What a thread keeps for itself.
pub struct Local {
    owner: Owner,
    allocator: Allocator,
    table: Table,
    row: Arc<Row<2>>,
}

impl OwnerTableRuntime {
    /// With a memory of that size, for a program that ends when it is said there.
    pub fn new(size: Size, stop: Arc<Stop>) -> Self {
        Self {
            memory: Memory::new(size),
            locks: ObjectLocks::new(stop),
            tally: Tally::new(["objects_promoted", "table_flushes"]),
        }
    }

    #[inline]
    fn counts(&self, object: Ref) -> OwnerCount<'_, AtomicU64> {
        let slot = self.memory.slot(object);
        OwnerCount::new(&slot[COUNT], &slot[SHARED])
    }

    /// Counts an object of another thread.
    #[inline(never)]
    fn count_foreign(&self, me: &mut Local, object: Ref, change: i64) {
        if self.counts(object).promote() {
            me.row.add(PROMOTED, 1);
        }
        if let Some((evicted, difference)) = me.table.count(object.index() as u32, change) {
            me.row.add(FLUSHED, 1);
            self.counts(Ref::from_index(evicted)).flush(difference);
        }
    }

    fn flush(&self, me: &mut Local) {
        for (object, difference) in me.table.drain() {
            self.counts(Ref::from_index(object)).flush(difference);
        }
    }

    /// Frees all promoted objects without references. The tables of all ended threads are flushed.
    fn collect(&self, me: &mut Local) {
        let is_dead = |object: &Ref| {
            let counts = self.counts(*object);
            counts.is_promoted() && counts.count() == 0 && !self.memory.is(*object, Kind::Free)
        };
        loop {
            self.flush(me);
            let dead: Vec<Ref> = self.memory.taken().filter(is_dead).collect();
            if dead.is_empty() {
                return;
            }
            for object in dead {
                dispose(self, me, object);
            }
        }
    }

    /// Whether this thread may touch a container.
    #[inline]
    fn admit(&self, me: &Local, container: Ref) -> Result<(), Interrupt> {
        let kind = self.memory.kind(container);
        let private = matches!(kind, Kind::List | Kind::Dict);
        if private && self.counts(container).owner() != me.owner {
            return Err(refusal(kind));
        }
        Ok(())
    }
}

#[cold]
fn refusal(kind: Kind) -> Interrupt {
    let reason = format!(
        "A {} belongs to the thread that made it, and cannot be shared.",
        kind.name()
    );
    Interrupt::Refused(reason.into())
}

impl Runtime for OwnerTableRuntime {
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
        Local {
            owner: number + 1,
            allocator,
            table: Table::new(),
            row: self.tally.join(),
        }
    }

    fn leave(&self, mut me: Local) -> Allocator {
        self.flush(&mut me);
        self.tally.leave(&me.row);
        me.allocator
    }

    #[inline]
    fn safe_point(&self, _: &mut Local, _: &Frames) -> Result<(), Interrupt> {
        Ok(())
    }

    #[inline]
    fn born(&self, me: &mut Local, object: Ref) {
        self.counts(object).begin(me.owner);
    }

    #[inline]
    fn increment(&self, me: &mut Local, object: Ref) {
        if !self.counts(object).increment(me.owner) {
            self.count_foreign(me, object, 1);
        }
    }

    #[inline]
    fn decrement(&self, me: &mut Local, object: Ref) {
        match self.counts(object).decrement(me.owner) {
            Some(Fate::Dead) => dispose(self, me, object),
            Some(Fate::Alive) => {}
            None => self.count_foreign(me, object, -1),
        }
    }

    #[inline]
    fn load(&self, me: &mut Local, site: Site) -> Result<u64, Interrupt> {
        self.admit(me, site.owner())?;
        Ok(self.memory.at(site).load(Ordering::Acquire))
    }

    #[inline]
    fn item(&self, me: &mut Local, container: Ref, index: u32) -> Result<StackRef, Interrupt> {
        item_in_section(self, me, container, index)
    }

    #[inline]
    fn enter_section(&self, me: &mut Local, objects: [Ref; 2]) -> Result<(), Interrupt> {
        for object in objects {
            self.admit(me, object)?;
        }
        self.locks.lock(&self.memory, objects)
    }

    #[inline]
    fn leave_section(&self, _: &mut Local, objects: [Ref; 2]) {
        self.locks.unlock(&self.memory, objects);
    }

    fn conclude(&self, me: &mut Local) {
        self.collect(me);
    }

    fn references(&self, object: Ref) -> Option<u64> {
        u64::try_from(self.counts(object).count()).ok()
    }

    fn counters(&self) -> Vec<(String, f64)> {
        self.tally.counters()
    }
}
