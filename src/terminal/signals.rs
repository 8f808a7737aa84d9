//! Signals as things to poll for: what the kernel or another process asks of the app.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

use nix::sys::signal::{SigSet, SigmaskHow, Signal as Number};
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The terminal has another size.
    Resized,
    /// Stop, until told to go on.
    Suspend,
    /// Go on.
    Continued,
    /// End, by this signal.
    End(i32),
}

/// Catches signals from its making to its end.
#[derive(Debug)]
pub struct Signals {
    caught: SignalDelivery<UnixStream, SignalOnly>,
    pipe: UnixStream,
}

impl Signals {
    /// Catches every signal that would end, stop or resize the app.
    ///
    /// # Errors
    /// If the system refuses a pipe or a handler.
    pub fn catch() -> io::Result<Self> {
        let (read, write) = UnixStream::pair()?;
        let pipe = read.try_clone()?;
        let caught = SignalDelivery::with_pipe(
            read,
            write,
            SignalOnly,
            [
                SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2,
                SIGALRM,
            ],
        )?;
        Ok(Self { caught, pipe })
    }

    /// What came since the last call, each signal once.
    pub fn pending(&mut self) -> impl Iterator<Item = Signal> {
        self.caught.pending().map(|number| match number {
            SIGWINCH => Signal::Resized,
            SIGTSTP => Signal::Suspend,
            SIGCONT => Signal::Continued,
            number => Signal::End(number),
        })
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }
}

/// Signals that would end or stop the process come later, to a thread that is the only one: when this is
/// dropped.
#[derive(Debug)]
pub(super) struct HeldBack {
    mask: SigSet,
}

impl HeldBack {
    /// Holds them back from now on.
    ///
    /// # Errors
    /// If the system refuses.
    pub(super) fn begin() -> io::Result<Self> {
        let mut held = SigSet::empty();
        held.extend([
            Number::SIGINT,
            Number::SIGTERM,
            Number::SIGHUP,
            Number::SIGQUIT,
            Number::SIGTSTP,
        ]);
        let mask = held.thread_swap_mask(SigmaskHow::SIG_BLOCK)?;
        Ok(Self { mask })
    }
}

impl Drop for HeldBack {
    fn drop(&mut self) {
        // It fails for no mask that the system itself has given.
        let _ = self.mask.thread_set_mask();
    }
}

/// Ends the process by this signal, so that whoever started it sees how it ended. Nothing is
/// dropped any more: all that must be given back is given back before.
pub fn die_by(signal: i32) {
    // It fails for signals that do not end a process alone, and those do not get here.
    let _ = signal_hook::low_level::emulate_default_handler(signal);
}

/// Whether somebody would continue the process once it is stopped. The process group of a session's
/// leader is nobody's job: a terminal window that runs the app and no shell would freeze for ever.
pub(super) fn is_stoppable() -> bool {
    rustix::process::getsid(None).is_ok_and(|session| session != rustix::process::getpgrp())
}

/// Stops the whole job, as the terminal's own Ctrl-Z does: other parts of a pipeline too.
pub(super) fn stop_group() -> io::Result<()> {
    Ok(rustix::process::kill_current_process_group(
        rustix::process::Signal::STOP,
    )?)
}
