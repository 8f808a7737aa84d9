//! Running a whole program: its threads, its output, its end, and what is left afterwards.

mod census;
mod counting;
mod crew;
mod hooks;
mod lateness;
mod output;
mod parking;
mod run;
mod settings;
mod stop;
#[cfg(test)]
mod tests;

pub use census::Census;
pub use counting::Counting;
pub use hooks::{Hooks, ThreadNotice};
pub use lateness::Lateness;
pub use output::Output;
pub use run::{run, run_under};
pub use settings::Settings;
pub use stop::Stop;

/// What came of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub end: End,
    /// What it printed, as far as the output's bound allowed, with the tracebacks of threads other
    /// than the main one where they came.
    pub output: String,
    /// What was left at the end; `None` if it was stopped or refused.
    pub census: Option<Census>,
    /// What the runtime counted.
    pub counters: Vec<(String, f64)>,
    /// The threads it had, the main one first.
    pub threads: Vec<ThreadNotice>,
    /// The bytes of its memory that it touched at most.
    pub memory_bytes: u64,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// All its threads came to their end. Other threads than the main one may have died of an exception,
    /// as in Python: the output shows it.
    Finished,
    /// The main thread died of an exception; this is the traceback, several lines without the last
    /// line's end.
    Raised(String),
    /// The runtime refused it by its nature; this is the reason.
    Refused(String),
    /// It was told to stop.
    Stopped,
}
