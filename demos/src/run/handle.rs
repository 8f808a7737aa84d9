//! A lane's process as its parent holds it: lines in, lines out, and the end of its whole group.
//!
//! Nothing here blocks but [`LaneProcess::end`], which is bounded. What a message means is not known
//! here.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};

use super::protocol::{FromLane, LINE_BYTES_MAX, ToLane};
use super::{ends, remains};

/// How much is read at once, so that a lane that writes without end can't hold up the others.
const READ_BYTES_MAX: usize = 64 << 10;

/// How much of a lane's standard error is kept: its end.
const COMPLAINT_BYTES_MAX: usize = 2 << 10;

/// How long the end of a killed lane is awaited. SIGKILL takes a millisecond or two; only a process in
/// the middle of a system call that can't be interrupted takes longer.
const END_WAIT_MAX: Duration = Duration::from_millis(90);

/// A lane's process, which leads a group. Dropping it kills the group.
#[derive(Debug)]
pub(super) struct LaneProcess {
    child: Child,
    input: Option<ChildStdin>,
    /// Lines that the lane has not taken yet.
    unsent: Vec<u8>,
    output: Option<ChildStdout>,
    /// The beginning of a line whose end has not come yet.
    line: Vec<u8>,
    errors: Option<ChildStderr>,
    complaint: Vec<u8>,
    /// Whether it was ended; no one waits for it twice.
    ended: bool,
    /// How it ended, once it was reaped.
    status: Option<ExitStatus>,
}

/// What came from a lane.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// A message.
    Message(FromLane),
    /// Something that is none, and why.
    Noise(String),
    /// The end of its output: it says nothing more.
    Silence,
}

impl LaneProcess {
    pub(super) fn new(mut child: Child) -> io::Result<Self> {
        let input = child.stdin.take();
        let output = child.stdout.take();
        let errors = child.stderr.take();
        let process = Self {
            child,
            input,
            unsent: Vec::new(),
            output,
            line: Vec::new(),
            errors,
            complaint: Vec::new(),
            ended: false,
            status: None,
        };
        // From here on an error drops the process, and with it the group.
        let Self {
            input,
            output,
            errors,
            ..
        } = &process;
        input
            .iter()
            .try_for_each(|pipe| rustix::io::ioctl_fionbio(pipe, true))?;
        output
            .iter()
            .try_for_each(|pipe| rustix::io::ioctl_fionbio(pipe, true))?;
        errors
            .iter()
            .try_for_each(|pipe| rustix::io::ioctl_fionbio(pipe, true))?;
        Ok(process)
    }

    /// The process's number, which is its group's too.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What tells when [`Self::hear`] or [`Self::push`] has something to do.
    pub(super) fn pipes(&self) -> impl Iterator<Item = (BorrowedFd<'_>, Direction)> {
        let output = self
            .output
            .as_ref()
            .map(|pipe| (pipe.as_fd(), Direction::In));
        let errors = self
            .errors
            .as_ref()
            .map(|pipe| (pipe.as_fd(), Direction::In));
        let input = self.input.as_ref().filter(|_| !self.unsent.is_empty());
        let input = input.map(|pipe| (pipe.as_fd(), Direction::Out));
        output.into_iter().chain(errors).chain(input)
    }

    /// Sends a line, or as much of it as the lane takes now; [`Self::push`] sends the rest.
    pub(super) fn tell(&mut self, message: &ToLane) {
        if self.unsent.len() > LINE_BYTES_MAX {
            // The lane has stopped listening; its time limit ends it.
            return;
        }
        let line = serde_json::to_vec(message).expect("messages to lanes are plain data");
        self.unsent.extend(line);
        self.unsent.push(b'\n');
        self.push();
    }

    /// Goes on sending.
    pub(super) fn push(&mut self) {
        let Some(input) = &mut self.input else { return };
        while !self.unsent.is_empty() {
            match input.write(&self.unsent) {
                Ok(sent) => drop(self.unsent.drain(..sent)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // It has closed its input: its end comes through its output.
                Err(_) => self.unsent.clear(),
            }
        }
    }

    /// What has come since the last time.
    pub(super) fn hear(&mut self) -> Vec<Heard> {
        self.hear_complaint();
        let mut heard = Vec::new();
        let Some(output) = &mut self.output else {
            return heard;
        };
        let mut buffer = [0; 8 << 10];
        let mut taken = 0;
        while taken < READ_BYTES_MAX {
            match output.read(&mut buffer) {
                Ok(0) => {
                    self.output = None;
                    heard.push(Heard::Silence);
                    break;
                }
                Ok(read) => {
                    taken += read;
                    take_lines(&mut self.line, &buffer[..read], &mut heard);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => {
                    self.output = None;
                    heard.push(Heard::Noise(format!(
                        "its output could not be read: {error}"
                    )));
                    break;
                }
            }
        }
        heard
    }

    fn hear_complaint(&mut self) {
        let Some(errors) = &mut self.errors else {
            return;
        };
        let mut buffer = [0; 4 << 10];
        for _ in 0..READ_BYTES_MAX / buffer.len() {
            match errors.read(&mut buffer) {
                Ok(0) => return self.errors = None,
                Ok(read) => {
                    self.complaint.extend_from_slice(&buffer[..read]);
                    let excess = self.complaint.len().saturating_sub(COMPLAINT_BYTES_MAX);
                    self.complaint.drain(..excess);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return self.errors = None,
            }
        }
    }

    /// How the process ended (a kill does not change the end of one that was ending already), and the
    /// last line that it wrote to standard error. To be asked after [`Self::end`].
    pub(super) fn last_words(&mut self) -> String {
        self.hear_complaint();
        let status = self
            .status
            .map_or("no status".to_owned(), |status| status.to_string());
        let complaint = String::from_utf8_lossy(&self.complaint);
        match complaint.lines().rfind(|line| !line.trim().is_empty()) {
            Some(line) => format!("{status}; {}", line.trim()),
            None => status,
        }
    }

    /// Kills the whole group, without waiting for its end.
    pub(super) fn kill(&mut self) {
        if self.ended {
            return;
        }
        let group = i32::try_from(self.pid()).ok().and_then(Pid::from_raw);
        // The number can't have gone to another group: its leader is not reaped before this. One that
        // has only just started leads no group yet.
        let _ = group.map(|group| kill_process_group(group, Signal::KILL));
        let _ = self.child.kill();
    }

    /// Kills the whole group and waits until nothing of the lane is left, its keeper and what that kept
    /// included. What the system does not let go in time is reaped while nobody waits.
    pub(super) fn end(&mut self) {
        self.kill();
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let until = Instant::now() + END_WAIT_MAX;
        if ends::await_end(self.pid(), until) {
            self.status = self.child.try_wait().ok().flatten();
        }
        if self.status.is_none() || !remains::end(self.pid(), until) {
            remains::end_later(self.pid());
        }
        self.hear_last_words(until);
    }

    /// Hears standard error to its end, which comes when nobody holds it open any more.
    fn hear_last_words(&mut self, until: Instant) {
        loop {
            self.hear_complaint();
            let errors = self.errors.as_ref();
            let silent = errors.is_none_or(|errors| !ends::await_word(errors, until));
            if silent || Instant::now() >= until {
                return;
            }
        }
    }
}

impl Drop for LaneProcess {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a pipe is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Something to read.
    In,
    /// Room to write.
    Out,
}

/// Cuts what came into lines; the last, unfinished one is kept for the next time.
fn take_lines(line: &mut Vec<u8>, mut bytes: &[u8], heard: &mut Vec<Heard>) {
    while let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
        line.extend_from_slice(&bytes[..end]);
        bytes = &bytes[end + 1..];
        heard.push(match serde_json::from_slice(line) {
            Ok(message) => Heard::Message(message),
            Err(error) => Heard::Noise(format!("it said something that is no message: {error}")),
        });
        line.clear();
    }
    line.extend_from_slice(bytes);
    if line.len() > LINE_BYTES_MAX {
        line.clear();
        heard.push(Heard::Noise(format!(
            "it wrote a line of more than {LINE_BYTES_MAX} bytes"
        )));
    }
}
