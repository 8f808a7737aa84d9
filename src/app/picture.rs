//! What the picture of a demo shows, and where: its geometry is the layout's, and what decides about
//! it is here, so that the picture and the mouse agree.

use parade_demos::catalogue;
use parade_demos::report::{Outcome, Report};
use parade_demos::snapshot::{LaneState, Snapshot};
use parade_demos::spec::{DemoSpec, LaneSpec, Show};

use super::{DemoKey, DemoState, Mouse, Picture, State};
use crate::layout::{Area, DemoContents, DemoPlan, LaneRows, Size, matrix};

/// A lock's picture above the verdict: a head, two threads beside the main one, a line of figures.
const LOCK_ROWS: u16 = 5;

/// What the lanes of a demo are told from.
#[derive(Clone, Copy, Debug)]
pub enum LaneSource<'a> {
    /// It never ran, or was changed since.
    Spec(&'a DemoSpec),
    /// It runs, or ended without a report.
    Snapshot(&'a Snapshot),
    /// It is over.
    Report(&'a Report),
}

impl<'a> LaneSource<'a> {
    /// The lanes by name, in the order in which they stand.
    pub fn lanes(self) -> Vec<&'a str> {
        match self {
            Self::Spec(spec) => lanes_to_run(spec).map(|(name, _)| name).collect(),
            Self::Snapshot(run) => run.lanes.iter().map(|lane| lane.name.as_str()).collect(),
            Self::Report(report) => report.lanes.iter().map(|lane| lane.name.as_str()).collect(),
        }
    }

    /// The lane that the gauges' share belongs to: the one that runs, or the last that did.
    pub fn lane_at_work(self) -> Option<usize> {
        match self {
            Self::Spec(_) => None,
            Self::Snapshot(run) => {
                let is = |wanted| run.lanes.iter().rposition(|lane| lane.state == wanted);
                is(LaneState::Running).or_else(|| is(LaneState::Done))
            }
            Self::Report(report) => {
                let mut lanes = report.lanes.iter();
                lanes.rposition(|lane| lane.outcome == Outcome::Done)
            }
        }
    }
}

/// The lanes that will run, name and label: the deck's, each workload's after the baseline that the
/// run adds where it is missing.
pub fn lanes_to_run(spec: &DemoSpec) -> impl Iterator<Item = (&str, &str)> {
    spec.lanes.iter().enumerate().flat_map(|(index, lane)| {
        let known =
            |earlier: &LaneSpec| (&earlier.workload, &earlier.with) == (&lane.workload, &lane.with);
        let first = !spec.lanes[..index].iter().any(known);
        let baseline = catalogue::added_baseline(spec, lane).filter(|_| first);
        let baseline = baseline.map(|entry| (entry.name, entry.label));
        let own = (lane.name.as_str(), lane.label.as_str());
        baseline.into_iter().chain([own])
    })
}

impl State {
    /// What a demo's lanes are told from: while it runs, never from the report of earlier runs.
    pub fn source<'a>(&self, key: &DemoKey, demo: &'a DemoState) -> LaneSource<'a> {
        let runs = self
            .run
            .as_ref()
            .is_some_and(|run| run.what.demo() == Some(key))
            || demo.replays();
        match (&demo.report, &demo.snapshot) {
            (Some(report), _) if !runs => LaneSource::Report(report),
            (_, Some(snapshot)) => LaneSource::Snapshot(snapshot),
            _ => LaneSource::Spec(&demo.spec),
        }
    }

    /// What decides about the rows of a demo's picture.
    pub fn demo_contents(&self, demo: &DemoState, source: LaneSource) -> DemoContents {
        let measured = demo.snapshot.as_ref().map(|snapshot| snapshot.cores.len());
        DemoContents {
            titled: demo.spec.title.is_some() || self.demo_slots().count() > 1,
            lanes: matrix(&demo.spec).map_or(source.lanes().len(), |rows| rows.len() + 1),
            story: if demo.spec.show == Show::Gil {
                LOCK_ROWS
            } else {
                0
            },
            // None where the system does not tell of them.
            cores: measured
                .filter(|&cores| cores > 0)
                .unwrap_or(self.cores as usize),
        }
    }

    /// The names of the demos that the page shows.
    pub fn demo_slots(&self) -> impl Iterator<Item = &str> {
        let slots = self.page.slots.iter();
        slots.filter_map(|slot| slot.content.demo())
    }

    /// The lane that is clicked in the picture of the demo in focus, which stands in `area` of the
    /// screen; by its number from 1. A baseline that the run added can't be picked.
    pub(super) fn lane_clicked(&self, area: Area, mouse: Mouse) -> Option<usize> {
        let (key, demo) = (self.demo.as_ref()?, self.demo_in_focus()?);
        if demo.picture == Picture::Timeline || matrix(&demo.spec).is_some() {
            return None;
        }
        let source = self.source(key, demo);
        let Area { width, height, .. } = area;
        let plan = DemoPlan::of(self.demo_contents(demo, source), Size { width, height });
        let lanes = source.lanes();
        let at_work = source.lane_at_work().unwrap_or(0);
        let rows = LaneRows::of(lanes.len(), at_work, plan.table.height, plan.lane_pitch);
        let y = u32::from(mouse.y).checked_sub(area.y + u32::from(plan.table.y))?;
        let name = lanes[rows.lane_at(u16::try_from(y).ok()?)?];
        let own = demo.spec.lanes.iter().position(|lane| lane.name == name)?;
        Some(own + 1)
    }
}
