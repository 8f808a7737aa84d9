//! `demo` fences: YAML → [`DemoSpec`], checked against the catalogue.

use std::time::Duration;

use parade_demos::catalogue;
use parade_demos::spec::{
    Amount, Baseline, DemoSpec, LaneSpec, Order, Parameters, Show, Value, Workers,
};

use super::program;
use crate::deck::{BlockKind, Demo};
use crate::parse::slide::Builder;
use crate::parse::slug::slug;
use crate::parse::yaml::{self, Fields, Node, Reading};

const KEYS: &[&str] = &[
    "name", "title", "workload", "with", "lanes", "workers", "length", "work", "order", "baseline",
    "claim", "show", "repeat", "seed",
];
/// A lane's keys, beside its model's parameters.
const LANE_KEYS: &[&str] = &[
    "name", "label", "model", "workload", "workers", "with", "command",
];

/// How long a demo takes when it doesn't say.
const LENGTH: Duration = Duration::from_secs(4);

pub(super) fn read(
    builder: &mut Builder<'_>,
    reading: &mut Reading<'_>,
    node: Node,
) -> Option<BlockKind> {
    let root = node.clone();
    let mut fields = reading.fields(node, KEYS);
    let shared = Shared {
        workload: text(reading, &mut fields, "workload"),
        workers: fields
            .take("workers")
            .and_then(|node| workers(reading, &node)),
        with: fields
            .take("with")
            .map(|node| program::with(builder, reading, node))
            .unwrap_or_default(),
    };
    let lanes = lanes(builder, reading, &mut fields, &shared);
    let amount = amount(reading, &mut fields, &lanes);
    let spec = DemoSpec {
        name: name(builder, reading, &mut fields),
        title: text(reading, &mut fields, "title"),
        lanes,
        amount,
        order: choice(
            reading,
            &mut fields,
            "order",
            &[("turn", Order::Turn), ("together", Order::Together)],
        ),
        baseline: choice(
            reading,
            &mut fields,
            "baseline",
            &[
                ("sequential", Baseline::Sequential),
                ("none", Baseline::None),
            ],
        ),
        claim: text(reading, &mut fields, "claim"),
        show: choice(reading, &mut fields, "show", SHOWS),
        repeat: whole(reading, &mut fields, "repeat", 1, 1..=100) as u32,
        seed: whole(reading, &mut fields, "seed", 1, 0..=i64::MAX) as u64,
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

/// What lanes have unless they say otherwise.
struct Shared {
    workload: Option<String>,
    workers: Option<Workers>,
    with: Parameters,
}

/// The name that the fence gives, else the slide's.
fn name(builder: &mut Builder<'_>, reading: &mut Reading<'_>, fields: &mut Fields) -> String {
    let given = fields.take("name");
    let Some(name) = given.as_ref().and_then(|node| reading.text("name", node)) else {
        return builder.demo_name();
    };
    let is_plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !is_plain && let Some(node) = given {
        let help = format!("for example `{}`", slug(&name));
        reading.report_with_help(
            node.range,
            "a demo's name has letters, digits, `-`, `_` and `.` alone",
            help,
        );
    }
    name
}

fn lanes(
    builder: &Builder<'_>,
    reading: &mut Reading<'_>,
    fields: &mut Fields,
    shared: &Shared,
) -> Vec<LaneSpec> {
    let Some(node) = fields.take("lanes") else {
        let range = fields.range.start..fields.range.start;
        reading.report_with_help(
            range,
            "this demo has no lanes",
            "name the models to run: lanes: [async, threads]",
        );
        return Vec::new();
    };
    let items = match node.value {
        yaml::Value::List(items) => items,
        _ => vec![node],
    };
    items
        .into_iter()
        .filter_map(|item| lane(builder, reading, item, shared))
        .collect()
}

/// A lane is a model's name, or a map.
fn lane(
    builder: &Builder<'_>,
    reading: &mut Reading<'_>,
    node: Node,
    shared: &Shared,
) -> Option<LaneSpec> {
    if !matches!(node.value, yaml::Value::Map(_)) {
        let model = reading.text("lanes", &node)?;
        return finish(
            reading,
            &node,
            LaneParts {
                model: Some(model),
                ..LaneParts::default()
            },
            shared,
        );
    }
    let model = model_of(&node);
    let parameters = model
        .and_then(catalogue::model)
        .map_or(&[][..], |entry| entry.parameters);
    let known: Vec<_> = LANE_KEYS
        .iter()
        .copied()
        .chain(parameters.iter().map(|parameter| parameter.name))
        .collect();
    let place = node.clone();
    let mut fields = reading.fields(node, &known);
    let mut parts = LaneParts {
        name: text(reading, &mut fields, "name"),
        label: text(reading, &mut fields, "label"),
        model: text(reading, &mut fields, "model"),
        workload: text(reading, &mut fields, "workload"),
        workers: fields
            .take("workers")
            .and_then(|node| workers(reading, &node)),
        with: fields
            .take("with")
            .map(|node| program::with(builder, reading, node))
            .unwrap_or_default(),
        command: fields
            .take("command")
            .map(|node| command(builder, reading.texts("command", &node)))
            .unwrap_or_default(),
        parameters: Parameters::new(),
    };
    for parameter in parameters {
        if let Some(node) = fields.take(parameter.name) {
            parts
                .parameters
                .extend(value(reading, &node).map(|value| (parameter.name.to_owned(), value)));
        }
    }
    finish(reading, &place, parts, shared)
}

/// A program and its arguments. Files beside the deck are named so that the program finds them
/// wherever it is started, and a change of them is noticed.
fn command(builder: &Builder<'_>, words: Vec<String>) -> Vec<String> {
    let found = |(index, word): (usize, String)| {
        // A bare first word is a program of the search path.
        let is_file = index > 0 || word.contains('/');
        let place = is_file.then(|| builder.files.place(&builder.beside(&word)));
        let place = place.flatten().map(|place| place.display().to_string());
        place.unwrap_or(word)
    };
    words.into_iter().enumerate().map(found).collect()
}

/// What a lane's own map says.
#[derive(Default)]
struct LaneParts {
    name: Option<String>,
    label: Option<String>,
    model: Option<String>,
    workload: Option<String>,
    workers: Option<Workers>,
    with: Parameters,
    parameters: Parameters,
    command: Vec<String>,
}

/// Fills in what the demo says for all of its lanes.
fn finish(
    reading: &mut Reading<'_>,
    node: &Node,
    parts: LaneParts,
    shared: &Shared,
) -> Option<LaneSpec> {
    let is_command = !parts.command.is_empty();
    let Some(model) = parts
        .model
        .or_else(|| is_command.then(|| "command".to_owned()))
    else {
        reading.report_with_help(
            node.range.clone(),
            "this lane has no model",
            "say how it is scheduled: model: threads",
        );
        return None;
    };
    let own = (model == "command").then(|| "command".to_owned());
    let Some(workload) = parts.workload.or(own).or_else(|| shared.workload.clone()) else {
        let help = "say what is computed, for the demo or the lane: workload: primes";
        reading.report_with_help(node.range.clone(), "this lane has no workload", help);
        return None;
    };
    let name = parts.name.unwrap_or_else(|| model.clone());
    let mut with = shared.with.clone();
    with.extend(parts.with);
    Some(LaneSpec {
        label: parts.label.unwrap_or_else(|| name.clone()),
        workers: parts
            .workers
            .or(shared.workers)
            .unwrap_or_else(|| catalogue::default_workers(&workload)),
        name,
        model,
        workload,
        with,
        parameters: parts.parameters,
        command: parts.command,
    })
}

fn model_of(node: &Node) -> Option<&str> {
    let yaml::Value::Map(entries) = &node.value else {
        return None;
    };
    entries
        .iter()
        .find(|(key, _)| key.name == "model")
        .and_then(|(_, node)| match &node.value {
            yaml::Value::Text(name) => Some(name.as_str()),
            _ => None,
        })
}

fn amount(reading: &mut Reading<'_>, fields: &mut Fields, lanes: &[LaneSpec]) -> Amount {
    let length = fields.take("length");
    let work = fields.take("work");
    let program = |lane: &LaneSpec| catalogue::is_program(&lane.workload);
    if !lanes.is_empty() && lanes.iter().all(program) {
        for node in length.iter().chain(&work) {
            let help = "leave it out: how much there is to do, its arguments say";
            reading.report_with_help(node.range.clone(), "a program does what it does", help);
        }
        return Amount::Work(1);
    }
    if let (Some(_), Some(work)) = (&length, &work) {
        let help = "give the length of one sequential run, or the work itself";
        reading.report_with_help(
            work.range.clone(),
            "`length` and `work` can't both be given",
            help,
        );
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
        reading.report_with_help(
            node.range,
            "`length` with a value that it doesn't take",
            "it takes a duration, such as 4s",
        );
    }
    Amount::Length(length.unwrap_or(LENGTH))
}

/// How many workers: told where it is written, be that for one lane or for all.
fn workers(reading: &mut Reading<'_>, node: &Node) -> Option<Workers> {
    const MAX: u32 = catalogue::WORKERS_MAX;
    match &node.value {
        yaml::Value::Int(count) => {
            let workers = u32::try_from(*count).ok();
            let workers = workers.filter(|count| (1..=MAX).contains(count));
            if workers.is_none() {
                let message = format!("failed to use {count} workers; a lane has 1 to {MAX}");
                reading.report(node.range.clone(), message);
            }
            workers.map(Workers::Count)
        }
        yaml::Value::Text(text) if text == "cores" => Some(Workers::Cores),
        yaml::Value::Text(text) if text == "items" => Some(Workers::Items),
        _ => {
            let help = "it takes `cores`, `items` or a number";
            let message = "`workers` with a value that it doesn't take";
            reading.report_with_help(node.range.clone(), message, help);
            None
        }
    }
}

pub(super) fn value(reading: &mut Reading<'_>, node: &Node) -> Option<Value> {
    match &node.value {
        yaml::Value::Bool(value) => Some(Value::Bool(*value)),
        yaml::Value::Int(value) => Some(Value::Int(*value)),
        yaml::Value::Float(value) => Some(Value::Float(*value)),
        yaml::Value::Text(_) => reading.text("value", node).map(Value::Text),
        yaml::Value::List(items) => Some(Value::List(
            items
                .iter()
                .filter_map(|item| value(reading, item))
                .collect(),
        )),
        yaml::Value::Null | yaml::Value::Map(_) => {
            reading.report(
                node.range.clone(),
                "a parameter takes a word, a number or a list",
            );
            None
        }
    }
}

fn text(reading: &mut Reading<'_>, fields: &mut Fields, key: &str) -> Option<String> {
    let node = fields.take(key)?;
    reading.text(key, &node)
}

fn choice<T: Copy + Default>(
    reading: &mut Reading<'_>,
    fields: &mut Fields,
    key: &str,
    choices: &[(&'static str, T)],
) -> T {
    let node = fields.take(key);
    node.and_then(|node| reading.choice(key, &node, choices))
        .unwrap_or_default()
}

fn whole(
    reading: &mut Reading<'_>,
    fields: &mut Fields,
    key: &str,
    default: i64,
    limits: std::ops::RangeInclusive<i64>,
) -> i64 {
    let node = fields.take(key);
    node.and_then(|node| reading.whole(key, &node, limits))
        .unwrap_or(default)
}
