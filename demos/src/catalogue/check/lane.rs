//! What is wrong with one lane of a demo.

use super::{Problems, hint};
use crate::catalogue::{
    Crew, Parameter, WORKERS_MAX, WorkloadEntry, accept, baseline, crew, model, models, takes,
    workload, workloads,
};
use crate::parameter::value::expected;
use crate::python::syntax;
use crate::spec::{Baseline, DemoSpec, LaneSpec, Value, Workers};
use crate::workload::python::Script;

/// Whatever is wrong with one lane: its names, what goes together, its values.
pub(super) fn check_lane(demo: &DemoSpec, index: &str, lane: &LaneSpec, problems: &mut Problems) {
    let known_model = model(&lane.model);
    if known_model.is_none() {
        let names = models().map(|entry| entry.name);
        let message = format!("find model \"{}\"{}", lane.model, hint(&lane.model, names));
        problems.add(&["lanes", index, "model"], message);
    }
    let known_workload = visible_workload(&lane.workload);
    if known_workload.is_none() {
        // The demo's own, unless the lanes differ in it.
        let shared = demo
            .lanes
            .iter()
            .all(|other| other.workload == lane.workload);
        let path: &[&str] = if shared {
            &["workload"]
        } else {
            &["lanes", index, "workload"]
        };
        problems.add(path, unknown_workload(&lane.workload));
    }
    if let (Some(model), Some(workload)) = (known_model, known_workload) {
        check_pair(demo, index, lane, (model.name, workload.name), problems);
        check_with(demo, index, lane, workload, problems);
        for (name, value) in &lane.parameters {
            let path = ["lanes", index, name.as_str()];
            check_parameter(&path, model.name, model.parameters, name, value, problems);
        }
    }
    if let Workers::Count(count) = lane.workers
        && !(1..=WORKERS_MAX).contains(&count)
    {
        let message = format!("use {count} workers; a lane has 1 to {WORKERS_MAX}");
        problems.add(&["lanes", index, "workers"], message);
    }
}

fn visible_workload(name: &str) -> Option<&'static WorkloadEntry> {
    workloads().find(|entry| entry.name == name)
}

fn unknown_workload(name: &str) -> String {
    format!(
        "find workload \"{name}\"{}",
        hint(name, workloads().map(|entry| entry.name))
    )
}

/// Whether model, workload and program go together.
fn check_pair(
    demo: &DemoSpec,
    index: &str,
    lane: &LaneSpec,
    (model, workload): (&str, &str),
    problems: &mut Problems,
) {
    if !takes(model, workload) {
        let takers: Vec<&str> = models()
            .map(|entry| entry.name)
            .filter(|name| takes(name, workload))
            .collect();
        let message = format!(
            "run {workload} under {model}; it runs under {}",
            takers.join(", ")
        );
        problems.add(&["lanes", index, "model"], message);
    }
    let is_command = crew(model) == Crew::Told;
    if is_command && lane.command.is_empty() {
        let message = "run a command without a program; give `command: [program, argument]`";
        problems.add(&["lanes", index, "command"], message.to_owned());
    }
    if !is_command && !lane.command.is_empty() {
        let message = format!("run a program under {model}; only `model: command` does");
        problems.add(&["lanes", index, "command"], message);
    }
    if workload == "python"
        && let Some(message) = wrong_program(lane)
    {
        problems.add(&["with"], message);
    }
    let needs_baseline = demo.baseline == Baseline::Sequential && !is_command;
    if needs_baseline && takes(model, workload) && baseline(workload).is_none() {
        let message = format!("measure {workload} against sequential; say `baseline: none`");
        problems.add(&["baseline"], message);
    }
}

/// What keeps a Python program from running, the first thing if there are several.
fn wrong_program(lane: &LaneSpec) -> Option<String> {
    let Some(script) = Script::of(&lane.with) else {
        return Some(
            "run Python without a program; give `source: file.py` or `code: |`".to_owned(),
        );
    };
    let errors = syntax::compile(&script.file, &script.source).err()?;
    errors
        .first()
        .map(|error| format!("understand {}:{error}", script.file))
}

/// The workload's parameters. A name that only another lane's workload knows is that one's affair.
fn check_with(
    demo: &DemoSpec,
    index: &str,
    lane: &LaneSpec,
    entry: &WorkloadEntry,
    problems: &mut Problems,
) {
    for (name, value) in &lane.with {
        let shared = demo
            .lanes
            .iter()
            .all(|other| other.with.get(name) == Some(value));
        let path: &[&str] = if shared {
            &["with", name]
        } else {
            &["lanes", index, "with", name]
        };
        let known_here = entry
            .parameters
            .iter()
            .any(|parameter| parameter.name == name);
        let known_elsewhere = demo.lanes.iter().any(|other| {
            workload(&other.workload).is_some_and(|entry| {
                entry
                    .parameters
                    .iter()
                    .any(|parameter| parameter.name == name)
            })
        });
        if known_here || !known_elsewhere {
            check_parameter(path, entry.name, entry.parameters, name, value, problems);
        }
    }
}

fn check_parameter(
    path: &[&str],
    owner: &str,
    parameters: &[Parameter],
    name: &str,
    value: &Value,
    problems: &mut Problems,
) {
    let message = match parameters.iter().find(|parameter| parameter.name == name) {
        None => {
            let names = parameters.iter().map(|parameter| parameter.name);
            format!("set \"{name}\" of {owner}{}", hint(name, names))
        }
        Some(parameter) => match accept(parameter, value) {
            Ok(_) => return,
            Err(_) => format!(
                "set {name} to {value}; it takes {}",
                expected(parameter.kind)
            ),
        },
    };
    problems.add(path, message);
}
