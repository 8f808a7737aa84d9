//! What distinguishes the runtimes: how references are counted, how mutable words are read and
//! written, how objects are locked, and where threads take turns. All else – objects, interpreter,
//! threads, output – is the same code for all, generic over [`Runtime`].
//!
//! **To add a runtime**: write a file here with its struct and its [`Runtime`]; add a line to [`Choice`]
//! and to `lab::run`. Everything has a default that is right for one thread at a time (plain moves, no
//! locks); override what the runtime does otherwise. The counting methods have none.
//!
//! **What the interpreter promises**
//! - An instruction takes all its sections before it consumes an operand or changes anything. So
//!   [`Interrupt::Wait`] and [`Interrupt::Retry`] leave the stack as it was before the instruction.
//! - Between two safe points no reference is held outside [`Frames`], memory and the prepared
//!   program's constants: at a safe point these are all roots there are.
//! - Inside a section there is no safe point, nothing waits, and no other section is asked for. Objects
//!   are given back outside.
//! - Mutable words are touched by [`Runtime::load`], [`Runtime::store`], [`Runtime::item`],
//!   [`Runtime::read`], [`Runtime::swap`] and [`Runtime::exchange`] alone. What never changes once an object is published
//!   (an int's value, a string's bytes, a tuple's items) is read from the memory directly.
//!
//! No runtime contains a delay, a constant or a branch whose purpose is an expected figure.

mod atomic_count;
mod atomic_count_object_locks;
mod buffered_count;
mod choice;
mod collector;
mod free_threaded;
mod gil;
mod global_count_lock;
mod object_lock;
mod owner_table;
mod parallel_contexts;
mod quiescence;
mod retirement;
mod rounds;
mod section;
mod shared_count;
mod stm;
mod tally;
#[cfg(test)]
mod tests;
mod tracing;
mod transactions;
mod world;

pub use atomic_count::AtomicCountRuntime;
pub use atomic_count_object_locks::AtomicCountObjectLocksRuntime;
pub use buffered_count::{BufferedCountRuntime, Finish};
pub use choice::Choice;
pub use free_threaded::{FreeThreadedRuntime, Switches};
pub use gil::GilRuntime;
pub use global_count_lock::GlobalCountLockRuntime;
pub use owner_table::OwnerTableRuntime;
pub use parallel_contexts::ParallelContextsRuntime;
pub use section::section;
pub use tracing::TracingRuntime;
pub use transactions::TransactionsRuntime;

use section::{item_in_section, read_item};

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::python::interpreter::{Frames, Interrupt};
use crate::python::memory::{
    Allocator, COUNT, Kind, Memory, Ref, SHARED, Site, Span, StackRef, Word,
};
use crate::python::object;

/// One way to manage memory and threads.
///
/// `me` is what the calling thread keeps for itself.
pub trait Runtime: Sized {
    /// What memory is made of: `AtomicU64` where threads share it, `Cell<u64>` where it is copied.
    type Word: Word;

    /// What one thread keeps for itself: its [`Allocator`] at least; buffers, tables, its number.
    type Local;

    /// The memory.
    fn memory(&self) -> &Memory<Self::Word>;

    /// The thread's share of the memory.
    fn allocator(me: &mut Self::Local) -> &mut Allocator;

    // --- Threads ---

    /// Begins a thread: number 0 is the main one, and numbers are given once. Waits for the GIL where
    /// there is one. `allocator` is what an ended thread left behind, or new.
    fn enter(&self, number: u32, allocator: Allocator) -> Self::Local;

    /// The thread's frames are made, and it is about to run them.
    fn begin(&self, me: &mut Self::Local, roots: &Frames) {
        let _ = (me, roots);
    }

    /// Ends a thread that has given all its references back; releases what it holds.
    fn leave(&self, me: Self::Local) -> Allocator;

    /// The eval breaker: called at the start of functions and on backward jumps, when the instruction has
    /// done all it does: `roots` is with what the thread goes on. Here the GIL is handed over, a collector stops the world, a
    /// transaction is committed and the next begun (copy `roots`: they are what
    /// [`Runtime::roll_back`] restores), a queue of counts is merged. It is in no section.
    ///
    /// # Errors
    /// What the thread must do instead of going on; never [`Interrupt::Wait`].
    fn safe_point(&self, me: &mut Self::Local, roots: &Frames) -> Result<(), Interrupt>;

    /// Does something that may wait (sleep, a contended lock, joining, printing) without keeping others
    /// from running. The thread's references are `roots` until it returns.
    fn blocking<T>(&self, me: &mut Self::Local, roots: &Frames, wait: impl FnOnce() -> T) -> T {
        let _ = (me, roots);
        wait()
    }

    /// Waits until a thread that this one has started has begun.
    fn starting<T>(&self, me: &mut Self::Local, roots: &Frames, wait: impl FnOnce() -> T) -> T {
        self.blocking(me, roots, wait)
    }

    /// What a thread prints, as far as it is to come out now: all, unless the runtime keeps it for later.
    fn print(&self, me: &mut Self::Local, text: String) -> Option<String> {
        let _ = me;
        Some(text)
    }

    /// Before an effect that can't be undone: printing, sleeping, starting or joining a thread, taking or
    /// releasing a lock, an exception on its way up, a thread's end. A transaction becomes inevitable
    /// here or commits; the rest of the instruction still follows, and cannot be refused any more.
    ///
    /// # Errors
    /// Why there can be no such effect here.
    fn irrevocable(&self, me: &mut Self::Local) -> Result<(), Interrupt> {
        let _ = me;
        Ok(())
    }

    /// After [`Interrupt::Retry`]: puts the frames back to where the transaction began.
    fn roll_back(&self, me: &mut Self::Local, frames: &mut Frames) {
        let _ = (me, frames);
    }

    // --- Counts ---

    /// A new object's count: one reference, by this thread.
    fn born(&self, me: &mut Self::Local, object: Ref) {
        let _ = me;
        let slot = self.memory().slot(object);
        slot[COUNT].store(1);
        slot[SHARED].store(0);
    }

    /// One more reference to an object that the caller has a reference to.
    fn increment(&self, me: &mut Self::Local, object: Ref);

    /// One reference less. If it was the last, [`object::dispose`] is called, now or later.
    fn decrement(&self, me: &mut Self::Local, object: Ref);

    /// A reference that the caller owns, as it lies on a stack. Where objects are immortal or their
    /// counting is deferred, it gives the count back and answers an uncounted one.
    #[inline]
    fn to_stack(&self, me: &mut Self::Local, object: Ref) -> StackRef {
        let _ = me;
        StackRef::counted(object)
    }

    /// A reference on a stack, as memory must hold it: counted.
    #[inline]
    fn to_memory(&self, me: &mut Self::Local, value: StackRef) -> Ref {
        let _ = me;
        value.object()
    }

    /// Called once for each object that is made before the program runs (the premade ones, constants,
    /// names, builtins), and for each function that the module's own code makes: here it may become
    /// immortal, or its counting deferred. What is made beforehand has one reference that is never given
    /// back.
    fn settle_in(&self, me: &mut Self::Local, object: Ref) {
        let _ = (me, object);
    }

    /// How an object that was made beforehand lies on a stack. Counts nothing: a copy does.
    #[inline]
    fn constant(&self, object: Ref) -> StackRef {
        StackRef::counted(object)
    }

    /// Copies a reference on a stack.
    #[inline]
    fn copy(&self, me: &mut Self::Local, value: StackRef) -> StackRef {
        if value.is_counted() {
            self.increment(me, value.object());
        }
        value
    }

    /// Forgets a reference on a stack.
    #[inline]
    fn forget(&self, me: &mut Self::Local, value: StackRef) {
        if value.is_counted() {
            self.decrement(me, value.object());
        }
    }

    // --- Allocation ---

    /// A new object, with a count of one.
    ///
    /// # Errors
    /// `MemoryError`, or what else keeps the thread from going on.
    #[inline]
    fn allocate(&self, me: &mut Self::Local, kind: Kind, payload: u64) -> Result<Ref, Interrupt> {
        match Self::allocator(me).slot(self.memory(), kind, payload) {
            Ok(object) => {
                self.born(me, object);
                Ok(object)
            }
            Err(full) => Err(full.into()),
        }
    }

    /// A buffer with room for so many words.
    ///
    /// # Errors
    /// `MemoryError`, or what else keeps the thread from going on.
    fn buffer(&self, me: &mut Self::Local, words: u32) -> Result<Span, Interrupt> {
        Ok(Self::allocator(me).buffer(self.memory(), words)?)
    }

    /// A slot that nothing refers to any more; its contents have been given back.
    #[inline]
    fn free(&self, me: &mut Self::Local, object: Ref) {
        Self::allocator(me).free_slot(self.memory(), object);
    }

    /// A buffer that its object does not use any more, and that nobody else can be reading.
    fn free_buffer(&self, me: &mut Self::Local, buffer: Span) {
        Self::allocator(me).free_buffer(buffer);
    }

    /// A buffer that its object has exchanged for another, within a section. Readers without a lock may
    /// still be in it.
    fn retire_buffer(&self, me: &mut Self::Local, object: Ref, buffer: Span) {
        let _ = object;
        self.free_buffer(me, buffer);
    }

    // --- Mutable words ---

    /// Reads a word that holds no reference: a length, an iterator's place.
    ///
    /// # Errors
    /// What the thread must do instead of going on.
    #[inline]
    fn load(&self, me: &mut Self::Local, site: Site) -> Result<u64, Interrupt> {
        let _ = me;
        Ok(self.memory().at(site).load())
    }

    /// Writes a word that holds no reference.
    ///
    /// # Errors
    /// What the thread must do instead of going on; why it must not write.
    #[inline]
    fn store(&self, me: &mut Self::Local, site: Site, word: u64) -> Result<(), Interrupt> {
        let _ = me;
        self.memory().at(site).store_release(word);
        Ok(())
    }

    /// Writes a word that holds no reference if `old` is there, all at once; tells whether it was. Used
    /// for locks and the states of threads.
    ///
    /// # Errors
    /// What the thread must do instead of going on; why it must not write.
    fn exchange(
        &self,
        me: &mut Self::Local,
        site: Site,
        old: u64,
        new: u64,
    ) -> Result<bool, Interrupt> {
        let _ = me;
        Ok(self.memory().at(site).compare_exchange(old, new))
    }

    /// Reads a reference from a container (a list, a namespace) without a section: the caller owns what
    /// it gets; `NULL` where there is none, or the index is beyond its length. The container's
    /// payload is a [`Span`] of references that another thread may replace meanwhile.
    ///
    /// # Errors
    /// What the thread must do instead of going on.
    #[inline]
    fn item(
        &self,
        me: &mut Self::Local,
        container: Ref,
        index: u32,
    ) -> Result<StackRef, Interrupt> {
        read_item(self, me, container, index)
    }

    /// Reads a reference within a section over its owner: the caller owns what it gets; `NULL` where
    /// there is none.
    ///
    /// # Errors
    /// What the thread must do instead of going on.
    #[inline]
    fn read(&self, me: &mut Self::Local, site: Site) -> Result<StackRef, Interrupt> {
        let object = Ref::from_word(self.memory().at(site).load());
        if object.is_null() {
            return Ok(StackRef::NULL);
        }
        self.increment(me, object);
        Ok(self.to_stack(me, object))
    }

    /// Writes a reference that the caller gives away, and answers the one that was there, which the
    /// caller then owns and gives back outside of any section. Either may be `NULL`.
    ///
    /// # Errors
    /// What the thread must do instead of going on; why it must not write. `value` is then still the
    /// caller's.
    #[inline]
    fn swap(
        &self,
        me: &mut Self::Local,
        site: Site,
        value: StackRef,
    ) -> Result<StackRef, Interrupt> {
        let word = self.memory().at(site);
        let old = Ref::from_word(word.load());
        let new = if value.is_null() {
            Ref::NULL
        } else {
            self.to_memory(me, value)
        };
        word.store_release(new.word());
        Ok(if old.is_null() {
            StackRef::NULL
        } else {
            self.to_stack(me, old)
        })
    }

    // --- Sections ---

    /// Begins a section over one or two objects (the second may be the first, or `NULL`): nobody else
    /// is in a section of one of them meanwhile. Whoever locks does so in the order of their
    /// addresses, or shows what comes of it if not.
    ///
    /// # Errors
    /// [`Interrupt::Wait`] where the thread can't wait here; then the instruction is tried again.
    #[inline]
    fn enter_section(&self, me: &mut Self::Local, objects: [Ref; 2]) -> Result<(), Interrupt> {
        let _ = (me, objects);
        Ok(())
    }

    /// Ends the section.
    #[inline]
    fn leave_section(&self, me: &mut Self::Local, objects: [Ref; 2]) {
        let _ = (me, objects);
    }

    // --- Afterwards ---

    /// The end of the program, when all threads but this one have ended and the globals are cleared:
    /// what has been put off (queues, logs, a last collection) is done.
    fn conclude(&self, me: &mut Self::Local) {
        let _ = me;
    }

    /// How many references an object has, as the program could ask by `sys.getrefcount`; a runtime
    /// without counts has no answer.
    fn references(&self, object: Ref) -> Option<u64> {
        Some(self.memory().slot(object)[COUNT].load())
    }

    /// What it has counted until now, by name, in the order to show. Whoever watches a program asks at any
    /// time, from a thread of its own.
    fn counters(&self) -> Vec<(String, f64)> {
        Vec::new()
    }
}

/// [`object::dispose`], where runtimes find it.
pub fn dispose<R: Runtime>(runtime: &R, me: &mut R::Local, object: Ref) {
    object::dispose(runtime, me, object);
}

/// Takes a mutex of a runtime's own, whatever became of the thread that had it: a panic ends the lane.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
