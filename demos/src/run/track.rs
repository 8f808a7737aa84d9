//! Where lanes run: any set of them, from their start to their ends, heard, sampled and shown
//! meanwhile.
//!
//! What they run for, and what their ends mean, is the [`super::supervisor`]'s. Nothing here blocks
//! for longer than a sample's time.

use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::attempt::{Active, Attempt, Conclusion, End, Next, Stage};
use super::gauges::{Gauges, Sample};
use super::handle::{Direction, LaneProcess};
use super::owner::Owner;
use super::protocol::{LaneOrder, ToLane};
use super::timeline::Timeline;
use super::{Launcher, board};
use crate::snapshot::Snapshot;
use crate::spec::Value;

/// The longest that nobody looks at anything.
const LOOK_EVERY: Duration = Duration::from_millis(50);

pub(super) struct Track<'a> {
    owner: &'a Owner,
    launcher: Launcher,
    pub(super) gauges: Gauges,
    timeline: Timeline,
    began: Instant,
    /// When the last sample was taken, since the run began.
    sampled: Duration,
}

/// One that runs, and its place among those it was started with.
type Racing = (usize, Active);

impl<'a> Track<'a> {
    pub(super) fn new(owner: &'a Owner, launcher: Launcher, gauges: Gauges) -> Self {
        Self {
            owner,
            launcher,
            gauges,
            timeline: Timeline::default(),
            began: Instant::now(),
            sampled: Duration::ZERO,
        }
    }

    /// Since the run began.
    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Runs lanes from their start to their ends, which come in the same order.
    pub(super) fn race(&mut self, attempts: Vec<Attempt>) -> Vec<End> {
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
            open_barrier(&mut racing);
        }
        ends.into_iter()
            .map(|end| end.unwrap_or(End::Cancelled))
            .collect()
    }

    fn begin(&mut self, mut attempt: Attempt) -> Result<Active, String> {
        for (name, value) in &self.owner.control().settings {
            attempt.order.set(name, value);
        }
        let child = self.launcher.spawn().and_then(LaneProcess::new);
        let mut process = child.map_err(|error| format!("its process did not start: {error}"))?;
        process.tell(&ToLane::Spec(Box::new(attempt.order.clone())));
        let who = self.gauges.watch(process.pid());
        Ok(Active::new(attempt, who, process))
    }

    /// Waits until a lane speaks, the owner wants something, or a sample is due.
    fn wait(&self, racing: &[Racing]) {
        let until = self
            .gauges
            .next()
            .saturating_duration_since(Instant::now())
            .min(LOOK_EVERY);
        let bell = self.owner.bell().map(|bell| (bell, Direction::In));
        let pipes = racing.iter().flat_map(|(_, active)| active.process.pipes());
        let poll_fd = |(pipe, direction)| {
            let what = match direction {
                Direction::In => PollFlags::IN,
                Direction::Out => PollFlags::OUT,
            };
            PollFd::from_borrowed_fd(pipe, what)
        };
        let mut waited_for: Vec<PollFd> = bell.into_iter().chain(pipes).map(poll_fd).collect();
        let timeout = Timespec::try_from(until).expect("50 ms fit");
        // An interrupted or failed wait only means that one looks sooner.
        let _ = poll(&mut waited_for, Some(&timeout));
        let rung = self.owner.bell().is_some() && waited_for[0].revents().contains(PollFlags::IN);
        if rung {
            self.owner.hush();
        }
    }

    /// Does what the run's owner asked for.
    fn heed_control(&mut self, racing: &mut [Racing]) {
        let (cancelled, changed) = {
            let mut control = self.owner.control();
            (control.cancelled, std::mem::take(&mut control.changed))
        };
        if cancelled {
            // All at once: none has to wait until another has ended.
            for (_, active) in racing.iter_mut() {
                active.process.kill();
            }
        }
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
                Next::Name => self.name(active),
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
        self.name(active);
    }

    fn name(&self, active: &Active) {
        if let Some(lane) = active.attempt.lane {
            self.owner
                .change(|snapshot| board::name_workers(&mut snapshot.lanes[lane], active));
        }
    }

    /// Takes the last readings while there is still something to read, then ends the group.
    fn conclude(&mut self, active: &mut Active, conclusion: Conclusion) {
        if let Some(sample) = self.gauges.leave(active.who) {
            active.sampled(&sample, Instant::now());
        }
        active.conclude(conclusion);
        self.show_end(active);
    }

    /// Ends the group at once.
    fn stop(&mut self, active: &mut Active, end: End) {
        active.stop(end);
        self.gauges.leave(active.who);
        self.show_end(active);
    }

    fn show_end(&self, active: &Active) {
        if let (Some(lane), Stage::Over(end)) = (active.attempt.lane, &active.stage) {
            let now = Instant::now();
            self.owner.change(|snapshot| {
                board::update(&mut snapshot.lanes[lane], active, now);
                board::finish(&mut snapshot.lanes[lane], end);
            });
        }
    }

    /// Samples, if it is time, and shows what was seen.
    fn sample(&mut self, racing: &mut [Racing]) {
        let samples = self.gauges.tick();
        if samples.is_empty() {
            return;
        }
        let now = Instant::now();
        for sample in &samples {
            let of = |(_, active): &&mut Racing| active.who == sample.who;
            if let Some((_, active)) = racing.iter_mut().find(of) {
                active.sampled(sample, now);
                if active.passes_half() {
                    self.gauges.weigh(active.who);
                }
            }
        }
        self.show(&samples, racing, now);
    }

    fn show(&mut self, samples: &[Sample], racing: &[Racing], now: Instant) {
        let elapsed = now.saturating_duration_since(self.began);
        let since = elapsed.saturating_sub(LOOK_EVERY * 2);
        let between = (self.sampled.max(since), elapsed);
        self.sampled = elapsed;
        let mut snapshot = self.owner.snapshot();
        for (_, active) in racing {
            let sample = samples.iter().find(|sample| sample.who == active.who);
            if let (Some(sample), Some(index), Stage::Running(_)) =
                (sample, active.attempt.lane, &active.stage)
            {
                let lane = &mut snapshot.lanes[index];
                board::update(lane, active, now);
                for stretch in board::locate(lane, index, active, sample, between) {
                    self.timeline.add(stretch);
                }
            }
        }
        snapshot.elapsed = elapsed;
        if self.gauges.window_closed() {
            self.show_gauges(&mut snapshot);
        }
    }

    fn show_gauges(&self, snapshot: &mut Snapshot) {
        let totals = self.gauges.totals();
        snapshot.cores = self.gauges.cores().to_vec();
        snapshot.others_cores = totals.others;
        snapshot.self_cores = totals.own;
        snapshot.timeline = self.timeline.stretches().to_vec();
    }
}

/// Opens the barrier of all once all are ready.
fn open_barrier(racing: &mut [Racing]) {
    let ready = |(_, active): &Racing| active.stage == Stage::Ready;
    if racing.iter().all(ready) {
        for (_, active) in racing {
            active.process.tell(&ToLane::Go);
            active.go();
        }
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
