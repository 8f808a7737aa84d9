//! What a run does, in its own thread: calibration, ideal, rounds of lanes, report.
//!
//! Each phase is a matter of which lanes race on the [`super::track`], and of what their ends mean.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::attempt::{Attempt, End, Measured};
use super::calibration::{Calibration, Step};
use super::gauges::{Gauges, WINDOW};
use super::ideal::{self, Ideal, Turn};
use super::limits::Limits;
use super::owner::Owner;
use super::plan::{self, Plan};
use super::protocol::LaneOrder;
use super::records::Records;
use super::tally::{self, Findings};
use super::track::Track;
use super::{Launcher, Options, board};
use crate::catalogue::WORK_MAX;
use crate::meter;
use crate::model::panic_message;
use crate::report::Report;
use crate::snapshot::{LaneState, Phase};
use crate::spec::{Amount, Order};

/// Leads the run to its end, and tells it; a panic on the way is an end too.
pub(super) fn lead(mut owner: Owner, launcher: Launcher, options: Options) {
    // Unwinding drops the lanes that run, and dropping ends them: that comes before the telling.
    let led = AssertUnwindSafe(|| Supervisor::new(&owner, launcher, options).lead());
    match catch_unwind(led) {
        Ok(report) => owner.finish(report),
        Err(panic) => owner.fail(&format!("parade's own thread {}", panic_message(&*panic))),
    }
}

/// Why the phases ended early.
#[derive(Debug, PartialEq)]
struct Cancelled;

struct Supervisor<'a> {
    owner: &'a Owner,
    track: Track<'a>,
    plan: Plan,
    records: Records,
    ideal: Option<f64>,
    earlier: Option<Report>,
}

impl<'a> Supervisor<'a> {
    fn new(owner: &'a Owner, launcher: Launcher, options: Options) -> Self {
        let gauges = Gauges::new(meter::open(options.meter));
        let mut plan = plan::plan(owner.demo(), &gauges.machine(), options.trusted);
        if let Some(earlier) = &options.earlier {
            plan.take_over_work(earlier);
        }
        Self {
            owner,
            track: Track::new(owner, launcher, gauges),
            records: Records::new(&plan),
            plan,
            ideal: None,
            earlier: options.earlier,
        }
    }

    fn lead(mut self) -> Report {
        let (before, repeat) = (self.runs_before(), self.owner.demo().repeat.max(1));
        self.owner.change(|snapshot| {
            snapshot.machine = self.track.gauges.machine();
            snapshot.cores = self.track.gauges.cores().to_vec();
            snapshot.window = WINDOW;
            snapshot.lanes = board::lanes(&self.plan, before, repeat);
        });
        if self.phases(before, repeat) == Err(Cancelled) {
            self.cancel();
        }
        self.report()
    }

    fn runs_before(&self) -> u32 {
        let lanes = self.earlier.iter().flat_map(|report| &report.lanes);
        lanes.map(|lane| lane.runs.len() as u32).max().unwrap_or(0)
    }

    fn phases(&mut self, before: u32, repeat: u32) -> Result<(), Cancelled> {
        self.calibrate()?;
        self.show_work();
        self.find_ideal()?;
        self.enter(Phase::Running);
        self.track.gauges.measure();
        let lanes: Vec<usize> = (0..self.plan.lanes.len()).collect();
        let at_once = match self.owner.demo().order {
            Order::Together => lanes.len().max(1),
            Order::Turn => 1,
        };
        for run in 1..=repeat {
            for lanes in lanes.chunks(at_once) {
                self.round(lanes, before + run)?;
            }
        }
        Ok(())
    }

    /// Finds how much work each task has, where nobody said so.
    fn calibrate(&mut self) -> Result<(), Cancelled> {
        let Amount::Length(length) = self.owner.demo().amount else {
            return Ok(());
        };
        for task in 0..self.plan.tasks.len() {
            if self.plan.tasks[task].work.is_some() || self.plan.is_refused(task) {
                continue;
            }
            self.enter(Phase::Calibrating);
            let probe = self.plan.tasks[task].probe.clone();
            match self.find_work(&probe, length)? {
                Ok(work) => self.plan.set_work(task, work),
                Err(end) => self.fail_task(task, &end),
            }
        }
        Ok(())
    }

    fn show_work(&self) {
        let task = self.plan.tasks.first();
        let work = task.and_then(|task| Some((task.work?, task.unit.clone())));
        self.owner.change(|snapshot| snapshot.work = work);
    }

    /// The work that takes one worker this long on a core of its own, or why it could not be found.
    /// What is calibrated computes and never waits, so it is its CPU time that tells: wall time would
    /// count what others took meanwhile, and make the work too little.
    fn find_work(
        &mut self,
        probe: &LaneOrder,
        length: Duration,
    ) -> Result<Result<u64, End>, Cancelled> {
        let mut calibration = Calibration::new(length, WORK_MAX);
        loop {
            let work = match calibration.step() {
                Step::Found(work) => return Ok(Ok(work)),
                Step::Probe(work) => work,
            };
            match self.measure(LaneOrder {
                work,
                ..probe.clone()
            })? {
                Ok(measured) => calibration.took(work, measured.usage.cpu()),
                Err(end) => return Ok(Err(end)),
            }
        }
    }

    /// What an order takes that is no lane's.
    fn measure(&mut self, order: LaneOrder) -> Result<Result<Measured, End>, Cancelled> {
        let attempt = Attempt {
            lane: None,
            order,
            limits: Limits::of_probe(),
        };
        match self.track.race(vec![attempt]).pop() {
            Some(End::Done(measured)) => Ok(Ok(measured)),
            Some(End::Cancelled) | None => Err(Cancelled),
            Some(end) => Ok(Err(end)),
        }
    }

    /// What can't be calibrated can't be run.
    fn fail_task(&mut self, task: usize, end: &End) {
        let workload = self.plan.tasks[task].workload.clone();
        for lane in 0..self.plan.lanes.len() {
            let its = &self.plan.tasks[self.plan.lanes[lane].task].workload;
            if *its == workload && self.plan.lanes[lane].refused.is_none() {
                self.end_lane(lane, end.clone());
            }
        }
    }

    /// Measures perfect scaling, if a lane computes with two workers or more.
    fn find_ideal(&mut self) -> Result<(), Cancelled> {
        let Some(workers) = self.plan.computing_workers() else {
            return Ok(());
        };
        if self.records.all().iter().all(|lane| lane.ended.is_some()) {
            return Ok(());
        }
        self.enter(Phase::Ideal);
        let length = match self.owner.demo().amount {
            Amount::Length(length) => ideal::length(length),
            Amount::Work(_) => ideal::length(Duration::MAX),
        };
        let Ok(work) = self.find_work(&plan::spin(1, 1), length)? else {
            return Ok(());
        };
        let mut ideal = Ideal::new(plan::cores_at_once(&self.track.gauges.machine(), workers));
        while let Some(turn) = ideal.turn() {
            let workers = if turn == Turn::One { 1 } else { workers };
            let Ok(measured) = self.measure(plan::spin(workers, work))? else {
                return Ok(());
            };
            ideal.took(measured.usage.cpu());
        }
        self.ideal = ideal.speedup();
        self.owner.change(|snapshot| snapshot.ideal = self.ideal);
        Ok(())
    }

    /// Runs these lanes once, all at the same time.
    fn round(&mut self, lanes: &[usize], run: u32) -> Result<(), Cancelled> {
        let goes_on = |lane: &usize| self.records.goes_on(*lane, &self.plan);
        let lanes: Vec<usize> = lanes.iter().copied().filter(goes_on).collect();
        if lanes.is_empty() {
            return Ok(());
        }
        let attempt = |&lane: &usize| {
            let order = self.plan.order(lane);
            Attempt {
                lane: Some(lane),
                limits: Limits::of(&order, self.owner.demo().amount),
                order,
            }
        };
        let attempts = lanes.iter().map(attempt).collect();
        self.owner.change(|snapshot| {
            for &lane in &lanes {
                board::begin(&mut snapshot.lanes[lane], run);
            }
        });
        let ends = self.track.race(attempts);
        let cancelled = ends.contains(&End::Cancelled);
        for (lane, end) in lanes.into_iter().zip(ends) {
            self.take(lane, end);
        }
        if cancelled { Err(Cancelled) } else { Ok(()) }
    }

    fn take(&mut self, lane: usize, end: End) {
        let End::Done(measured) = end else {
            return self.end_lane(lane, end);
        };
        let earlier = self.earlier.as_ref();
        if let Err(error) = self.records.take(lane, measured, &self.plan, earlier) {
            self.end_lane(lane, End::Failed(error));
        }
    }

    fn end_lane(&mut self, lane: usize, end: End) {
        self.owner
            .change(|snapshot| board::finish(&mut snapshot.lanes[lane], &end));
        self.records.end(lane, end);
    }

    fn cancel(&mut self) {
        self.records.cancel(&self.plan);
        self.owner.change(|snapshot| {
            let waiting = |lane: &&mut crate::snapshot::Lane| lane.state == LaneState::Waiting;
            for lane in snapshot.lanes.iter_mut().filter(waiting) {
                lane.state = LaneState::Cancelled;
            }
        });
    }

    fn report(mut self) -> Report {
        // The last window is open still, and holds what the last lane used.
        self.track.gauges.close();
        self.records.gauge(|who| self.track.gauges.gauged(who));
        let tally = self.track.gauges.tally();
        let shown = {
            let mut snapshot = self.owner.snapshot();
            snapshot.elapsed = self.track.elapsed();
            snapshot.lanes.clone()
        };
        tally::report(&Findings {
            demo: self.owner.demo(),
            plan: &self.plan,
            machine: &self.track.gauges.machine(),
            tally: &tally,
            ideal: self.ideal,
            records: self.records.all(),
            shown: &shown,
            earlier: self.earlier.as_ref(),
        })
    }

    fn enter(&self, phase: Phase) {
        self.owner.change(|snapshot| snapshot.phase = phase);
    }
}
