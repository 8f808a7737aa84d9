//! Lane processes: start, protocol, snapshot, cancel, join.

pub mod lane;
pub mod process;
pub mod protocol;

use crate::report::Report;
use crate::snapshot::Snapshot;
use crate::spec::{DemoSpec, Value};

/// What a run tells as it happens. Figures are not told but asked for, with [`Run::snapshot`].
#[derive(Clone, Debug, PartialEq)]
pub enum RunEvent {
    /// A phase or a lane's state changed: a new snapshot is worth drawing at once.
    Changed,
    /// Over; the run's threads have ended, and nothing of its processes is left.
    Finished(Box<Report>),
}

/// Where the program that answers to `lane` is, and the one thread from which lanes are started.
/// One lives as long as the app.
#[derive(Debug)]
pub struct Launcher {}

/// What a run needs besides its spec.
#[derive(Debug, Default)]
pub struct Options {
    /// The deck's own commands may run.
    pub trusted: bool,
    /// Earlier runs of the same demo: its work is taken over, and its runs count too.
    pub earlier: Option<Report>,
}

/// A run in progress. Dropping it cancels it and waits until nothing of it is left.
#[derive(Debug)]
pub struct Run {}

impl Launcher {
    /// Starts the launching thread. Lanes are `/proc/self/exe lane`.
    ///
    /// # Errors
    /// If the thread can't be started.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }
}

impl Run {
    /// Starts a run; returns at once. `tell` is called from the run's own threads and must not block.
    pub fn start(
        _launcher: &Launcher,
        _spec: DemoSpec,
        _options: Options,
        _tell: impl Fn(RunEvent) + Send + Sync + 'static,
    ) -> Self {
        Self {}
    }

    /// The run at this moment.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::default()
    }

    /// Changes a parameter that can change live, in the lanes that have it, and in those still to come.
    pub fn set(&self, _name: &str, _value: &Value) {}

    /// Kills every process of the run; `RunEvent::Finished` follows within 100 ms. Returns at once.
    pub fn cancel(&self) {}
}
