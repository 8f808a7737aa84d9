//! How work is scheduled, a file each. A model takes the chunks of any workload, has its workers
//! wait at a barrier, and lets them take chunk after chunk until none is left.
//!
//! **Who does which chunk** is decided while it runs: each worker takes the next one when it has
//! done its last, from one counter (and processes, which share no memory, from one pipe). So every
//! model does the same chunks, none waits for a worker that a busy core holds back, and the tail of a
//! run is one chunk long. Splitting the work beforehand would make a lane as slow as its unluckiest
//! worker. rayon, whose nature is to split and steal, does so with the same chunks.
//!
//! A model knows a workload only as [`Workload`], and the lane around it only as [`Host`]. To add
//! one: write its file, which tells the catalogue of it in an [entry](ModelEntry), and name it here,
//! as a module and in the list.

pub mod command;
pub mod explorer;
pub mod keeper;
pub mod processes;
pub mod python;
pub mod rayon;
pub mod sequential;
pub mod tasks;
pub mod threads;
pub mod worker;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ChildStdin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::holds::Holds;
use crate::interleavings::Interleavings;
use crate::parameter::Parameter;
pub(crate) use crate::run::process::STACK_BYTES;
use crate::run::process::monotonic_ns;
use crate::run::protocol::{self, LaneOrder, Usage, WorkerId};
use crate::spec::Value;
use crate::workload::{self, Cut, Failure, Nature, Output, Workload};

/// The lane around a model.
pub trait Host: Sync {
    /// Tells that the workers stand at the barrier, and returns when it opens.
    fn ready(&self, workers: Vec<WorkerId>) -> Instant;

    /// Tells the last lines of what the program wrote.
    fn show(&self, lines: Vec<String>);

    /// Tells the exit code of the program, which has ended; 128 and the signal's number for one that a
    /// signal ended.
    fn exited(&self, code: i32);

    /// Leaves out of the account what a process of the lane used before the barrier opened.
    fn discount(&self, spent: Usage);

    /// Tells why there will be no result, and ends the lane with all that it started.
    fn fail(&self, error: Failure) -> !;

    /// Tells why the model does not run this program, by its nature, and ends the lane.
    fn refuse(&self, reason: String) -> !;

    /// Tells what this machine lacks for the lane, and ends it.
    fn unavailable(&self, error: String) -> !;
}

/// A program under way, which does not do chunks of ours: what it tells, and what can change in it.
pub trait Program: Send + Sync {
    /// The last lines of what it wrote.
    fn last_lines(&self) -> Vec<String>;

    /// Those of its threads that can be told apart: the ones told when it was ready, and behind them
    /// those that have come in since.
    fn workers(&self) -> Vec<WorkerId>;

    /// What it, or what runs it, counted so far, in the order to show.
    fn counters(&self) -> Vec<(String, f64)> {
        Vec::new()
    }

    /// Who held the interpreter's lock when, so far; `None` where there is none.
    fn holds(&self) -> Option<Holds> {
        None
    }

    /// Changes a parameter that can change live; others are left alone.
    fn set(&self, _name: &str, _value: &Value) {}
}

/// A model: does the whole job and tells how long it took, from the opening of the barrier to the
/// end of the last worker. It returns when its processes have ended and been waited for.
pub type Model = fn(&Arc<Job>, &dyn Host) -> Duration;

/// How many workers the lanes of a model have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crew {
    /// As many as the lane wants.
    Wanted,
    /// One: it does one thing after the other.
    One,
    /// It runs a program of the deck's own: as many as that is told to have, and one if it is told nothing.
    Told,
    /// The threads of a program that is searched, which take turns on one core. There is nothing to
    /// compare their speed with.
    InTurn,
}

/// A model as the catalogue tells of it.
#[derive(Clone, Copy, Debug)]
pub struct ModelEntry {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// The workloads it takes.
    pub takes: &'static [Nature],
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// How many workers its lanes have.
    pub crew: Crew,
    /// What it does.
    pub(crate) run: Model,
}

/// Every model, in the order to show.
pub static LISTED: &[&ModelEntry] = &[
    &sequential::ENTRY,
    &tasks::ENTRY,
    &threads::ENTRY,
    &rayon::ENTRY,
    &processes::ENTRY,
    &python::GIL,
    &python::GLOBAL_COUNT_LOCK,
    &python::ATOMIC_COUNT,
    &python::OWNER_TABLE,
    &python::ATOMIC_COUNT_OBJECT_LOCKS,
    &python::BUFFERED_COUNT,
    &python::PARALLEL_CONTEXTS,
    &python::TRACING,
    &python::TRANSACTIONS,
    &python::FREE_THREADED,
    &explorer::ENTRY,
    &command::ENTRY,
];

/// The model of that name.
pub fn find(name: &str) -> Option<&'static ModelEntry> {
    LISTED.iter().copied().find(|entry| entry.name == name)
}

/// A payload on its way to the parent.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// The unit whose result it is.
    pub unit: u64,
    /// The result.
    pub bytes: Vec<u8>,
    /// When it was handed over, by [`monotonic_ns`].
    pub sent_ns: u64,
}

/// One lane's work while it is done: what is left, what is done, what came out.
pub struct Job {
    /// What was asked for.
    pub order: LaneOrder,
    /// What is computed.
    pub workload: Arc<dyn Workload>,
    cut: Cut,
    next: AtomicU64,
    done: Vec<AtomicU64>,
    checksum: AtomicU64,
    polls: Option<AtomicU64>,
    interleavings: OnceLock<Interleavings>,
    program: OnceLock<Arc<dyn Program>>,
    /// The inputs of workers in processes of their own, who must hear of changes too.
    instructed: Mutex<Vec<ChildStdin>>,
}

impl Job {
    /// The job of an order, with nothing done.
    ///
    /// # Errors
    /// If the workload can't be made.
    pub fn new(order: LaneOrder) -> Result<Self, Failure> {
        let workload = workload::build(&order)?;
        Ok(Self {
            cut: workload.cut(),
            workload,
            next: AtomicU64::new(0),
            done: (0..order.workers).map(|_| AtomicU64::new(0)).collect(),
            checksum: AtomicU64::new(0),
            polls: (order.model == "async").then(AtomicU64::default),
            interleavings: OnceLock::new(),
            program: OnceLock::new(),
            instructed: Mutex::default(),
            order,
        })
    }

    /// How many workers there are.
    pub fn workers(&self) -> usize {
        self.done.len()
    }

    /// How many chunks there are in all.
    pub fn chunks(&self) -> u64 {
        self.cut.chunks()
    }

    /// The next chunk that nobody has taken.
    pub fn take(&self) -> Option<u64> {
        let chunk = self.next.fetch_add(1, Ordering::Relaxed);
        (chunk < self.chunks()).then_some(chunk)
    }

    /// Does chunk after chunk until `next` gives none, and hands over what must get to the parent.
    ///
    /// # Errors
    /// Why a chunk could not be done, a panic included.
    pub fn work(
        &self,
        worker: usize,
        mut next: impl FnMut() -> Option<u64>,
        mut hand_over: impl FnMut(Parcel),
    ) -> Result<(), Failure> {
        while let Some(chunk) = next() {
            self.step(worker, chunk, &mut hand_over)?;
        }
        Ok(())
    }

    /// Does one chunk on this thread.
    ///
    /// # Errors
    /// Why it could not be done, a panic included.
    pub fn step(
        &self,
        worker: usize,
        chunk: u64,
        hand_over: impl FnOnce(Parcel),
    ) -> Result<(), Failure> {
        let units = self.cut.units(chunk);
        let output = catch_unwind(AssertUnwindSafe(|| self.workload.perform(units)))
            .unwrap_or_else(|panic| Err(panic_message(&*panic)))?;
        self.finish(worker, chunk, output, hand_over);
        Ok(())
    }

    /// Does one chunk as part of a task.
    ///
    /// # Errors
    /// Why it could not be done.
    pub async fn step_suspending(&self, worker: usize, chunk: u64) -> Result<(), Failure> {
        let output = self
            .workload
            .perform_suspending(self.cut.units(chunk))
            .await;
        self.finish(worker, chunk, output?, |parcel| self.receive(&parcel));
        Ok(())
    }

    fn finish(&self, worker: usize, chunk: u64, output: Output, hand_over: impl FnOnce(Parcel)) {
        let units = self.cut.units(chunk);
        match output {
            Output::Share(share) => self.add_share(share),
            Output::Payload(bytes) => {
                hand_over(Parcel {
                    unit: units.start,
                    bytes,
                    sent_ns: monotonic_ns(),
                });
            }
        }
        self.done[worker].fetch_add(units.end - units.start, Ordering::Relaxed);
    }

    /// Takes a parcel that has arrived at the parent.
    pub fn receive(&self, parcel: &Parcel) {
        let transfer_ns = monotonic_ns().saturating_sub(parcel.sent_ns);
        self.add_share(
            self.workload
                .receive(parcel.unit, &parcel.bytes, transfer_ns),
        );
    }

    /// Adds to the checksum.
    pub fn add_share(&self, share: u64) {
        self.checksum.fetch_add(share, Ordering::Relaxed);
    }

    /// Takes over how far a worker is that counts elsewhere.
    pub fn set_done(&self, worker: usize, units: u64) {
        self.done[worker].store(units, Ordering::Relaxed);
    }

    /// Keeps what a search of all schedules found.
    pub fn find(&self, found: Interleavings) {
        // Nobody searches twice.
        let _ = self.interleavings.set(found);
    }

    /// What a search of all schedules found, once it is done.
    pub fn interleavings(&self) -> Option<&Interleavings> {
        self.interleavings.get()
    }

    /// Counts one poll of a task.
    pub fn count_poll(&self) {
        if let Some(polls) = &self.polls {
            polls.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The job is one run of this program.
    pub fn attend(&self, program: Arc<dyn Program>) {
        // A job has one program; a second would not be the job's.
        let _ = self.program.set(program);
    }

    /// The program that the job is a run of.
    pub fn program(&self) -> Option<&dyn Program> {
        self.program.get().map(|program| &**program)
    }

    /// Changes a parameter that can change live.
    pub fn set(&self, name: &str, value: &Value) {
        self.workload.set(name, value);
        if let Some(program) = self.program() {
            program.set(name, value);
        }
        let change = processes::ToWorker::Set {
            name: name.to_owned(),
            value: value.clone(),
        };
        for input in &mut *self.instructed() {
            // One who does not listen any more has ended, and its reader knows.
            let _ = protocol::write(input, &change);
        }
    }

    /// Lets the worker behind this input hear of changes from now on.
    pub fn instruct(&self, input: ChildStdin) {
        self.instructed().push(input);
    }

    /// Closes the inputs of workers in processes of their own: they end.
    pub fn dismiss(&self) {
        self.instructed().clear();
    }

    fn instructed(&self) -> MutexGuard<'_, Vec<ChildStdin>> {
        self.instructed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Units done so far, per worker.
    pub fn done(&self) -> Vec<u64> {
        self.done
            .iter()
            .map(|units| units.load(Ordering::Relaxed))
            .collect()
    }

    /// The checksum of what is done so far.
    pub fn checksum(&self) -> u64 {
        self.checksum.load(Ordering::Relaxed)
    }

    /// What workload and model counted so far, in the order to show.
    pub fn counters(&self) -> Vec<(String, f64)> {
        let mut counters = self.workload.counters();
        counters.extend(self.program().into_iter().flat_map(Program::counters));
        if let Some(polls) = &self.polls {
            let polls = polls.load(Ordering::Relaxed) as f64;
            counters.push(("polls".to_owned(), polls));
            counters.push(("polls_per_task".to_owned(), polls / self.workers() as f64));
        }
        counters
    }
}

/// Fails the lane by what happened to one worker.
pub fn fail_worker(host: &dyn Host, worker: usize, error: &str) -> ! {
    host.fail(format!("worker {worker}: {error}"))
}

/// What a panic said.
pub fn panic_message(panic: &(dyn Any + Send)) -> Failure {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panicked: {}", text.unwrap_or("without a message"))
}
