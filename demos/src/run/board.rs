//! What happens → the snapshot that a screen draws.

use std::time::{Duration, Instant};

use super::attempt::{Active, End, Stage};
use super::gauges::Sample;
use super::plan::Plan;
use crate::catalogue;
use crate::meter::ThreadTime;
use crate::snapshot::{Lane, LaneState, Stretch, WORKERS_MAX, Worker};

/// The least that a worker must have run within a sample to appear on the timeline.
const STRETCH_MIN: Duration = Duration::from_millis(1);

/// The lanes before anything has run.
pub(super) fn lanes(plan: &Plan, runs_before: u32, repeat: u32) -> Vec<Lane> {
    let lane = |planned: &super::plan::PlannedLane| Lane {
        name: planned.name.clone(),
        label: planned.label.clone(),
        model: planned.order.model.clone(),
        baseline: planned.baseline,
        against: planned.against.map(|at| plan.lanes[at].name.clone()),
        state: planned
            .refused
            .clone()
            .map_or(LaneState::Waiting, LaneState::Refused),
        run: (runs_before + 1, runs_before + repeat),
        progress: nothing_done(&planned.order.workload),
        workers_total: planned.order.workers as usize,
        ..Lane::default()
    };
    plan.lanes.iter().map(lane).collect()
}

/// How far a lane is that has not begun, if it ever tells.
fn nothing_done(workload: &str) -> Option<f64> {
    (!catalogue::is_program(workload)).then_some(0.0)
}

/// A lane begins a run.
pub(super) fn begin(lane: &mut Lane, run: u32) {
    *lane = Lane {
        name: std::mem::take(&mut lane.name),
        label: std::mem::take(&mut lane.label),
        model: std::mem::take(&mut lane.model),
        baseline: lane.baseline,
        against: lane.against.take(),
        workers_total: lane.workers_total,
        state: LaneState::Running,
        run: (run, lane.run.1),
        progress: lane.progress.map(|_| 0.0),
        // Memory is the largest over all runs.
        pss_max: lane.pss_max,
        ..Lane::default()
    };
}

/// A lane's workers are known.
pub(super) fn name_workers(lane: &mut Lane, active: &Active) {
    let worker = |(index, id): (usize, &super::protocol::WorkerId)| Worker {
        name: id.name.clone(),
        server: id.server,
        pid: (id.pid != active.process.pid()).then_some(id.pid),
        // What was read of one that is known stays.
        ..lane.workers.get(index).cloned().unwrap_or_else(|| Worker {
            progress: active.progress().map(|_| 0.0),
            ..Worker::default()
        })
    };
    let workers = active.workers.iter().enumerate().take(WORKERS_MAX);
    lane.workers = workers.map(worker).collect();
    lane.workers_total = active.workers.iter().filter(|id| !id.server).count();
}

/// A lane's figures at this moment.
pub(super) fn update(lane: &mut Lane, active: &Active, now: Instant) {
    if let Stage::Running(since) = active.stage {
        lane.wall = now.saturating_duration_since(since);
    }
    lane.cpu = active.cpu;
    lane.cores_used = active.cores_used();
    lane.pss_max = lane.pss_max.max(active.dear.pss_max);
    lane.switches = active.dear.switches.or(lane.switches);
    lane.counters.clone_from(&active.counters);
    lane.holds.clone_from(&active.holds);
    lane.output.clone_from(&active.output);
    lane.exit_code = active.exit_code;
    lane.progress = active.progress();
    if lane.progress.is_none() {
        return;
    }
    let workers = lane.workers_total.max(1) as f64;
    let share = (active.attempt.order.work as f64 / workers).max(1.0);
    for (worker, done) in lane.workers.iter_mut().zip(&active.done) {
        worker.progress = Some((*done as f64 / share).min(1.0));
    }
}

/// What a sample saw of a lane's threads: where each worker is, and its stretches for the timeline.
pub(super) fn locate(
    lane: &mut Lane,
    index: usize,
    active: &Active,
    sample: &Sample,
    (from, until): (Duration, Duration),
) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for thread in &sample.time.threads {
        let Some(worker) = worker_of(active, thread) else {
            continue;
        };
        if let Some(shown) = lane.workers.get_mut(worker)
            && active.workers[worker].tid.is_some()
        {
            shown.core = thread.core;
            shown.cpu = Some(thread.cpu);
        }
        let Some(core) = thread.core.filter(|_| thread.ran >= STRETCH_MIN) else {
            continue;
        };
        let length = until
            .saturating_sub(from)
            .as_secs_f64()
            .max(f64::MIN_POSITIVE);
        let busy = (thread.ran.as_secs_f64() / length).min(1.0);
        stretches.push(Stretch {
            lane: index,
            worker,
            core,
            from,
            until,
            busy,
        });
    }
    stretches
}

/// The worker that a thread carries. Tasks have none of their own: all their threads are shown as
/// the first one's.
fn worker_of(active: &Active, thread: &ThreadTime) -> Option<usize> {
    let carries = |id: &super::protocol::WorkerId| id.tid == Some(thread.tid);
    active.workers.iter().position(carries).or_else(|| {
        let tasks = active
            .workers
            .iter()
            .all(|id| id.server || id.tid.is_none());
        (tasks && !active.workers.is_empty()).then_some(0)
    })
}

/// A lane's run is over.
pub(super) fn finish(lane: &mut Lane, end: &End) {
    lane.state = match end {
        End::Done(measured) => {
            let usage = measured.usage;
            lane.progress = Some(1.0);
            lane.wall = measured.wall;
            lane.cpu = usage.cpu();
            lane.cores_used = lane.cpu.as_secs_f64() / lane.wall.as_secs_f64();
            lane.switches = Some((usage.voluntary, usage.involuntary));
            for progress in lane
                .workers
                .iter_mut()
                .filter_map(|worker| worker.progress.as_mut())
            {
                *progress = 1.0;
            }
            LaneState::Done
        }
        End::Failed(error) | End::TimedOut(error) => LaneState::Failed(error.clone()),
        End::Refused(error) | End::Unavailable(error) => LaneState::Refused(error.clone()),
        End::Cancelled => LaneState::Cancelled,
    };
}
