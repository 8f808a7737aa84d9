//! What a lane's process does: `parade lane`. It reads its order, has a model build its workers,
//! opens their barrier on `go`, tells of their progress, and of their result at the end.
//!
//! Three threads: this one speaks; "control" reads standard input and ends everything at its end;
//! "crew" lives in the model. The workers are the model's. Nothing here computes, so that all that
//! the gauges show is the workers' own. Where the order is a block of code, [`snippet`] does the rest.

mod snippet;

use std::ffi::OsString;
use std::io::{self, BufReader, Stdout};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::folder::Folder;
use super::process;
use super::protocol::{
    self, FromLane, LaneOrder, PROGRESS_PER_SECOND_MAX, ToLane, Usage, WorkerId,
};
use crate::catalogue;
use crate::holds::Holds;
use crate::model::{self, Host, Job, Model, Program, keeper, panic_message, worker};
use crate::workload::{Failure, echo};

/// The time from one progress message to the next.
const PROGRESS_EVERY: Duration = Duration::from_millis(1_000 / PROGRESS_PER_SECOND_MAX as u64);

/// Runs what stands behind `lane` on the command line. Nothing there, or the number of the process
/// that started it: a lane. The other words are for processes that a lane starts itself.
pub fn main(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let word = arguments.next();
    let number = |word: Option<OsString>| word.and_then(|word| word.to_str()?.parse::<u32>().ok());
    match word.as_ref().and_then(|word| word.to_str()) {
        Some("worker") => worker::main(number(arguments.next())),
        Some("echo") => echo::main(
            number(arguments.next()),
            number(arguments.next()).unwrap_or(0).into(),
        ),
        Some("keeper") => {
            let (lane, folder) = (number(arguments.next()), arguments.next());
            keeper::main(lane, folder, arguments.collect())
        }
        Some("shim") => keeper::shim(
            number(arguments.next()),
            &arguments.collect::<Vec<OsString>>(),
        ),
        _ => serve(number(word)),
    }
}

/// What wakes the speaking thread.
enum Event {
    Told(ToLane),
    Ready(Vec<WorkerId>),
    Ended { wall: Duration, usage: Usage },
}

/// One side of the lane that all its threads share.
struct Lane {
    output: Mutex<Stdout>,
    events: SyncSender<Event>,
    /// Opened by `go`; the crew waits at its other end.
    gate: Mutex<Receiver<()>>,
    /// What was used when the barrier opened, which is not the run's.
    used_before: Mutex<Usage>,
    /// Whether it runs a program of the deck's own, which may have left its group.
    keeps: AtomicBool,
    /// Where a block of code is built.
    folder: OnceLock<Folder>,
}

impl Lane {
    /// Writes a line. Should nobody read any more, the end of standard input ends the lane.
    fn tell(&self, message: &FromLane) {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = protocol::write(&mut *output, message);
    }

    /// Ends the lane with all that it started.
    fn end(&self) -> ! {
        if self.keeps.load(Ordering::Relaxed) {
            keeper::end_all_below();
        }
        if let Some(folder) = self.folder.get() {
            folder.remove();
        }
        process::end_group()
    }

    /// From now on it runs a program of the deck's own. At its parent's death it must not be killed, but
    /// go on to the end of its input, and do its duty; the signal only wakes it, should it be stopped.
    /// Then the system may hang up on it, too: the program's group is an orphan once the keeper is dead.
    fn keep(&self) {
        self.keeps.store(true, Ordering::Relaxed);
        process::follow_parent(None, Signal::CONT);
        if let Err(error) = process::outlive_hangups() {
            self.fail(format!("its signals could not be set: {error}"));
        }
    }

    fn wake(&self, event: Event) {
        // The other end is held by the main thread, which lives as long as the process.
        let _ = self.events.send(event);
    }

    fn change_used_before(&self, change: impl FnOnce(&mut Usage)) {
        change(
            &mut self
                .used_before
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
    }
}

impl Host for Lane {
    fn ready(&self, workers: Vec<WorkerId>) -> Instant {
        self.wake(Event::Ready(workers));
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = gate.recv();
        self.change_used_before(|before| *before = before.plus(process::usage()));
        Instant::now()
    }

    fn show(&self, lines: Vec<String>) {
        self.tell(&FromLane::Output { lines });
    }

    fn exited(&self, code: i32) {
        self.tell(&FromLane::Exited { code });
    }

    fn discount(&self, spent: Usage) {
        self.change_used_before(|before| *before = before.plus(spent));
    }

    fn fail(&self, error: Failure) -> ! {
        self.tell(&FromLane::Failed { error });
        self.end()
    }

    fn refuse(&self, error: String) -> ! {
        self.tell(&FromLane::Refused { error });
        self.end()
    }

    fn unavailable(&self, error: String) -> ! {
        self.tell(&FromLane::Unavailable { error });
        self.end()
    }
}

fn serve(parent: Option<u32>) -> ExitCode {
    if !process::follow_parent(parent, Signal::KILL) || process::lead_session().is_err() {
        return ExitCode::FAILURE;
    }
    // What a panic says goes into the lane's error; the terminal is never its place.
    std::panic::set_hook(Box::new(|_| {}));
    let (events, inbox) = sync_channel(64);
    let (opener, gate) = sync_channel(1);
    let lane = Arc::new(Lane {
        output: Mutex::new(io::stdout()),
        events,
        gate: Mutex::new(gate),
        used_before: Mutex::default(),
        keeps: AtomicBool::new(false),
        folder: OnceLock::new(),
    });
    lane.tell(&FromLane::Hello {
        protocol: protocol::VERSION,
        pid: std::process::id(),
    });
    let control = Arc::clone(&lane);
    start("control", &lane, move || listen(&control));
    match inbox.recv() {
        Ok(Event::Told(ToLane::Spec(order))) => speak(&lane, *order, &inbox, &opener),
        Ok(Event::Told(ToLane::Snippet(order))) => snippet::perform(&lane, &order),
        _ => lane.fail("the first line was no order".to_owned()),
    }
    ExitCode::SUCCESS
}

/// Starts a thread of the lane that nobody waits for: it ends with the process.
fn start(name: &str, lane: &Lane, body: impl FnOnce() + Send + 'static) {
    let started = thread::Builder::new()
        .name(name.to_owned())
        .stack_size(model::STACK_BYTES)
        .spawn(body);
    started.unwrap_or_else(|error| lane.fail(format!("a thread did not start: {error}")));
}

/// Reads standard input; at its end whoever wanted this lane is gone.
fn listen(lane: &Lane) {
    let mut input = BufReader::new(io::stdin());
    loop {
        match protocol::read(&mut input) {
            Ok(Some(message)) => lane.wake(Event::Told(message)),
            Ok(None) => lane.end(),
            Err(error) => lane.fail(format!("its input was not understood: {error}")),
        }
    }
}

/// Goes from the order to the result.
fn speak(lane: &Arc<Lane>, order: LaneOrder, inbox: &Receiver<Event>, opener: &SyncSender<()>) {
    if let Err(error) = process::limit_memory(order.memory_bytes_max) {
        lane.fail(format!("its memory could not be limited: {error}"));
    }
    if catalogue::needs_consent(&order.model) {
        lane.keep();
    }
    let Some(model) = model::find(&order.model) else {
        lane.fail(format!("there is no model \"{}\"", order.model));
    };
    let job = Arc::new(Job::new(order).unwrap_or_else(|error| lane.fail(error)));
    let crew = (Arc::clone(lane), Arc::clone(&job));
    start("crew", lane, move || run(&crew.0, model.run, &crew.1));
    let mut phase = Phase::Building;
    let mut shown = Shown::default();
    loop {
        match phase.next_event(inbox) {
            Some(Event::Ready(mut workers)) => {
                shown.workers = workers.len();
                workers.extend(job.workload.servers());
                lane.discount(job.workload.spent_before());
                lane.tell(&FromLane::Ready { workers });
                phase = Phase::Ready;
            }
            Some(Event::Told(ToLane::Go)) if phase == Phase::Ready => {
                // The crew waits at the other end.
                let _ = opener.send(());
                phase = Phase::Running {
                    progress_at: Instant::now() + PROGRESS_EVERY,
                };
            }
            Some(Event::Told(ToLane::Set { name, value })) => job.set(&name, &value),
            Some(Event::Told(_)) => lane.fail("it was told something out of turn".to_owned()),
            Some(Event::Ended { wall, usage }) => {
                shown.show(lane, &job);
                return lane.tell(&result(&job, wall, usage));
            }
            None => {
                shown.show(lane, &job);
                lane.tell(&FromLane::Progress {
                    done: job.done(),
                    counters: job.counters(),
                    holds: holds(&job),
                });
                phase = Phase::Running {
                    progress_at: Instant::now() + PROGRESS_EVERY,
                };
            }
        }
    }
}

/// How far a lane has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Building,
    Ready,
    Running { progress_at: Instant },
}

impl Phase {
    /// The next event; `None` when it is time to tell of progress, of which there is none before the
    /// barrier opens.
    fn next_event(self, inbox: &Receiver<Event>) -> Option<Event> {
        if let Self::Running { progress_at } = self {
            return inbox
                .recv_timeout(progress_at.saturating_duration_since(Instant::now()))
                .ok();
        }
        Some(inbox.recv().expect("the lane itself holds the other end"))
    }
}

fn result(job: &Job, wall: Duration, usage: Usage) -> FromLane {
    FromLane::Result {
        checksum: format!("{:016x}", job.checksum()),
        wall_ns: u64::try_from(wall.as_nanos()).unwrap_or(u64::MAX),
        usage,
        done: job.done(),
        counters: job.counters(),
        holds: holds(job),
        interleavings: job.interleavings().cloned().map(Box::new),
    }
}

fn holds(job: &Job) -> Option<Box<Holds>> {
    job.program().and_then(Program::holds).map(Box::new)
}

/// What has been told of a program.
#[derive(Default)]
struct Shown {
    workers: usize,
    lines: Vec<String>,
}

impl Shown {
    /// Tells what has changed.
    fn show(&mut self, lane: &Lane, job: &Job) {
        let Some(program) = job.program() else {
            return;
        };
        let (workers, lines) = (program.workers(), program.last_lines());
        if workers.len() > self.workers {
            self.workers = workers.len();
            lane.tell(&FromLane::Workers { workers });
        }
        if lines != self.lines {
            self.lines.clone_from(&lines);
            lane.show(lines);
        }
    }
}

/// The crew's thread: all that the model does, and the account of what it used.
fn run(lane: &Lane, model: Model, job: &Arc<Job>) {
    let run = std::panic::AssertUnwindSafe(|| model(job, lane));
    let wall = std::panic::catch_unwind(run)
        .unwrap_or_else(|panic| lane.fail(format!("its model {}", panic_message(&*panic))));
    job.workload.close();
    let before = *lane
        .used_before
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    lane.wake(Event::Ended {
        wall,
        usage: process::usage().minus(before),
    });
}
