//! The terminal as a device: reading and writing without ever waiting longer than asked to.
//!
//! Knows nothing of modes, keys or pictures.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::termios::{self, OptionalActions, Termios};

use crate::layout::Size;

/// How a terminal is opened: to be polled, and without becoming the one that controls the process.
const FLAGS: OFlags = OFlags::RDWR
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

/// The largest picture. Terminals may claim to have up to 65,535 of each, and no memory holds that.
const COLUMNS_MAX: u16 = 1000;
const ROWS_MAX: u16 = 500;

/// The terminal that standard output is, opened once more: our own description of it can be
/// non-blocking without changing that of the shell, and standard input is free to be the deck.
#[derive(Debug)]
pub struct Tty {
    fd: OwnedFd,
}

impl Tty {
    /// Opens the terminal of standard output, or else the one that controls the process.
    ///
    /// # Errors
    /// If there is none, or it may not be opened.
    pub fn open() -> io::Result<Self> {
        Self::behind(rustix::stdio::stdout()).or_else(|_| {
            let fd = open("/dev/tty", FLAGS, Mode::empty())?;
            Ok(Self { fd })
        })
    }

    /// Opens the terminal that a descriptor leads to.
    ///
    /// # Errors
    /// If it leads to none, or that may not be opened.
    pub(super) fn behind(descriptor: impl AsFd) -> io::Result<Self> {
        let name = termios::ttyname(descriptor, Vec::new())?;
        let fd = open(name, FLAGS, Mode::empty())?;
        Ok(Self { fd })
    }

    /// Columns and rows; 80×24 where the terminal does not tell, and never more than a picture can
    /// be made of.
    pub fn size(&self) -> Size {
        match termios::tcgetwinsize(&self.fd) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size {
                width: size.ws_col.min(COLUMNS_MAX),
                height: size.ws_row.min(ROWS_MAX),
            },
            _ => Size {
                width: 80,
                height: 24,
            },
        }
    }

    /// A cell's width and height in pixels, where the terminal tells.
    pub fn cell(&self) -> Option<(u16, u16)> {
        let size = termios::tcgetwinsize(&self.fd).ok()?;
        let cell = (
            size.ws_xpixel.checked_div(size.ws_col)?,
            size.ws_ypixel.checked_div(size.ws_row)?,
        );
        (cell.0 > 0 && cell.1 > 0).then_some(cell)
    }

    /// The terminal's settings.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn settings(&self) -> io::Result<Termios> {
        Ok(termios::tcgetattr(&self.fd)?)
    }

    /// Changes the terminal's settings at once, without waiting for output to drain: a stuck
    /// terminal never drains.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn change(&self, settings: &Termios) -> io::Result<()> {
        Ok(termios::tcsetattr(
            &self.fd,
            OptionalActions::Now,
            settings,
        )?)
    }

    /// Throws away what was typed or answered but not read yet.
    pub fn forget_input(&self) {
        // A terminal that is gone has nothing to forget.
        let _ = termios::tcflush(&self.fd, termios::QueueSelector::IFlush);
    }

    /// Reads what is there: `None` when nothing is, `Some(0)` when the terminal has hung up.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn read(&self, into: &mut [u8]) -> io::Result<Option<usize>> {
        match rustix::io::read(&self.fd, into) {
            Ok(count) => Ok(Some(count)),
            Err(Errno::AGAIN | Errno::INTR) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes as much as the terminal takes now, perhaps nothing.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        match rustix::io::write(&self.fd, bytes) {
            Ok(count) => Ok(count),
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes all of it unless that takes longer than `limit`.
    ///
    /// # Errors
    /// If the terminal is gone, or stuck for that long.
    pub fn write_within(&self, mut bytes: &[u8], limit: Duration) -> io::Result<()> {
        let deadline = Instant::now() + limit;
        loop {
            bytes = &bytes[self.write(bytes)?..];
            if bytes.is_empty() {
                return Ok(());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            let mut room = [PollFd::new(&self.fd, PollFlags::OUT)];
            match poll(&mut room, Some(&timespec(left))) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// A duration as `poll` takes it.
pub(super) fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: duration.as_secs().try_into().unwrap_or(i64::MAX),
        tv_nsec: duration.subsec_nanos().into(),
    }
}
