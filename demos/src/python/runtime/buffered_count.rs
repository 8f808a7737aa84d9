//! Buffered counts and a mutex in every object: Larry Hastings' later Gilectomy (2017).
//!
//! No thread counts: it logs, and one more thread, the committer, applies all logs in rounds. The
//! committer's time is the program's too. What it frees goes back to the program's threads.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use super::object_lock::ObjectLocks;
use super::rounds::Rounds;
use super::{Runtime, dispose, item_in_section, lock};
use crate::python::count::atomics::Native;
use crate::python::count::buffered::{Log, Logs, commit};
use crate::python::count::{Fate, plain};
use crate::python::interpreter::{Frames, Interrupt};
use crate::python::lab::Stop;
use crate::python::memory::{Allocator, COUNT, Kind, Memory, Ref, Size, StackRef};

/// How many entries each log has room for.
const LOG_ENTRIES: usize = 8_192;
/// How many rounds a thread waits for when the memory is full.
const ROUNDS_FOR_MEMORY: usize = 3;

/// The runtime. Beside the program one thread must be in [`BufferedCountRuntime::commit_until_finished`].
pub struct BufferedCountRuntime {
    memory: Memory<AtomicU64>,
    locks: ObjectLocks,
    threads: Mutex<Vec<Arc<Logs<Native>>>>,
    /// What the committer has freed, until a thread takes it.
    pool: Mutex<Allocator>,
    rounds: Rounds<Native>,
}

/// What a thread keeps for itself.
pub struct Local {
    allocator: Allocator,
    role: Role,
    /// The newest round that it has noticed.
    noticed: u64,
}

enum Role {
    /// A thread of the program.
    Thread(Arc<Logs<Native>>),
    /// The committer, with the references of objects that it has freed: to be given back in the next
    /// round.
    Committer(Vec<Ref>),
}

/// The program is over: when this goes, the committer ends.
pub struct Finish<'a>(pub &'a BufferedCountRuntime);

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.0.rounds.finish();
    }
}

impl BufferedCountRuntime {
    /// With a memory of that size, for a program that ends when it is said there.
    pub fn new(size: Size, stop: Arc<Stop>) -> Self {
        Self {
            memory: Memory::new(size),
            locks: ObjectLocks::new(stop),
            threads: Mutex::default(),
            pool: Mutex::default(),
            rounds: Rounds::new(),
        }
    }

    /// The committing thread: does a round whenever one is wanted, until the program is over.
    pub fn commit_until_finished(&self) {
        let mut me = Local {
            allocator: Allocator::default(),
            role: Role::Committer(Vec::new()),
            noticed: 0,
        };
        while self.rounds.begin() {
            let applied = self.round(&mut me);
            self.rounds.end(applied);
        }
    }

    /// Applies all logs, and frees what is dead then. Answers how many entries that were.
    fn round(&self, me: &mut Local) -> u64 {
        let given_back = match &mut me.role {
            Role::Committer(references) => std::mem::take(references),
            Role::Thread(_) => Vec::new(),
        };
        let threads = lock(&self.threads).clone();
        let mut dead = Vec::new();
        let applied = commit(
            &threads,
            |object| self.count(Ref::from_index(object)),
            |object| dead.push(Ref::from_index(object)),
        ) + given_back.len() as u64;
        let last = |object: &Ref| plain::decrement(self.count(*object)) == Fate::Dead;
        dead.extend(given_back.into_iter().filter(last));
        for object in dead {
            dispose(self, me, object);
        }
        lock(&self.pool).adopt(std::mem::take(&mut me.allocator));
        drop(threads);
        // A log that nobody else has belongs to a thread that has ended.
        lock(&self.threads).retain_mut(|logs| match Arc::get_mut(logs) {
            Some(logs) => !logs.is_committed(),
            None => true,
        });
        applied
    }

    #[inline]
    fn count(&self, object: Ref) -> &AtomicU64 {
        &self.memory.slot(object)[COUNT]
    }

    /// Notes an object in a log; waits for the committer while there is no room.
    #[inline]
    fn note(&self, log: &Log<Native>, object: Ref) {
        while !log.note(object.index() as u32) {
            self.rounds.wait();
        }
    }

    /// Takes over what the committer has freed, if it has done a round since.
    #[inline]
    fn take_freed(&self, me: &mut Local) {
        let done = self.rounds.done();
        if me.noticed != done {
            me.noticed = done;
            me.allocator.adopt(std::mem::take(&mut *lock(&self.pool)));
        }
    }
}

impl Runtime for BufferedCountRuntime {
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

    fn enter(&self, _: u32, allocator: Allocator) -> Local {
        let logs = Arc::new(Logs::new(LOG_ENTRIES));
        lock(&self.threads).push(Arc::clone(&logs));
        Local {
            allocator,
            role: Role::Thread(logs),
            noticed: 0,
        }
    }

    fn leave(&self, me: Local) -> Allocator {
        me.allocator
    }

    #[inline]
    fn safe_point(&self, me: &mut Local, _: &Frames) -> Result<(), Interrupt> {
        if let Role::Thread(logs) = &me.role
            && (logs.increments.is_half_full() || logs.decrements.is_half_full())
        {
            self.rounds.want();
        }
        self.take_freed(me);
        Ok(())
    }

    #[inline]
    fn increment(&self, me: &mut Local, object: Ref) {
        if let Role::Thread(logs) = &me.role {
            self.note(&logs.increments, object);
        }
    }

    #[inline]
    fn decrement(&self, me: &mut Local, object: Ref) {
        match &mut me.role {
            Role::Thread(logs) => self.note(&logs.decrements, object),
            Role::Committer(references) => references.push(object),
        }
    }

    #[inline]
    fn allocate(&self, me: &mut Local, kind: Kind, payload: u64) -> Result<Ref, Interrupt> {
        for _ in 0..ROUNDS_FOR_MEMORY {
            if let Ok(object) = me.allocator.slot(&self.memory, kind, payload) {
                self.born(me, object);
                return Ok(object);
            }
            self.rounds.wait();
            self.take_freed(me);
        }
        let object = me.allocator.slot(&self.memory, kind, payload)?;
        self.born(me, object);
        Ok(object)
    }

    #[inline]
    fn item(&self, me: &mut Local, container: Ref, index: u32) -> Result<StackRef, Interrupt> {
        item_in_section(self, me, container, index)
    }

    #[inline]
    fn enter_section(&self, _: &mut Local, objects: [Ref; 2]) -> Result<(), Interrupt> {
        self.locks.lock_in_turn(&self.memory, objects)
    }

    #[inline]
    fn leave_section(&self, _: &mut Local, objects: [Ref; 2]) {
        self.locks.unlock(&self.memory, objects);
    }

    fn conclude(&self, _: &mut Local) {
        while self.rounds.wait() > 0 {}
    }

    fn counters(&self) -> Vec<(String, f64)> {
        let [rounds, committed] = self.rounds.counts();
        vec![
            ("commit_rounds".to_owned(), rounds as f64),
            ("counts_committed".to_owned(), committed as f64),
        ]
    }
}
