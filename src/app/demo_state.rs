//! What is known of a demo and of the run in progress, and what a run changes of it.

use std::collections::BTreeMap;

use parade_demos::catalogue;
use parade_demos::report::{Outcome, Report};
use parade_demos::snapshot::Snapshot;
use parade_demos::spec::{Baseline, DemoSpec, Value, Workers};
use serde::{Deserialize, Serialize};

use super::{Bench, Live, Replay, adjust};

/// Names a run.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct RunId(pub u64);

/// Names a demo within a deck.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DemoKey {
    /// The slide's id.
    pub slide: String,
    /// The demo's name.
    pub demo: String,
}

/// What is known of a demo.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoState {
    /// As the deck's fence has it; a fence that changes starts anew.
    pub fence: DemoSpec,
    /// As it will run: the fence with the workers, length and live values that were set since.
    pub spec: DemoSpec,
    /// Which picture of it is shown.
    pub picture: Picture,
    /// The newest snapshot of the run in progress, or the last of the one that ended.
    pub snapshot: Option<Box<Snapshot>>,
    /// What came out, over all its runs with the present spec.
    pub report: Option<Box<Report>>,
    /// The lane that keys act on, or all of them.
    pub focus: DemoFocus,
    /// What the snapshot and the report are of.
    pub ran: DemoFocus,
    /// What there was to show before the run in progress: it comes back if that one is stopped.
    pub before: Option<Before>,
    /// Whether the newest run was stopped, so that what is shown came out before it.
    pub stopped: bool,
    /// The newest run of the present spec; what comes of an older one is not shown.
    pub run: Option<RunId>,
    /// Whether a further run adds to the report: not after a value changed in mid-run.
    pub adds: bool,
    /// The live parameter that keys change, by name; `None` where the demo has none.
    pub parameter: Option<String>,
    /// Live values that were changed, by parameter.
    pub set: BTreeMap<String, Value>,
    /// What is played in place of a live run.
    pub replay: Option<Replay>,
    /// Its program, where it is stepped by hand.
    pub bench: Option<Bench>,
    /// Why it can't run here and now (no consent, something wrong with its fence).
    pub refused: Option<String>,
}

/// What complete runs left to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// How the last of them looked at its end.
    pub snapshot: Option<Box<Snapshot>>,
    /// What came out.
    pub report: Box<Report>,
    /// Of what.
    pub ran: DemoFocus,
}

/// Which picture of a demo is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Picture {
    /// Gauges and lanes, then the result.
    #[default]
    Lanes,
    /// Which worker ran on which core when.
    Timeline,
}

/// What keys act on within a demo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DemoFocus {
    /// The whole demo.
    #[default]
    All,
    /// One lane alone, by its index: `r` runs only this one.
    Lane(usize),
}

/// The run in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Its name.
    pub id: RunId,
    /// What runs.
    pub what: Live,
    /// Whether it was told to end, and what follows.
    pub stop: Stop,
}

/// Whether a run was told to end, and what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stop {
    /// It runs on.
    #[default]
    Not,
    /// It was told to end.
    End,
    /// It was told to end, and this starts as soon as nothing of it is left.
    Then(Live),
}

impl DemoState {
    /// Whether it runs as its fence has it, on so many cores: with the same values, as many workers and
    /// as much work.
    pub fn is_as_in_deck(&self, cores: usize) -> bool {
        let counted = |spec: &DemoSpec| {
            let mut spec = spec.clone();
            for lane in &mut spec.lanes {
                lane.workers = Workers::Count(adjust::worker_count(lane, cores));
            }
            spec
        };
        counted(&self.spec) == counted(&self.fence)
    }

    /// A demo as its fence has it.
    pub fn new(fence: &DemoSpec) -> Self {
        let live = adjust::live_parameters(fence);
        Self {
            fence: fence.clone(),
            spec: fence.clone(),
            picture: Picture::default(),
            snapshot: None,
            report: None,
            focus: DemoFocus::default(),
            ran: DemoFocus::default(),
            before: None,
            stopped: false,
            run: None,
            adds: true,
            parameter: live.first().map(|parameter| parameter.name.to_owned()),
            set: BTreeMap::new(),
            replay: None,
            bench: Bench::of(fence),
            refused: problem(fence),
        }
    }

    /// What is wrong with it, so that it can't run.
    pub(super) fn problem(&self) -> Option<String> {
        problem(&self.spec)
    }

    /// What runs: the whole demo, or the lane in focus alone, of which nothing is claimed.
    pub fn spec_in_focus(&self) -> DemoSpec {
        let lane = match self.focus {
            DemoFocus::All => None,
            DemoFocus::Lane(index) => self.spec.lanes.get(index),
        };
        match lane {
            None => self.spec.clone(),
            Some(lane) => DemoSpec {
                lanes: vec![lane.clone()],
                baseline: Baseline::None,
                claim: None,
                ..self.spec.clone()
            },
        }
    }

    /// A run of what is in focus begins. Gives the result to which it adds.
    pub(super) fn begin_run(&mut self, run: RunId) -> Option<Box<Report>> {
        self.put_replay_away();
        self.before = self.shown_for_good();
        let same = |before: &&Before| before.ran == self.focus;
        let earlier = self.before.as_ref().filter(same);
        self.report = earlier.map(|before| before.report.clone());
        self.snapshot = None;
        self.stopped = false;
        self.refused = None;
        self.ran = self.focus;
        self.run = Some(run);
        self.adds = true;
        self.report.clone()
    }

    /// What is shown, if it is whole and of the present values.
    fn shown_for_good(&self) -> Option<Before> {
        let report = self.report.as_ref()?;
        (self.adds && is_complete(report)).then(|| Before {
            snapshot: self.snapshot.clone(),
            report: report.clone(),
            ran: self.ran,
        })
    }

    /// Takes what came out of a run. One that was stopped doesn't replace what was complete.
    pub(super) fn end_run(&mut self, report: Box<Report>, ended_itself: bool) {
        match self.before.take() {
            Some(before) if !ended_itself && !is_complete(&report) => {
                self.snapshot = before.snapshot;
                self.report = Some(before.report);
                self.ran = before.ran;
                self.stopped = true;
            }
            _ => self.report = Some(report),
        }
    }

    /// Takes another spec; what came out under the old one goes.
    pub(super) fn change(&mut self, spec: DemoSpec) {
        self.change_live(spec);
        self.snapshot = None;
        self.run = None;
        self.adds = true;
    }

    /// Takes a live value while a run goes on: what comes of it is of several values.
    pub(super) fn change_live(&mut self, spec: DemoSpec) {
        self.put_replay_away();
        self.spec = spec;
        self.report = None;
        self.before = None;
        self.stopped = false;
        self.adds = false;
    }
}

fn problem(spec: &DemoSpec) -> Option<String> {
    let first = catalogue::check(spec).into_iter().next();
    first.map(|problem| problem.message)
}

/// Whether every lane was done.
fn is_complete(report: &Report) -> bool {
    report
        .lanes
        .iter()
        .all(|lane| lane.outcome == Outcome::Done)
}
