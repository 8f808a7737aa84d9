//! What is wrong with a demo, before it runs.

use super::suggest::nearest;
use super::{
    Crew, LANES_MAX, LENGTH_MAX, LENGTH_MIN, Parameter, WORK_MAX, WORKERS_MAX, WorkloadEntry,
    accept, added_baseline, baseline, crew, model, models, takes, workload, workloads,
};
use crate::expression::Expression;
use crate::parameter::value::{duration_text, expected};
use crate::python::syntax;
use crate::spec::{Amount, Baseline, DemoSpec, LaneSpec, Value, Workers};
use crate::workload::python::Script;

/// What is wrong with a demo, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a path of keys and indices: `lanes`, `1`, `workers`. The parser finds the line.
    pub path: Vec<String>,
    /// Finishes the sentence "failed to …": what is wrong, what was expected, what to do.
    pub message: String,
}

/// How often a demo may repeat its lanes.
const REPEAT_MAX: u32 = 100;

/// Everything that is wrong with a demo: unknown names, values out of range, pairs that don't go
/// together, a claim that doesn't parse or names no lane. Empty means that it can run.
pub fn check(demo: &DemoSpec) -> Vec<Problem> {
    let mut problems = Problems::default();
    check_amount(demo, &mut problems);
    if demo.lanes.is_empty() {
        problems.add(
            &["lanes"],
            "run a demo without lanes; name at least one model".to_owned(),
        );
    }
    if demo.lanes.len() > LANES_MAX {
        let message = format!(
            "run {} lanes; a demo has at most {LANES_MAX}",
            demo.lanes.len()
        );
        problems.add(&["lanes"], message);
    }
    for (index, lane) in demo.lanes.iter().enumerate() {
        check_lane(demo, &index.to_string(), lane, &mut problems);
        if demo.lanes[..index]
            .iter()
            .any(|earlier| earlier.name == lane.name)
        {
            let message = format!(
                "tell two lanes \"{}\" apart; give one of them a name",
                lane.name
            );
            problems.add(&["lanes", &index.to_string(), "name"], message);
        }
    }
    check_claim(demo, &mut problems);
    problems.found
}

/// Problems found so far, each once: what all lanes share is told once.
#[derive(Default)]
struct Problems {
    found: Vec<Problem>,
}

impl Problems {
    fn add(&mut self, path: &[&str], message: String) {
        let path = path.iter().map(|&key| key.to_owned()).collect();
        let problem = Problem { path, message };
        if !self.found.contains(&problem) {
            self.found.push(problem);
        }
    }
}

fn check_amount(demo: &DemoSpec, problems: &mut Problems) {
    match demo.amount {
        Amount::Length(length) if !(LENGTH_MIN..=LENGTH_MAX).contains(&length) => problems.add(
            &["length"],
            format!(
                "run for {}; a length is from {} to {}",
                duration_text(length),
                duration_text(LENGTH_MIN),
                duration_text(LENGTH_MAX)
            ),
        ),
        Amount::Work(work) if !(1..=WORK_MAX).contains(&work) => problems.add(
            &["work"],
            format!("do {work} work units; work is from 1 to {WORK_MAX}"),
        ),
        _ => {}
    }
    if !(1..=REPEAT_MAX).contains(&demo.repeat) {
        let message = format!(
            "repeat {} times; a demo runs 1 to {REPEAT_MAX} times",
            demo.repeat
        );
        problems.add(&["repeat"], message);
    }
}

fn check_lane(demo: &DemoSpec, index: &str, lane: &LaneSpec, problems: &mut Problems) {
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

fn check_claim(demo: &DemoSpec, problems: &mut Problems) {
    let Some(claim) = &demo.claim else { return };
    let expression = match Expression::parse(claim) {
        Ok(expression) => expression,
        Err(error) => return problems.add(&["claim"], format!("understand the claim: {error}")),
    };
    let names = || {
        let added = |lane| added_baseline(demo, lane).map(|entry| entry.name);
        let baselines = demo.lanes.iter().filter_map(added);
        let own = demo.lanes.iter().map(|lane| lane.name.as_str());
        own.chain(baselines)
    };
    for mention in expression.mentions() {
        if !names().any(|name| name == mention.lane) {
            let hint = hint(&mention.lane, names());
            problems.add(
                &["claim"],
                format!("find lane \"{}\" of the claim{hint}", mention.lane),
            );
        }
    }
}

/// What to do about an unknown name: the nearest there is, or all there are.
fn hint<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    match nearest(name, known.iter().copied()) {
        Some(candidate) => format!("; did you mean \"{candidate}\"?"),
        None if known.is_empty() => "; it has none".to_owned(),
        None => format!("; there are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalogue::ready_demos;
    use crate::spec::Parameters;

    fn primes() -> DemoSpec {
        let mut demo = ready_demos().remove(0);
        demo.lanes.truncate(2);
        demo
    }

    fn with(name: &str, value: Value) -> Parameters {
        Parameters::from([(name.to_owned(), value)])
    }

    type Change = fn(&mut DemoSpec);

    /// Each change to a sound demo, with the path and the message of the one problem it makes.
    fn assert_found(cases: &[(Change, &str, &str)]) {
        for (change, path, message) in cases {
            let mut demo = DemoSpec {
                claim: None,
                ..primes()
            };
            change(&mut demo);
            let found: Vec<(String, String)> = check(&demo)
                .into_iter()
                .map(|p| (p.path.join("."), p.message))
                .collect();
            assert_eq!(found, [((*path).to_owned(), (*message).to_owned())]);
        }
    }

    #[test]
    fn finds_names_and_values_that_are_not_there() {
        assert_found(&[
            (
                |d| d.lanes.clear(),
                "lanes",
                "run a demo without lanes; name at least one model",
            ),
            (
                |d| d.lanes[1].model = "thread".into(),
                "lanes.1.model",
                "find model \"thread\"; did you mean \"threads\"?",
            ),
            (
                |d| {
                    d.lanes
                        .iter_mut()
                        .for_each(|lane| lane.workload = "prims".into());
                },
                "workload",
                "find workload \"prims\"; did you mean \"primes\"?",
            ),
            (
                |d| d.lanes[0].workload = "spin".into(),
                "lanes.0.workload",
                "find workload \"spin\"; there are primes, mandelbrot, sha256, sleep, requests, \
                 transfer, heartbeat, counting, python, command",
            ),
            (
                |d| {
                    d.lanes
                        .iter_mut()
                        .for_each(|l| l.with = with("limt", Value::Int(5)));
                },
                "with.limt",
                "set \"limt\" of primes; did you mean \"limit\"?",
            ),
            (
                |d| d.lanes[0].with = with("limit", Value::Int(-5)),
                "lanes.0.with.limit",
                "set limit to -5; it takes a whole number from 0 to 4000000000",
            ),
            (
                |d| d.lanes[1].parameters = with("pool", Value::Int(5)),
                "lanes.1.pool",
                "set \"pool\" of threads; it has none",
            ),
        ]);
    }

    #[test]
    fn finds_what_does_not_go_together() {
        assert_found(&[
            (
                |d| d.lanes[1].workers = Workers::Count(300),
                "lanes.1.workers",
                "use 300 workers; a lane has 1 to 256",
            ),
            (
                |d| {
                    d.lanes[1].workload = "heartbeat".into();
                    d.baseline = Baseline::None;
                },
                "lanes.1.model",
                "run heartbeat under threads; it runs under async",
            ),
            (
                |d| d.lanes[0].workload = "heartbeat".into(),
                "baseline",
                "measure heartbeat against sequential; say `baseline: none`",
            ),
            (
                |d| {
                    d.lanes[0].workload = "command".into();
                    d.lanes[0].model = "command".into();
                },
                "lanes.0.command",
                "run a command without a program; give `command: [program, argument]`",
            ),
            (
                |d| {
                    d.lanes[0].workload = "python".into();
                    d.lanes[0].model = "gil".into();
                },
                "with",
                "run Python without a program; give `source: file.py` or `code: |`",
            ),
            (
                |d| {
                    d.lanes[0].workload = "python".into();
                    d.lanes[0].model = "gil".into();
                    d.lanes[0].with = with("code", Value::Text("x = ".into()));
                },
                "with",
                "understand <code>:1:5: expected an expression",
            ),
            (
                |d| d.lanes[1].model = "gil".into(),
                "lanes.1.model",
                "run primes under gil; it runs under sequential, async, threads, rayon, processes",
            ),
            (
                |d| {
                    d.lanes[1].workload = "python".into();
                    d.lanes[1].with = with("code", Value::Text("print()".into()));
                },
                "lanes.1.model",
                "run python under threads; it runs under gil, global-count-lock, atomic-count, \
                 owner-table, atomic-count-object-locks, buffered-count, parallel-contexts, \
                 tracing, transactions, free-threaded, explorer",
            ),
            (
                |d| d.lanes[1].command = vec!["ls".into()],
                "lanes.1.command",
                "run a program under threads; only `model: command` does",
            ),
            (
                |d| d.lanes[1].name = "async".into(),
                "lanes.1.name",
                "tell two lanes \"async\" apart; give one of them a name",
            ),
            (
                |d| d.amount = Amount::Length(Duration::from_millis(50)),
                "length",
                "run for 50ms; a length is from 100ms to 60s",
            ),
            (
                |d| d.amount = Amount::Work(0),
                "work",
                "do 0 work units; work is from 1 to 4000000000",
            ),
            (
                |d| d.repeat = 0,
                "repeat",
                "repeat 0 times; a demo runs 1 to 100 times",
            ),
            (
                |d| d.claim = Some("thread.speedup > 1".into()),
                "claim",
                "find lane \"thread\" of the claim; did you mean \"threads\"?",
            ),
        ]);
    }

    #[test]
    fn finds_a_claim_that_does_not_parse() {
        let demo = DemoSpec {
            claim: Some("threads.speedup >".into()),
            ..primes()
        };
        let problems = check(&demo);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].path, ["claim"]);
        assert!(
            problems[0].message.starts_with("understand the claim: "),
            "{problems:?}"
        );
    }

    #[test]
    fn leaves_a_parameter_to_the_lane_whose_workload_knows_it() {
        let mut demo = primes();
        for lane in &mut demo.lanes {
            lane.with = with("count", Value::Int(5));
        }
        demo.lanes[1].workload = "sleep".into();
        assert_eq!(check(&demo), []);
    }

    #[test]
    fn a_claim_may_name_the_baseline() {
        let claim = Some("threads.wall < sequential.wall".to_owned());
        assert_eq!(check(&DemoSpec { claim, ..primes() }), []);
    }
}
