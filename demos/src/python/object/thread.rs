//! Locks and threads as objects: their states. Waiting is the interpreter's and the host's affair.

use super::Heap;
use super::layout::THREAD_WORDS;
use crate::python::interpreter::{Exception, Interrupt, On};
use crate::python::memory::{Kind, Memory, Ref, Site, StackRef, Word};
use crate::python::runtime::Runtime;

/// A lock that nobody has.
pub const UNLOCKED: u64 = 0;
/// A lock that somebody has.
pub const LOCKED: u64 = 1;
/// A lock that somebody has and somebody waits for: whoever releases it wakes them.
pub const AWAITED: u64 = 2;

/// How far a thread is: the upper half of its state; the lower is its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not started.
    New = 0,
    /// Started, and not yet ended.
    Started = 1,
    /// Ended.
    Ended = 2,
}

/// The word of a thread that holds its state.
const STATE: u32 = 3;

/// A thread's phase.
pub fn phase<W: Word>(memory: &Memory<W>, thread: Ref) -> Phase {
    phase_of(memory.word(memory.span(thread).index(STATE)).load_acquire())
}

/// The phase that a state says.
pub fn phase_of(state: u64) -> Phase {
    match state >> 32 {
        0 => Phase::New,
        1 => Phase::Started,
        _ => Phase::Ended,
    }
}

/// A thread's number: 1 for the first that the program made.
pub fn number<W: Word>(memory: &Memory<W>, thread: Ref) -> u32 {
    memory.word(memory.span(thread).index(STATE)).load() as u32
}

/// Whether what a thread waits for may have come.
pub fn is_over<W: Word>(memory: &Memory<W>, on: On) -> bool {
    match on {
        On::Lock(lock) => {
            memory.slot(lock)[crate::python::memory::PAYLOAD].load_acquire() != AWAITED
        }
        On::Thread(thread) => phase(memory, thread) == Phase::Ended,
        On::Section(_) => true,
    }
}

impl<R: Runtime> Heap<'_, R> {
    /// `threading.Lock()`
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn new_lock(&mut self) -> Result<StackRef, Interrupt> {
        self.object(Kind::Lock, UNLOCKED)
    }

    /// Takes a lock if nobody has it; tells whether.
    ///
    /// # Errors
    /// Those of [`Runtime::irrevocable`].
    pub fn try_acquire(&mut self, lock: Ref) -> Result<bool, Interrupt> {
        self.runtime.irrevocable(self.me)?;
        self.runtime
            .exchange(self.me, Site::Payload(lock), UNLOCKED, LOCKED)
    }

    /// Takes a lock.
    ///
    /// # Errors
    /// [`Interrupt::Wait`] if somebody has it.
    pub fn acquire(&mut self, lock: Ref) -> Result<(), Interrupt> {
        let site = Site::Payload(lock);
        loop {
            if self.try_acquire(lock)? {
                return Ok(());
            }
            let marked = self.runtime.exchange(self.me, site, LOCKED, AWAITED)?;
            if marked || self.memory().at(site).load() == AWAITED {
                return Err(Interrupt::Wait(On::Lock(lock)));
            }
        }
    }

    /// Releases a lock; tells whether somebody waits for it.
    ///
    /// # Errors
    /// If nobody has it.
    pub fn release(&mut self, lock: Ref) -> Result<bool, Interrupt> {
        self.runtime.irrevocable(self.me)?;
        let site = Site::Payload(lock);
        loop {
            if self.runtime.exchange(self.me, site, LOCKED, UNLOCKED)? {
                return Ok(false);
            }
            if self.runtime.exchange(self.me, site, AWAITED, UNLOCKED)? {
                return Ok(true);
            }
            if self.memory().at(site).load() == UNLOCKED {
                return Err(Exception::raise("RuntimeError", "release unlocked lock"));
            }
        }
    }

    /// `threading.Thread(target=…, args=…)`, all borrowed; with its number.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn new_thread(
        &mut self,
        target: Ref,
        arguments: Ref,
        name: Ref,
        number: u32,
    ) -> Result<StackRef, Interrupt> {
        let span = self.runtime.buffer(self.me, THREAD_WORDS)?;
        let span = span.with_length(THREAD_WORDS);
        let thread = self.object_of_span(Kind::Thread, span)?;
        for (part, index) in [target, arguments, name].into_iter().zip(span.buffer()..) {
            let part = self.share(part);
            let part = self.runtime.to_memory(self.me, part);
            self.memory().word(index).store(part.word());
        }
        self.memory()
            .word(span.index(STATE))
            .store(u64::from(number));
        Ok(thread)
    }

    /// A thread's target, its arguments, its name: borrowed, they never change.
    pub fn thread_parts(&self, thread: Ref) -> [Ref; 3] {
        let (memory, span) = (self.memory(), self.memory().span(thread));
        [0, 1, 2].map(|part| Ref::from_word(memory.word(span.index(part)).load()))
    }

    /// Moves a thread on from one phase to the next; tells whether it was in the first.
    ///
    /// # Errors
    /// Those of [`Runtime::exchange`].
    pub fn set_phase(&mut self, thread: Ref, from: Phase, to: Phase) -> Result<bool, Interrupt> {
        let number = u64::from(number(self.memory(), thread));
        let index = self.memory().span(thread).index(STATE);
        let owner = thread;
        let state = |phase: Phase| (phase as u64) << 32 | number;
        let site = Site::Item { owner, index };
        self.runtime.exchange(self.me, site, state(from), state(to))
    }
}
