//! A run as a file: what came out, and what the gauges showed on the way, so that a later replay can
//! draw any of its moments.
//!
//! A [`Recorder`] is shown snapshots while a run goes on and keeps a [`Frame`] of each gauge window. It
//! knows no clock; time comes with the snapshots. [`file`](mod@file) writes and reads what it made.

pub mod file;
mod holds;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::holds::Holds;
use crate::report::{LaneReport, Report};
use crate::snapshot::{
    Core, HISTORY_MAX, Lane, LaneState, Load, Machine, Phase, Snapshot, Stretch,
};
pub use holds::HoldsFrame;

/// The version of this format. Fields may be added within a version; one whose meaning changes, or
/// that goes, makes a new one.
pub const VERSION: u32 = 1;

/// The most frames of a trace: five minutes of windows. A longer run keeps fewer of each second.
pub const FRAMES_MAX: usize = 1200;

/// The most loads of cores in a trace: a machine of many cores keeps fewer frames.
const LOADS_MAX: usize = 1 << 20;

/// A run, recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// [`VERSION`].
    pub trace: u32,
    /// What came out.
    pub report: Report,
    /// Where it ran.
    pub machine: Machine,
    /// When it was recorded, in seconds since 1970; `null` where nobody said.
    #[serde(default)]
    pub recorded_s: Option<u64>,
    /// Every core, in the order of [`Frame::loads`].
    pub cores: Vec<TracedCore>,
    /// The time from one frame to the next, in milliseconds.
    pub every_ms: u64,
    /// Oldest first, at most [`FRAMES_MAX`].
    pub frames: Vec<Frame>,
    /// Which worker ran on which core when.
    pub timeline: Vec<Stretch>,
    /// Of each lane, who had its lock over the last run, in the order of [`Report::lanes`]; the moments
    /// on the way stand in the frames.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Option<Holds>>,
}

/// One core of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TracedCore {
    /// The operating system's number for it.
    pub id: usize,
    /// Whether lanes could use it.
    pub usable: bool,
}

/// What was to be seen at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Since the run began.
    pub at_ms: u64,
    /// Where the run stood.
    pub phase: Phase,
    /// Thousandths of each core's last window: the lane's, the rest's, steal.
    pub loads: Vec<[u16; 3]>,
    /// As in [`Snapshot::others_cores`].
    pub others_cores: f64,
    /// As in [`Snapshot::self_cores`].
    pub self_cores: f64,
    /// In the order of [`Report::lanes`].
    pub lanes: Vec<LaneFrame>,
}

/// What was to be seen of one lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneFrame {
    /// Where it stood.
    pub state: LaneState,
    /// Which run, and of how many.
    pub run: (u32, u32),
    /// 0…1 of the work; `null` of a program that is not over.
    pub progress: Option<f64>,
    /// Since `go`, in milliseconds.
    pub wall_ms: u64,
    /// CPU time so far, in milliseconds.
    pub cpu_ms: u64,
    /// CPU time ÷ wall time.
    pub cores_used: f64,
    /// As in [`Lane::pss_max`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pss_max: Option<u64>,
    /// As in [`Lane::switches`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switches: Option<(u64, u64)>,
    /// As in [`Lane::counters`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counters: Vec<(String, f64)>,
    /// Who had its lock until then, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<HoldsFrame>,
}

/// Makes a trace of a run while it goes on.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    last: Snapshot,
    frames: Vec<Frame>,
    /// How many windows lie between two frames, less one.
    skipped: u32,
    /// The first moment that makes a frame.
    next: Duration,
}

impl Recorder {
    /// Keeps a frame of this moment, unless there is one of its window. To be called at least once per
    /// window, and once when the run is over.
    pub fn take(&mut self, snapshot: &Snapshot) {
        let over = snapshot.phase == Phase::Finished;
        let is_set_up = !snapshot.cores.is_empty() && !snapshot.lanes.is_empty();
        if over || (snapshot.elapsed >= self.next && is_set_up) {
            self.frames.push(frame(snapshot));
            let every = self.every(snapshot.window).as_nanos().max(1);
            let windows = snapshot.elapsed.as_nanos() / every + 1;
            self.next = Duration::from_nanos(u64::try_from(windows * every).unwrap_or(u64::MAX));
        }
        let frames_max = FRAMES_MAX.min(LOADS_MAX / snapshot.cores.len().max(1));
        if self.frames.len() > frames_max {
            self.thin();
        }
        self.last = snapshot.clone();
    }

    /// The trace of a run that is over; `None` before, and of a run that ended before it had lanes.
    pub fn finish(self) -> Option<Trace> {
        let every = self.every(self.last.window);
        let core = |core: &Core| TracedCore {
            id: core.id,
            usable: core.usable,
        };
        let trace = Trace {
            trace: VERSION,
            report: *self.last.report?,
            machine: self.last.machine,
            recorded_s: None,
            cores: self.last.cores.iter().map(core).collect(),
            every_ms: millis(every),
            frames: self.frames,
            timeline: self.last.timeline,
            holds: holds::last(&self.last.lanes),
        };
        trace.plays().then_some(trace)
    }

    fn every(&self, window: Duration) -> Duration {
        window * (self.skipped + 1)
    }

    /// Drops every other frame, but never the last.
    fn thin(&mut self) {
        let mut from_last = self.frames.len();
        self.frames.retain(|_| {
            from_last -= 1;
            from_last.is_multiple_of(2)
        });
        self.skipped = self.skipped * 2 + 1;
    }
}

impl Trace {
    /// Whether there is a picture of every moment: frames, each with the lanes of the report and the
    /// cores of the machine.
    fn plays(&self) -> bool {
        let (lanes, cores) = (self.report.lanes.len(), self.cores.len());
        let fits = |frame: &Frame| frame.lanes.len() == lanes && frame.loads.len() == cores;
        !self.frames.is_empty() && self.frames.iter().all(fits)
    }

    /// How long the run was.
    pub fn length(&self) -> Duration {
        let last = self.frames.last().map_or(0, |frame| frame.at_ms);
        Duration::from_millis(last)
    }

    /// What was to be seen so long after the run began: the newest frame until then. Workers are not
    /// in a trace, but for the timeline; nor is what a program wrote on the way.
    pub fn at(&self, elapsed: Duration) -> Snapshot {
        let until = self
            .frames
            .partition_point(|frame| frame.at_ms <= millis(elapsed));
        let seen = &self.frames[..until];
        let mut snapshot = Snapshot {
            window: Duration::from_millis(self.every_ms),
            machine: self.machine.clone(),
            cores: self.cores_after(seen),
            ideal: self.report.ideal_speedup,
            work: Some((self.report.spec.work, self.report.spec.unit.clone())),
            ..Snapshot::default()
        };
        let Some(now) = seen.last() else {
            return snapshot;
        };
        snapshot.phase = now.phase.clone();
        snapshot.elapsed = Duration::from_millis(now.at_ms);
        snapshot.others_cores = now.others_cores;
        snapshot.self_cores = now.self_cores;
        snapshot.lanes = self.lanes_of(now);
        let begun = self
            .timeline
            .iter()
            .filter(|stretch| stretch.from <= elapsed);
        snapshot.timeline = begun.cloned().collect();
        snapshot.report = (now.phase == Phase::Finished).then(|| Box::new(self.report.clone()));
        snapshot
    }

    fn cores_after(&self, seen: &[Frame]) -> Vec<Core> {
        let recent = &seen[seen.len().saturating_sub(HISTORY_MAX)..];
        let core = |(index, core): (usize, &TracedCore)| {
            let load = |frame: &Frame| frame.loads.get(index).copied().map(load);
            let history: Vec<Load> = recent.iter().filter_map(load).collect();
            Core {
                id: core.id,
                usable: core.usable,
                now: history.last().copied().unwrap_or_default(),
                history,
            }
        };
        self.cores.iter().enumerate().map(core).collect()
    }

    fn lanes_of(&self, frame: &Frame) -> Vec<Lane> {
        let holds = |index: usize, frame: &LaneFrame| {
            let last = self.holds.get(index)?.as_ref()?;
            Some(Box::new(frame.holds.as_ref()?.unfolded(last)))
        };
        let lane = |(index, (report, frame)): (usize, (&LaneReport, &LaneFrame))| Lane {
            name: report.name.clone(),
            label: report.label.clone(),
            model: report.model.clone(),
            baseline: report.baseline,
            against: report.against.clone(),
            state: frame.state.clone(),
            run: frame.run,
            progress: frame.progress,
            wall: Duration::from_millis(frame.wall_ms),
            cpu: Duration::from_millis(frame.cpu_ms),
            cores_used: frame.cores_used,
            pss_max: frame.pss_max,
            switches: frame.switches,
            counters: frame.counters.clone(),
            holds: holds(index, frame),
            workers_total: report.workers as usize,
            ..Lane::default()
        };
        let lanes = self.report.lanes.iter().zip(&frame.lanes);
        lanes.enumerate().map(lane).collect()
    }
}

fn frame(snapshot: &Snapshot) -> Frame {
    let lane = |lane: &Lane| LaneFrame {
        state: lane.state.clone(),
        run: lane.run,
        progress: lane.progress.map(rounded),
        wall_ms: millis(lane.wall),
        cpu_ms: millis(lane.cpu),
        cores_used: rounded(lane.cores_used),
        pss_max: lane.pss_max,
        switches: lane.switches,
        counters: lane.counters.clone(),
        holds: lane.holds.as_deref().map(HoldsFrame::of),
    };
    Frame {
        at_ms: millis(snapshot.elapsed),
        phase: snapshot.phase.clone(),
        loads: snapshot
            .cores
            .iter()
            .map(|core| thousandths(core.now))
            .collect(),
        others_cores: rounded(snapshot.others_cores),
        self_cores: rounded(snapshot.self_cores),
        lanes: snapshot.lanes.iter().map(lane).collect(),
    }
}

fn thousandths(load: Load) -> [u16; 3] {
    [load.lane, load.other, load.steal].map(|part| (part.clamp(0.0, 1.0) * 1e3).round() as u16)
}

fn load([lane, other, steal]: [u16; 3]) -> Load {
    let part = |thousandths: u16| f64::from(thousandths) / 1e3;
    Load {
        lane: part(lane),
        other: part(other),
        steal: part(steal),
    }
}

/// To a thousandth, which is more than anybody sees.
fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
