//! Figures → one or two sentences for an audience, in plain English. Verbs stand in the past, so that
//! lanes of any number agree with them.

use crate::catalogue::{self, Bound};
use crate::expression::{Range, speedup};
use crate::report::{LaneReport, Outcome, Report};
use crate::spec::{Order, Value};

/// A difference in speed up to this is none.
const SAME_MAX: f64 = 0.05;

/// This part of all cores counts as all of them.
const ALL_CORES: f64 = 0.85;

/// More than this is not one core any more.
const ONE_CORE_MAX: f64 = 1.05;

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

fn percent(part: f64) -> String {
    match (part.min(1.0) * 100.0).round() {
        0.0 => "less than 1 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
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

fn speeds(report: &Report, done: &[&LaneReport]) -> Vec<String> {
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

/// What a lane did with the cores, or with the waits.
fn doing(lane: &LaneReport, report: &Report) -> String {
    let waits = catalogue::workload(&lane.workload).is_some_and(|entry| entry.bound == Bound::Io);
    if waits {
        return waiting(lane);
    }
    let usable = report.machine.usable;
    let used = lane.cores_used.unwrap_or(0.0);
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

/// "twice as fast", "3.4 times as long", "1.9 and 1.7 times as fast".
fn times_as(factors: &[f64], adjective: &str) -> String {
    if factors.iter().all(|factor| (1.9..=2.1).contains(factor)) {
        return format!("twice as {adjective}");
    }
    let mut figures: Vec<String> = factors.iter().map(|factor| figure(*factor)).collect();
    figures.dedup();
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    format!("{} times as {adjective}", list(&figures))
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

/// "a", "a and b", "a, b and c".
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With a capital at its beginning.
fn begin(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// As many digits as an audience reads: 0.04, 3.4, 190.
fn figure(value: f64) -> String {
    match value.abs() {
        big if big >= 10.0 => format!("{value:.0}"),
        middle if middle >= 1.0 || value == 0.0 => format!("{value:.1}"),
        tenths if tenths >= 0.1 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn seconds(value: f64) -> String {
    if value < 1.0 {
        format!("{:.0} ms", value * 1e3)
    } else {
        format!("{value:.1} s")
    }
}
