//! Parallel contexts: `PyParallel` (Trent Nelson, 2012–16). The main thread counts plainly, as under the
//! GIL, and stands still while contexts run. Those count nothing, allocate from an arena that is dropped as a
//! whole when they end, and can only read what the main thread has made.
//!
//! Every thread that the program starts is a context. It runs when the main thread waits for
//! something, and the main thread goes on when all contexts that it has started have ended. What contexts
//! print comes out then, in the order in which they were started.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{Runtime, dispose};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::lab::Output;
use crate::python::memory::{
    Allocator, Arena, COUNT, Kind, Memory, Ref, SHARED, Site, Size, Span, StackRef, Word,
};
use crate::python::object::thread::{self, Phase};

/// Whose the objects of the main thread are; a context's are its number's.
const MAIN: u32 = 0;
const MIB: f64 = 1_048_576.0;

/// The runtime.
pub struct ParallelContextsRuntime {
    memory: Memory<AtomicU64>,
    output: Arc<Output>,
    turn: Mutex<Turn>,
    changed: Condvar,
}

/// Whose turn it is, the main thread's or the contexts', and what these have left.
#[derive(Default)]
struct Turn {
    main_stands: bool,
    /// Contexts that have been started and have not ended, whether or not they have begun to run.
    started: usize,
    ended: Vec<Ended>,
    /// Arenas that have been dropped.
    arenas: Vec<Arena>,
    contexts: u32,
    arena_bytes_max: u64,
    arena_bytes_total: u64,
}

/// What a context leaves to the main thread.
struct Ended {
    number: u32,
    /// The reference to its thread object, which is the main thread's to give back.
    thread: Ref,
    printed: String,
}

/// What a thread keeps for itself.
pub struct Local {
    number: u32,
    /// The main thread's.
    allocator: Allocator,
    /// A context's.
    arena: Arena,
    printed: String,
    /// A context's own thread object, once it has ended.
    thread: Ref,
}

impl Local {
    #[inline]
    const fn is_main(&self) -> bool {
        self.number == MAIN
    }
}

impl ParallelContextsRuntime {
    /// With a memory of that size; what contexts print goes there when it comes out.
    pub fn new(size: Size, output: Arc<Output>) -> Self {
        Self {
            memory: Memory::new(size),
            output,
            turn: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses to let a context write what is not its own.
    #[inline]
    fn may_write(&self, me: &Local, object: Ref) -> Result<(), Interrupt> {
        if me.is_main() || Word::load(&self.memory.slot(object)[SHARED]) == u64::from(me.number) {
            Ok(())
        } else {
            Err(self.refusal(object))
        }
    }

    #[cold]
    fn refusal(&self, object: Ref) -> Interrupt {
        let what = match self.memory.kind(object) {
            Kind::Namespace => "a global variable",
            Kind::Lock => "a lock",
            Kind::Dict => "a dict",
            Kind::List => "a list",
            _ => "an object",
        };
        let reason = format!(
            "A parallel context cannot change {what} of the main thread, whose objects it can only read."
        );
        Interrupt::Refused(reason.into())
    }

    /// Takes over what contexts have left, when none is running.
    fn take_over(&self, me: &mut Local, mut ended: Vec<Ended>) {
        ended.sort_by_key(|ended| ended.number);
        for context in ended {
            self.output.write(&context.printed);
            self.decrement(me, context.thread);
        }
    }
}

impl Runtime for ParallelContextsRuntime {
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
        let mut turn = self.turn();
        if number != MAIN {
            turn.started += 1;
        }
        Local {
            number,
            allocator,
            arena: turn.arenas.pop().unwrap_or_default(),
            printed: String::new(),
            thread: Ref::NULL,
        }
    }

    /// A context waits until the main thread stands still.
    fn begin(&self, me: &mut Local, _: &Frames) {
        if !me.is_main() {
            let _stands = self
                .changed
                .wait_while(self.turn(), |turn| !turn.main_stands)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn leave(&self, mut me: Local) -> Allocator {
        if !me.is_main() {
            let mut turn = self.turn();
            let bytes = me.arena.bytes();
            turn.contexts += 1;
            turn.arena_bytes_max = turn.arena_bytes_max.max(bytes);
            turn.arena_bytes_total += bytes;
            me.arena.drop_all();
            turn.arenas.push(me.arena);
            turn.ended.push(Ended {
                number: me.number,
                thread: me.thread,
                printed: me.printed,
            });
            turn.started -= 1;
            self.changed.notify_all();
        }
        me.allocator
    }

    #[inline]
    fn safe_point(&self, _: &mut Local, _: &Frames) -> Result<(), Interrupt> {
        Ok(())
    }

    fn blocking<T>(&self, me: &mut Local, _: &Frames, wait: impl FnOnce() -> T) -> T {
        if !me.is_main() {
            return wait();
        }
        self.turn().main_stands = true;
        self.changed.notify_all();
        let result = wait();
        let mut turn = self
            .changed
            .wait_while(self.turn(), |turn| turn.started > 0)
            .unwrap_or_else(PoisonError::into_inner);
        turn.main_stands = false;
        let ended = std::mem::take(&mut turn.ended);
        drop(turn);
        self.take_over(me, ended);
        result
    }

    /// The main thread goes on: its contexts run when it waits for something else.
    fn starting<T>(&self, _: &mut Local, _: &Frames, wait: impl FnOnce() -> T) -> T {
        wait()
    }

    fn print(&self, me: &mut Local, text: String) -> Option<String> {
        if me.is_main() {
            return Some(text);
        }
        me.printed.push_str(&text);
        None
    }

    #[inline]
    fn born(&self, me: &mut Local, object: Ref) {
        let slot = self.memory.slot(object);
        Word::store(&slot[COUNT], 1);
        Word::store(&slot[SHARED], u64::from(me.number));
    }

    #[inline]
    fn increment(&self, me: &mut Local, object: Ref) {
        if me.is_main() {
            let count = &self.memory.slot(object)[COUNT];
            Word::store(count, Word::load(count) + 1);
        }
    }

    #[inline]
    fn decrement(&self, me: &mut Local, object: Ref) {
        if me.is_main() {
            let count = &self.memory.slot(object)[COUNT];
            let left = Word::load(count) - 1;
            Word::store(count, left);
            if left == 0 {
                dispose(self, me, object);
            }
        }
    }

    #[inline]
    fn allocate(&self, me: &mut Local, kind: Kind, payload: u64) -> Result<Ref, Interrupt> {
        let object = if me.is_main() {
            me.allocator.slot(&self.memory, kind, payload)?
        } else {
            me.arena.slot(&self.memory, kind, payload)?
        };
        self.born(me, object);
        Ok(object)
    }

    fn buffer(&self, me: &mut Local, words: u32) -> Result<Span, Interrupt> {
        Ok(if me.is_main() {
            me.allocator.buffer(&self.memory, words)?
        } else {
            me.arena.buffer(&self.memory, words)?
        })
    }

    fn free_buffer(&self, me: &mut Local, buffer: Span) {
        if me.is_main() {
            me.allocator.free_buffer(buffer);
        }
    }

    #[inline]
    fn store(&self, me: &mut Local, site: Site, word: u64) -> Result<(), Interrupt> {
        self.may_write(me, site.owner())?;
        Word::store(self.memory.at(site), word);
        Ok(())
    }

    fn exchange(&self, me: &mut Local, site: Site, old: u64, new: u64) -> Result<bool, Interrupt> {
        let object = site.owner();
        if !me.is_main() && self.memory.is(object, Kind::Thread) {
            if thread::phase_of(new) != Phase::Ended {
                let reason = "A parallel context cannot start a thread: only the main thread can.";
                return Err(Interrupt::Refused(reason.into()));
            }
            // Its own end, which the main thread will see when it goes on.
            me.thread = object;
        } else {
            self.may_write(me, object)?;
        }
        Ok(Word::compare_exchange(self.memory.at(site), old, new))
    }

    #[inline]
    fn swap(&self, me: &mut Local, site: Site, value: StackRef) -> Result<StackRef, Interrupt> {
        self.may_write(me, site.owner())?;
        let word = self.memory.at(site);
        let old = Ref::from_word(Word::load(word));
        Word::store(word, value.object().word());
        Ok(StackRef::counted(old))
    }

    fn conclude(&self, _: &mut Local) {
        for arena in &self.turn().arenas {
            arena.free_slots(&self.memory);
        }
    }

    fn references(&self, object: Ref) -> Option<u64> {
        let slot = self.memory.slot(object);
        let is_main = slot[SHARED].load(Ordering::Relaxed) == u64::from(MAIN);
        is_main.then(|| slot[COUNT].load(Ordering::Relaxed))
    }

    fn counters(&self) -> Vec<(String, f64)> {
        let turn = self.turn();
        [
            ("contexts", f64::from(turn.contexts)),
            ("arena_mib_max", turn.arena_bytes_max as f64 / MIB),
            ("arena_mib_total", turn.arena_bytes_total as f64 / MIB),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}
