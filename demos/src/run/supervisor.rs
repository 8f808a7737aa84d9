//! The thread that leads a run: calibration, ideal, lanes, report. It alone starts and ends lane
//! processes, samples them, and writes the snapshot.
//!
//! One loop ([`Supervisor::race`]) runs any set of lanes to their ends; the phases are what it is
//! called with. Nothing in it blocks for longer than a sample's time.

use std::io::{PipeReader, Read};
use std::os::fd::AsFd;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::attempt::{Active, Attempt, Conclusion, End, Next, Stage};
use super::calibration::{Calibration, Step};
use super::gauges::Gauges;
use super::handle::{Direction, LaneProcess};
use super::ideal::{self, Ideal, Turn};
use super::plan::{self, Plan};
use super::protocol::{LaneOrder, ToLane};
use super::tally::{self, Findings, Record};
use super::timeline::Timeline;
use super::{Launcher, Options, RunEvent, Shared, board};
use crate::catalogue::WORK_MAX;
use crate::meter;
use crate::report::{LaneRun, Report};
use crate::snapshot::{LaneState, Phase, Snapshot};
use crate::spec::{Amount, DemoSpec, Order, Value};

/// How long a lane may go without progress, at least.
const PATIENCE_MIN: Duration = Duration::from_secs(30);

/// The longest that nobody looks at anything.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Why the phases ended early.
#[derive(Debug, PartialEq)]
struct Cancelled;

pub(super) struct Supervisor {
    launcher: Launcher,
    shared: Arc<Shared>,
    wake: Option<PipeReader>,
    tell: Box<dyn Fn(RunEvent) + Send + Sync>,
    demo: DemoSpec,
    plan: Plan,
    earlier: Option<Report>,
    gauges: Gauges,
    timeline: Timeline,
    records: Vec<Record>,
    ideal: Option<f64>,
    began: Instant,
    sampled: Duration,
}

impl Supervisor {
    pub(super) fn new(
        launcher: Launcher,
        shared: Arc<Shared>,
        wake: Option<PipeReader>,
        demo: DemoSpec,
        options: Options,
        tell: Box<dyn Fn(RunEvent) + Send + Sync>,
    ) -> Self {
        let gauges = Gauges::new(meter::open(options.meter));
        let mut plan = plan::plan(&demo, &gauges.machine(), options.trusted);
        if let Some(earlier) = &options.earlier {
            plan.take_over_work(earlier);
        }
        let records = vec![Record::default(); plan.lanes.len()];
        Self {
            launcher,
            shared,
            wake,
            tell,
            demo,
            plan,
            earlier: options.earlier,
            gauges,
            timeline: Timeline::default(),
            records,
            ideal: None,
            began: Instant::now(),
            sampled: Duration::ZERO,
        }
    }

    /// Leads the run to its end, and tells it.
    pub(super) fn lead(mut self) {
        let (before, repeat) = (self.runs_before(), self.demo.repeat.max(1));
        self.change(|run, snapshot| {
            snapshot.machine = run.gauges.machine();
            snapshot.cores = run.gauges.cores().to_vec();
            snapshot.window = super::gauges::WINDOW;
            snapshot.lanes = board::lanes(&run.plan, before, repeat);
        });
        let done = self.phases(before, repeat);
        let report = self.report(done == Err(Cancelled));
        self.change(|run, snapshot| {
            snapshot.phase = Phase::Finished;
            snapshot.elapsed = run.began.elapsed();
            snapshot.report = Some(Box::new(report.clone()));
        });
        (self.tell)(RunEvent::Finished(Box::new(report)));
    }

    fn phases(&mut self, before: u32, repeat: u32) -> Result<(), Cancelled> {
        self.calibrate()?;
        self.show_work();
        self.find_ideal()?;
        self.enter(Phase::Running);
        self.gauges.measure(true);
        for round in 1..=repeat {
            match self.demo.order {
                Order::Together => self.round(
                    &(0..self.plan.lanes.len()).collect::<Vec<_>>(),
                    before + round,
                )?,
                Order::Turn => {
                    for lane in 0..self.plan.lanes.len() {
                        self.round(&[lane], before + round)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn report(&mut self, cancelled: bool) -> Report {
        // The last window is open still, and holds what the last lane used.
        self.gauges.close();
        if cancelled {
            for (record, lane) in self.records.iter_mut().zip(&self.plan.lanes) {
                if record.runs.is_empty() && record.ended.is_none() && lane.refused.is_none() {
                    record.ended = Some(End::Cancelled);
                }
            }
            self.change(|_, snapshot| {
                let waiting = |lane: &&mut crate::snapshot::Lane| lane.state == LaneState::Waiting;
                for lane in snapshot.lanes.iter_mut().filter(waiting) {
                    lane.state = LaneState::Cancelled;
                }
            });
        }
        for (measured, run) in self.records.iter_mut().flat_map(|record| &mut record.runs) {
            run.gauged_s = Some(self.gauges.gauged(measured.who).as_secs_f64());
        }
        let tally = self.gauges.tally();
        tally::report(&Findings {
            demo: &self.demo,
            plan: &self.plan,
            machine: &self.gauges.machine(),
            tally: &tally,
            ideal: self.ideal,
            records: &self.records,
            earlier: self.earlier.as_ref(),
        })
    }

    fn runs_before(&self) -> u32 {
        let lanes = self.earlier.iter().flat_map(|report| &report.lanes);
        lanes.map(|lane| lane.runs.len() as u32).max().unwrap_or(0)
    }

    /// Finds how much work each task has, where nobody said so.
    fn calibrate(&mut self) -> Result<(), Cancelled> {
        let Amount::Length(length) = self.demo.amount else {
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
        self.change(|run, snapshot| {
            let task = run.plan.tasks.first();
            snapshot.work = task.and_then(|task| Some((task.work?, task.unit.clone())));
        });
    }

    /// The work that takes one worker this long, or why it could not be found.
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
                Ok(wall) => calibration.took(work, wall),
                Err(end) => return Ok(Err(end)),
            }
        }
    }

    /// How long an order takes that is no lane's.
    fn measure(&mut self, order: LaneOrder) -> Result<Result<Duration, End>, Cancelled> {
        let attempt = Attempt {
            lane: None,
            order,
            patience: PATIENCE_MIN,
        };
        match self.race(vec![attempt]).pop() {
            Some(End::Done(measured)) => Ok(Ok(measured.wall)),
            Some(End::Cancelled) | None => Err(Cancelled),
            Some(end) => Ok(Err(end)),
        }
    }

    /// What can't be calibrated can't be run.
    fn fail_task(&mut self, task: usize, end: &End) {
        for index in 0..self.plan.lanes.len() {
            let lane = &self.plan.lanes[index];
            let same = self.plan.tasks[lane.task].workload == self.plan.tasks[task].workload;
            if same && lane.refused.is_none() {
                self.end_lane(index, end.clone());
            }
        }
    }

    /// Measures perfect scaling, if a lane computes with two workers or more.
    fn find_ideal(&mut self) -> Result<(), Cancelled> {
        let Some(workers) = self.plan.computing_workers() else {
            return Ok(());
        };
        if self.records.iter().all(|record| record.ended.is_some()) {
            return Ok(());
        }
        self.enter(Phase::Ideal);
        let length = match self.demo.amount {
            Amount::Length(length) => ideal::length(length),
            Amount::Work(_) => ideal::length(Duration::MAX),
        };
        let Ok(work) = self.find_work(&plan::spin(1, 1), length)? else {
            return Ok(());
        };
        let mut ideal = Ideal::default();
        while let Some(turn) = ideal.turn() {
            let workers = if turn == Turn::One { 1 } else { workers };
            let Ok(wall) = self.measure(plan::spin(workers, work))? else {
                return Ok(());
            };
            ideal.took(wall);
        }
        self.ideal = ideal.speedup();
        self.change(|run, snapshot| snapshot.ideal = run.ideal);
        Ok(())
    }

    /// Runs these lanes once, all at the same time.
    fn round(&mut self, lanes: &[usize], run: u32) -> Result<(), Cancelled> {
        let ready = |&&lane: &&usize| {
            self.records[lane].ended.is_none() && self.plan.lanes[lane].refused.is_none()
        };
        let lanes: Vec<usize> = lanes.iter().filter(ready).copied().collect();
        if lanes.is_empty() {
            return Ok(());
        }
        let patience = match self.demo.amount {
            Amount::Length(length) => (length * 10).max(PATIENCE_MIN),
            Amount::Work(_) => PATIENCE_MIN * 10,
        };
        let attempt = |&lane: &usize| Attempt {
            lane: Some(lane),
            order: self.plan.order(lane),
            patience,
        };
        let attempts = lanes.iter().map(attempt).collect();
        self.change(|_, snapshot| {
            for &lane in &lanes {
                board::begin(&mut snapshot.lanes[lane], run);
            }
        });
        let ends = self.race(attempts);
        let cancelled = ends.contains(&End::Cancelled);
        for (lane, end) in lanes.into_iter().zip(ends) {
            self.take(lane, end);
        }
        if cancelled { Err(Cancelled) } else { Ok(()) }
    }

    /// Keeps what a lane's run gave, if its checksum is right.
    fn take(&mut self, lane: usize, end: End) {
        let End::Done(measured) = end else {
            return self.end_lane(lane, end);
        };
        if let Some((whose, right)) = self.right_checksum(lane)
            && right != measured.checksum
        {
            let error = format!(
                "its checksum is {}, and that of {whose} is {right}: they did not do the same work",
                measured.checksum
            );
            return self.end_lane(lane, End::Failed(error));
        }
        let usage = measured.usage;
        let run = LaneRun {
            wall_s: measured.wall.as_secs_f64(),
            cpu_s: Duration::from_nanos(usage.user_ns + usage.system_ns).as_secs_f64(),
            gauged_s: None,
        };
        self.records[lane].runs.push((measured, run));
    }

    /// The checksum of the lane's task, and which lane gave it first.
    fn right_checksum(&self, lane: usize) -> Option<(String, String)> {
        let task = self.plan.lanes[lane].task;
        let same = |index: &usize| self.plan.lanes[*index].task == task;
        (0..self.plan.lanes.len()).filter(same).find_map(|index| {
            let name = &self.plan.lanes[index].name;
            let now = self.records[index]
                .runs
                .first()
                .map(|(run, _)| run.checksum.clone());
            let before = self.earlier.as_ref().and_then(|report| {
                tally::earlier_lane(report, name).and_then(|lane| lane.checksum.clone())
            });
            Some((name.clone(), before.or(now)?))
        })
    }

    fn end_lane(&mut self, lane: usize, end: End) {
        self.change(|_, snapshot| board::finish(&mut snapshot.lanes[lane], &end));
        self.records[lane].ended = Some(end);
    }

    /// Runs lanes from their start to their ends; the barrier of all opens when all are ready.
    fn race(&mut self, attempts: Vec<Attempt>) -> Vec<End> {
        let mut ends: Vec<Option<End>> = vec![None; attempts.len()];
        let mut racing = Vec::with_capacity(attempts.len());
        for (index, attempt) in attempts.into_iter().enumerate() {
            match self.begin(attempt) {
                Ok(active) => racing.push((index, active)),
                Err(error) => ends[index] = Some(End::Failed(error)),
            }
        }
        while !racing.is_empty() {
            self.wait(&racing);
            self.heed_control(&mut racing);
            for (_, active) in &mut racing {
                self.attend(active);
            }
            self.sample(&mut racing);
            racing.retain(|(index, active)| {
                if let Stage::Over(end) = &active.stage {
                    ends[*index] = Some(end.clone());
                }
                !active.is_over()
            });
            if racing
                .iter()
                .all(|(_, active)| active.stage == Stage::Ready)
            {
                for (_, active) in &mut racing {
                    active.process.tell(&ToLane::Go);
                    active.go();
                }
            }
        }
        ends.into_iter()
            .map(|end| end.unwrap_or(End::Cancelled))
            .collect()
    }

    fn begin(&mut self, mut attempt: Attempt) -> Result<Active, String> {
        for (name, value) in &self.shared.control().settings {
            attempt.order.set(name, value);
        }
        let child = self.launcher.spawn().and_then(LaneProcess::new);
        let mut process = child.map_err(|error| format!("its process did not start: {error}"))?;
        process.tell(&ToLane::Spec(Box::new(attempt.order.clone())));
        let who = self.gauges.watch(process.pid());
        Ok(Active::new(attempt, who, process))
    }

    /// Waits until a lane speaks, somebody wants something, or a sample is due.
    fn wait(&mut self, racing: &[(usize, Active)]) {
        let until = self
            .gauges
            .next()
            .saturating_duration_since(Instant::now())
            .min(LOOK_EVERY);
        let mut pipes = Vec::new();
        if let Some(wake) = &self.wake {
            pipes.push(PollFd::from_borrowed_fd(wake.as_fd(), PollFlags::IN));
        }
        for (pipe, direction) in racing.iter().flat_map(|(_, active)| active.process.pipes()) {
            let what = match direction {
                Direction::In => PollFlags::IN,
                Direction::Out => PollFlags::OUT,
            };
            pipes.push(PollFd::from_borrowed_fd(pipe, what));
        }
        let timeout = Timespec::try_from(until).expect("50 ms fit");
        // An interrupted or failed wait only means that one looks sooner.
        let _ = poll(&mut pipes, Some(&timeout));
        if let Some(wake) = &mut self.wake {
            let _ = wake.read(&mut [0; 64]);
        }
    }

    /// Does what the run's owner asked for.
    fn heed_control(&mut self, racing: &mut [(usize, Active)]) {
        let (cancelled, changed) = {
            let mut control = self.shared.control();
            (control.cancelled, std::mem::take(&mut control.changed))
        };
        for (_, active) in racing.iter_mut().filter(|(_, active)| !active.is_over()) {
            for (name, value) in &changed {
                if active.attempt.order.set(name, value) {
                    let (name, value) = (name.clone(), value.clone());
                    active.process.tell(&ToLane::Set { name, value });
                }
            }
            if cancelled {
                self.stop(active, End::Cancelled);
            }
        }
    }

    /// Hears what a lane has to say, and ends it when it is over or overdue.
    fn attend(&mut self, active: &mut Active) {
        if active.is_over() {
            return;
        }
        active.process.push();
        for heard in active.process.hear() {
            match active.hear(heard) {
                Next::Nothing => {}
                Next::Adopt => self.adopt(active),
                Next::Conclude(conclusion) => return self.conclude(active, conclusion),
            }
        }
        if let Some(why) = active.overdue(Instant::now()) {
            self.stop(active, End::TimedOut(why));
        }
    }

    fn adopt(&mut self, active: &mut Active) {
        let pids: Vec<u32> = active.workers.iter().map(|worker| worker.pid).collect();
        self.gauges.adopt(active.who, &pids);
        if let Some(lane) = active.attempt.lane {
            self.change(|_, snapshot| board::name_workers(&mut snapshot.lanes[lane], active));
        }
    }

    /// Takes the last readings while there is still something to read, then ends the group.
    fn conclude(&mut self, active: &mut Active, conclusion: Conclusion) {
        self.leave(active);
        active.conclude(conclusion);
        self.show_end(active);
    }

    fn stop(&mut self, active: &mut Active, end: End) {
        active.process.end();
        self.gauges.leave(active.who);
        active.stop(end);
        self.show_end(active);
    }

    fn leave(&mut self, active: &mut Active) {
        if let Some(sample) = self.gauges.leave(active.who) {
            active.sampled(&sample, Instant::now());
        }
    }

    fn show_end(&mut self, active: &Active) {
        if let (Some(lane), Stage::Over(end)) = (active.attempt.lane, &active.stage) {
            let now = Instant::now();
            self.change(|_, snapshot| {
                board::update(&mut snapshot.lanes[lane], active, now);
                board::finish(&mut snapshot.lanes[lane], end);
            });
        }
    }

    /// Samples, if it is time, and writes what was seen into the snapshot.
    fn sample(&mut self, racing: &mut [(usize, Active)]) {
        let samples = self.gauges.tick();
        if samples.is_empty() {
            return;
        }
        let now = Instant::now();
        let elapsed = now.saturating_duration_since(self.began);
        let between = (
            self.sampled.max(elapsed.saturating_sub(LOOK_EVERY * 2)),
            elapsed,
        );
        self.sampled = elapsed;
        let shared = Arc::clone(&self.shared);
        let mut snapshot = shared.snapshot();
        for sample in &samples {
            let of = |(_, active): &&mut (usize, Active)| active.who == sample.who;
            let Some((_, active)) = racing.iter_mut().find(of) else {
                continue;
            };
            let half_before = active.dear_at_half;
            active.sampled(sample, now);
            if !half_before && active.progress() >= 0.5 {
                active.dear_at_half = true;
                self.gauges.weigh(active.who);
            }
            let Some(index) = active.attempt.lane else {
                continue;
            };
            if let Stage::Running(_) = active.stage {
                let lane = &mut snapshot.lanes[index];
                board::update(lane, active, now);
                for stretch in board::locate(lane, index, active, sample, between) {
                    self.timeline.add(stretch);
                }
            }
        }
        self.show_gauges(&mut snapshot, elapsed);
    }

    fn show_gauges(&self, snapshot: &mut Snapshot, elapsed: Duration) {
        snapshot.elapsed = elapsed;
        if self.gauges.window_closed() {
            snapshot.cores = self.gauges.cores().to_vec();
            snapshot.others_cores = self.gauges.totals().others;
            snapshot.self_cores = self.gauges.totals().own;
            snapshot.timeline = self.timeline.stretches().to_vec();
        }
    }

    fn enter(&self, phase: Phase) {
        self.change(|_, snapshot| snapshot.phase = phase);
    }

    /// Changes the snapshot so that it is worth drawing at once.
    fn change(&self, change: impl FnOnce(&Self, &mut Snapshot)) {
        change(self, &mut self.shared.snapshot());
        (self.tell)(RunEvent::Changed);
    }
}

impl Shared {
    fn snapshot(&self) -> std::sync::MutexGuard<'_, Snapshot> {
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LaneOrder {
    /// Changes a parameter, if the order has one of that name.
    fn set(&mut self, name: &str, value: &Value) -> bool {
        let places = [&mut self.with, &mut self.parameters];
        let place = places
            .into_iter()
            .find_map(|parameters| parameters.get_mut(name));
        place.map(|place| *place = value.clone()).is_some()
    }
}
