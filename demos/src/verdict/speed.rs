//! How fast lanes were against their baseline, and what they did with the cores or the waits.

use super::words::{begin, list, times_as};
use crate::catalogue::{self, Bound};
use crate::expression::{Range, speedup};
use crate::report::{LaneReport, Report};
use crate::spec::Value;

/// A difference in speed up to this is none.
const SAME_MAX: f64 = 0.05;

/// This part of all cores counts as all of them.
const ALL_CORES: f64 = 0.85;

/// More than this is not one core any more.
pub(super) const ONE_CORE_MAX: f64 = 1.05;

/// How a lane compares with its baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Faster,
    Same,
    Slower,
    /// The runs differ more among themselves than from the baseline's.
    Unclear,
}

/// A sentence's worth of lanes that behaved alike.
struct Alike<'a> {
    effect: Effect,
    doing: String,
    lanes: Vec<(&'a LaneReport, f64)>,
}

/// A sentence for all lanes that compare with the baseline alike, the fastest first.
pub(super) fn speeds(report: &Report, done: &[&LaneReport]) -> Vec<String> {
    let mut groups: Vec<Alike> = Vec::new();
    for lane in done.iter().filter(|lane| !lane.baseline) {
        let (Some(factor), Some(range)) = (lane.speedup, speedup(lane, report)) else {
            continue;
        };
        let effect = effect(lane, factor, range);
        let doing = doing(lane, report);
        match groups
            .iter_mut()
            .find(|group| group.effect == effect && group.doing == doing)
        {
            Some(group) => group.lanes.push((lane, factor)),
            None => groups.push(Alike {
                effect,
                doing,
                lanes: vec![(lane, factor)],
            }),
        }
    }
    groups.sort_by_key(|group| group.effect);
    groups.iter().map(sentence).collect()
}

/// "Faster" needs ranges that don't overlap, "no faster" a difference within 5 % or the spread.
fn effect(lane: &LaneReport, factor: f64, range: Range) -> Effect {
    let noise = lane.spread.unwrap_or(0.0).max(SAME_MAX);
    if (factor - 1.0).abs() <= noise {
        Effect::Same
    } else if range.low > 1.0 {
        Effect::Faster
    } else if range.high < 1.0 {
        Effect::Slower
    } else {
        Effect::Unclear
    }
}

/// A program that used fewer cores than this waited.
const IDLE_CORES_MAX: f64 = 0.2;

/// What a lane did with the cores, or with the waits.
fn doing(lane: &LaneReport, report: &Report) -> String {
    let usable = report.machine.usable;
    let used = lane.cores_used.unwrap_or(0.0);
    let waits = catalogue::workload(&lane.workload).is_some_and(|entry| entry.bound == Bound::Io);
    // Of a program nobody knows beforehand what it does.
    if waits || (catalogue::is_program(&lane.workload) && used <= IDLE_CORES_MAX) {
        return waiting(lane);
    }
    if used <= ONE_CORE_MAX {
        // Several threads move about: less than two cores' time is not one core.
        return match threads(lane) {
            1 => "never left one core".to_owned(),
            _ => "got one core's worth of time".to_owned(),
        };
    }
    if usable > 1 && used >= ALL_CORES * usable as f64 {
        return match usable {
            2 => "used both cores".to_owned(),
            all => format!("used all {all} cores"),
        };
    }
    format!("used {used:.1} cores")
}

fn waiting(lane: &LaneReport) -> String {
    let what = match lane.work {
        Some(work) if work > 1 => format!("overlapped {work} waits"),
        _ => "waited".to_owned(),
    };
    match (lane.model.as_str(), lane.workers, threads(lane)) {
        ("processes", 1, _) => format!("{what} in one process"),
        ("processes", workers, _) => format!("{what} in {workers} processes"),
        ("async", _, 1) | (_, 1, _) => format!("{what} on one thread"),
        (_, _, threads) => format!("{what} on {threads} threads"),
    }
}

/// How many threads carry a lane's workers.
fn threads(lane: &LaneReport) -> i64 {
    match (lane.model.as_str(), lane.parameters.get("threads")) {
        (_, Some(Value::Int(threads))) => *threads,
        ("async", _) => 1,
        _ => i64::from(lane.workers),
    }
}

fn sentence(group: &Alike) -> String {
    let labels: Vec<&str> = group
        .lanes
        .iter()
        .map(|(lane, _)| lane.label.as_str())
        .collect();
    let factors: Vec<f64> = group.lanes.iter().map(|(_, factor)| *factor).collect();
    let names = list(&labels);
    let did = format!("{} {}", begin(&names), group.doing);
    match group.effect {
        Effect::Faster => format!("{did}: {}.", times_as(&factors, "fast")),
        Effect::Same => format!("{did}: no faster."),
        Effect::Slower => {
            let longer: Vec<f64> = factors.iter().map(|factor| 1.0 / factor).collect();
            format!("{did}, and took {}.", times_as(&longer, "long"))
        }
        Effect::Unclear => format!("The runs of {names} differed too much to tell."),
    }
}
