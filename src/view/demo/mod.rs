//! A demo in its room on the page.
//!
//! From above: its title, a gauge per core, the table of lanes, a story (what will run, the workers
//! at work, or the verdict), and a line of conditions. [`DemoPlan`] gives each its rows.

mod attempts;
mod conditions;
mod counts;
mod gauges;
mod heartbeat;
mod heat;
mod holds;
pub(super) mod lane;
mod matrix;
mod result_bar;
pub(super) mod scale;
mod scheduler;
mod steps;
mod story;
mod table;
mod timeline;
pub(crate) mod told;
mod transfer;
mod verdict;
mod workers;

use parade_demos::explore::Exhibit;
use parade_demos::report::Report;
use parade_demos::snapshot::Snapshot;
use parade_demos::spec::Show;

use super::canvas::Canvas;
use crate::app::{Action, Bench, DemoState, LaneSource, Picture, State};
use crate::layout::{DemoPlan, Size};
use crate::theme::Role;
use lane::LaneRow;

/// Where a demo stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It never ran, or was changed since.
    Ready,
    /// It runs now.
    Running,
    /// It is over.
    Over,
}

/// What the picture of a demo is made from.
struct Scene<'a> {
    demo: &'a DemoState,
    stage: Stage,
    /// The run as it looks now, or as it looked last.
    snapshot: Option<&'a Snapshot>,
    /// What came out, once it is over.
    report: Option<&'a Report>,
    /// What the lanes are told from.
    source: LaneSource<'a>,
    lanes: Vec<LaneRow<'a>>,
    /// Its number among the slide's demos, from 1, and how many there are.
    place: (usize, usize),
    state: &'a State,
}

/// Draws the demo of this name on the present slide.
pub(super) fn draw(state: &State, name: &str, canvas: &mut Canvas) {
    let Some(scene) = Scene::of(state, name) else {
        return;
    };
    let room = Size {
        width: canvas.width(),
        height: canvas.height(),
    };
    if let Some(bench) = &scene.demo.bench {
        return by_hand(&scene, bench, canvas);
    }
    let plan = DemoPlan::of(state.demo_contents(scene.demo, scene.source), room);
    title(&scene, &mut canvas.rows(plan.title.y, plan.title.height));
    let mut gauges = canvas.rows(plan.gauges.y, plan.gauges.height);
    gauges::draw(&scene, plan.shape, &mut gauges);
    match scene.demo.picture {
        Picture::Lanes => {
            let mut table = canvas.rows(plan.table.y, plan.table.height);
            lanes(&scene, plan.lane_pitch, &mut table);
            story::draw(&scene, &mut canvas.rows(plan.story.y, plan.story.height));
        }
        Picture::Timeline => {
            let below = plan.story.y + plan.story.height;
            let height = below.saturating_sub(plan.table.y);
            timeline::draw(&scene, &mut canvas.rows(plan.table.y, height));
        }
    }
    conditions::draw(
        &scene,
        &mut canvas.rows(plan.conditions.y, plan.conditions.height),
    );
}

/// A program that is stepped by hand has no gauges: title, program, and what it is about.
fn by_hand(scene: &Scene, bench: &Bench, canvas: &mut Canvas) {
    let titled = u16::from(scene.demo.spec.title.is_some() || scene.place.1 > 1);
    title(scene, &mut canvas.rows(0, titled));
    let below = titled * 2;
    let mut room = canvas.rows(below, canvas.height().saturating_sub(below));
    match &bench.exhibit {
        Ok(Exhibit::Lines(lines)) => steps::draw(lines, &mut room),
        Ok(Exhibit::Schedule(schedule)) => scheduler::draw(scene, schedule, &mut room),
        Err(why) => {
            let end = room.text(0, 0, "✗ ", Role::Error);
            room.cut(end, 0, room.width(), why, Role::Text);
        }
    }
}

/// The lanes, in the picture that the deck asks for.
fn lanes(scene: &Scene, pitch: u16, canvas: &mut Canvas) {
    match scene.demo.spec.show {
        Show::Heartbeat => heartbeat::draw(scene, pitch, canvas),
        Show::Transfer => transfer::draw(scene, pitch, canvas),
        Show::Counts => counts::draw(scene, pitch, canvas),
        Show::Attempts => attempts::draw(scene, pitch, canvas),
        Show::Lanes | Show::Gil | Show::Steps | Show::Scheduler => {
            table::draw(scene, pitch, canvas);
        }
    }
}

/// The demo's title, and which of several it is.
fn title(scene: &Scene, row: &mut Canvas) {
    let mut end = row.width();
    let (at, of) = scene.place;
    if of > 1 {
        let place = format!("demo {at} of {of}");
        row.right(end, 0, &place, Role::Muted);
        end = end.saturating_sub(place.len() as u16 + 2);
    }
    if let Some(title) = &scene.demo.spec.title {
        row.cut(0, 0, end, title, Role::Text);
    }
}

impl<'a> Scene<'a> {
    fn of(state: &'a State, name: &str) -> Option<Self> {
        let slide = state.slides.get(&state.place.slide)?;
        let (key, demo) = state
            .demos
            .iter()
            .find(|(key, _)| key.slide == slide.id && key.demo == name)?;
        let live = state
            .run
            .as_ref()
            .is_some_and(|run| run.what.demo() == Some(key));
        let running = live || demo.replays();
        let source = state.source(key, demo);
        let reached = match source {
            _ if running => Stage::Running,
            LaneSource::Spec(_) => Stage::Ready,
            LaneSource::Snapshot(_) | LaneSource::Report(_) => Stage::Over,
        };
        let report = match source {
            LaneSource::Report(report) => Some(report),
            LaneSource::Spec(_) | LaneSource::Snapshot(_) => None,
        };
        let mut lanes = LaneRow::of(source);
        for lane in &mut lanes {
            lane.colour = lane::colour(&demo.spec, lane.name);
        }
        let at = state.demo_slots().position(|slot| slot == name);
        Some(Self {
            demo,
            stage: reached,
            source,
            snapshot: demo.snapshot.as_deref(),
            report,
            lanes,
            place: (at.map_or(1, |at| at + 1), state.demo_slots().count()),
            state,
        })
    }

    /// The colour of the lane that the gauges' share belongs to.
    fn colour_at_work(&self) -> Role {
        let at = self.source.lane_at_work().unwrap_or(0);
        self.lanes.get(at).map_or(Role::Lane(0), |lane| lane.colour)
    }

    /// The deck's lane at this place, as it stands now.
    fn lane(&self, index: usize) -> Option<&LaneRow<'a>> {
        let name = &self.demo.spec.lanes.get(index)?.name;
        self.lanes.iter().find(|lane| lane.name == name)
    }

    /// The colour of the lane of this name.
    fn colour_of(&self, name: &str) -> Role {
        lane::colour(&self.demo.spec, name)
    }

    /// The key that starts a run.
    fn run_key(&self) -> String {
        let key = self.state.keys.key(Action::Run);
        key.map(|key| key.to_string()).unwrap_or_default()
    }

    /// What perfect scaling is here.
    fn ideal(&self) -> Option<f64> {
        match self.report {
            Some(report) => report.ideal_speedup,
            None => self.snapshot.and_then(|snapshot| snapshot.ideal),
        }
    }
}

impl Scene<'_> {
    /// How many cores have a gauge, or would if the system told of them.
    fn cores(&self) -> usize {
        let told = self.snapshot.map(|snapshot| snapshot.cores.len());
        let told = told.filter(|&cores| cores > 0);
        told.unwrap_or(self.state.cores as usize)
    }
}
