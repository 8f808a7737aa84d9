//! An editor as a shell runs a job: a process group of its own in the foreground of the terminal, and out of
//! it again once it ended or stopped.

use std::fs::File;
use std::io;
use std::os::fd::BorrowedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use nix::sys::signal::{SigSet, Signal as Masked};
use rustix::process::{Pid, Signal, WaitOptions, getpgrp, kill_process_group, waitpid};
use rustix::termios::{isatty, tcgetpgrp, tcsetpgrp};

/// A process group that may have the terminal.
#[derive(Debug)]
pub struct Job {
    group: Pid,
    /// Whether there was a terminal to hand over.
    has_terminal: bool,
}

/// How a job stands.
#[derive(Debug)]
pub enum Look {
    /// It goes on.
    Runs,
    /// It was stopped, as by Ctrl-Z.
    Stopped,
    /// It ended.
    Ended(io::Result<ExitStatus>),
}

impl Job {
    /// Starts an editor with a file. Its name may be a command with options, which a shell reads as in every
    /// other program that asks these variables.
    ///
    /// # Errors
    /// If the system refuses.
    pub(super) fn start(editor: &str, file: &Path) -> io::Result<Self> {
        let child = Command::new("sh")
            .stdin(keyboard())
            .arg("-c")
            .arg(format!("{editor} \"$@\""))
            .arg("sh")
            .arg(file)
            .process_group(0)
            .spawn()?;
        let group = Pid::from_child(&child);
        let mut job = Self {
            group,
            has_terminal: false,
        };
        job.go_on();
        Ok(job)
    }

    /// Gives it the terminal, and lets it go on if it was stopped: it may have asked for the terminal
    /// before it had it.
    pub fn go_on(&mut self) {
        if let Some(terminal) = terminal_in_hand() {
            self.has_terminal = tcsetpgrp(terminal, self.group).is_ok();
        }
        // Gone already: that is seen with the next look.
        let _ = kill_process_group(self.group, Signal::CONT);
    }

    /// How it stands now, without waiting.
    pub fn look(&mut self) -> Look {
        self.observe(WaitOptions::NOHANG)
    }

    /// Waits until it ends or stops.
    pub fn wait(&mut self) -> Look {
        self.observe(WaitOptions::empty())
    }

    fn observe(&mut self, how: WaitOptions) -> Look {
        use std::os::unix::process::ExitStatusExt;
        loop {
            return match waitpid(Some(self.group), how | WaitOptions::UNTRACED) {
                Ok(None) => Look::Runs,
                Ok(Some((_, status))) if status.stopped() => Look::Stopped,
                Ok(Some((_, status))) => Look::Ended(Ok(ExitStatus::from_raw(status.as_raw()))),
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => Look::Ended(Err(error.into())),
            };
        }
    }

    /// Takes the terminal back. Whoever is not in its foreground is stopped for doing that, unless the
    /// signal is held up meanwhile.
    pub fn take_terminal(&mut self) {
        if std::mem::take(&mut self.has_terminal) {
            let stops = SigSet::from(Masked::SIGTTOU);
            let held = stops.thread_block();
            // A terminal that is gone is seen as such by whoever reads it next.
            let _ = tcsetpgrp(rustix::stdio::stdin(), getpgrp())
                .or_else(|_| tcsetpgrp(rustix::stdio::stdout(), getpgrp()));
            if held.is_ok() {
                let _ = stops.thread_unblock();
            }
        }
    }

    /// Ends it, as a terminal that is closed does.
    pub fn end(&mut self) {
        for signal in [Signal::HUP, Signal::CONT] {
            // Gone already: then there is nothing to end.
            let _ = kill_process_group(self.group, signal);
        }
    }
}

/// What the editor reads: the terminal, also where standard input was the deck or brings commands.
fn keyboard() -> Stdio {
    if isatty(rustix::stdio::stdin()) {
        return Stdio::inherit();
    }
    File::open("/dev/tty").map_or_else(|_| Stdio::null(), Stdio::from)
}

/// The terminal, if it is this process's to hand over.
fn terminal_in_hand() -> Option<BorrowedFd<'static>> {
    let candidates = [rustix::stdio::stdin(), rustix::stdio::stdout()];
    let ours = |fd: &BorrowedFd<'_>| isatty(fd) && tcgetpgrp(fd) == Ok(getpgrp());
    candidates.into_iter().find(ours)
}
