//! Transactions: PyPy-STM (2012–16), simplified. What a thread does between two breaks happens at once for
//! all others, or not at all: on a conflict it is undone and done again.
//!
//! - Breaks are at safe points alone: after so many of them, when another wants it, and after something
//!   that can't be undone. So what stands between two safe points – a round of a loop, but for the functions that it
//!   calls – is atomic, without any lock.
//! - Of two that want the same object the older wins.
//! - Before an effect that can't be undone a transaction becomes inevitable: it wins against all, and
//!   nobody else commits meanwhile.
//!
//! Simplified: PyPy-STM gives each thread its own view of the pages that it changes, where this writes in
//! place and keeps the former words (`stm`); and its collector is generational, where this is that of
//! `tracing`, which waits for the breaks.

use std::sync::atomic::AtomicU64;

use super::Runtime;
use super::collector::{Collector, Member};
use super::stm::{Conflict, Transaction, Transactions, VersionedMemory};
use crate::python::count::atomics::Native;
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::memory::{
    Allocator, Kind, Memory, Ref, SHARED, Site, Size, Span, StackRef, Word,
};

/// How much is allocated before the first collection.
const HEAP_BYTES_MIN: u64 = 4 << 20;

/// The runtime.
pub struct TransactionsRuntime {
    versioned: VersionedMemory,
    transactions: Transactions<Native>,
    collector: Collector,
    safe_points_max: u32,
}

/// What a thread keeps for itself.
pub struct Local {
    member: Member,
    transaction: Transaction<Native>,
    /// What it goes on with if the transaction is undone.
    checkpoint: Frames,
    /// How many safe points it may still pass in this transaction.
    safe_points_left: u32,
    /// How many buffers it had retired when it began, and those that it has put in their place since.
    retired: usize,
    replacements: Vec<Span>,
}

impl TransactionsRuntime {
    /// With a memory of that size, and transactions that end after so many safe points.
    pub fn new(size: Size, safe_points_max: u32) -> Self {
        Self {
            versioned: VersionedMemory::new(size),
            transactions: Transactions::new(),
            collector: Collector::new(size, HEAP_BYTES_MIN),
            safe_points_max,
        }
    }

    /// Begins a transaction with these frames.
    fn start(&self, me: &mut Local, frames: &Frames) {
        me.checkpoint.stack.clone_from(&frames.stack);
        me.checkpoint.callers.clone_from(&frames.callers);
        me.checkpoint.held.clone_from(&frames.held);
        me.checkpoint.current = frames.current;
        self.start_from_checkpoint(me, false);
    }

    fn start_from_checkpoint(&self, me: &mut Local, again: bool) {
        me.safe_points_left = self.safe_points_max;
        me.retired = Collector::retired(&me.member);
        me.replacements.clear();
        self.transactions.begin(&mut me.transaction, again);
    }

    /// Commits, and stops for the collector if it waits.
    #[cold]
    fn take_break(&self, me: &mut Local, frames: &Frames) -> Result<(), Interrupt> {
        let committed = self
            .transactions
            .commit(&self.versioned, &mut me.transaction);
        retry(me, committed)?;
        if self.collector.world.is_wanted() {
            self.collector.stop(self.memory(), &mut me.member, frames);
        }
        self.start(me, frames);
        Ok(())
    }

    /// Ends the transaction of a thread that waits or ends. It can't be undone by now, unless the
    /// program has been stopped.
    fn finish(&self, me: &mut Local) {
        let committed = self
            .transactions
            .commit(&self.versioned, &mut me.transaction);
        if committed.is_err() {
            self.undo(me);
        }
    }

    fn undo(&self, me: &mut Local) {
        me.transaction.roll_back(&self.versioned);
        Collector::unretire(&mut me.member, me.retired);
        for buffer in me.replacements.drain(..) {
            Collector::retire(&mut me.member, buffer);
        }
    }

    #[inline]
    fn write(&self, me: &mut Local, site: Site, word: u64) -> Result<u64, Interrupt> {
        let written = self
            .transactions
            .write(&self.versioned, &mut me.transaction, site, word);
        retry(me, written)
    }
}

/// What a conflict means for the interpreter.
#[inline]
fn retry<T>(me: &mut Local, result: Result<T, Conflict>) -> Result<T, Interrupt> {
    result.map_err(|conflict| {
        me.transaction.fail(conflict);
        Interrupt::Retry
    })
}

impl Runtime for TransactionsRuntime {
    type Word = AtomicU64;
    type Local = Local;

    #[inline]
    fn memory(&self) -> &Memory<AtomicU64> {
        &self.versioned.memory
    }

    #[inline]
    fn allocator(me: &mut Local) -> &mut Allocator {
        &mut me.member.allocator
    }

    fn enter(&self, number: u32, allocator: Allocator) -> Local {
        Local {
            member: self.collector.enter(number, allocator),
            transaction: self.transactions.join(number),
            checkpoint: Frames::default(),
            safe_points_left: self.safe_points_max,
            retired: 0,
            replacements: Vec::new(),
        }
    }

    fn begin(&self, me: &mut Local, roots: &Frames) {
        self.start(me, roots);
    }

    fn leave(&self, mut me: Local) -> Allocator {
        self.finish(&mut me);
        self.transactions.leave(&me.transaction);
        self.collector.leave(me.member)
    }

    #[inline]
    fn safe_point(&self, me: &mut Local, roots: &Frames) -> Result<(), Interrupt> {
        me.safe_points_left -= 1;
        let is_over = me.safe_points_left == 0 || me.transaction.is_pressed();
        if is_over || self.collector.world.is_wanted() {
            self.take_break(me, roots)?;
        }
        Ok(())
    }

    fn blocking<T>(&self, me: &mut Local, roots: &Frames, wait: impl FnOnce() -> T) -> T {
        self.finish(me);
        let result = self.collector.world.blocking(me.member.number, roots, wait);
        self.start(me, roots);
        result
    }

    fn irrevocable(&self, me: &mut Local) -> Result<(), Interrupt> {
        let made = self
            .transactions
            .make_inevitable(&self.versioned, &mut me.transaction);
        retry(me, made)
    }

    fn roll_back(&self, me: &mut Local, frames: &mut Frames) {
        self.undo(me);
        frames.stack.clone_from(&me.checkpoint.stack);
        frames.callers.clone_from(&me.checkpoint.callers);
        frames.held.clone_from(&me.checkpoint.held);
        frames.current = me.checkpoint.current;
        self.start_from_checkpoint(me, true);
    }

    /// A new object has a version that is older than any transaction.
    #[inline]
    fn born(&self, _: &mut Local, object: Ref) {
        Word::store(&self.memory().slot(object)[SHARED], 0);
    }

    #[inline]
    fn increment(&self, _: &mut Local, _: Ref) {}

    #[inline]
    fn decrement(&self, _: &mut Local, _: Ref) {}

    fn settle_in(&self, _: &mut Local, object: Ref) {
        let kind = self.memory().kind(object);
        if kind == Kind::Namespace {
            self.versioned.set_namespace(object);
        }
        if kind != Kind::Function {
            self.collector.keep(object);
        }
    }

    #[inline]
    fn allocate(&self, me: &mut Local, kind: Kind, payload: u64) -> Result<Ref, Interrupt> {
        let memory = self.memory();
        let object = self.collector.slot(memory, &mut me.member, kind, payload)?;
        self.born(me, object);
        Ok(object)
    }

    fn buffer(&self, me: &mut Local, words: u32) -> Result<Span, Interrupt> {
        let memory = self.memory();
        Ok(self.collector.buffer(memory, &mut me.member, words)?)
    }

    fn retire_buffer(&self, me: &mut Local, object: Ref, buffer: Span) {
        me.replacements.push(self.memory().span(object));
        Collector::retire(&mut me.member, buffer);
    }

    #[inline]
    fn load(&self, me: &mut Local, site: Site) -> Result<u64, Interrupt> {
        let read = self
            .transactions
            .read(&self.versioned, &mut me.transaction, site);
        retry(me, read)
    }

    #[inline]
    fn store(&self, me: &mut Local, site: Site, word: u64) -> Result<(), Interrupt> {
        self.write(me, site, word).map(drop)
    }

    #[inline]
    fn item(&self, me: &mut Local, container: Ref, index: u32) -> Result<StackRef, Interrupt> {
        if let Some(site) = self.versioned.global(container, index) {
            return self.read(me, site);
        }
        let span = Span(self.load(me, Site::Payload(container))?);
        if index >= span.length() {
            return Ok(StackRef::NULL);
        }
        let (owner, index) = (container, span.index(index));
        self.read(me, Site::Item { owner, index })
    }

    #[inline]
    fn read(&self, me: &mut Local, site: Site) -> Result<StackRef, Interrupt> {
        Ok(StackRef::counted(Ref::from_word(self.load(me, site)?)))
    }

    #[inline]
    fn swap(&self, me: &mut Local, site: Site, value: StackRef) -> Result<StackRef, Interrupt> {
        let old = self.write(me, site, value.object().word())?;
        Ok(StackRef::counted(Ref::from_word(old)))
    }

    fn conclude(&self, me: &mut Local) {
        self.finish(me);
        self.collector.conclude(self.memory());
    }

    fn references(&self, _: Ref) -> Option<u64> {
        None
    }

    fn counters(&self) -> Vec<(String, f64)> {
        let mut counters = self.transactions.counters();
        counters.extend(self.collector.counters());
        counters
    }
}
