//! Free-threaded CPython (PEP 703): biased counts with queues, immortal objects, deferred counts, a lock
//! in every object, and reads without one. Each of the three ways to save counting has its switch.
//!
//! Names in brackets are CPython's. Simplified: dicts (but not the module's globals) are read under their
//! locks; and deferred objects, which are the functions that the module itself defines, are
//! collected when the program has ended, not while it runs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::object_lock::ObjectLocks;
use super::retirement::{Member, Retirement};
use super::tally::{Row, Tally};
use super::{Runtime, dispose, lock, read_item, section};
use crate::python::count::atomics::Native;
use crate::python::count::biased::Biased;
use crate::python::count::queue::MergeQueues;
use crate::python::count::{Fate, NOBODY, Owner};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::lab::Stop;
use crate::python::memory::{
    Allocator, COUNT, Kind, META, Memory, Meta, Ref, SHARED, Site, Size, Span, StackRef,
};

/// How many buckets the queues have, as CPython's (`_Py_BRC_NUM_BUCKETS`).
const QUEUE_BUCKETS: usize = 257;
/// The flags of objects that lie on stacks uncounted.
const UNCOUNTED: u64 = Meta::IMMORTAL | Meta::DEFERRED;

/// The flag of a container that another thread than its owner has read (`_PyObject_GC_SET_SHARED`).
const READ_BY_OTHERS: u64 = Meta::RUNTIME_FLAG;

/// The counter of objects of its own that others have queued to a thread.
const QUEUED: usize = 0;
/// The counter of reads that needed the container's lock.
const READS_LOCKED: usize = 1;

/// What is done to save counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// An object's owner counts without atomic operations; else all threads count atomically.
    pub biased: bool,
    /// `None`, booleans, small integers, constants, names and builtins are not counted.
    pub immortal: bool,
    /// Functions are not counted on stacks.
    pub deferred: bool,
}

impl Switches {
    /// As it shipped.
    pub const ALL: Self = Self {
        biased: true,
        immortal: true,
        deferred: true,
    };
}

/// The runtime of `python3.14t`.
pub struct FreeThreadedRuntime {
    memory: Memory<AtomicU64>,
    switches: Switches,
    queues: MergeQueues<Native>,
    locks: ObjectLocks,
    retirement: Retirement,
    /// Objects whose counting is deferred.
    deferred: Mutex<Vec<Ref>>,
    tally: Tally<2>,
}

/// What a thread keeps for itself.
pub struct Local {
    owner: Owner,
    allocator: Allocator,
    member: Member,
    row: Arc<Row<2>>,
}

impl FreeThreadedRuntime {
    /// With a memory of that size, for a program that ends when it is said there.
    pub fn new(size: Size, switches: Switches, stop: Arc<Stop>) -> Self {
        Self {
            memory: Memory::new(size),
            switches,
            queues: MergeQueues::new(QUEUE_BUCKETS),
            locks: ObjectLocks::new(stop),
            retirement: Retirement::new(),
            deferred: Mutex::default(),
            tally: Tally::new(["objects_queued", "reads_locked"]),
        }
    }

    #[inline]
    fn counts(&self, object: Ref) -> Biased<'_, AtomicU64> {
        let slot = self.memory.slot(object);
        Biased::new(&slot[COUNT], &slot[SHARED])
    }

    #[inline]
    fn is_uncounted(&self, object: Ref) -> bool {
        self.memory.meta(object).has(UNCOUNTED)
    }

    #[inline]
    fn is_mine(&self, me: &Local, object: Ref) -> bool {
        self.counts(object).owner() == me.owner
    }

    /// Whether other threads than its owner may read a container without its lock: then its buffers are
    /// not used again at once.
    #[inline]
    fn is_read_by_others(&self, container: Ref) -> bool {
        Meta(self.memory.slot(container)[META].load(Ordering::Acquire)).has(READ_BY_OTHERS)
    }

    /// Notes, within a section, that other threads read a container.
    fn allow_others(&self, container: Ref) {
        if !self.is_read_by_others(container) {
            self.memory.slot(container)[META].fetch_or(READ_BY_OTHERS, Ordering::Release);
        }
    }

    /// An owned reference, as it was read out of a container: without a lock if possible
    /// (`_Py_TryXGetStackRef`).
    ///
    /// The container may let the object go while it is read, and its slot may be used again. So what was
    /// counted is only kept if the container still holds it in the same place afterwards.
    #[inline]
    fn try_read(&self, me: &mut Local, container: Ref, index: u32) -> Option<StackRef> {
        if !self.is_mine(me, container) && !self.is_read_by_others(container) {
            return None;
        }
        let span = self.memory.span(container);
        if index >= span.length() {
            return Some(StackRef::NULL);
        }
        let word = self.memory.word(span.index(index));
        let object = Ref::from_word(word.load(Ordering::Acquire));
        if object.is_null() {
            // A global that is not there, or a list in the middle of a change.
            let absent = self.memory.is(container, Kind::Namespace);
            return absent.then_some(StackRef::NULL);
        }
        let still_there = || {
            let now = self.memory.span(container);
            now.buffer() == span.buffer()
                && index < now.length()
                && word.load(Ordering::Acquire) == object.word()
        };
        if self.is_uncounted(object) {
            return still_there().then(|| StackRef::uncounted(object));
        }
        if !self.counts(object).try_increment(me.owner) {
            return None;
        }
        if still_there() {
            return Some(StackRef::counted(object));
        }
        self.decrement(me, object);
        None
    }

    fn merge(&self, me: &mut Local, objects: Vec<u32>) {
        me.row.add(QUEUED, objects.len() as u64);
        for object in objects.into_iter().map(Ref::from_index) {
            if self.counts(object).merge_queued() == Fate::Dead {
                dispose(self, me, object);
            }
        }
    }

    /// Frees deferred objects to which no counted reference is left, when there are no stacks any more;
    /// then those that only they referred to.
    fn collect_deferred(&self, me: &mut Local) {
        let mut objects = lock(&self.deferred);
        let mut before = usize::MAX;
        while objects.len() < before {
            before = objects.len();
            objects.retain(|object| {
                let dead = self.counts(*object).count() == 0;
                if dead {
                    dispose(self, me, *object);
                }
                !dead
            });
        }
    }
}

impl Runtime for FreeThreadedRuntime {
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
        let owner = number + 1;
        debug_assert_ne!(owner, NOBODY, "numbers count up from 0");
        self.queues.open(owner);
        Local {
            owner,
            allocator,
            member: self.retirement.join(),
            row: self.tally.join(),
        }
    }

    fn leave(&self, mut me: Local) -> Allocator {
        while let Some(objects) = self.queues.close(me.owner) {
            self.merge(&mut me, objects);
        }
        self.retirement.leave(me.member);
        self.tally.leave(&me.row);
        me.allocator
    }

    #[inline]
    fn safe_point(&self, me: &mut Local, _: &Frames) -> Result<(), Interrupt> {
        self.retirement.pass(&me.member);
        if self.queues.is_waiting(me.owner) {
            let objects = self.queues.take(me.owner);
            self.merge(me, objects);
        }
        Ok(())
    }

    fn blocking<T>(&self, me: &mut Local, _: &Frames, wait: impl FnOnce() -> T) -> T {
        self.retirement.offline(&me.member, wait)
    }

    #[inline]
    fn born(&self, me: &mut Local, object: Ref) {
        if self.switches.biased {
            self.counts(object).begin(me.owner);
        } else {
            self.counts(object).begin_merged();
        }
    }

    #[inline]
    fn increment(&self, me: &mut Local, object: Ref) {
        self.counts(object).increment(me.owner);
    }

    #[inline]
    fn decrement(&self, me: &mut Local, object: Ref) {
        let index = object.index() as u32;
        if self.queues.decrement(me.owner, index, self.counts(object)) == Fate::Dead {
            dispose(self, me, object);
        }
    }

    #[inline]
    fn to_stack(&self, me: &mut Local, object: Ref) -> StackRef {
        if self.is_uncounted(object) {
            self.decrement(me, object);
            StackRef::uncounted(object)
        } else {
            StackRef::counted(object)
        }
    }

    #[inline]
    fn to_memory(&self, me: &mut Local, value: StackRef) -> Ref {
        if !value.is_counted() {
            self.increment(me, value.object());
        }
        value.object()
    }

    fn settle_in(&self, _: &mut Local, object: Ref) {
        let kind = self.memory.kind(object);
        let flag = match kind {
            Kind::Function if self.switches.deferred => Meta::DEFERRED,
            Kind::Function | Kind::Namespace | Kind::List => return,
            _ if self.switches.immortal => Meta::IMMORTAL,
            _ => return,
        };
        if flag == Meta::DEFERRED {
            self.counts(object).defer();
            lock(&self.deferred).push(object);
        } else {
            self.counts(object).make_immortal();
        }
        self.memory.slot(object)[META].fetch_or(flag, Ordering::Release);
    }

    #[inline]
    fn constant(&self, object: Ref) -> StackRef {
        if self.is_uncounted(object) {
            StackRef::uncounted(object)
        } else {
            StackRef::counted(object)
        }
    }

    fn retire_buffer(&self, me: &mut Local, object: Ref, buffer: Span) {
        if self.is_mine(me, object) && !self.is_read_by_others(object) {
            return me.allocator.free_buffer(buffer);
        }
        self.retirement
            .retire(&mut me.member, &mut me.allocator, buffer);
    }

    #[inline]
    fn load(&self, _: &mut Local, site: Site) -> Result<u64, Interrupt> {
        Ok(self.memory.at(site).load(Ordering::Acquire))
    }

    #[inline]
    fn item(&self, me: &mut Local, container: Ref, index: u32) -> Result<StackRef, Interrupt> {
        if let Some(value) = self.try_read(me, container, index) {
            return Ok(value);
        }
        me.row.add(READS_LOCKED, 1);
        section(self, me, [container, Ref::NULL], |me| {
            self.allow_others(container);
            read_item(self, me, container, index)
        })
    }

    #[inline]
    fn read(&self, me: &mut Local, site: Site) -> Result<StackRef, Interrupt> {
        let object = Ref::from_word(self.memory.at(site).load(Ordering::Relaxed));
        Ok(if object.is_null() {
            StackRef::NULL
        } else if self.is_uncounted(object) {
            StackRef::uncounted(object)
        } else {
            self.counts(object).increment_locked(me.owner);
            StackRef::counted(object)
        })
    }

    #[inline]
    fn enter_section(&self, _: &mut Local, objects: [Ref; 2]) -> Result<(), Interrupt> {
        self.locks.lock(&self.memory, objects)
    }

    #[inline]
    fn leave_section(&self, _: &mut Local, objects: [Ref; 2]) {
        self.locks.unlock(&self.memory, objects);
    }

    fn conclude(&self, me: &mut Local) {
        loop {
            let objects = self.queues.take(me.owner);
            if objects.is_empty() {
                break;
            }
            self.merge(me, objects);
        }
        self.collect_deferred(me);
    }

    fn references(&self, object: Ref) -> Option<u64> {
        u64::try_from(self.counts(object).count()).ok()
    }

    fn counters(&self) -> Vec<(String, f64)> {
        self.tally.counters()
    }
}
