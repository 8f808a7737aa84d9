//! Waits for the ends of processes, children or not. On Linux a process's descriptor tells of its
//! end, so that nobody looks again and again; elsewhere there is none, and one has to look.

use std::time::{Duration, Instant};

use rustix::process::Pid;

/// The time between two looks at a process that has no descriptor.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// Waits until a process has ended, but no longer than this; whether it has. One that is not there has
/// ended, and so has one that nobody has reaped yet.
pub(crate) fn await_end(pid: u32, until: Instant) -> bool {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return true;
    };
    #[cfg(target_os = "linux")]
    match rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()) {
        Ok(process) => return await_word(&process, until),
        Err(rustix::io::Errno::SRCH) => return true,
        // No descriptors are left, or this kernel has none for processes.
        Err(_) => {}
    }
    look_for_end(pid, until)
}

/// Waits until there is something to read, if only the end, but no longer than this; whether there is.
pub(crate) fn await_word(from: impl std::os::fd::AsFd, until: Instant) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let mut waited_for = [PollFd::new(&from, PollFlags::IN)];
        let timeout = Timespec::try_from(left).ok();
        match poll(&mut waited_for, timeout.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            told => return told.is_ok_and(|count| count > 0),
        }
    }
}

fn look_for_end(pid: Pid, until: Instant) -> bool {
    loop {
        if !lives(pid) {
            return true;
        }
        if Instant::now() >= until {
            return false;
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

#[cfg(target_os = "linux")]
fn lives(pid: Pid) -> bool {
    crate::meter::linux::lives(super::process::pid_number(pid))
}

#[cfg(not(target_os = "linux"))]
fn lives(pid: Pid) -> bool {
    rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH)
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Command};

    use super::*;

    fn sleeper() -> Child {
        Command::new("sleep").arg("1009.25").spawn().unwrap()
    }

    #[test]
    fn waits_for_an_end_and_no_longer_than_it_may() {
        let mut child = sleeper();
        let pid = child.id();
        assert!(!await_end(pid, Instant::now()));
        child.kill().unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        assert!(await_end(pid, until), "nobody has reaped it yet");
        child.wait().unwrap();
        assert!(await_end(pid, until), "it is not there any more");
    }

    #[test]
    fn looks_where_there_is_no_descriptor() {
        let mut child = sleeper();
        let pid = Pid::from_child(&child);
        assert!(!look_for_end(pid, Instant::now()));
        child.kill().unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        assert!(cfg!(not(target_os = "linux")) || look_for_end(pid, until));
        child.wait().unwrap();
        assert!(look_for_end(pid, until));
    }
}
