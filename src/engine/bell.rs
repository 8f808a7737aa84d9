//! A bell that threads ring and a `poll` hears.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use rustix::pipe::{PipeFlags, pipe_with};

/// Wakes whoever polls [`Bell::hearing`]. However often it is rung, it is heard once.
#[derive(Clone, Debug)]
pub struct Bell(Arc<Pipe>);

#[derive(Debug)]
struct Pipe {
    read: OwnedFd,
    write: OwnedFd,
}

impl Bell {
    /// A silent bell.
    ///
    /// # Errors
    /// If the system refuses a pipe.
    pub fn new() -> io::Result<Self> {
        let (read, write) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        Ok(Self(Arc::new(Pipe { read, write })))
    }

    /// Rings; never blocks.
    pub fn ring(&self) {
        // A full pipe rings already.
        let _ = rustix::io::write(&self.0.write, &[0]);
    }

    /// What to poll for input.
    pub fn hearing(&self) -> BorrowedFd<'_> {
        self.0.read.as_fd()
    }

    /// Silences it until it is rung again.
    pub fn hush(&self) {
        let mut rung = [0; 64];
        while rustix::io::read(&self.0.read, &mut rung).is_ok_and(|count| count == rung.len()) {}
    }
}
