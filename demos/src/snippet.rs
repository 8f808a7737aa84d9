//! A program that stands in a deck as text: what builds and runs it, how that stands at a moment, and
//! how it ended.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::line::Line;

/// Stands in a command for the file that has the program's text.
pub const FILE: &str = "{file}";
/// Stands in a command for the folder in which it is built, which is removed at the end.
pub const FOLDER: &str = "{folder}";

/// How many lines of the newest output are kept.
pub const LINES_MAX: usize = 1_000;
/// The longest line, in bytes; what comes behind is left out, and `…` stands for it.
pub const LINE_BYTES_MAX: usize = 1_000;

/// What is to be built and run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SnippetSpec {
    /// The program's text.
    pub text: String,
    /// The name of the file that has it.
    pub file: String,
    /// The commands, word by word, one after the other until one fails. The last one runs the program,
    /// those before it build it.
    pub commands: Vec<Vec<String>>,
    /// Where they run; where not given, in the folder that is made for the program.
    pub place: Option<PathBuf>,
    /// What their environment has beside parade's own.
    pub environment: BTreeMap<String, String>,
    /// How long all of it may take.
    pub time_max: Duration,
}

/// How a snippet stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetSnapshot {
    /// How many commands it has.
    pub steps: usize,
    /// Which of them was started last, from 0.
    pub step: Option<usize>,
    /// When that was, since the start.
    pub step_began: Duration,
    /// The newest lines that were written, about [`LINES_MAX`].
    pub lines: Vec<Line>,
    /// How many of the last lines have no end yet.
    pub open: usize,
    /// How many lines came before them.
    pub left_out: u64,
    /// Since the start, until the end.
    pub elapsed: Duration,
    /// How it ended.
    pub end: Option<SnippetEnd>,
}

/// How a snippet ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SnippetEnd {
    /// The command that was started last has ended with this code: 0 where all went well, 128 and the
    /// signal's number for one that a signal ended.
    Exited(i32),
    /// This machine lacks what it needs.
    Unavailable(String),
    /// It could not be run, and why.
    Failed(String),
    /// It took longer than this.
    TimedOut(Duration),
    /// It was stopped.
    Cancelled,
}

impl SnippetSnapshot {
    /// Whether the program itself was started, and not only what builds it.
    pub fn is_built(&self) -> bool {
        self.step.is_some_and(|step| step + 1 >= self.steps)
    }

    /// The text of its lines.
    pub fn texts(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.lines.iter().map(|line| line.text.as_str())
    }
}

impl SnippetEnd {
    /// Whether the program ran and said that all went well.
    pub fn is_success(&self) -> bool {
        *self == Self::Exited(0)
    }
}
