//! What a demo is: lanes, the work they share, and what is claimed of them.
//!
//! Pure data, as a deck's `demo` fence or the command line gives it. [`crate::catalogue`] tells
//! whether it can run; [`crate::run`] runs it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What stands for the number of workers in a program's arguments.
pub const WORKERS: &str = "{workers}";

/// The most workers that a lane has.
pub const WORKERS_MAX: u32 = 256;

/// The most lanes that a demo has.
pub const LANES_MAX: usize = 32;

/// The most work units that a lane has; primes tests no number beyond.
pub const WORK_MAX: u64 = 4_000_000_000;

/// The shortest length that calibration can aim at.
pub const LENGTH_MIN: Duration = Duration::from_millis(100);

/// The longest length.
pub const LENGTH_MAX: Duration = Duration::from_mins(1);

/// The length of a demo that says nothing of it.
pub const LENGTH_DEFAULT: Duration = Duration::from_secs(4);

/// The value of one parameter of a workload or a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A count, or a size in the parameter's unit.
    Int(i64),
    /// A fraction.
    Float(f64),
    /// A word or a duration as written (`50ms`).
    Text(String),
    /// Several values, as in `args: [a, b]`.
    List(Vec<Value>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => b.fmt(f),
            Self::Int(i) => i.fmt(f),
            Self::Float(x) => x.fmt(f),
            Self::Text(t) => t.fmt(f),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
        }
    }
}

/// Parameters by name.
pub type Parameters = BTreeMap<String, Value>;

/// How many workers a lane has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Workers {
    /// As many as this process may use at once (affinity mask and quota): the default for computing.
    Cores,
    /// One for each thing waited for, at most 256: the default for waiting.
    Items,
    /// Exactly so many.
    #[serde(untagged)]
    Count(u32),
}

/// How much work a demo has.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Amount {
    /// So much that one sequential worker takes this long; found by calibration.
    Length(Duration),
    /// Exactly so many work units.
    Work(u64),
}

/// Whether lanes run one after the other or at the same time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// One after the other: their figures compare.
    #[default]
    Turn,
    /// At the same time: a picture, and no verdict.
    Together,
}

/// What speed-up is measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Baseline {
    /// A lane of each workload with one worker, run first: sequential, or a Python program's under
    /// the GIL.
    #[default]
    Sequential,
    /// Nothing: no speed-up is given.
    None,
}

/// How a run is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each names the picture of the same name")]
pub enum Show {
    #[default]
    Lanes,
    Gil,
    Counts,
    Steps,
    Scheduler,
    Attempts,
    Heartbeat,
    Transfer,
}

/// One workload under one model with some workers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneSpec {
    /// Stable and unique within the demo: `claim` expressions, `--lanes` and reports use it.
    pub name: String,
    /// What the audience reads; the name when the deck gives none.
    pub label: String,
    /// A model's name in the catalogue.
    pub model: String,
    /// A workload's name in the catalogue.
    pub workload: String,
    /// How many workers.
    pub workers: Workers,
    /// The workload's parameters: the demo's `with`, with the lane's own on top.
    pub with: Parameters,
    /// The model's parameters.
    pub parameters: Parameters,
    /// The program and its arguments, for the `command` model alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub command: Vec<String>,
    /// The texts of files that lie in no folder, by the words of the command that name them: those of
    /// a deck that is compiled in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
}

impl LaneSpec {
    /// A lane that is called as its model, on all cores, with every parameter's default.
    pub fn new(workload: &str, model: &str) -> Self {
        Self {
            name: model.to_owned(),
            label: model.to_owned(),
            model: model.to_owned(),
            workload: workload.to_owned(),
            workers: Workers::Cores,
            with: Parameters::new(),
            parameters: Parameters::new(),
            command: Vec::new(),
            files: BTreeMap::new(),
        }
    }

    /// Its program and arguments, told of so many workers where they ask.
    pub fn command_for(&self, workers: u32) -> Vec<String> {
        let workers = workers.to_string();
        let words = self.command.iter();
        words.map(|word| word.replace(WORKERS, &workers)).collect()
    }
}

/// A set of lanes and what is claimed of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DemoSpec {
    /// Stable: traces, progress and `parade run deck.md#name` hang on it.
    pub name: String,
    /// What the audience reads.
    pub title: Option<String>,
    /// In the order in which they run. The baseline is added by the run where it is missing.
    pub lanes: Vec<LaneSpec>,
    /// How much work each lane has: the same for all.
    pub amount: Amount,
    /// One after the other, or together.
    pub order: Order,
    /// What speed-up is against.
    pub baseline: Baseline,
    /// An [`expression`](crate::expression) that the verdict tests.
    pub claim: Option<String>,
    /// How the run is shown.
    pub show: Show,
    /// How often each lane runs: 1 on a slide (each further press adds one), 3 in `parade run`.
    pub repeat: u32,
    /// Where the workload's pseudo-random input begins.
    pub seed: u64,
    /// Whether a program of it was edited since the deck gave it: what comes out is not the deck's.
    #[serde(default)]
    pub edited: bool,
}

impl DemoSpec {
    /// These lanes in turn, once, against a sequential one, and nothing claimed of them.
    pub fn new(name: &str, lanes: Vec<LaneSpec>) -> Self {
        Self {
            name: name.to_owned(),
            title: None,
            lanes,
            amount: Amount::Length(LENGTH_DEFAULT),
            order: Order::default(),
            baseline: Baseline::default(),
            claim: None,
            show: Show::default(),
            repeat: 1,
            seed: 1,
            edited: false,
        }
    }
}
