//! Keeps a deck's own program: starts it, waits for it, and ends all that it has started.
//!
//! A program may fork, and its children may leave the lane's group with setsid; whoever kills the
//! group does not reach those, and the lane may itself be killed. So the keeper stands between the
//! lane and the program, **in a group of its own**. It is a subreaper: a process whose parent ends
//! becomes the keeper's child, so that all there is stays below it. When the lane ends, in whatever
//! way, the keeper's standard input ends too, and it kills everything below itself and goes. The
//! program itself is started through the shim, which asks for a signal at the keeper's death.
//! What is built for a block of code goes with its processes: a keeper that is left alone removes
//! the [`Folder`] too.
//!
//! Should the keeper itself be killed, what it kept becomes the lane's, which is a subreaper too and
//! then does the same ([`end_orphans`]). Should both be killed at once, it falls to whoever started the
//! lane (`remains`, in the room of runs). So any two of the three may be killed at once. One gap is left open:
//! who kills all three with SIGKILL frees those children that had left the lane's group.
//!
//! lane ─ keeper (own group) ─ shim, becoming the program (the lane's group) ─ what it starts

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Signal, WaitOptions, WaitStatus};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::STACK_BYTES;
use crate::run::ends;
use crate::run::folder::Folder;
use crate::run::process;

/// The longest that one round of killing waits for those it killed. The number of one that had just
/// ended may be another process's by now, which lives on.
const ROUND_MAX: Duration = Duration::from_millis(100);

/// The time until one looks again where nothing was found that could be waited for.
const LOOK_AGAIN: Duration = Duration::from_millis(1);

/// Whether the lane has gone before the program.
static LEFT_ALONE: AtomicBool = AtomicBool::new(false);

/// Stands for a folder where there is none.
pub(super) const NO_FOLDER: &str = "-";

/// What `lane keeper LANE FOLDER PROGRAM ARGUMENT…` runs. Before anything else it tells the program's
/// number on standard output, which then is the program's; a line on standard input is the `go`.
pub fn main(lane: Option<u32>, folder: Option<OsString>, command: Vec<OsString>) -> ExitCode {
    let kept = keep(lane, command);
    if let Some(folder) = folder.filter(|folder| folder != NO_FOLDER)
        && LEFT_ALONE.load(Ordering::Acquire)
    {
        Folder::at(folder).remove();
    }
    match kept {
        Ok(status) => exit_code(status),
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn keep(lane: Option<u32>, command: Vec<OsString>) -> io::Result<WaitStatus> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    start("signals", move || {
        signals.forever().next();
        end_below()
    })?;
    adopt_orphans()?;
    // What ends the keeper is the end of its input. The signal only wakes it, should it be stopped.
    if !process::follow_parent(lane, Signal::CONT) {
        return Err(io::Error::other("the lane is gone"));
    }
    let mut program = spawn(lane, command)?;
    let pid = program.id();
    let go = program.stdin.take();
    writeln!(io::stdout(), "{pid}")?;
    start("control", move || listen(go))?;
    let status = wait_for(pid)?;
    // What the program has left behind ends with it. Once nothing is left, waiting fails.
    start("last rounds", || end_below())?;
    while rustix::process::wait(WaitOptions::empty()).is_ok() {}
    Ok(status)
}

fn start<T: Send + 'static>(
    name: &str,
    body: impl FnOnce() -> T + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .stack_size(STACK_BYTES)
        .spawn(body)
        .map(drop)
}

/// Starts the shim in the lane's group, where the gauges look.
fn spawn(lane: Option<u32>, command: Vec<OsString>) -> io::Result<Child> {
    let group = lane.and_then(|lane| i32::try_from(lane).ok()).unwrap_or(0);
    Command::new(process::program()?)
        .args(["lane", "shim", &std::process::id().to_string()])
        .args(command)
        .process_group(group)
        .stdin(Stdio::piped())
        .spawn()
}

/// Passes the `go` on, then waits for the end of standard input, which is the lane's.
fn listen(go: Option<impl Write>) {
    let mut input = io::stdin().lock();
    let mut line = [0; 3];
    if input.read_exact(&mut line).is_ok() {
        // With this its standard input ends: the program has nobody to ask.
        let _ = go.map(|mut go| go.write_all(&line));
        let _ = input.read_to_end(&mut Vec::new());
    }
    LEFT_ALONE.store(true, Ordering::Release);
    end_below()
}

/// Waits until the program ends, and meanwhile for all that has come to the keeper by its parent's end.
fn wait_for(program: u32) -> io::Result<WaitStatus> {
    loop {
        match rustix::process::wait(WaitOptions::empty()) {
            Ok(Some((pid, status))) if process::pid_number(pid) == program => return Ok(status),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Kills all below this process, round after round, until the main thread has nothing more to wait for
/// and ends the process.
fn end_below() -> ! {
    loop {
        end_all_below();
        // The main thread may be about to start the program, or to end the process: it tells of neither.
        thread::sleep(LOOK_AGAIN);
    }
}

/// Kills all below this process, round after round, until nothing below it lives. One round is not enough
/// to know: while it looked around, a parent may have gone whose child it had seen before, and whose
/// it then was cannot be told.
pub(crate) fn end_all_below() {
    while kill_below() || kill_below() {}
}

/// Kills all below this process and waits for their ends, with which their children have come to it;
/// whether there were any.
fn kill_below() -> bool {
    let below = below();
    below.iter().copied().for_each(process::kill);
    let until = Instant::now() + ROUND_MAX;
    for pid in &below {
        ends::await_end(*pid, until);
    }
    !below.is_empty()
}

#[cfg(target_os = "linux")]
fn below() -> Vec<u32> {
    crate::meter::linux::below(std::process::id())
}

/// Elsewhere, without subreapers, a program that leaves its group is out of reach.
#[cfg(not(target_os = "linux"))]
fn below() -> Vec<u32> {
    Vec::new()
}

/// Makes this process the one to which all below it fall whose parents end.
///
/// # Errors
/// If the system refuses.
pub(super) fn adopt_orphans() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?;
    Ok(())
}

/// Does the duty of a keeper that was killed: ends all that it left to this process, which has no
/// other children.
pub(super) fn end_orphans() {
    loop {
        let killed = kill_below();
        loop {
            match rustix::process::wait(WaitOptions::NOHANG) {
                Ok(Some(_)) | Err(rustix::io::Errno::INTR) => {}
                Ok(None) => break,
                Err(_) => return,
            }
        }
        if !killed {
            // There are children, and the system does not tell which.
            thread::sleep(LOOK_AGAIN);
        }
    }
}

/// The program's exit code, and 128 and the signal for one that was killed, as shells have it.
fn exit_code(status: WaitStatus) -> ExitCode {
    let code = status
        .exit_status()
        .or(status.terminating_signal().map(|signal| 128 + signal));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

/// What `lane shim KEEPER PROGRAM ARGUMENT…` runs: asks for death with the keeper, waits for `go`,
/// and becomes the program.
pub fn shim(keeper: Option<u32>, command: &[OsString]) -> ExitCode {
    let Some((program, arguments)) = command.split_first() else {
        return ExitCode::FAILURE;
    };
    let mut go = [0; 3];
    if !process::follow_parent(keeper, Signal::KILL) || io::stdin().read_exact(&mut go).is_err() {
        return ExitCode::FAILURE;
    }
    let error = Command::new(program).args(arguments).exec();
    let _ = writeln!(io::stderr(), "{}: {error}", program.to_string_lossy());
    ExitCode::from(127)
}
