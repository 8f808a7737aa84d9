//! Figures → one or two sentences for an audience, in plain English. Verbs stand in the past, so that
//! lanes of any number agree with them.

use super::speed::{ONE_CORE_MAX, speeds};
use super::words::{begin, figure, list, percent, seconds};
use crate::report::{LaneReport, Outcome, Report};
use crate::spec::Order;

/// The most sentences that a room reads.
const SENTENCES_MAX: usize = 3;

/// What was seen.
pub(super) fn tell(report: &Report, about_memory: bool) -> String {
    let done: Vec<&LaneReport> = report
        .lanes
        .iter()
        .filter(|lane| lane.outcome == Outcome::Done)
        .collect();
    let mut sentences = match done.as_slice() {
        [] => vec!["No lane was finished.".to_owned()],
        _ if report.spec.order == Order::Together => {
            vec![
                "All lanes ran at once and shared the cores: their times don't compare.".to_owned(),
            ]
        }
        _ => seen(report, &done, about_memory),
    };
    sentences.truncate(SENTENCES_MAX);
    for (outcome, names) in troubles(report) {
        sentences.push(format!("{} {}.", begin(&list(&names)), ended(outcome)));
    }
    sentences.join(" ")
}

/// How an outcome is told of a lane, or of several.
pub(super) fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "finished",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "did not finish",
        Outcome::Refused => "did not get leave to run",
        Outcome::Unavailable => "could not run on this machine",
        Outcome::TimedOut => "ran out of time",
    }
}

fn seen(report: &Report, done: &[&LaneReport], about_memory: bool) -> Vec<String> {
    let special = [
        (
            "lateness_ms_p99",
            "99 of 100 beats were at most",
            "ms late with",
        ),
        ("transfer_us_mean", "Bringing a result back took", "µs from"),
    ];
    for (counter, head, tail) in special {
        let told = told_by_counter(done, counter, head, tail);
        if !told.is_empty() {
            return told;
        }
    }
    let mut sentences = Vec::new();
    if about_memory {
        sentences.extend(memory(done));
    }
    sentences.extend(speeds(report, done));
    let differs = |lane: &&LaneReport| lane.workload != done[0].workload;
    if sentences.is_empty() && done.iter().any(differs) {
        sentences.push(loads(done));
    }
    if sentences.is_empty() {
        sentences.push(times(done));
    }
    sentences
}

/// "CPU bound kept a core busy for 98 % of its time, I/O bound for 1 %." Work of different kinds has
/// no times to compare.
fn loads(lanes: &[&LaneReport]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut before_was_part = false;
    for lane in lanes {
        let used = lane.cores_used.unwrap_or(0.0);
        let is_part = used <= ONE_CORE_MAX;
        let label = &lane.label;
        parts.push(match (is_part, before_was_part) {
            (false, _) => format!("{label} kept {used:.1} cores busy"),
            (true, false) => format!("{label} kept a core busy for {} of its time", percent(used)),
            (true, true) => format!("{label} for {}", percent(used)),
        });
        before_was_part = is_part;
    }
    format!("{}.", begin(&parts.join(", ")))
}

/// "Head 60 ms late with blocking, 0.2 ms late with yielding."
fn told_by_counter(lanes: &[&LaneReport], counter: &str, head: &str, tail: &str) -> Vec<String> {
    let part = |lane: &&LaneReport| {
        let value = lane.counters.get(counter)?.as_f64()?;
        Some(format!("{} {tail} {}", figure(value), lane.label))
    };
    let parts: Vec<String> = lanes
        .iter()
        .filter(|lane| !lane.baseline)
        .filter_map(part)
        .collect();
    if parts.is_empty() {
        Vec::new()
    } else {
        vec![format!("{head} {}.", parts.join(", "))]
    }
}

/// "Sequential needed 2.1 MiB of memory, processes 6.8 MiB."
fn memory(lanes: &[&LaneReport]) -> Option<String> {
    let known = lanes
        .iter()
        .filter_map(|lane| Some((&lane.label, lane.pss_mib_max?)));
    let parts: Vec<String> = known
        .enumerate()
        .map(|(index, (label, mib))| match index {
            0 => format!("{label} needed {} MiB of memory", figure(mib)),
            _ => format!("{label} {} MiB", figure(mib)),
        })
        .collect();
    (!parts.is_empty()).then(|| format!("{}.", begin(&parts.join(", "))))
}

/// "Sequential took 4.02 s, async 4.06 s."
fn times(lanes: &[&LaneReport]) -> String {
    let part = |(index, lane): (usize, &&LaneReport)| {
        let took = if index == 0 { " took" } else { "" };
        format!(
            "{}{took} {}",
            lane.label,
            seconds(lane.wall_s.unwrap_or(0.0))
        )
    };
    let parts: Vec<String> = lanes.iter().enumerate().map(part).collect();
    format!("{}.", begin(&parts.join(", ")))
}

/// The lanes that did not finish, by how.
fn troubles(report: &Report) -> Vec<(Outcome, Vec<&str>)> {
    let mut troubles: Vec<(Outcome, Vec<&str>)> = Vec::new();
    for lane in report
        .lanes
        .iter()
        .filter(|lane| lane.outcome != Outcome::Done)
    {
        match troubles
            .iter_mut()
            .find(|(outcome, _)| *outcome == lane.outcome)
        {
            Some((_, names)) => names.push(&lane.label),
            None => troubles.push((lane.outcome, vec![&lane.label])),
        }
    }
    troubles
}
