//! A process of the operating system for each worker, started by running this program again.
//!
//! Processes share no memory, so the counter from which workers take chunks is a pipe: the parent
//! writes the chunks' numbers into it, all workers read from the same end, and the kernel hands each
//! number to exactly one of them. An empty pipe is their barrier, its end tells that nothing is left.
//! Results cross each worker's standard output as bytes: the checksum, and payloads as they come.
//!
//! This is the parent's side; [`super::worker`] is the child's.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use rustix::io::FdFlags;
use rustix::pipe::{PipeFlags, pipe_with};
use serde::{Deserialize, Serialize};

use super::{Crew, Host, Job, ModelEntry, Parcel, STACK_BYTES};
use crate::run::process;
use crate::run::protocol::{self, LaneOrder, Usage, WorkerId};
use crate::spec::Value;
use crate::workload::{Failure, Nature};

/// What the catalogue tells of it.
pub(super) static ENTRY: ModelEntry = ModelEntry {
    name: "processes",
    about: "a process for each worker, results cross a pipe as bytes",
    takes: &[Nature::Chunks],
    parameters: &[],
    crew: Crew::Wanted,
    run,
};

/// The largest payload that is taken from a worker, in bytes.
const PAYLOAD_BYTES_MAX: usize = 64 << 20;

/// Bytes of a chunk's number in the pipe. A pipe's pages hold a whole number of them, and it is
/// read under a lock, so that no reader gets half a number.
pub const TICKET_BYTES: usize = 8;

/// A line to a worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToWorker {
    /// First, once.
    Order {
        /// The lane's order, for one worker.
        order: Box<LaneOrder>,
        /// The descriptor, inherited, from which it reads the numbers of chunks.
        tickets: i32,
    },
    /// A parameter that changes live.
    Set {
        /// Its name.
        name: String,
        /// Its new value.
        value: Value,
    },
}

/// A line from a worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromWorker {
    /// It stands at the barrier, and has used so much to get there.
    Ready(Usage),
    /// Units done so far.
    Progress(u64),
    /// So many bytes of a payload follow the line.
    Parcel {
        /// The unit whose result it is.
        unit: u64,
        /// How many bytes follow.
        bytes: usize,
        /// When it was sent.
        sent_ns: u64,
    },
    /// Nothing is left to do.
    Ended {
        /// Units done.
        done: u64,
        /// Its share of the checksum.
        share: u64,
        /// What it has used since it began.
        used: Usage,
    },
    /// Why it could not go on.
    Failed(Failure),
}

/// Does the job with a process for each worker. The calling thread starts them all, since they end
/// with the thread that started them.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    let (reader, writer) = ticket_pipe().unwrap_or_else(|error| {
        host.fail(format!("the pipe of chunks could not be made: {error}"))
    });
    let (steps, told) = sync_channel(job.workers());
    let mut used = Usage::default();
    let wall = thread::scope(|scope| {
        let mut workers = Vec::new();
        for worker in 0..job.workers() {
            let (child, output) = spawn(job, reader.as_raw_fd()).unwrap_or_else(|error| {
                host.fail(format!("worker {worker} did not start: {error}"))
            });
            workers.push(worker_id(worker, &child));
            let steps = steps.clone();
            thread::Builder::new()
                .name(format!("from worker {worker}"))
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, move || {
                    let ended = follow(worker, output, job, &steps, host);
                    bury(worker, child, ended, host);
                })
                .unwrap_or_else(|error| host.fail(format!("a thread did not start: {error}")));
        }
        drop((reader, steps));
        // Each worker tells that it stands at the barrier, and once more that nothing is left to do.
        // Where one does not, its reader fails the lane.
        let step = || told.iter().take(job.workers());
        let before = step().fold(Usage::default(), Usage::plus);
        host.discount(before);
        let opened = host.ready(workers);
        feed(writer, job.chunks());
        used = step().fold(Usage::default(), Usage::plus);
        let wall = opened.elapsed();
        job.dismiss();
        wall
    });
    // To end takes a process a millisecond or so, in which the wall time is over already.
    host.discount(process::usage_of_ended().minus(used));
    wall
}

/// A pipe whose reading end is inherited by the workers, and whose writing end is not.
fn ticket_pipe() -> io::Result<(OwnedFd, File)> {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
    rustix::io::fcntl_setfd(&reader, FdFlags::empty())?;
    Ok((reader, File::from(writer)))
}

/// Writes the number of each chunk. Should no worker be left to read them, the lane has failed
/// already.
fn feed(mut writer: File, chunks: u64) {
    const BATCH: u64 = 512;
    for first in (0..chunks).step_by(BATCH as usize) {
        let batch: Vec<u8> = (first..chunks.min(first + BATCH))
            .flat_map(u64::to_le_bytes)
            .collect();
        if writer.write_all(&batch).is_err() {
            return;
        }
    }
}

fn spawn(job: &Job, tickets: i32) -> io::Result<(Child, ChildStdout)> {
    let mut child = Command::new(process::program()?)
        .arg0("parade-worker")
        .args(["lane", "worker", &std::process::id().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut order = Box::new(LaneOrder {
        workers: 1,
        ..job.order.clone()
    });
    order.with.extend(job.workload.shared());
    let mut input = child.stdin.take().expect("its input was asked for");
    let output = child.stdout.take().expect("its output was asked for");
    protocol::write(&mut input, &ToWorker::Order { order, tickets })?;
    job.instruct(input);
    Ok((child, output))
}

fn worker_id(worker: usize, child: &Child) -> WorkerId {
    let pid = child.id();
    WorkerId {
        name: format!("worker {worker}"),
        pid,
        tid: Some(pid),
        server: false,
    }
}

/// Reads what a worker says until it ends; tells whether it did all it had to.
fn follow(
    worker: usize,
    output: ChildStdout,
    job: &Job,
    steps: &SyncSender<Usage>,
    host: &dyn Host,
) -> bool {
    let fail = |error: String| -> ! { host.fail(format!("worker {worker}: {error}")) };
    let mut output = BufReader::new(output);
    let mut ended = false;
    // The parent reads as many steps as there are.
    let step = |used| {
        let _ = steps.send(used);
    };
    while let Some(message) = protocol::read(&mut output).unwrap_or_else(|error| {
        fail(format!("what it says was not understood: {error}"));
    }) {
        match message {
            FromWorker::Ready(used) => step(used),
            FromWorker::Progress(done) => job.set_done(worker, done),
            FromWorker::Parcel {
                unit,
                bytes,
                sent_ns,
            } => {
                let bytes = payload(&mut output, bytes)
                    .unwrap_or_else(|error| fail(format!("its result did not arrive: {error}")));
                job.receive(&Parcel {
                    unit,
                    bytes,
                    sent_ns,
                });
            }
            FromWorker::Ended { done, share, used } => {
                job.set_done(worker, done);
                job.add_share(share);
                ended = true;
                step(used);
            }
            FromWorker::Failed(error) => fail(error),
        }
    }
    ended
}

fn payload(output: &mut impl Read, bytes: usize) -> io::Result<Vec<u8>> {
    if bytes > PAYLOAD_BYTES_MAX {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it is too large",
        ));
    }
    let mut payload = vec![0; bytes];
    output.read_exact(&mut payload)?;
    Ok(payload)
}

/// Waits for a worker's end, so that what it used is counted. One that ended too early fails the lane.
fn bury(worker: usize, mut child: Child, ended: bool, host: &dyn Host) {
    let status = child.wait();
    if !ended {
        let how = status.map_or_else(|error| error.to_string(), |status| status.to_string());
        host.fail(format!("worker {worker} ended early, {how}"));
    }
}
