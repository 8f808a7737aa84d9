//! Predictions and challenges laid against a finished run, in words. Pure: the same figures always
//! give the same sentence, and nothing in it is written by hand but the learner's own answer.

use parade_demos::expression::{Answer, Expression, Figure, Mention, Quantity, Range};
use parade_demos::report::{LaneReport, Outcome, Report};

use super::{Agreement, Came, Guess};
use crate::deck::{Challenge, Predict, PredictAnswer};

/// From so many times on, a number is wrong by a factor and no longer by a share.
const FACTOR_MIN: f64 = 1.9;

/// Lays an answer against what was measured.
pub fn weigh(predict: &Predict, guess: &Guess, report: &Report) -> Came {
    match (&predict.answer, guess) {
        (PredictAnswer::Choice(choices), Guess::Choice(said)) => {
            weigh_choice(choices, said, report)
        }
        (PredictAnswer::Number { of, tolerance }, Guess::Number(said)) => {
            weigh_number(of, *tolerance, *said, report)
        }
        _ => open(CHANGED.to_owned()),
    }
}

/// A challenge after a run: whether its goal is met, and the sentence that says so.
pub fn attempt(challenge: &Challenge, report: &Report) -> (bool, String) {
    let Ok(goal) = Expression::parse(&challenge.goal) else {
        return (false, "Its goal can't be read.".to_owned());
    };
    let seen = told(&goal, report);
    if let Some(missing) = unfinished(&goal.mentions(), report) {
        return (false, missing);
    }
    match goal.evaluate(report) {
        Answer::True => (true, format!("Met: {seen}.")),
        Answer::False(_) => (false, format!("Not yet: {seen}.")),
        Answer::Within(_) => (
            false,
            format!("Not for certain, for the runs spread too far: {seen}."),
        ),
        Answer::Unknown(name) => (false, not_measured(&name)),
    }
}

const CHANGED: &str = "The question has changed since you answered it.";

fn weigh_choice(choices: &[(String, Option<String>)], said: &str, report: &Report) -> Came {
    let Some((_, when)) = choices.iter().find(|(text, _)| text == said) else {
        return open(CHANGED.to_owned());
    };
    let parsed = |when: &Option<String>| Expression::parse(when.as_deref()?).ok();
    let was = choices.iter().find_map(|(text, when)| {
        let when = parsed(when)?;
        (when.evaluate(report) == Answer::True).then_some((text, when))
    });
    let decisive = parsed(when).or_else(|| was.as_ref().map(|(_, when)| when.clone()));
    let Some(decisive) = decisive else {
        return open(format!(
            "You said “{said}”. No figure of this run decides it."
        ));
    };
    if let Some(missing) = unfinished(&decisive.mentions(), report) {
        return open(missing);
    }
    match (parsed(when).map(|when| when.evaluate(report)), was) {
        (Some(Answer::True), _) => Came {
            agreement: Agreement::Right,
            text: format!(
                "You said “{said}”, and so it was: {}.",
                told(&decisive, report)
            ),
        },
        (_, Some((text, when))) => Came {
            agreement: Agreement::Wrong,
            text: format!(
                "You said “{said}”. It was “{text}”: {}.",
                told(&when, report)
            ),
        },
        (Some(Answer::Within(_)), None) => open(format!(
            "You said “{said}”. The runs spread too far to tell: {}.",
            told(&decisive, report)
        )),
        (Some(Answer::Unknown(name)), None) => open(not_measured(&name)),
        (_, None) => Came {
            agreement: Agreement::Wrong,
            text: format!(
                "You said “{said}”. It was not so: {}.",
                told(&decisive, report)
            ),
        },
    }
}

fn weigh_number(of: &str, tolerance: f64, said: f64, report: &Report) -> Came {
    let Ok(quantity) = Quantity::parse(of) else {
        return open(CHANGED.to_owned());
    };
    let mentions = quantity.mentions();
    if let Some(missing) = unfinished(&mentions, report) {
        return open(missing);
    }
    let measured = match quantity.evaluate(report) {
        Ok(measured) => measured,
        Err(name) => return open(not_measured(&name)),
    };
    // A figure alone is told in words; what is computed from several is told as it is written.
    let seen = match mentions.as_slice() {
        [one] if of.trim() == format!("{}.{}", one.lane, one.figure) => told_of(one, report),
        _ => None,
    };
    let seen = seen.unwrap_or_else(|| format!("{of} came to {}", span(measured)));
    let slack = |value: f64| tolerance * value.abs();
    let low = measured.low - slack(measured.low);
    let high = measured.high + slack(measured.high);
    let (agreement, verdict) = if (low..=high).contains(&said) {
        let verdict = match figure(tolerance * 100.0).as_str() {
            "0" => "right, exactly".to_owned(),
            percent => format!("right, within {percent} %"),
        };
        (Agreement::Right, verdict)
    } else if said > high {
        (Agreement::Wrong, too_far(said, measured.high, "much"))
    } else {
        (Agreement::Wrong, too_far(said, measured.low, "little"))
    };
    Came {
        agreement,
        text: format!("{}. You said {}: {verdict}.", begin(&seen), figure(said)),
    }
}

/// How far off a number is: `20 % too much`, `3.1 times too little`.
fn too_far(said: f64, measured: f64, side: &str) -> String {
    let factor = if said.abs() > measured.abs() {
        said / measured
    } else {
        measured / said
    };
    if factor.is_finite() && factor >= FACTOR_MIN {
        format!("{} times too {side}", figure(factor))
    } else if factor.is_finite() && factor > 1.0 {
        let percent = ((said - measured) / measured).abs() * 100.0;
        format!("{percent:.0} % too {side}")
    } else {
        format!("too {side}")
    }
}

fn open(text: String) -> Came {
    Came {
        agreement: Agreement::Open,
        text,
    }
}

fn not_measured(name: &str) -> String {
    format!("This run did not measure {name}.")
}

/// What keeps a lane's figures from meaning anything: it did not come to its end.
fn unfinished(mentions: &[Mention], report: &Report) -> Option<String> {
    let lanes = mentions.iter().filter_map(|mention| lane(mention, report));
    let broken = lanes
        .into_iter()
        .find(|lane| lane.outcome != Outcome::Done)?;
    Some(format!(
        "{} did not come to an end, so nothing can be said.",
        begin(&broken.label)
    ))
}

fn lane<'a>(mention: &Mention, report: &'a Report) -> Option<&'a LaneReport> {
    report.lanes.iter().find(|lane| lane.name == mention.lane)
}

/// The figures that a condition rests on, each once, in words.
fn told(condition: &Expression, report: &Report) -> String {
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
        parts.push(format!("no lane had more than {workers} workers"));
    }
    parts.join(", ")
}

/// `threads ran 1.97 times as fast as sequential`. Verbs stand in the past, so that labels of any
/// number agree with them.
fn told_of(mention: &Mention, report: &Report) -> Option<String> {
    let lane = lane(mention, report)?;
    let value = span(mention.value(report)?);
    let label = &lane.label;
    Some(match &mention.figure {
        Figure::Wall => format!("{label} took {value} s"),
        Figure::Cpu => format!("{label} used {value} s of CPU time"),
        Figure::CoresUsed => format!("{label} used {value} cores"),
        Figure::Speedup => {
            let against = report
                .lanes
                .iter()
                .find(|other| lane.against.as_ref() == Some(&other.name));
            let against = against.map_or("its baseline", |lane| lane.label.as_str());
            format!("{label} ran {value} times as fast as {against}")
        }
        Figure::Spread => format!("the runs of {label} spread by {value} of their median"),
        Figure::Pss => format!("{label} needed {value} MiB"),
        Figure::Switches => format!("{label} had {value} context switches"),
        Figure::Counter(name) => told_count(label, name, &value),
    })
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
fn told_count(label: &str, name: &str, value: &str) -> String {
    if name == "hand_deadlock" {
        let how = if value == "1" { "in" } else { "without" };
        return format!("your schedule ended {how} a deadlock");
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
fn span(range: Range) -> String {
    let (low, high) = (figure(range.low), figure(range.high));
    if low == high {
        low
    } else {
        format!("{low} to {high}")
    }
}

/// As many digits as a reader needs: 0.042, 1.97, 19.5, 190.
fn figure(value: f64) -> String {
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
fn begin(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
