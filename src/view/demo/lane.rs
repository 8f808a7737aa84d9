//! A lane as the pictures need it, whether it waits in the deck, runs, or is told of by a report.

use parade_demos::catalogue;
use parade_demos::report::{LaneReport, Outcome};
use parade_demos::snapshot::{Lane, LaneState, Snapshot};
use parade_demos::spec::{Baseline, DemoSpec, LaneSpec};

use crate::app::{LaneSource, lanes_to_run};
use crate::layout::matrix;
use crate::theme::Role;

/// Where a lane stands, as its sign tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
    Refused,
}

impl Sign {
    /// The sign and what it is drawn as.
    pub(super) fn drawn(self, lane: Role) -> (&'static str, Role) {
        match self {
            Self::Waiting => ("·", Role::Muted),
            Self::Running => ("▸", lane),
            Self::Done => ("✓", lane),
            Self::Failed => ("✗", Role::Error),
            Self::Cancelled => ("■", Role::Muted),
            Self::Refused => ("–", Role::Warning),
        }
    }
}

/// One lane's line.
#[derive(Clone, Debug)]
pub(super) struct LaneRow<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    /// The same in gauge, bar, timeline and table, also when the lane runs alone.
    pub(super) colour: Role,
    pub(super) sign: Sign,
    /// Why it failed or never ran.
    pub(super) reason: Option<&'a str>,
    /// 0…1 of the work; `None` of a program that is not over.
    pub(super) progress: Option<f64>,
    pub(super) wall_s: Option<f64>,
    pub(super) cpu_s: Option<f64>,
    pub(super) cores_used: Option<f64>,
    /// Against its baseline; of a lane that runs, what it has come to so far.
    pub(super) speedup: Option<f64>,
    pub(super) pss_mib: Option<f64>,
    /// Voluntary and involuntary.
    pub(super) switches: Option<(u64, u64)>,
    counters: Counters<'a>,
}

/// What the lane counted itself, where it stands.
#[derive(Clone, Copy, Debug)]
enum Counters<'a> {
    None,
    Live(&'a [(String, f64)]),
    Reported(&'a serde_json::Map<String, serde_json::Value>),
}

const MIB: f64 = 1024.0 * 1024.0;
/// What a lane of the deck is compared with is neutral.
const BASELINE_COLOUR: Role = Role::Lane(0);
/// Below this progress, a speed-up so far would be a guess.
const PROGRESS_TELLING_MIN: f64 = 0.1;

/// The colour of the lane of this name: by its place in the deck, so that it is the same whatever
/// runs beside it. In a matrix it is that of the row.
pub(crate) fn colour(spec: &DemoSpec, name: &str) -> Role {
    let is_baseline =
        |lane: &LaneSpec| spec.baseline == Baseline::Sequential && catalogue::is_baseline(lane);
    let lane = spec.lanes.iter().position(|lane| lane.name == name);
    if let (Some(rows), Some(lane)) = (matrix(spec), lane) {
        let row = rows.iter().position(|row| row.has(lane)).unwrap_or(0);
        return Role::Lane((row % 255) as u8);
    }
    match lane {
        Some(at) if !is_baseline(&spec.lanes[at]) => Role::Lane((at % 255) as u8 + 1),
        _ => BASELINE_COLOUR,
    }
}

impl<'a> LaneRow<'a> {
    fn waiting(name: &'a str, label: &'a str) -> Self {
        Self {
            name,
            label,
            colour: BASELINE_COLOUR,
            sign: Sign::Waiting,
            reason: None,
            progress: Some(0.0),
            wall_s: None,
            cpu_s: None,
            cores_used: None,
            speedup: None,
            pss_mib: None,
            switches: None,
            counters: Counters::None,
        }
    }

    /// Its name in the deck.
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// One of the lane's own counts.
    pub(super) fn counter(&self, name: &str) -> Option<f64> {
        match self.counters {
            Counters::None => None,
            Counters::Live(counters) => {
                let (_, value) = counters.iter().find(|(known, _)| known == name)?;
                Some(*value)
            }
            Counters::Reported(counters) => counters.get(name)?.as_f64(),
        }
    }

    /// The lanes, in the order in which they stand.
    pub(super) fn of(source: LaneSource<'a>) -> Vec<Self> {
        match source {
            LaneSource::Spec(spec) => lanes_to_run(spec)
                .map(|(name, label)| Self::waiting(name, label))
                .collect(),
            LaneSource::Snapshot(snapshot) => Self::of_snapshot(snapshot),
            LaneSource::Report(report) => report.lanes.iter().map(Self::of_result).collect(),
        }
    }

    /// The lanes of a run in progress, or of one that ended without a report.
    fn of_snapshot(snapshot: &'a Snapshot) -> Vec<Self> {
        let of_lane = |lane: &'a Lane| {
            let is_baseline = |other: &&Lane| lane.against.as_ref() == Some(&other.name);
            Self::of_lane(lane, snapshot.lanes.iter().find(is_baseline))
        };
        snapshot.lanes.iter().map(of_lane).collect()
    }

    fn of_lane(lane: &'a Lane, baseline: Option<&Lane>) -> Self {
        let (sign, reason) = match &lane.state {
            LaneState::Waiting => return Self::waiting(&lane.name, &lane.label),
            LaneState::Running => (Sign::Running, None),
            LaneState::Done => (Sign::Done, None),
            LaneState::Cancelled => (Sign::Cancelled, None),
            LaneState::Failed(reason) => (Sign::Failed, Some(reason.as_str())),
            LaneState::Refused(reason) => (Sign::Refused, Some(reason.as_str())),
        };
        let telling = |progress: &f64| {
            sign == Sign::Done
                || (sign == Sign::Running && *progress >= PROGRESS_TELLING_MIN && !lane.baseline)
        };
        let speedup = baseline
            .filter(|baseline| baseline.state == LaneState::Done)
            .zip(lane.progress.filter(telling))
            .map(|(baseline, done)| baseline.wall.as_secs_f64() * done / lane.wall.as_secs_f64())
            .filter(|speedup| speedup.is_finite());
        Self {
            sign,
            reason,
            progress: lane.progress,
            wall_s: Some(lane.wall.as_secs_f64()),
            cpu_s: Some(lane.cpu.as_secs_f64()),
            cores_used: Some(lane.cores_used),
            speedup,
            pss_mib: lane.pss_max.map(|bytes| bytes as f64 / MIB),
            switches: lane.switches,
            counters: Counters::Live(&lane.counters),
            ..Self::waiting(&lane.name, &lane.label)
        }
    }

    fn of_result(lane: &'a LaneReport) -> Self {
        let sign = match lane.outcome {
            Outcome::Done => Sign::Done,
            Outcome::Failed | Outcome::TimedOut => Sign::Failed,
            Outcome::Cancelled => Sign::Cancelled,
            Outcome::Refused | Outcome::Unavailable => Sign::Refused,
        };
        Self {
            sign,
            reason: lane.error.as_deref(),
            progress: Some(if sign == Sign::Done { 1.0 } else { 0.0 }),
            wall_s: lane.wall_s,
            cpu_s: lane.cpu_s,
            cores_used: lane.cores_used,
            speedup: lane.speedup,
            pss_mib: lane.pss_mib_max,
            switches: lane
                .context_switches
                .map(|switches| (switches.voluntary, switches.involuntary)),
            counters: Counters::Reported(&lane.counters),
            ..Self::waiting(&lane.name, &lane.label)
        }
    }
}
