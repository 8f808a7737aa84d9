//! The one list: name, explanation and parameters with ranges of every workload and model.
//!
//! `parade demos`, the checks of a deck's `demo` fences, the help and the docs all derive from it.
//! It says what there is; how a value is read is in [`value`], what is wrong with a demo is in
//! [`check()`], and the demos that need no deck are in [`ready`].

pub mod check;
pub mod ready;
pub mod suggest;
pub mod value;

use std::time::Duration;

use crate::spec::{LaneSpec, Parameters, Value, Workers};

pub use check::check;
pub use ready::ready_demos;
pub use value::accept;

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

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number in `min..=max`.
    Int {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
        /// When the deck says nothing.
        default: i64,
    },
    /// A duration in whole microseconds, written `250us`, `50ms`, `2s` in a deck and kept so.
    Duration {
        /// Shortest allowed, in µs.
        min_us: u64,
        /// Longest allowed, in µs.
        max_us: u64,
        /// When the deck says nothing, in µs.
        default_us: u64,
    },
    /// A size in bytes, written `64KiB`, `8MiB` or as a number.
    Bytes {
        /// Smallest allowed.
        min: u64,
        /// Largest allowed.
        max: u64,
        /// When the deck says nothing.
        default: u64,
    },
    /// `true` or `false`.
    Bool {
        /// When the deck says nothing.
        default: bool,
    },
    /// One of these words; the first is the default.
    Choice(&'static [&'static str]),
    /// Any text.
    Text {
        /// When the deck says nothing.
        default: &'static str,
    },
}

impl Kind {
    /// The value when the deck says nothing.
    pub fn default_value(self) -> Value {
        match self {
            Self::Int { default, .. } => Value::Int(default),
            Self::Duration { default_us, .. } => {
                Value::Text(value::duration_text(Duration::from_micros(default_us)))
            }
            Self::Bytes { default, .. } => Value::Text(value::bytes_text(default)),
            Self::Bool { default } => Value::Bool(default),
            Self::Choice(words) => {
                Value::Text(words.first().copied().unwrap_or_default().to_owned())
            }
            Self::Text { default } => Value::Text(default.to_owned()),
        }
    }
}

/// One parameter of a workload or a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people, with the unit.
    pub about: &'static str,
    /// Range and default.
    pub kind: Kind,
    /// Whether it can change while a lane runs.
    pub live: bool,
}

/// What a workload does most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It computes: as many workers as cores.
    Cpu,
    /// It waits: a worker for each thing waited for.
    Io,
}

/// A workload as the catalogue tells of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorkloadEntry {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// Computing or waiting.
    pub bound: Bound,
    /// What one work unit is, in the plural (`numbers tested`).
    pub unit: &'static str,
    /// The parameter which, above 0, is the exact number of work units: no calibration then.
    pub amount: Option<&'static str>,
    /// Its parameters.
    pub parameters: &'static [Parameter],
}

/// A model as the catalogue tells of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelEntry {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// The workloads it takes.
    pub workloads: &'static [&'static str],
    /// Its parameters.
    pub parameters: &'static [Parameter],
}

/// What is wrong with a demo, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a path of keys and indices: `lanes`, `1`, `workers`. The parser finds the line.
    pub path: Vec<String>,
    /// Finishes the sentence "failed to …": what is wrong, what was expected, what to do.
    pub message: String,
}

/// A count of things to do.
const fn count(about: &'static str, max: i64, default: i64) -> Parameter {
    Parameter {
        name: "count",
        about,
        kind: Kind::Int {
            min: 1,
            max,
            default,
        },
        live: false,
    }
}

/// A duration, in µs.
const fn duration(
    name: &'static str,
    about: &'static str,
    (min_us, max_us, default_us): (u64, u64, u64),
) -> Parameter {
    Parameter {
        name,
        about,
        kind: Kind::Duration {
            min_us,
            max_us,
            default_us,
        },
        live: true,
    }
}

static WORKLOADS: &[WorkloadEntry] = &[
    WorkloadEntry {
        name: "primes",
        about: "counts the primes below a limit, testing each number on its own",
        bound: Bound::Cpu,
        unit: "numbers tested",
        amount: Some("limit"),
        parameters: &[Parameter {
            name: "limit",
            about: "numbers below it are tested; 0: as many as the length allows",
            kind: Kind::Int {
                min: 0,
                max: WORK_MAX.cast_signed(),
                default: 0,
            },
            live: false,
        }],
    },
    WorkloadEntry {
        name: "mandelbrot",
        about: "escape times of the Mandelbrot set, a row at a time",
        bound: Bound::Cpu,
        unit: "rows",
        amount: None,
        parameters: &[Parameter {
            name: "iterations",
            about: "steps after which a point counts as inside",
            kind: Kind::Int {
                min: 10,
                max: 10_000,
                default: 500,
            },
            live: false,
        }],
    },
    WorkloadEntry {
        name: "sha256",
        about: "SHA-256 over seeded blocks",
        bound: Bound::Cpu,
        unit: "KiB hashed",
        amount: None,
        parameters: &[],
    },
    WorkloadEntry {
        name: "sleep",
        about: "waits so often for so long: the simplest I/O",
        bound: Bound::Io,
        unit: "sleeps",
        amount: Some("count"),
        parameters: &[
            count("how many sleeps", 100_000, 20),
            duration("each", "how long a sleep takes", (0, 10_000_000, 50_000)),
        ],
    },
    WorkloadEntry {
        name: "requests",
        about: "requests over loopback to an echo server that takes its time to answer",
        bound: Bound::Io,
        unit: "requests",
        amount: Some("count"),
        parameters: &[
            count("how many requests", 10_000, 20),
            duration(
                "delay",
                "how long the server waits with its answer",
                (0, 10_000_000, 50_000),
            ),
        ],
    },
    WorkloadEntry {
        name: "transfer",
        about: "results that must get back: threads hand over a pointer, processes bytes",
        bound: Bound::Cpu,
        unit: "transfers",
        amount: Some("count"),
        parameters: &[
            count("how many results", 100_000, 200),
            Parameter {
                name: "payload",
                about: "size of each result in bytes",
                kind: Kind::Bytes {
                    min: 8,
                    max: 64 << 20,
                    default: 1 << 20,
                },
                live: false,
            },
        ],
    },
    WorkloadEntry {
        name: "heartbeat",
        about: "a heartbeat beside tasks that compute: how late it comes when they don't yield",
        bound: Bound::Cpu,
        unit: "blocks",
        amount: Some("count"),
        parameters: &[
            count("how many blocks are computed", 10_000, 40),
            duration(
                "period",
                "from one beat to the next",
                (1_000, 1_000_000, 5_000),
            ),
            duration(
                "block",
                "how long a block is computed",
                (100, 1_000_000, 50_000),
            ),
            Parameter {
                name: "style",
                about: "a block holds the loop, yields every 100us, or is moved to a thread",
                kind: Kind::Choice(&["blocking", "yielding", "offloaded"]),
                live: true,
            },
        ],
    },
    WorkloadEntry {
        name: "command",
        about: "a program of the deck's own, which needs consent",
        bound: Bound::Cpu,
        unit: "runs",
        amount: Some("count"),
        parameters: &[Parameter {
            name: "count",
            about: "runs of the program per lane: always one",
            kind: Kind::Int {
                min: 1,
                max: 1,
                default: 1,
            },
            live: false,
        }],
    },
];

/// What a deck can't ask for: the ideal's loop, and what tests fail with.
static HIDDEN: &[WorkloadEntry] = &[
    WorkloadEntry {
        name: "spin",
        about: "a loop in a core's registers, by which perfect scaling is measured",
        bound: Bound::Cpu,
        unit: "thousand steps",
        amount: None,
        parameters: &[],
    },
    WorkloadEntry {
        name: "fault",
        about: "fails half-way, for tests",
        bound: Bound::Cpu,
        unit: "steps",
        amount: None,
        parameters: &[Parameter {
            name: "kind",
            about: "how it fails",
            kind: Kind::Choice(&["panic", "abort", "error", "memory"]),
            live: false,
        }],
    },
];

/// What every model of our own takes.
const COMMON: &[&str] = &[
    "primes",
    "mandelbrot",
    "sha256",
    "sleep",
    "requests",
    "transfer",
    "spin",
    "fault",
];

static MODELS: &[ModelEntry] = &[
    ModelEntry {
        name: "sequential",
        about: "one thing after the other on one thread: the baseline",
        workloads: COMMON,
        parameters: &[],
    },
    ModelEntry {
        name: "async",
        about: "tasks that take turns on one thread and switch where they suspend (tokio)",
        workloads: &[
            "primes",
            "mandelbrot",
            "sha256",
            "sleep",
            "requests",
            "transfer",
            "spin",
            "fault",
            "heartbeat",
        ],
        parameters: &[Parameter {
            name: "threads",
            about: "threads that the tasks share",
            kind: Kind::Int {
                min: 1,
                max: WORKERS_MAX as i64,
                default: 1,
            },
            live: false,
        }],
    },
    ModelEntry {
        name: "threads",
        about: "a thread of the operating system for each worker",
        workloads: COMMON,
        parameters: &[],
    },
    ModelEntry {
        name: "rayon",
        about: "a pool of threads that split the work and steal from each other (rayon)",
        workloads: COMMON,
        parameters: &[],
    },
    ModelEntry {
        name: "processes",
        about: "a process for each worker, results cross a pipe as bytes",
        workloads: COMMON,
        parameters: &[],
    },
    ModelEntry {
        name: "command",
        about: "a program of the deck's own, under the same gauges",
        workloads: &["command"],
        parameters: &[],
    },
];

/// Every workload that a deck can ask for.
pub fn workloads() -> &'static [WorkloadEntry] {
    WORKLOADS
}

/// Every model.
pub fn models() -> &'static [ModelEntry] {
    MODELS
}

/// The workload of that name, one that no deck can ask for included.
pub fn workload(name: &str) -> Option<&'static WorkloadEntry> {
    WORKLOADS
        .iter()
        .chain(HIDDEN)
        .find(|entry| entry.name == name)
}

/// The model of that name.
pub fn model(name: &str) -> Option<&'static ModelEntry> {
    MODELS.iter().find(|entry| entry.name == name)
}

/// Whether a model takes a workload.
pub fn takes(model_name: &str, workload_name: &str) -> bool {
    model(model_name).is_some_and(|entry| entry.workloads.contains(&workload_name))
}

/// All of the parameters, in their canonical form: as given where that is in range, else by default.
pub fn complete(parameters: &[Parameter], given: &Parameters) -> Parameters {
    let value = |parameter: &Parameter| {
        let accepted = given
            .get(parameter.name)
            .and_then(|value| accept(parameter, value).ok());
        accepted.unwrap_or_else(|| parameter.kind.default_value())
    };
    parameters
        .iter()
        .map(|parameter| (parameter.name.to_owned(), value(parameter)))
        .collect()
}

/// The work that a lane's own parameters ask for (`limit`, `count`); `None` leaves it to the demo's
/// amount.
pub fn exact_work(lane: &LaneSpec) -> Option<u64> {
    let entry = workload(&lane.workload)?;
    let with = complete(entry.parameters, &lane.with);
    match with.get(entry.amount?)? {
        Value::Int(units) => u64::try_from(*units).ok().filter(|units| *units > 0),
        _ => None,
    }
}

/// How many workers a workload has when nothing is said: a core each, or one for each thing waited for.
pub fn default_workers(workload_name: &str) -> Workers {
    match workload(workload_name).map(|entry| entry.bound) {
        Some(Bound::Io) => Workers::Items,
        _ => Workers::Cores,
    }
}

/// How many workers a lane has, on so many usable cores and with so much work. What is one at a time
/// by nature has one.
pub fn worker_count(lane: &LaneSpec, usable_cores: usize, work: u64) -> u32 {
    if matches!(lane.model.as_str(), "sequential" | "command") {
        return 1;
    }
    let wanted = match lane.workers {
        Workers::Cores => usable_cores as u64,
        Workers::Items => work,
        Workers::Count(count) => u64::from(count),
    };
    wanted.clamp(1, u64::from(WORKERS_MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::protocol::LaneOrder;

    fn all_parameters() -> impl Iterator<Item = &'static Parameter> {
        let of_workloads = WORKLOADS
            .iter()
            .chain(HIDDEN)
            .flat_map(|entry| entry.parameters);
        of_workloads.chain(MODELS.iter().flat_map(|entry| entry.parameters))
    }

    #[test]
    fn every_entry_explains_itself_in_a_line() {
        let workloads = WORKLOADS
            .iter()
            .chain(HIDDEN)
            .flat_map(|entry| [entry.about, entry.unit]);
        let models = MODELS.iter().map(|entry| entry.about);
        let parameters = all_parameters().map(|parameter| parameter.about);
        for text in workloads.chain(models).chain(parameters) {
            assert!(!text.is_empty() && text.len() < 80, "{text:?}");
            assert!(!text.ends_with('.') && !text.contains('\n'), "{text:?}");
        }
    }

    #[test]
    fn every_default_is_in_range() {
        for parameter in all_parameters() {
            let default = parameter.kind.default_value();
            assert_eq!(
                accept(parameter, &default),
                Ok(default.clone()),
                "{}",
                parameter.name
            );
        }
    }

    #[test]
    fn every_name_stands_for_something() {
        for entry in MODELS {
            assert!(crate::model::find(entry.name).is_some(), "{}", entry.name);
            for name in entry.workloads {
                assert!(
                    workload(name).is_some(),
                    "{name}, which {} takes",
                    entry.name
                );
            }
        }
        // A port, so that no server is started.
        let with = Parameters::from([("port".to_owned(), Value::Int(1))]);
        for entry in WORKLOADS.iter().chain(HIDDEN) {
            let order = LaneOrder {
                workload: entry.name.to_owned(),
                with: with.clone(),
                model: "sequential".to_owned(),
                parameters: Parameters::new(),
                workers: 1,
                work: 1,
                seed: 1,
                memory_bytes_max: 1 << 30,
                command: Vec::new(),
            };
            assert!(crate::workload::build(&order).is_ok(), "{}", entry.name);
            assert!(
                MODELS.iter().any(|model| takes(model.name, entry.name)),
                "{}",
                entry.name
            );
            let names = || entry.parameters.iter().map(|parameter| parameter.name);
            assert!(
                entry
                    .amount
                    .is_none_or(|amount| names().any(|name| name == amount))
            );
        }
    }

    #[test]
    fn work_and_workers_follow_from_the_lane() {
        let lane = |workload: &str, model: &str, with: &[(&str, i64)], workers| LaneSpec {
            name: String::new(),
            label: String::new(),
            model: model.to_owned(),
            workload: workload.to_owned(),
            workers,
            with: with
                .iter()
                .map(|&(name, value)| (name.to_owned(), Value::Int(value)))
                .collect(),
            parameters: Parameters::new(),
            command: Vec::new(),
        };
        let cases = [
            (lane("primes", "threads", &[], Workers::Cores), None, 4),
            (
                lane(
                    "primes",
                    "threads",
                    &[("limit", 2_000_000)],
                    Workers::Count(3),
                ),
                Some(2_000_000),
                3,
            ),
            (
                lane("primes", "sequential", &[], Workers::Count(3)),
                None,
                1,
            ),
            (lane("sleep", "async", &[], Workers::Items), Some(20), 20),
            (
                lane("sleep", "async", &[("count", 300)], Workers::Items),
                Some(300),
                256,
            ),
            (lane("command", "command", &[], Workers::Cores), Some(1), 1),
        ];
        for (lane, work, workers) in cases {
            assert_eq!(exact_work(&lane), work, "{lane:?}");
            assert_eq!(
                worker_count(&lane, 4, work.unwrap_or(1)),
                workers,
                "{lane:?}"
            );
        }
    }
}
