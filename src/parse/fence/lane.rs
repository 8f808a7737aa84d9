//! A demo's `lanes`: each is the name of a model, or a map that says more. Whether they make sense
//! together, the catalogue knows.

use std::collections::BTreeMap;

use parade_demos::catalogue;
use parade_demos::spec::{LaneSpec, Parameters, Workers};

use super::parameters::{value, with};
use crate::parse::slide::Builder;
use crate::parse::yaml::{Fields, Node, Reading, Value};

/// A lane's keys, beside its model's parameters.
pub(super) const KEYS: &[&str] = &[
    "name", "label", "model", "workload", "workers", "with", "command",
];

/// What lanes have unless they say otherwise.
pub(super) struct Shared {
    pub workload: Option<String>,
    pub workers: Option<Workers>,
    pub with: Parameters,
}

/// The lanes of a demo.
pub(super) fn all(
    builder: &Builder<'_>,
    fields: &mut Fields<'_, '_>,
    shared: &Shared,
) -> Vec<LaneSpec> {
    let Some(node) = fields.take("lanes") else {
        fields.lack(
            "this demo has no lanes",
            "name the models to run: lanes: [async, threads]",
        );
        return Vec::new();
    };
    let items = match node.value {
        Value::List(items) => items,
        _ => vec![node],
    };
    items
        .into_iter()
        .filter_map(|item| {
            let place = item.clone();
            let parts = parts(builder, fields.reading, item)?;
            finish(fields.reading, &place, parts, shared)
        })
        .collect()
}

/// What a lane says itself.
#[derive(Default)]
struct Parts {
    name: Option<String>,
    label: Option<String>,
    model: Option<String>,
    workload: Option<String>,
    workers: Option<Workers>,
    with: Parameters,
    parameters: Parameters,
    command: Command,
}

/// A program and its arguments.
#[derive(Default)]
struct Command {
    words: Vec<String>,
    /// The texts of files that it names and that lie in no folder.
    files: BTreeMap<String, String>,
}

fn parts(builder: &Builder<'_>, reading: &mut Reading<'_>, node: Node) -> Option<Parts> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Parts {
            model: Some(reading.text("lanes", &node)?),
            ..Parts::default()
        });
    }
    let model = match node.get("model").map(|node| &node.value) {
        Some(Value::Text(name)) => catalogue::model(name),
        _ => None,
    };
    let parameters = model.map_or(&[][..], |model| model.parameters);
    let names = parameters.iter().map(|parameter| parameter.name);
    let known: Vec<_> = KEYS.iter().copied().chain(names.clone()).collect();
    let mut fields = reading.fields(node, &known);
    Some(Parts {
        name: fields.text("name"),
        label: fields.text("label"),
        model: fields.text("model"),
        workload: fields.text("workload"),
        workers: fields.read("workers", workers),
        with: with(builder, &mut fields),
        command: Command::read(builder, fields.texts("command")),
        parameters: names
            .filter_map(|name| {
                let value = fields.read(name, |reading, _, node| value(reading, node))?;
                Some((name.to_owned(), value))
            })
            .collect(),
    })
}

/// Fills in what the demo says for all of its lanes.
fn finish(
    reading: &mut Reading<'_>,
    node: &Node,
    parts: Parts,
    shared: &Shared,
) -> Option<LaneSpec> {
    let is_command = !parts.command.words.is_empty();
    let Some(model) = parts
        .model
        .or_else(|| is_command.then(|| "command".to_owned()))
    else {
        let help = "say how it is scheduled: model: threads";
        reading.report_with_help(node.range.clone(), "this lane has no model", help);
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
        command: parts.command.words,
        files: parts.command.files,
    })
}

impl Command {
    /// Files beside the deck are named so that the program finds them wherever it is started, and a
    /// change of them is noticed. Those of a deck that is compiled in go along as texts.
    fn read(builder: &Builder<'_>, words: Vec<String>) -> Self {
        let mut command = Self::default();
        for (index, word) in words.into_iter().enumerate() {
            // A bare first word is a program of the search path.
            let is_file = index > 0 || word.contains('/');
            let path = builder.beside(&word);
            let place = is_file.then(|| builder.files.place(&path)).flatten();
            if let Some(place) = place {
                command.words.push(place.display().to_string());
                continue;
            }
            if is_file && builder.files.exists(&path) {
                let text = builder.files.read(&path).ok();
                command.files.extend(text.map(|text| (word.clone(), text)));
            }
            command.words.push(word);
        }
        command
    }
}

/// How many workers: told where it is written, be that for one lane or for all.
pub(super) fn workers(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<Workers> {
    const MAX: u32 = catalogue::WORKERS_MAX;
    match &node.value {
        Value::Int(count) => {
            let workers = u32::try_from(*count).ok();
            let workers = workers.filter(|count| (1..=MAX).contains(count));
            if workers.is_none() {
                let message = format!("failed to use {count} workers; a lane has 1 to {MAX}");
                reading.report(node.range.clone(), message);
            }
            workers.map(Workers::Count)
        }
        Value::Text(text) if text == "cores" => Some(Workers::Cores),
        Value::Text(text) if text == "items" => Some(Workers::Items),
        _ => {
            reading.expected(node, key, "`cores`, `items` or a number");
            None
        }
    }
}
