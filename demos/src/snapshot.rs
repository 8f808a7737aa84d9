//! What a run looks like at one moment: the whole state that a screen draws, taken once per frame.
//!
//! A snapshot is a value: it is cloned out of the running [`crate::run::Run`] and never changes
//! afterwards. Tests of the pictures write snapshots by hand ("scripted cores").

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::holds::Holds;
use crate::report::Report;

/// The machine that a run runs on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// `linux`, `macos`, …
    pub os: String,
    /// The processor's own name, empty where unknown.
    pub cpu: String,
    /// Cores that are online.
    pub cores: usize,
    /// Cores in this process's affinity mask.
    pub usable: usize,
    /// The control group's quota, in cores; `None` when there is none.
    pub quota_cores: Option<f64>,
}

/// One core's load over the last window, each in 0…1; their sum is at most 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// Busy with the lane that runs (attributed).
    pub lane: f64,
    /// Busy with anything else (counted busy time less the lane's share).
    pub other: f64,
    /// Taken by the hypervisor for other machines (counted).
    pub steal: f64,
}

impl Load {
    /// Busy in all, steal not included.
    pub fn busy(self) -> f64 {
        self.lane + self.other
    }
}

/// One core and its recent past.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Core {
    /// The operating system's number for it.
    pub id: usize,
    /// Whether the affinity mask lets lanes use it.
    pub usable: bool,
    /// The newest window.
    pub now: Load,
    /// The newest windows of [`Snapshot::window`] each, oldest first, at most [`HISTORY_MAX`]; the last equals `now`.
    pub history: Vec<Load>,
}

/// The longest history that a core keeps, in windows.
pub const HISTORY_MAX: usize = 240;

/// Where a run stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Phase {
    /// Lane processes are being started.
    #[default]
    Starting,
    /// Finding how much work takes the length that was asked for.
    Calibrating,
    /// Measuring what perfect scaling is here and now.
    Ideal,
    /// Lanes run; see their states.
    Running,
    /// Over: the report says what came out.
    Finished,
}

/// Where a lane stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum LaneState {
    /// Its turn has not come.
    #[default]
    Waiting,
    /// It runs now.
    Running,
    /// Over, its checksum right.
    Done,
    /// Over, with the reason: a panic, a signal, a wrong checksum, a limit.
    Failed(String),
    /// Stopped by the user.
    Cancelled,
    /// Not run, with the reason: no consent, no such program, a model that is not for this workload or
    /// not for this program.
    Refused(String),
}

/// One worker of a lane.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Worker {
    /// `worker 3`, `task 3`, a program's own name for its thread, or the echo server's name.
    pub name: String,
    /// Whether it only serves the lane, and is no worker.
    #[serde(default)]
    pub server: bool,
    /// The process it lives in, where it has one of its own.
    pub pid: Option<u32>,
    /// 0…1 of the worker's share of the work; `None` of a program's thread, which tells nobody how far
    /// it is.
    pub progress: Option<f64>,
    /// The core it was last seen on.
    pub core: Option<usize>,
    /// CPU time so far, as the operating system counted it; `None` for a task, which has no thread of its own.
    pub cpu: Option<Duration>,
}

/// One lane at this moment; while several runs are made, the current one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// As in the [`crate::spec::LaneSpec`].
    pub name: String,
    /// What the audience reads.
    pub label: String,
    /// The model's name.
    pub model: String,
    /// Whether speed-up is measured against it.
    pub baseline: bool,
    /// The name of the baseline that its speed-up is against; `None` without one.
    pub against: Option<String>,
    /// Where it stands.
    pub state: LaneState,
    /// Which run this is, from 1, and of how many.
    pub run: (u32, u32),
    /// 0…1 of the work; `None` of a program that is not over.
    pub progress: Option<f64>,
    /// Since `go`, or in all once it is over.
    pub wall: Duration,
    /// CPU time of the whole group so far.
    pub cpu: Duration,
    /// CPU time per wall time over the last window while it runs, over the whole run once it is over.
    pub cores_used: f64,
    /// Proportional set size of the group, the largest sample so far, in bytes.
    pub pss_max: Option<u64>,
    /// Context switches so far: voluntary and involuntary.
    pub switches: Option<(u64, u64)>,
    /// Its workers, at most [`WORKERS_MAX`]; servers that belong to the lane come last.
    pub workers: Vec<Worker>,
    /// How many workers there are in all.
    pub workers_total: usize,
    /// What the workload or the model counted itself: polls, lateness in ms, bytes moved… in the order to show.
    pub counters: Vec<(String, f64)>,
    /// The last lines of what its program wrote.
    #[serde(default)]
    pub output: Vec<String>,
    /// The exit code of its program, once that has ended.
    #[serde(default)]
    pub exit_code: Option<i32>,
    /// Who held the interpreter's lock when, where the model has one.
    #[serde(default)]
    pub holds: Option<Box<Holds>>,
}

/// The most workers of a lane that a snapshot names.
pub const WORKERS_MAX: usize = 256;

/// A stretch in which one worker stayed on one core.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// Index into [`Snapshot::lanes`].
    pub lane: usize,
    /// Index of the worker within the lane.
    pub worker: usize,
    /// The core's number.
    pub core: usize,
    /// From, since the run began.
    pub from: Duration,
    /// Until.
    pub until: Duration,
    /// The part of that time in which it was busy, 0…1.
    pub busy: f64,
}

/// The most stretches that a timeline keeps; beyond, neighbours are merged.
pub const STRETCHES_MAX: usize = 4096;

/// A run at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Where the run stands.
    pub phase: Phase,
    /// Since the run began.
    pub elapsed: Duration,
    /// How long one gauge window is.
    pub window: Duration,
    /// The machine.
    pub machine: Machine,
    /// Every core that is online.
    pub cores: Vec<Core>,
    /// Cores' worth of CPU time that everything but the lanes and parade used over the last window.
    pub others_cores: f64,
    /// Cores' worth of CPU time that parade's own process used over the last window.
    pub self_cores: f64,
    /// The lanes in the order in which they run, the baseline first.
    pub lanes: Vec<Lane>,
    /// Which worker ran on which core when.
    pub timeline: Vec<Stretch>,
    /// The work that calibration found, in units of the workload, and the unit's name.
    pub work: Option<(u64, String)>,
    /// What perfect scaling is here, measured: speed-up with all workers.
    pub ideal: Option<f64>,
    /// Once the phase is [`Phase::Finished`].
    pub report: Option<Box<Report>>,
}
