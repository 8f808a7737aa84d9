//! What a process of a lane does about its own life: follow its parent, keep to its limits, count
//! what it used, and end with all that it started.
//!
//! Knows nothing of workloads, models or the protocol.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use nix::sys::resource::{UsageWho, getrusage};
use rustix::process::{Pid, Resource, Rlimit, Signal};

use super::protocol::Usage;

/// The stack of a worker's thread. Workloads need little, and 256 workers must fit the memory limit.
pub const STACK_BYTES: usize = 256 * 1024;

/// The variable by which a program of the deck's own, and what it starts, is known as a lane's,
/// wherever it has gone.
pub const MARK: &str = "PARADE_LANE";

/// This very program, to be run again.
///
/// On Linux it is the running image itself, whatever a rebuild has put in its place meanwhile.
///
/// # Errors
/// If the system does not tell where the program is.
pub fn program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        Ok(PathBuf::from("/proc/self/exe"))
    } else {
        std::env::current_exe()
    }
}

/// Asks for `signal` when the parent ends, then tells whether the parent is still there: it may
/// have ended before the question. `None` for a parent that gave no number of its own.
///
/// The signal comes when the *thread* that started this process ends.
pub fn follow_parent(parent: Option<u32>, signal: Signal) -> bool {
    #[cfg(target_os = "linux")]
    if rustix::process::set_parent_process_death_signal(Some(signal)).is_err() {
        return false;
    }
    #[cfg(not(target_os = "linux"))]
    let _ = signal;
    let actual = rustix::process::getppid().map(pid_number);
    parent.is_none_or(|expected| actual == Some(expected))
}

/// Goes on where the system hangs up. The programs that are started later know nothing of that.
///
/// # Errors
/// If the system refuses.
pub(super) fn outlive_hangups() -> io::Result<()> {
    // A handler, for what is ignored stays so in a program that is executed.
    signal_hook::flag::register(signal_hook::consts::SIGHUP, Arc::default()).map(drop)
}

/// Makes this process lead a session of its own, and so a group, unless it leads a group already.
///
/// A session has no terminal that its programs could write to or read from. And where the system
/// shares the cores among sessions first (autogroups, sched(7)), an interface that waits for a key
/// need not wait for the lanes that saturate them.
///
/// # Errors
/// If the system refuses.
pub fn lead_session() -> io::Result<()> {
    if rustix::process::getpgrp() != rustix::process::getpid() {
        rustix::process::setsid()?;
    }
    Ok(())
}

/// Kills this process and its whole group, now and for certain.
pub fn end_group() -> ! {
    loop {
        // Nothing survives this, so the loop is for the compiler's peace.
        let _ = rustix::process::kill_current_process_group(Signal::KILL);
    }
}

/// Kills a process, if there is one of that number.
pub fn kill(pid: u32) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    // One that has gone meanwhile is as good as killed.
    let _ = pid.map(|pid| rustix::process::kill_process(pid, Signal::KILL));
}

/// Limits the memory that this process, and each one it starts, may map for data.
///
/// # Errors
/// If the limit is above one that was set before.
pub fn limit_memory(bytes_max: u64) -> io::Result<()> {
    let limit = Rlimit {
        current: Some(bytes_max),
        maximum: Some(bytes_max),
    };
    Ok(rustix::process::setrlimit(Resource::Data, limit)?)
}

/// What this process has used so far, and those of its children that have ended.
pub fn usage() -> Usage {
    usage_of(UsageWho::RUSAGE_SELF).plus(usage_of_ended())
}

/// What the children of this process have used that have ended and were waited for.
pub fn usage_of_ended() -> Usage {
    usage_of(UsageWho::RUSAGE_CHILDREN)
}

fn usage_of(who: UsageWho) -> Usage {
    // It fails only for a `who` that does not exist.
    let Ok(counted) = getrusage(who) else {
        return Usage::default();
    };
    let ns = |time: nix::sys::time::TimeVal| {
        time.tv_sec().unsigned_abs() * 1_000_000_000
            + u64::from(time.tv_usec().unsigned_abs() as u32) * 1_000
    };
    Usage {
        user_ns: ns(counted.user_time()),
        system_ns: ns(counted.system_time()),
        voluntary: counted.voluntary_context_switches().unsigned_abs(),
        involuntary: counted.involuntary_context_switches().unsigned_abs(),
    }
}

/// The calling thread's number, as `/proc/PID/task` has it.
pub fn thread_id() -> u32 {
    pid_number(rustix::thread::gettid())
}

/// A process's number as the protocol writes it.
pub fn pid_number(pid: Pid) -> u32 {
    pid.as_raw_nonzero().get().unsigned_abs()
}

/// Nanoseconds of the one clock that all processes of this machine share.
pub fn monotonic_ns() -> u64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    now.tv_sec.unsigned_abs() * 1_000_000_000 + now.tv_nsec.unsigned_abs()
}
