//! `demo` fences: YAML → [`DemoSpec`], checked against the catalogue. Its lanes are read by
//! [`super::lane`].

use std::time::Duration;

use parade_demos::catalogue;
use parade_demos::spec::{Amount, Baseline, DemoSpec, LaneSpec, Order, Show};

use super::lane::{self, Shared, workers};
use super::parameters::{value, with};
use crate::deck::{BlockKind, Demo};
use crate::parse::slide::Builder;
use crate::parse::slug::slug;
use crate::parse::yaml::{Fields, Node, Reading};

const KEYS: &[&str] = &[
    "name", "title", "workload", "with", "lanes", "workers", "length", "work", "order", "baseline",
    "claim", "show", "repeat", "seed",
];

/// How long a demo takes when it doesn't say.
const LENGTH: Duration = Duration::from_secs(4);

const ORDERS: &[(&str, Order)] = &[("turn", Order::Turn), ("together", Order::Together)];

const BASELINES: &[(&str, Baseline)] = &[
    ("sequential", Baseline::Sequential),
    ("none", Baseline::None),
];

const SHOWS: &[(&str, Show)] = &[
    ("lanes", Show::Lanes),
    ("gil", Show::Gil),
    ("counts", Show::Counts),
    ("steps", Show::Steps),
    ("scheduler", Show::Scheduler),
    ("attempts", Show::Attempts),
    ("heartbeat", Show::Heartbeat),
    ("transfer", Show::Transfer),
];

/// All that a demo can be told, its pictures included.
#[cfg(test)]
pub(super) fn names() -> Vec<&'static str> {
    let shows = SHOWS.iter().map(|(name, _)| *name);
    let keys = [KEYS, lane::KEYS].into_iter().flatten();
    shows.chain(keys.copied()).collect()
}

pub(super) fn read(
    builder: &mut Builder<'_>,
    reading: &mut Reading<'_>,
    node: Node,
) -> Option<BlockKind> {
    let root = node.clone();
    let mut fields = reading.fields(node, KEYS);
    let shared = Shared {
        workload: fields.text("workload"),
        workers: fields.read("workers", workers),
        with: with(builder, &mut fields),
    };
    let lanes = lane::all(builder, &mut fields, &shared);
    let amount = amount(&mut fields, &lanes);
    let spec = DemoSpec {
        name: name(builder, &mut fields),
        title: fields.text("title"),
        lanes,
        amount,
        order: fields.choice("order", ORDERS).unwrap_or_default(),
        baseline: fields.choice("baseline", BASELINES).unwrap_or_default(),
        claim: fields.text("claim"),
        show: fields.choice("show", SHOWS).unwrap_or_default(),
        repeat: fields.whole("repeat", 1..=100).unwrap_or(1) as u32,
        seed: fields.whole("seed", 0..=i64::MAX).unwrap_or(1) as u64,
        edited: false,
    };
    if reading.problems.is_empty() {
        for problem in catalogue::check(&spec) {
            reading.report(
                root.locate(&problem.path),
                format!("failed to {}", problem.message),
            );
        }
    }
    let sound = reading.problems.is_empty();
    sound.then(|| BlockKind::Demo(Box::new(Demo { spec })))
}

/// The name that the fence gives, else the slide's.
fn name(builder: &mut Builder<'_>, fields: &mut Fields<'_, '_>) -> String {
    let given = fields.read("name", |reading, key, node| {
        let name = reading.text(key, node)?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || !name.chars().all(is_part) {
            let message = "a demo's name has letters, digits, `-`, `_` and `.` alone";
            let help = format!("for example `{}`", slug(&name));
            reading.report_with_help(node.range.clone(), message, help);
        }
        Some(name)
    });
    given.unwrap_or_else(|| builder.demo_name())
}

/// How much is done, or how long one sequential worker takes for it.
fn amount(fields: &mut Fields<'_, '_>, lanes: &[LaneSpec]) -> Amount {
    let (length, work) = (fields.take("length"), fields.take("work"));
    let reading = &mut *fields.reading;
    let program = |lane: &LaneSpec| catalogue::is_program(&lane.workload);
    if !lanes.is_empty() && lanes.iter().all(program) {
        for node in length.iter().chain(&work) {
            let help = "leave it out: how much there is to do, its arguments say";
            reading.report_with_help(node.range.clone(), "a program does what it does", help);
        }
        return Amount::Work(1);
    }
    if let (Some(_), Some(work)) = (&length, &work) {
        let message = "`length` and `work` can't both be given";
        let help = "give the length of one sequential run, or the work itself";
        reading.report_with_help(work.range.clone(), message, help);
    }
    if let Some(node) = work {
        let work = reading.whole("work", &node, 1..=i64::MAX);
        return Amount::Work(work.unwrap_or(1).unsigned_abs());
    }
    let Some(node) = length else {
        return Amount::Length(LENGTH);
    };
    let length = value(reading, &node)
        .as_ref()
        .and_then(catalogue::value::duration);
    if length.is_none() {
        reading.expected(&node, "length", "a duration, such as 4s");
    }
    Amount::Length(length.unwrap_or(LENGTH))
}
