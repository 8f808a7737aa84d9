//! The child as its parent holds it: one request, one answer, and never a wait without an end.
//!
//! Both pipes are polled, since a child that hangs takes nothing and says nothing.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::os::fd::AsFd;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::Ask;

/// The longest answer, in bytes.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// A child that works. Dropping it ends it.
pub(super) struct Service {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Service {
    pub(super) fn start(command: &mut Command) -> io::Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (requests, answers) = (child.stdin.take(), child.stdout.take());
        let service = Self {
            child,
            requests: requests.expect("it was asked to be piped"),
            answers: BufReader::new(answers.expect("it was asked to be piped")),
        };
        // With room for a part of a request, that part is written; reading never waits for more than
        // there is.
        rustix::io::ioctl_fionbio(&service.requests, true)?;
        Ok(service)
    }

    /// The answer to a request.
    ///
    /// # Errors
    /// When the child ends, says something else, says too much, or takes longer than `limit`.
    pub(super) fn ask<Request: Ask>(
        &mut self,
        request: &Request,
        limit: Duration,
    ) -> io::Result<Request::Answer> {
        let deadline = Instant::now() + limit;
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        self.send(&line, deadline)?;
        let answer: Request::Answer = serde_json::from_slice(&self.receive(deadline)?)?;
        if request.is_answered_by(&answer) {
            Ok(answer)
        } else {
            Err(ErrorKind::InvalidData.into())
        }
    }

    fn send(&mut self, mut bytes: &[u8], deadline: Instant) -> io::Result<()> {
        while !bytes.is_empty() {
            await_ready(&self.requests, PollFlags::OUT, deadline)?;
            let sent = self.requests.write(bytes)?;
            bytes = &bytes[sent..];
        }
        Ok(())
    }

    /// A line, with its end.
    fn receive(&mut self, deadline: Instant) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        while line.last() != Some(&b'\n') {
            if self.answers.buffer().is_empty() {
                await_ready(self.answers.get_ref(), PollFlags::IN, deadline)?;
            }
            // What is there, up to the line's end; the rest is waited for again.
            let there = self.answers.fill_buf()?.len() as u64;
            let read = Read::take(&mut self.answers, there).read_until(b'\n', &mut line)?;
            if read == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            if line.len() > ANSWER_BYTES_MAX {
                return Err(ErrorKind::FileTooLarge.into());
            }
        }
        Ok(line)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Both fail only where the child has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until a pipe can be read or written, or has been closed.
fn await_ready(pipe: impl AsFd, what: PollFlags, deadline: Instant) -> io::Result<()> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        let left = Timespec::try_from(left).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(&pipe, what)], Some(&left)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
}
