//! The figures of a run in words: `threads ran 1.97 times as fast as sequential`. Verbs stand in the past,
//! so that labels of any number agree with them. Pure; what the figures mean is [`judge`](super::judge)'s.

use parade_demos::expression::{Expression, Figure, Mention, Quantity, Range};
use parade_demos::report::{LaneReport, Report};

/// The lane of which a figure is mentioned.
pub(super) fn lane<'a>(mention: &Mention, report: &'a Report) -> Option<&'a LaneReport> {
    report.lanes.iter().find(|lane| lane.name == mention.lane)
}

/// What is told of one figure: of whom or of what, and what it came to.
struct Part {
    /// Left out where the part before has the same.
    subject: String,
    rest: String,
}

impl Part {
    fn whole(&self) -> String {
        format!("{} {}", self.subject, self.rest).trim().to_owned()
    }
}

/// The figures that a condition rests on, each once.
pub(super) fn told(condition: &Expression, report: &Report) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for mention in condition.mentions() {
        let Some(part) = told_of(&mention, report) else {
            continue;
        };
        if parts.iter().any(|known| known.whole() == part.whole()) {
            continue;
        }
        let goes_on = parts
            .last()
            .is_some_and(|last| last.subject == part.subject);
        told.push(if goes_on {
            part.rest.clone()
        } else {
            part.whole()
        });
        parts.push(part);
    }
    if let Some(ideal) = report.ideal_speedup.filter(|_| condition.mentions_ideal()) {
        told.push(format!("the ideal here was {}", figure(ideal)));
    }
    let workers = report.lanes.iter().map(|lane| lane.workers).max();
    if let Some(workers) = workers.filter(|_| condition.mentions_workers()) {
        let noun = if workers == 1 { "worker" } else { "workers" };
        told.push(format!("no lane had more than {workers} {noun}"));
    }
    told.join(", ")
}

/// A number that was asked for: a figure, or how many times one is another, in words; what else is
/// computed is told as it is written.
pub(super) fn told_number(of: &str, quantity: &Quantity, value: Range, report: &Report) -> String {
    let written = |mention: &Mention| format!("{}.{}", mention.lane, mention.figure);
    let told = match quantity.mentions().as_slice() {
        [one] if of.trim() == written(one) => told_of(one, report).map(|part| part.whole()),
        [one, other] if of.trim() == format!("{} / {}", written(one), written(other)) => {
            told_ratio(one, other, value, report)
        }
        _ => None,
    };
    told.unwrap_or_else(|| format!("{of} came to {}", span(value)))
}

/// `processes needed 2.7 times as much memory as threads`, where both are the same figure.
fn told_ratio(one: &Mention, other: &Mention, value: Range, report: &Report) -> Option<String> {
    let (label, than) = (name(lane(one, report)?), name(lane(other, report)?));
    let times = times(&span(value));
    Some(match (&one.figure, &other.figure) {
        (Figure::Wall, Figure::Wall) => format!("{label} took {times}as long as {than}"),
        (Figure::Pss, Figure::Pss) => {
            format!("{label} needed {times}as much memory as {than}")
        }
        _ => return None,
    })
}

fn told_of(mention: &Mention, report: &Report) -> Option<Part> {
    let lane = lane(mention, report)?;
    let value = span(mention.value(report)?);
    let subject = name(lane);
    let rest = match &mention.figure {
        Figure::Wall => format!("took {value} s"),
        Figure::Cpu => format!("used {value} s of CPU time"),
        Figure::CoresUsed if value == "1" => "used 1 core".to_owned(),
        Figure::CoresUsed => format!("used {value} cores"),
        Figure::Speedup => {
            let against = report
                .lanes
                .iter()
                .find(|other| lane.against.as_ref() == Some(&other.name));
            let against = against.map_or("its baseline".to_owned(), name);
            format!("ran {}as fast as {against}", times(&value))
        }
        Figure::Spread => format!("took times that spread by {value} of their median"),
        Figure::Pss => format!("needed {value} MiB"),
        Figure::Switches => format!("had {value} context switches"),
        Figure::Counter(counter) => return Some(told_count(&subject, counter, &value)),
    };
    Some(Part { subject, rest })
}

/// A lane as a sentence names it: several words are marked as one name.
pub(super) fn name(lane: &LaneReport) -> String {
    if lane.label.contains(' ') {
        format!("“{}”", lane.label)
    } else {
        lane.label.clone()
    }
}

/// What stands before `as fast as`.
fn times(value: &str) -> String {
    match value {
        "1" => "just ".to_owned(),
        value => format!("{value} times "),
    }
}

/// What workloads and models count, in words, with `{lane}` and the `{value}` in their places. One that is not
/// here is told by its name.
const COUNTS: &[(&str, &str)] = &[
    ("deadlocks", "{value} of the schedules ended in a deadlock"),
    ("first", "the first answer was {value}"),
    (
        "gil_switches_per_s",
        "under {lane} the lock changed hands {value} times a second",
    ),
    ("hand_ends", "your schedule ended in {value}"),
    ("hand_steps", "your schedule took {value} steps"),
    (
        "immortal_ns",
        "a count on an immortal object took {value} ns with {lane}",
    ),
    (
        "lateness_ms_max",
        "the largest lateness was {value} ms with {lane}",
    ),
    (
        "lateness_ms_p50",
        "the median lateness was {value} ms with {lane}",
    ),
    (
        "lateness_ms_p99",
        "99 of 100 times the lateness was at most {value} ms with {lane}",
    ),
    ("lost", "{value} updates got lost with {lane}"),
    ("outcomes", "the schedules had {value} different ends"),
    (
        "private_ns",
        "a count on an object of its own took {value} ns with {lane}",
    ),
    ("schedules", "there were {value} schedules"),
    (
        "shared_ns",
        "a count on a shared object took {value} ns with {lane}",
    ),
    (
        "transfer_us_mean",
        "a result took {value} µs to come back with {lane}",
    ),
];

/// What a lane counted itself, or what a search of its schedules found.
fn told_count(lane: &str, counter: &str, value: &str) -> Part {
    let known = COUNTS.iter().find(|(known, _)| *known == counter);
    let (before, after) = match (counter, value) {
        ("hand_deadlock", "1") => ("your schedule ended", "in a deadlock"),
        ("hand_deadlock", _) => ("your schedule ended", "without a deadlock"),
        ("outcomes", "1") => ("all schedules", "had the same end"),
        _ => match known.and_then(|(_, words)| words.split_once("{value}")) {
            Some((before, after)) => {
                let put = |words: &str| words.replace("{lane}", lane);
                return Part {
                    subject: put(before).trim_end().to_owned(),
                    rest: format!("{value}{}", put(after)),
                };
            }
            None => return told_unknown(lane, counter, value),
        },
    };
    Part {
        subject: before.to_owned(),
        rest: after.to_owned(),
    }
}

/// A count of which nothing is known but its name.
fn told_unknown(lane: &str, counter: &str, value: &str) -> Part {
    if let Some(text) = counter.strip_prefix("ends_") {
        return Part {
            subject: String::new(),
            rest: format!("{value} of the schedules ended in {text}"),
        };
    }
    Part {
        subject: lane.to_owned(),
        rest: format!("counted {value} for {}", counter.replace('_', " ")),
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

#[cfg(test)]
mod tests {
    use parade_demos::report::{LaneRun, Outcome};
    use parade_demos::spec::{DemoSpec, LaneSpec};

    use super::*;

    /// Lanes `one` and `two`, the second under a label of several words.
    fn report() -> Report {
        let lane = |name: &str, label: &str, wall_s: f64| LaneReport {
            label: label.to_owned(),
            against: Some("one".to_owned()),
            counters: [("private_ns".to_owned(), wall_s.into())]
                .into_iter()
                .collect(),
            runs: vec![LaneRun {
                wall_s,
                cpu_s: 2.0,
                gauged_s: None,
            }],
            ..LaneReport::unmeasured(&LaneSpec::new("primes", name), Outcome::Done)
        };
        Report {
            lanes: vec![lane("one", "one", 2.0), lane("two", "number two", 4.0)],
            ..Report::empty(&DemoSpec::new("demo", Vec::new()))
        }
    }

    #[test]
    fn figures_of_one_subject_follow_it() {
        for (condition, expected) in [
            (
                "two.wall > 1 and two.cores_used < 1 and two.wall < 9",
                "“number two” took 4 s, used 0.5 cores",
            ),
            (
                "one.cores_used == 1 and two.speedup < 1 and one.speedup == 1",
                "one used 1 core, “number two” ran 0.5 times as fast as one, one ran just as fast as one",
            ),
            (
                "two.private_ns > one.private_ns",
                "a count on an object of its own took 4 ns with “number two”, 2 ns with one",
            ),
        ] {
            let parsed = Expression::parse(condition).expect("a condition");
            assert_eq!(told(&parsed, &report()), expected, "{condition}");
        }
    }

    #[test]
    fn counts_are_told_in_words() {
        for (name, value, expected) in [
            (
                "lateness_ms_p50",
                "0.27",
                "the median lateness was 0.27 ms with gil",
            ),
            (
                "gil_switches_per_s",
                "10.4",
                "under gil the lock changed hands 10.4 times a second",
            ),
            ("ends_2", "2", "2 of the schedules ended in 2"),
            ("outcomes", "3", "the schedules had 3 different ends"),
            ("outcomes", "1", "all schedules had the same end"),
            ("hand_deadlock", "1", "your schedule ended in a deadlock"),
            (
                "hand_deadlock",
                "0",
                "your schedule ended without a deadlock",
            ),
            ("objects_left", "3", "gil counted 3 for objects left"),
        ] {
            assert_eq!(told_count("gil", name, value).whole(), expected, "{name}");
        }
    }
}
