//! The figures of a run in words: `threads ran 1.97 times as fast as sequential`. Verbs stand in the past,
//! so that labels of any number agree with them. Pure; what the figures mean is [`judge`](super::judge)'s.

use parade_demos::expression::{Expression, Figure, Mention, Quantity, Range};
use parade_demos::report::{LaneReport, Report};

/// The lane of which a figure is mentioned.
pub(super) fn lane<'a>(mention: &Mention, report: &'a Report) -> Option<&'a LaneReport> {
    report.lanes.iter().find(|lane| lane.name == mention.lane)
}

/// The figures that a condition rests on, each once.
pub(super) fn told(condition: &Expression, report: &Report) -> String {
    let mut parts: Vec<String> = Vec::new();
    for mention in condition.mentions() {
        let part = told_of(&mention, report);
        parts.extend(part.filter(|part| !parts.contains(part)));
    }
    if let Some(ideal) = report.ideal_speedup.filter(|_| condition.mentions_ideal()) {
        parts.push(format!("the ideal here was {}", figure(ideal)));
    }
    let workers = report.lanes.iter().map(|lane| lane.workers).max();
    if let Some(workers) = workers.filter(|_| condition.mentions_workers()) {
        let noun = if workers == 1 { "worker" } else { "workers" };
        parts.push(format!("no lane had more than {workers} {noun}"));
    }
    parts.join(", ")
}

/// A number that was asked for: a figure, or how many times one is another, in words; what else is
/// computed is told as it is written.
pub(super) fn told_number(of: &str, quantity: &Quantity, value: Range, report: &Report) -> String {
    let written = |mention: &Mention| format!("{}.{}", mention.lane, mention.figure);
    let told = match quantity.mentions().as_slice() {
        [one] if of.trim() == written(one) => told_of(one, report),
        [one, other] if of.trim() == format!("{} / {}", written(one), written(other)) => {
            told_ratio(one, other, value, report)
        }
        _ => None,
    };
    told.unwrap_or_else(|| format!("{of} came to {}", span(value)))
}

/// `processes needed 2.7 times as much memory as threads`, where both are the same figure.
fn told_ratio(one: &Mention, other: &Mention, value: Range, report: &Report) -> Option<String> {
    let (label, than) = (&lane(one, report)?.label, &lane(other, report)?.label);
    let times = times(&span(value));
    Some(match (&one.figure, &other.figure) {
        (Figure::Wall, Figure::Wall) => format!("{label} took {times}as long as {than}"),
        (Figure::Pss, Figure::Pss) => {
            format!("{label} needed {times}as much memory as {than}")
        }
        _ => return None,
    })
}

fn told_of(mention: &Mention, report: &Report) -> Option<String> {
    let lane = lane(mention, report)?;
    let value = span(mention.value(report)?);
    let label = &lane.label;
    Some(match &mention.figure {
        Figure::Wall => format!("{label} took {value} s"),
        Figure::Cpu => format!("{label} used {value} s of CPU time"),
        Figure::CoresUsed if value == "1" => format!("{label} used 1 core"),
        Figure::CoresUsed => format!("{label} used {value} cores"),
        Figure::Speedup => {
            let against = report
                .lanes
                .iter()
                .find(|other| lane.against.as_ref() == Some(&other.name));
            let against = against.map_or("its baseline", |lane| lane.label.as_str());
            format!("{label} ran {}as fast as {against}", times(&value))
        }
        Figure::Spread => format!("the runs of {label} spread by {value} of their median"),
        Figure::Pss => format!("{label} needed {value} MiB"),
        Figure::Switches => format!("{label} had {value} context switches"),
        Figure::Counter(name) => told_count(label, name, &value),
    })
}

/// What stands before `as fast as`.
fn times(value: &str) -> String {
    match value {
        "1" => "just ".to_owned(),
        value => format!("{value} times "),
    }
}

/// What workloads and models count, in words, with L for the lane and N for the number.
const COUNTS: &[(&str, &str)] = &[
    ("deadlocks", "N of the schedules ended in a deadlock"),
    (
        "gil_switches_per_s",
        "under L the lock changed hands N times a second",
    ),
    ("hand_ends", "your schedule ended in N"),
    ("hand_steps", "your schedule took N steps"),
    (
        "immortal_ns",
        "a count on an immortal object took N ns with L",
    ),
    ("lateness_ms_max", "the largest lateness with L was N ms"),
    ("lateness_ms_p50", "the median lateness with L was N ms"),
    (
        "lateness_ms_p99",
        "99 of 100 times the lateness with L was at most N ms",
    ),
    ("lost", "N updates got lost with L"),
    ("outcomes", "the schedules had N different ends"),
    (
        "private_ns",
        "a count on an object of its own took N ns with L",
    ),
    ("schedules", "there were N schedules"),
    ("shared_ns", "a count on a shared object took N ns with L"),
    ("transfer_us_mean", "a result took N µs to come back with L"),
];

/// What a lane counted itself, or what a search of its schedules found.
pub(super) fn told_count(label: &str, name: &str, value: &str) -> String {
    if name == "hand_deadlock" {
        let how = if value == "1" { "in" } else { "without" };
        return format!("your schedule ended {how} a deadlock");
    }
    if (name, value) == ("outcomes", "1") {
        return "all schedules had the same end".to_owned();
    }
    if let Some((_, words)) = COUNTS.iter().find(|(known, _)| *known == name) {
        let put = |word| match word {
            "N" => value,
            "L" => label,
            word => word,
        };
        return words.split(' ').map(put).collect::<Vec<_>>().join(" ");
    }
    match name.strip_prefix("ends_") {
        Some(text) => format!("{value} of the schedules ended in {text}"),
        None => format!("{label} counted {value} for {}", name.replace('_', " ")),
    }
}

/// One value, or the smallest and the largest of several runs.
pub(super) fn span(range: Range) -> String {
    let (low, high) = (figure(range.low), figure(range.high));
    if low == high {
        low
    } else {
        format!("{low} to {high}")
    }
}

/// As many digits as a reader needs: 0.042, 1.97, 19.5, 190.
pub(super) fn figure(value: f64) -> String {
    let digits = match value.abs() {
        big if big >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        small if small >= 0.1 || small == 0.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// With a capital at its beginning.
pub(super) fn begin(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
