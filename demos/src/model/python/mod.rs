//! Python under the runtime that the lane's model names: runs a program in the laboratory.
//!
//! The lane is ready when the program is compiled; its workers are the program's own threads, which
//! it tells of as they start. What the program prints is its result: in every lane the same.

mod runtimes;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::{Host, Job, Program as Attended};
use crate::holds::Holds;
use crate::parameter::value;
use crate::python::code::Program;
use crate::python::lab::{self, Census, End, Hooks, Outcome, Settings, ThreadNotice};
use crate::python::memory::Size;
use crate::python::syntax;
use crate::run::process::thread_id;
use crate::run::protocol::WorkerId;
use crate::spec::{Parameters, Value, WORKERS_MAX};
use crate::workload::python::{Script, counted};

pub(super) use runtimes::{
    ATOMIC_COUNT, ATOMIC_COUNT_OBJECT_LOCKS, BUFFERED_COUNT, FREE_THREADED, GIL, GLOBAL_COUNT_LOCK,
    OWNER_TABLE, PARALLEL_CONTEXTS, TRACING, TRANSACTIONS,
};

/// The parameter that the runtime with a lock has.
const INTERVAL: &str = "interval";

/// The main thread's stack: the compiler goes down into nested expressions on it.
const MAIN_STACK_BYTES: usize = 8 << 20;

/// Runs the program once.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    thread::scope(|scope| {
        let main = thread::Builder::new()
            .name("MainThread".to_owned())
            .stack_size(MAIN_STACK_BYTES)
            .spawn_scoped(scope, || run_here(job, host))
            .unwrap_or_else(|error| host.fail(format!("its thread did not start: {error}")));
        main.join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Runs the program with this thread as its main one.
fn run_here(job: &Job, host: &dyn Host) -> Duration {
    let settings = settings(job, host);
    let program = Arc::new(compiled(job, host));
    let crew = Arc::new(Crew::of_this_thread());
    let opened = host.ready(crew.workers());
    // Made now, so that the lock's log begins with the run.
    let running = Arc::new(Running::new(&job.order.parameters, crew));
    job.attend(Arc::clone(&running) as Arc<dyn Attended>);
    let outcome = lab::run(&program, &settings, &running.hooks);
    let wall = opened.elapsed();
    match &outcome.end {
        End::Finished => {}
        End::Raised(traceback) => {
            running.hooks.output.write(&format!("{traceback}\n"));
            host.show(running.last_lines());
            host.fail(summary(traceback));
        }
        End::Refused(reason) => {
            host.show(running.last_lines());
            host.refuse(reason.clone());
        }
        End::Stopped => host.fail("it was stopped".to_owned()),
    }
    running.conclude(&outcome);
    if job.order.with.get("same") != Some(&Value::Bool(false)) {
        job.add_share(running.hooks.output.checksum());
    }
    job.set_done(0, job.order.work);
    wall
}

/// What the order asks for, where its runtime is here.
fn settings(job: &Job, host: &dyn Host) -> Settings {
    let order = &job.order;
    let runtime = runtimes::choice(&order.model, &order.parameters).unwrap_or_else(|| {
        host.unavailable(format!(
            "the runtime {} is not part of this version yet",
            order.model
        ))
    });
    let argv = script(job, host).argv(order.workers);
    Settings {
        // The rest is for stacks and what the laboratory itself needs.
        memory: Size::of_bytes(order.memory_bytes_max / 2),
        arguments: argv.into_iter().skip(1).collect(),
        ..Settings::new(runtime)
    }
}

fn script(job: &Job, host: &dyn Host) -> Script {
    Script::of(&job.order.with).unwrap_or_else(|| host.fail("it was given no program".to_owned()))
}

fn compiled(job: &Job, host: &dyn Host) -> Program {
    let Script { file, source, .. } = script(job, host);
    syntax::compile(&file, &source).unwrap_or_else(|errors| {
        let first = errors.first().map(ToString::to_string);
        host.fail(format!("{file}:{}", first.unwrap_or_default()))
    })
}

/// A traceback in one line: where it happened, and what.
fn summary(traceback: &str) -> String {
    let what = traceback.lines().last().unwrap_or_default();
    let place = traceback.lines().rev().find_map(|line| {
        let (file, rest) = line
            .trim()
            .strip_prefix("File \"")?
            .split_once("\", line ")?;
        Some((file, rest.split(',').next()?))
    });
    match place {
        Some((file, line)) => format!("{file}:{line}: {what}"),
        None => what.to_owned(),
    }
}

/// The program's threads, in the order in which they came in.
struct Crew(Mutex<Vec<WorkerId>>);

impl Crew {
    fn of_this_thread() -> Self {
        Self(Mutex::new(vec![worker_id("MainThread", thread_id())]))
    }

    /// Takes in a thread that has begun. Those that come late, into a full row, are not told apart.
    fn take(&self, notice: &ThreadNotice) {
        let mut workers = self.lock();
        if !notice.ended && notice.number > 0 && workers.len() < WORKERS_MAX as usize {
            workers.push(worker_id(&notice.name, notice.system_id));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<WorkerId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn workers(&self) -> Vec<WorkerId> {
        self.lock().clone()
    }
}

fn worker_id(name: &str, tid: u32) -> WorkerId {
    WorkerId {
        name: name.to_owned(),
        pid: std::process::id(),
        tid: Some(tid),
        server: false,
    }
}

/// The program while it runs.
struct Running {
    hooks: Hooks,
    crew: Arc<Crew>,
    has_lock: bool,
    /// What the runtime counted, once the program is over.
    counted: OnceLock<Vec<(String, f64)>>,
}

impl Running {
    fn new(parameters: &Parameters, crew: Arc<Crew>) -> Self {
        let told = Arc::clone(&crew);
        let running = Self {
            hooks: Hooks {
                thread: Arc::new(move |notice| told.take(notice)),
                ..Hooks::new()
            },
            crew,
            has_lock: parameters.contains_key(INTERVAL),
            counted: OnceLock::new(),
        };
        for (name, value) in parameters {
            running.set(name, value);
        }
        running
    }

    /// Takes over what program and runtime counted, and how many objects were left at the end.
    fn conclude(&self, outcome: &Outcome) {
        let mut counters = counted(&self.last_lines());
        counters.extend(outcome.counters.iter().cloned());
        let left = outcome.census.as_ref().map(Census::total);
        counters.extend(left.map(|left| ("objects_left".to_owned(), left as f64)));
        // It is over once.
        let _ = self.counted.set(counters);
    }
}

impl Attended for Running {
    fn workers(&self) -> Vec<WorkerId> {
        self.crew.workers()
    }

    fn last_lines(&self) -> Vec<String> {
        self.hooks.output.last_lines()
    }

    fn counters(&self) -> Vec<(String, f64)> {
        if let Some(counters) = self.counted.get() {
            return counters.clone();
        }
        [
            self.hooks.counting.counters(),
            self.hooks.lateness.counters(),
        ]
        .concat()
    }

    fn holds(&self) -> Option<Holds> {
        self.has_lock.then(|| self.hooks.gil.holds())
    }

    fn set(&self, name: &str, value: &Value) {
        if name == INTERVAL
            && let Some(interval) = value::duration(value)
        {
            let us = u64::try_from(interval.as_micros()).unwrap_or(u64::MAX);
            self.hooks.interval_us.store(us, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn tells_a_traceback_in_a_line() {
        for (traceback, told) in [
            (
                "Traceback (most recent call last):\n  File \"a b.py\", line 9, in <module>\n    f()\n  File \"a b.py\", line 3, in f\n    1 / 0\nZeroDivisionError: division by zero",
                "a b.py:3: ZeroDivisionError: division by zero",
            ),
            ("MemoryError", "MemoryError"),
        ] {
            assert_eq!(summary(traceback), told);
        }
    }
}
