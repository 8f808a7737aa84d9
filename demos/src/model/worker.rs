//! A worker of the processes model: the child's side of [`super::processes`].

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::processes::{FromWorker, TICKET_BYTES, ToWorker};
use super::{Job, Parcel, STACK_BYTES};
use crate::run::process;
use crate::run::protocol::{self, PROGRESS_PER_SECOND_MAX};
use crate::workload::Failure;

/// The least time from one progress line to the next.
const PROGRESS_EVERY: Duration = Duration::from_millis(1_000 / PROGRESS_PER_SECOND_MAX as u64);

/// What `lane worker PARENT` runs.
pub fn main(parent: Option<u32>) -> ExitCode {
    if !process::follow_parent(parent, Signal::KILL) {
        return ExitCode::FAILURE;
    }
    // What a panic says goes to the parent, as a failure.
    std::panic::set_hook(Box::new(|_| {}));
    let Ok(mut output) = io::stdout().as_fd().try_clone_to_owned().map(File::from) else {
        return ExitCode::FAILURE;
    };
    match work(&mut output) {
        Ok(ended) => tell(&mut output, &ended),
        Err(error) => tell(&mut output, &FromWorker::Failed(error)),
    }
    ExitCode::SUCCESS
}

/// Writes a line, unbuffered: a payload follows some. Should nobody read, standard input has ended.
fn tell(output: &mut File, message: &FromWorker) {
    let _ = protocol::write(output, message);
}

fn work(output: &mut File) -> Result<FromWorker, Failure> {
    let mut input = BufReader::new(io::stdin());
    let order = protocol::read(&mut input).map_err(|error| error.to_string())?;
    let Some(ToWorker::Order { order, tickets }) = order else {
        return Err("it got no order".to_owned());
    };
    let mut tickets = File::open(format!("/dev/fd/{tickets}"))
        .map_err(|error| format!("the pipe of chunks could not be opened: {error}"))?;
    let job = Arc::new(Job::new(*order)?);
    let told = Arc::clone(&job);
    thread::Builder::new()
        .name("control".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || listen(&mut input, &told))
        .map_err(|error| format!("a thread did not start: {error}"))?;
    tell(output, &FromWorker::Ready(process::usage()));
    let mut progress = Progress {
        output,
        next: Instant::now() + PROGRESS_EVERY,
    };
    while let Some(chunk) = take(&mut tickets) {
        job.step(0, chunk, |parcel| progress.send(&parcel))?;
        progress.tell_in_time(&job);
    }
    Ok(FromWorker::Ended {
        done: job.done()[0],
        share: job.checksum(),
        used: process::usage(),
    })
}

/// The next chunk that no worker has taken; waits at the barrier.
fn take(tickets: &mut File) -> Option<u64> {
    let mut ticket = [0; TICKET_BYTES];
    tickets.read_exact(&mut ticket).ok()?;
    Some(u64::from_le_bytes(ticket))
}

/// Reads what the parent says. At the end of it this process is not wanted any more.
fn listen(input: &mut BufReader<io::Stdin>, job: &Job) {
    while let Ok(Some(message)) = protocol::read(input) {
        if let ToWorker::Set { name, value } = message {
            job.set(&name, &value);
        }
    }
    let _ = rustix::process::kill_process(rustix::process::getpid(), Signal::KILL);
}

/// What goes to the parent while chunks are done.
struct Progress<'a> {
    output: &'a mut File,
    next: Instant,
}

impl Progress<'_> {
    fn tell_in_time(&mut self, job: &Job) {
        let now = Instant::now();
        if now >= self.next {
            self.next = now + PROGRESS_EVERY;
            tell(self.output, &FromWorker::Progress(job.done()[0]));
        }
    }

    fn send(&mut self, parcel: &Parcel) {
        let Parcel {
            unit,
            sent_ns,
            ref bytes,
        } = *parcel;
        tell(
            self.output,
            &FromWorker::Parcel {
                unit,
                bytes: bytes.len(),
                sent_ns,
            },
        );
        let _ = self.output.write_all(bytes);
    }
}
