//! What a lane does whose order is a block of code: writes it to a file in a folder of its own, runs
//! the commands one after the other through the keeper, and passes on what they write.
//!
//! A program that writes without end is held up now and then, as by a terminal that is slower than
//! it: so neither it nor the lane takes a whole core, and of what it writes the newest is passed on.

use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::{Duration, Instant};

use super::super::folder::Folder;
use super::super::process;
use super::super::protocol::{FromLane, SnippetOrder};
use super::Lane;
use crate::model::{Host, STACK_BYTES, command};
use crate::snippet::{LINE_BYTES_MAX, LINES_MAX};
use crate::tail::{Tail, Taken};

/// The time from one message about the output to the next.
const TELL_EVERY: Duration = Duration::from_millis(50);
/// Lines that go into one message.
const LINES_PER_MESSAGE: usize = 250;
/// As much is read of a stream in [`VALVE_WINDOW`], in bytes.
const VALVE_BYTES_MAX: usize = 1 << 20;
const VALVE_WINDOW: Duration = Duration::from_millis(50);

/// Runs the commands until one fails, and tells how the last of them ended.
pub(super) fn perform(lane: &Lane, order: &SnippetOrder) {
    lane.keep();
    let folder = lane.folder.get_or_init(|| Folder::at(&order.folder));
    if let Err(error) = prepare(folder, order) {
        lane.fail(format!("its folder could not be prepared: {error}"));
    }
    let mut code = 0;
    for (step, command) in order.commands.iter().enumerate() {
        lane.tell(&FromLane::Step { step });
        code = run(lane, command, order);
        if code != 0 {
            break;
        }
    }
    folder.remove();
    lane.tell(&FromLane::Exited { code });
}

fn prepare(folder: &Folder, order: &SnippetOrder) -> io::Result<()> {
    process::limit_memory(order.memory_bytes_max)?;
    std::fs::write(folder.path().join(&order.file), &order.text)?;
    std::env::set_current_dir(&order.place)
}

/// Runs one command to its end; its exit code.
fn run(lane: &Lane, words: &[String], order: &SnippetOrder) -> i32 {
    let program = words.first().map_or("", String::as_str);
    let path = order.environment.get("PATH").map(Into::into);
    if !command::is_installed(program, path.or_else(|| std::env::var_os("PATH"))) {
        lane.unavailable(format!("there is no program \"{program}\" here"));
    }
    let status = run_kept(lane, words, order)
        .unwrap_or_else(|error| lane.fail(format!("{program} did not start: {error}")));
    match (status.code(), status.signal()) {
        (Some(code), _) => code,
        (None, signal) => {
            let signal = signal.unwrap_or_default();
            lane.fail(format!("{program} lost its keeper by signal {signal}"))
        }
    }
}

fn run_kept(lane: &Lane, words: &[String], order: &SnippetOrder) -> io::Result<ExitStatus> {
    let own = order.environment.iter();
    let environment: Vec<(&str, &str)> = own.map(|(name, value)| (&**name, &**value)).collect();
    let folder = Some(&*order.folder);
    let (mut keeper, (input, mut output, errors)) = command::start(words, &environment, folder)?;
    command::read_pid(&mut output)?;
    let written = Tail::within(2, LINES_MAX, LINE_BYTES_MAX);
    thread::scope(|scope| {
        // Where a thread can't be started, this one's end closes it, and so ends what the others wait for.
        let mut input = input;
        let readers = [
            start(scope, "output", || pass_on(output, 0, &written))?,
            start(scope, "errors", || pass_on(errors, 1, &written))?,
        ];
        let (ended, end) = sync_channel(1);
        start(scope, "keeper", move || {
            let status = command::outlive(&mut keeper);
            // All that could have held their ends open has ended with it.
            let _ = readers.map(ScopedJoinHandle::join);
            // The other end waits for nothing else.
            let _ = ended.send(status);
        })?;
        // Should it be gone already, its status says so. The input stays open: its end ends the keeper.
        let _ = input.write_all(b"go\n");
        let mut shown = Vec::new();
        loop {
            let status = end.recv_timeout(TELL_EVERY);
            tell(lane, written.take(), &mut shown);
            match status {
                Ok(status) => return status,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(io::Error::other("its keeper's watch ended"));
                }
            }
        }
    })
}

fn start<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    body: impl FnOnce() -> T + Send + 'scope,
) -> io::Result<ScopedJoinHandle<'scope, T>> {
    thread::Builder::new()
        .name(name.to_owned())
        .stack_size(STACK_BYTES)
        .spawn_scoped(scope, body)
}

/// Reads a stream to its end.
fn pass_on(mut stream: impl Read, number: usize, written: &Tail) {
    let mut block = [0; 16 << 10];
    let mut valve = Valve::default();
    loop {
        match stream.read(&mut block) {
            Ok(bytes @ 1..) => {
                written.write(number, &block[..bytes]);
                valve.pass(bytes);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(0) | Err(_) => return,
        }
    }
}

/// Lets so much through in a window of time, and holds up what wants to pass beyond that.
#[derive(Default)]
struct Valve {
    began: Option<Instant>,
    passed: usize,
}

impl Valve {
    fn pass(&mut self, bytes: usize) {
        let began = *self.began.get_or_insert_with(Instant::now);
        self.passed += bytes;
        let left = VALVE_WINDOW.saturating_sub(began.elapsed());
        if left.is_zero() || self.passed >= VALVE_BYTES_MAX {
            thread::sleep(left);
            *self = Self::default();
        }
    }
}

/// Tells what was written, if something was, in messages of a bounded size. `shown` are the open lines
/// that were told last.
fn tell(lane: &Lane, taken: Taken, shown: &mut Vec<String>) {
    let Taken {
        mut left_out,
        mut ended,
        open,
    } = taken;
    while !ended.is_empty() || left_out > 0 || open != *shown {
        let rest = ended.split_off(ended.len().min(LINES_PER_MESSAGE));
        *shown = if rest.is_empty() {
            open.clone()
        } else {
            Vec::new()
        };
        lane.tell(&FromLane::Written {
            left_out: std::mem::take(&mut left_out),
            ended: std::mem::replace(&mut ended, rest),
            open: shown.clone(),
        });
    }
}
