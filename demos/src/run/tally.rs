//! Runs → report: medians, spread, speed-up. Pure.

use serde_json::Map;

use super::attempt::{End, Measured};
use super::gauges::Tally;
use super::plan::{Plan, PlannedLane};
use super::records::Record;
use crate::report::{
    ContextSwitches, LaneReport, LaneRun, MachineReport, Outcome, Report, SpecReport, median,
    spread,
};
use crate::snapshot::{Lane, Machine};
use crate::spec::DemoSpec;
use crate::verdict;

const MIB: f64 = (1 << 20) as f64;

/// What a report is made of.
pub(super) struct Findings<'a> {
    pub(super) demo: &'a DemoSpec,
    pub(super) plan: &'a Plan,
    pub(super) machine: &'a Machine,
    pub(super) tally: &'a Tally,
    pub(super) ideal: Option<f64>,
    pub(super) records: &'a [Record],
    /// As they were shown last.
    pub(super) shown: &'a [Lane],
    pub(super) earlier: Option<&'a Report>,
}

/// The report of a run that is over.
pub(super) fn report(found: &Findings) -> Report {
    let lanes = found.plan.lanes.iter().zip(found.records);
    let mut lanes: Vec<LaneReport> = lanes
        .map(|(lane, record)| self::lane(lane, record, found))
        .collect();
    for (report, shown) in lanes.iter_mut().zip(found.shown) {
        if !shown.output.is_empty() {
            report.output.clone_from(&shown.output);
        }
        report.exit_code = shown.exit_code.or(report.exit_code);
    }
    let walls: Vec<Option<f64>> = lanes.iter().map(|lane| lane.wall_s).collect();
    for (report, lane) in lanes.iter_mut().zip(&found.plan.lanes) {
        let baseline = lane.against.and_then(|against| walls[against]);
        report.speedup = baseline
            .zip(report.wall_s)
            .map(|(baseline, wall)| baseline / wall);
    }
    let repeat = lanes.iter().map(|lane| lane.runs.len()).max().unwrap_or(0);
    let mut report = Report {
        spec: spec(found, repeat),
        machine: machine(found, repeat > 0),
        ideal_speedup: found.ideal,
        lanes,
        ..Report::empty(found.demo)
    };
    report.verdict = verdict::judge(&report, found.demo.claim.as_deref());
    report
}

fn spec(found: &Findings, repeat: usize) -> SpecReport {
    let task = found.plan.tasks.first();
    SpecReport {
        work: task.and_then(|task| task.work).unwrap_or(0),
        unit: task.map(|task| task.unit.clone()).unwrap_or_default(),
        repeat: repeat as u32,
        ..Report::empty(found.demo).spec
    }
}

/// The machine, and what it did beside the lanes where one was `measured`.
fn machine(found: &Findings, measured: bool) -> MachineReport {
    let Machine {
        os,
        cpu,
        cores,
        usable,
        quota_cores,
    } = found.machine.clone();
    let tally = measured.then_some(found.tally);
    MachineReport {
        os,
        cpu,
        cores,
        usable,
        quota_cores,
        throttled_s: tally.and_then(Tally::throttled_s),
        others_cores: tally.and_then(Tally::others_cores),
        self_cores: tally.and_then(Tally::own_cores),
        steal_cores: tally.and_then(Tally::steal_cores),
    }
}

fn lane(lane: &PlannedLane, record: &Record, found: &Findings) -> LaneReport {
    let task = &found.plan.tasks[lane.task];
    let earlier = found
        .earlier
        .and_then(|report| earlier_lane(report, &lane.name));
    let old_runs = earlier.map_or(&[][..], |lane| lane.runs.as_slice());
    let runs: Vec<LaneRun> = old_runs
        .iter()
        .cloned()
        .chain(record.runs.iter().map(|(_, run)| run.clone()))
        .collect();
    let of = |value: fn(&LaneRun) -> f64| runs.iter().map(value).collect::<Vec<f64>>();
    let new: Vec<&Measured> = record.runs.iter().map(|(measured, _)| measured).collect();
    let last = new.last();
    let pss = new
        .iter()
        .filter_map(|run| run.pss_max)
        .max()
        .map(|bytes| bytes as f64 / MIB);
    let pss_before = earlier.and_then(|lane| lane.pss_mib_max);
    let (outcome, error) = outcome(lane, record, runs.is_empty());
    let parameters = lane.order.with.iter().chain(&lane.order.parameters);
    LaneReport {
        name: lane.name.clone(),
        label: lane.label.clone(),
        workload: lane.order.workload.clone(),
        model: lane.order.model.clone(),
        workers: lane.order.workers,
        parameters: parameters
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        baseline: lane.baseline,
        against: lane
            .against
            .map(|against| found.plan.lanes[against].name.clone()),
        work: task.work.filter(|_| !runs.is_empty()),
        outcome,
        error,
        checksum: last
            .map(|run| run.checksum.clone())
            .or_else(|| earlier.and_then(|lane| lane.checksum.clone())),
        wall_s: median(&of(|run| run.wall_s)),
        cpu_s: median(&of(|run| run.cpu_s)),
        cores_used: median(&of(|run| run.cpu_s / run.wall_s)),
        speedup: None,
        spread: spread(&of(|run| run.wall_s)),
        pss_mib_max: pss.into_iter().chain(pss_before).reduce(f64::max),
        context_switches: switches(&new).or_else(|| earlier.and_then(|lane| lane.context_switches)),
        counters: if new.is_empty() {
            earlier
                .map(|lane| lane.counters.clone())
                .unwrap_or_default()
        } else {
            counters(&new)
        },
        interleavings: last
            .and_then(|run| run.interleavings.clone())
            .or_else(|| earlier.and_then(|lane| lane.interleavings.clone())),
        output: earlier.map(|lane| lane.output.clone()).unwrap_or_default(),
        exit_code: earlier.and_then(|lane| lane.exit_code),
        runs,
    }
}

/// What an earlier report says of a lane that gave figures.
pub(super) fn earlier_lane<'a>(report: &'a Report, name: &str) -> Option<&'a LaneReport> {
    report
        .lanes
        .iter()
        .find(|lane| lane.name == name && lane.outcome == Outcome::Done)
}

fn outcome(lane: &PlannedLane, record: &Record, without_runs: bool) -> (Outcome, Option<String>) {
    let known = |outcome, error: &String| (outcome, Some(error.clone()));
    match (&lane.refused, &record.ended) {
        (Some(error), _) | (None, Some(End::Refused(error))) => known(Outcome::Refused, error),
        (None, Some(End::Failed(error))) => known(Outcome::Failed, error),
        (None, Some(End::Unavailable(error))) => known(Outcome::Unavailable, error),
        (None, Some(End::TimedOut(error))) => known(Outcome::TimedOut, error),
        (None, Some(End::Cancelled)) => (Outcome::Cancelled, None),
        (None, Some(End::Done(_)) | None) if without_runs => (Outcome::Cancelled, None),
        (None, Some(End::Done(_)) | None) => (Outcome::Done, None),
    }
}

fn switches(runs: &[&Measured]) -> Option<ContextSwitches> {
    let of = |value: fn(&Measured) -> u64| {
        let values: Vec<f64> = runs.iter().map(|run| value(run) as f64).collect();
        median(&values).map(|median| median as u64)
    };
    Some(ContextSwitches {
        voluntary: of(|run| run.usage.voluntary)?,
        involuntary: of(|run| run.usage.involuntary)?,
    })
}

/// The medians of what workload and model counted, in the order of the last run.
fn counters(runs: &[&Measured]) -> Map<String, serde_json::Value> {
    let names = runs.last().map_or(&[][..], |run| run.counters.as_slice());
    let value = |name: &str| {
        let same = |run: &&&Measured| {
            run.counters
                .iter()
                .find(|(other, _)| other == name)
                .map(|(_, value)| *value)
        };
        median(
            &runs
                .iter()
                .filter_map(|run| same(&run))
                .collect::<Vec<f64>>(),
        )
    };
    names
        .iter()
        .filter_map(|(name, _)| Some((name.clone(), value(name)?.into())))
        .collect()
}
