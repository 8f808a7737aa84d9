//! What a lane's process leaves behind when it has ended: others of its group, its keeper, and what
//! that kept. On Linux all of it falls to this process, which ends and reaps it; so a lane is over when
//! it is said to be, even where somebody killed it and its keeper at once.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitOptions};

/// How long one waits at a time for what the system does not let go.
const PATIENCE: Duration = Duration::from_secs(1);

/// Makes this process the one to which all falls that its lanes leave behind.
///
/// # Errors
/// If the system refuses.
pub(super) fn inherit() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?;
    Ok(())
}

/// Ends all that a lane has left behind that has ended and was reaped, but waits no longer than this;
/// whether nothing of it is left.
#[cfg(target_os = "linux")]
pub(super) fn end(lane: u32, until: Instant) -> bool {
    use super::{ends, process};
    let mark = format!("{}={lane}", process::MARK);
    loop {
        let left = crate::meter::linux::left_by(lane, std::process::id(), &mark);
        if left.is_empty() {
            return true;
        }
        left.iter().copied().for_each(process::kill);
        for pid in left {
            if !ends::await_end(pid, until) {
                return false;
            }
            // One that has another parent is that one's to reap.
            let _ = pid_of(pid).map(|pid| rustix::process::waitpid(Some(pid), WaitOptions::NOHANG));
        }
        if Instant::now() >= until {
            return false;
        }
    }
}

/// Waits until nothing of a lane's group is left, but no longer than this; whether that is so.
#[cfg(not(target_os = "linux"))]
pub(super) fn end(lane: u32, until: Instant) -> bool {
    const LOOK_EVERY: Duration = Duration::from_micros(500);
    let gone = || {
        pid_of(lane).is_none_or(|group| {
            rustix::process::test_kill_process_group(group) == Err(rustix::io::Errno::SRCH)
        })
    };
    // Nothing here tells of the end of others' children.
    while !gone() {
        if Instant::now() >= until {
            return false;
        }
        thread::sleep(LOOK_EVERY);
    }
    true
}

/// Goes on ending and reaping a killed lane, which the system does not let go yet, while nobody waits.
pub(super) fn end_later(lane: u32) {
    let reap = move || {
        let Some(pid) = pid_of(lane) else { return };
        while let Err(rustix::io::Errno::INTR) =
            rustix::process::waitpid(Some(pid), WaitOptions::empty())
        {}
        while !end(lane, Instant::now() + PATIENCE) {}
    };
    // Where no thread can be started, it is reaped when this process has ended.
    let _ = thread::Builder::new().name("reaper".to_owned()).spawn(reap);
}

fn pid_of(number: u32) -> Option<Pid> {
    i32::try_from(number).ok().and_then(Pid::from_raw)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::super::{ends, process};
    use super::*;

    #[test]
    fn a_lane_that_does_not_end_in_time_is_reaped_later() {
        let mut child = Command::new("sleep").arg("1011.25").spawn().unwrap();
        let pid = child.id();
        end_later(pid);
        process::kill(pid);
        assert!(ends::await_end(pid, Instant::now() + 10 * PATIENCE));
        // Reaped, its number is nobody's: there is nothing to be killed.
        let number = pid_of(pid).unwrap();
        let until = Instant::now() + 10 * PATIENCE;
        while rustix::process::test_kill_process(number).is_ok() {
            assert!(Instant::now() < until, "never reaped");
            thread::yield_now();
        }
        assert!(child.wait().is_err(), "nothing is left to be waited for");
    }
}
