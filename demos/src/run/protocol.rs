//! What parade and a lane say to each other: one JSON object a line.
//!
//! Standard input carries [`ToLane`], standard output [`FromLane`]. End-of-file on standard input
//! means that whoever started the lane is gone or wants it gone: the lane ends at once, with its
//! whole process group.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::holds::Holds;
use crate::interleavings::Interleavings;
use crate::spec::{Parameters, Value};

/// The version of this protocol; a lane answers it in [`FromLane::Hello`].
pub const VERSION: u32 = 1;

/// The longest line that either side reads, in bytes.
pub const LINE_BYTES_MAX: usize = 1 << 20;

/// Progress messages come at most this often, per second.
pub const PROGRESS_PER_SECOND_MAX: u32 = 20;

/// What a lane has to do, every default filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneOrder {
    /// A workload's name in the catalogue.
    pub workload: String,
    /// All its parameters.
    pub with: Parameters,
    /// A model's name in the catalogue.
    pub model: String,
    /// All its parameters.
    pub parameters: Parameters,
    /// How many workers.
    pub workers: u32,
    /// How many work units.
    pub work: u64,
    /// Where the pseudo-random input begins.
    pub seed: u64,
    /// The most memory that each process of the lane may map for data, in bytes.
    pub memory_bytes_max: u64,
    /// The program and its arguments, for the `command` model.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// The texts of files that lie in no folder, by the words of the command that name them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
}

/// A program that stands in a deck as text, and where to build and run it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetOrder {
    /// The folder to be made for it, and removed at the end.
    pub folder: String,
    /// The name of the file in it that is to have the text.
    pub file: String,
    /// The program's text.
    pub text: String,
    /// What is run, one after the other, until one fails.
    pub commands: Vec<Vec<String>>,
    /// Where they run.
    pub place: String,
    /// What their environment has beside parade's own.
    pub environment: BTreeMap<String, String>,
    /// The most memory that each of the processes may map for data, in bytes.
    pub memory_bytes_max: u64,
}

/// A line to a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToLane {
    /// First, once: what to do. The lane builds its workers and answers [`FromLane::Ready`].
    Spec(Box<LaneOrder>),
    /// First instead, once: a block of code is run. The lane needs no `go`, tells of each
    /// [`FromLane::Step`] and of what is [`FromLane::Written`], and last how it [`FromLane::Exited`].
    Snippet(Box<SnippetOrder>),
    /// Second, once: the workers' barrier opens.
    Go,
    /// Any time later: a parameter that can change live.
    Set {
        /// Its name, of the workload or the model.
        name: String,
        /// Its new value, already checked against its range.
        value: Value,
    },
}

/// One worker and what carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerId {
    /// `worker 0`, `task 0`, `echo server`.
    pub name: String,
    /// The process it lives in.
    pub pid: u32,
    /// The thread that runs it; `None` for a task, which has none of its own.
    pub tid: Option<u32>,
    /// A helper of the workload (the echo server), whose CPU is shown on its own row and is no worker's.
    #[serde(default)]
    pub server: bool,
}

/// What the operating system counted for the whole lane, ended workers included (`getrusage` of
/// itself and of its children).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// CPU time in user mode, in nanoseconds.
    pub user_ns: u64,
    /// CPU time in the kernel, in nanoseconds.
    pub system_ns: u64,
    /// Context switches because a thread waited.
    pub voluntary: u64,
    /// Context switches because a thread was made to stop.
    pub involuntary: u64,
}

impl Usage {
    /// CPU time in both modes.
    #[must_use]
    pub fn cpu(self) -> Duration {
        Duration::from_nanos(self.user_ns.saturating_add(self.system_ns))
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            user_ns: self.user_ns.saturating_add(other.user_ns),
            system_ns: self.system_ns.saturating_add(other.system_ns),
            voluntary: self.voluntary.saturating_add(other.voluntary),
            involuntary: self.involuntary.saturating_add(other.involuntary),
        }
    }

    /// What has come on top of `earlier`.
    #[must_use]
    pub fn minus(self, earlier: Self) -> Self {
        Self {
            user_ns: self.user_ns.saturating_sub(earlier.user_ns),
            system_ns: self.system_ns.saturating_sub(earlier.system_ns),
            voluntary: self.voluntary.saturating_sub(earlier.voluntary),
            involuntary: self.involuntary.saturating_sub(earlier.involuntary),
        }
    }
}

/// A line from a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromLane {
    /// First: who it is.
    Hello {
        /// [`VERSION`].
        protocol: u32,
        /// The lane's own process, which leads its group.
        pid: u32,
    },
    /// The workers stand at the barrier.
    Ready {
        /// Worker → process and thread.
        workers: Vec<WorkerId>,
    },
    /// Any time later: threads came in, as a program starts them itself. Names all workers, those that
    /// were told before in their places.
    Workers {
        /// Worker → process and thread.
        workers: Vec<WorkerId>,
    },
    /// At most [`PROGRESS_PER_SECOND_MAX`] a second; only the newest counts.
    Progress {
        /// Work units done, per worker.
        done: Vec<u64>,
        /// What workload and model counted so far, in the order to show.
        counters: Vec<(String, f64)>,
        /// Who held the interpreter's lock when, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds: Option<Box<Holds>>,
    },
    /// Last: all work is done and every worker has ended.
    Result {
        /// Of the results, independent of model and workers, in hexadecimal.
        checksum: String,
        /// From the barrier's opening to the end of the last worker, in nanoseconds.
        wall_ns: u64,
        /// From the barrier's opening to the end of the last worker.
        usage: Usage,
        /// Work units done, per worker.
        done: Vec<u64>,
        /// What workload and model counted, in the order to show.
        counters: Vec<(String, f64)>,
        /// Who held the interpreter's lock when, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holds: Option<Box<Holds>>,
        /// What a search of all schedules found, where there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interleavings: Option<Box<Interleavings>>,
    },
    /// Any time later: the last lines of what the program wrote, in the place of those told before.
    Output {
        /// Oldest first, as they were written.
        lines: Vec<String>,
    },
    /// Of a block of code: its next command is started.
    Step {
        /// Which, from 0.
        step: usize,
    },
    /// Of a block of code, any time later: what was written since the last time.
    Written {
        /// How many lines before these were left out.
        left_out: u64,
        /// Lines that have ended.
        ended: Vec<String>,
        /// Lines without an end so far, in the place of those told before.
        open: Vec<String>,
    },
    /// Any time later: its program has ended.
    Exited {
        /// Its exit code; 128 and the signal's number for one that a signal ended.
        code: i32,
    },
    /// Last instead: why there is no result. A lane that ends without a word failed too.
    Failed {
        /// Finishes the sentence "the lane failed: …".
        error: String,
    },
    /// Last instead: the model does not run this program, by its nature.
    Refused {
        /// Why.
        error: String,
    },
    /// Last instead: this machine lacks what the lane needs.
    Unavailable {
        /// What is missing.
        error: String,
    },
}

/// Reads the next line as a message; `None` at the end of the file.
///
/// # Errors
/// If reading fails, the line is longer than [`LINE_BYTES_MAX`], or it is no such message.
pub fn read<T: DeserializeOwned>(reader: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    let bytes = reader
        .by_ref()
        .take(LINE_BYTES_MAX as u64)
        .read_until(b'\n', &mut line)?;
    if bytes == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') {
        let what = if bytes == LINE_BYTES_MAX {
            "a line is too long"
        } else {
            "a line has no end"
        };
        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
    }
    Ok(Some(serde_json::from_slice(&line)?))
}

/// Writes a message as one line, in one piece, and flushes it.
///
/// # Errors
/// If writing fails.
pub fn write<T: Serialize>(writer: &mut impl Write, message: &T) -> io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    writer.write_all(&line)?;
    writer.flush()
}
