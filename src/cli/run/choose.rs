//! Which demo, and what the command line changes in it.

use std::path::Path;
use std::time::Duration;

use anyhow::{anyhow, bail};
use parade_demos::catalogue::{self, Parameter, value};
use parade_demos::expression::Expression;
use parade_demos::spec::{Amount, DemoSpec, LaneSpec, Value, Workers};

use super::Run;
use crate::cli::talk;
use crate::files::{self, Source};

/// The demo that was asked for, as it will run.
pub(super) fn choose(asked: &Run) -> anyhow::Result<DemoSpec> {
    let mut demo = find(&asked.what)?;
    demo.repeat = asked.repeat;
    choose_lanes(&mut demo, &asked.lanes)?;
    if let Some(workers) = asked.workers {
        for lane in &mut demo.lanes {
            lane.workers = workers;
        }
    }
    choose_amount(&mut demo, asked)?;
    for (name, text) in &asked.set {
        set(&mut demo, name, text)?;
    }
    let problems = catalogue::check(&demo);
    if problems.is_empty() {
        return Ok(demo);
    }
    let told: Vec<String> = problems
        .into_iter()
        .map(|problem| problem.message)
        .collect();
    bail!("failed to run {}: {}", asked.what, told.join("; "))
}

/// A ready demo by its name, or a deck's.
fn find(what: &str) -> anyhow::Result<DemoSpec> {
    let Some((deck, name)) = what.rsplit_once('#') else {
        let ready = catalogue::ready_demos()
            .into_iter()
            .find(|demo| demo.name == what);
        return ready.ok_or_else(|| unknown(what));
    };
    let deck = Some(Path::new(deck)).filter(|path| !path.as_os_str().is_empty());
    let opened = files::open(&Source::named(deck))?;
    let mut demos: Vec<DemoSpec> = talk::slides(&opened)
        .flat_map(|slide| talk::demos(&slide).cloned().collect::<Vec<_>>())
        .collect();
    let names: Vec<String> = demos.iter().map(|demo| demo.name.clone()).collect();
    match names.iter().position(|known| known == name) {
        Some(index) => Ok(demos.swap_remove(index)),
        None if names.is_empty() => bail!("failed to find {what}: the deck has no demo"),
        None => bail!(
            "failed to find {what}: the deck's demos are {}",
            names.join(", ")
        ),
    }
}

fn unknown(what: &str) -> anyhow::Error {
    let ready = catalogue::ready_demos();
    let names: Vec<&str> = ready.iter().map(|demo| demo.name.as_str()).collect();
    if Path::new(what).is_file() {
        anyhow!("failed to run {what}: name one of its demos, as in {what}#NAME")
    } else {
        anyhow!(
            "failed to find {what}: expected FILE#DEMO or one of {}",
            names.join(", ")
        )
    }
}

/// Keeps the lanes that are named, in the order in which they are named.
fn choose_lanes(demo: &mut DemoSpec, names: &[String]) -> anyhow::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let chosen: anyhow::Result<Vec<LaneSpec>> = names.iter().map(|name| lane(demo, name)).collect();
    demo.lanes = chosen?;
    let added: Vec<&str> = demo
        .lanes
        .iter()
        .filter_map(|lane| catalogue::added_baseline(demo, lane))
        .map(|entry| entry.name)
        .collect();
    let told_of = |lane: &str| added.contains(&lane) || names.iter().any(|name| name == lane);
    let bears = |claim: &String| {
        Expression::parse(claim).is_ok_and(|claim| {
            claim
                .mentions()
                .iter()
                .all(|mention| told_of(&mention.lane))
        })
    };
    // A claim about lanes that don't run says nothing about those that do.
    demo.claim = demo.claim.take().filter(bears);
    Ok(())
}

/// The demo's lane of this name, or a new one of the model of this name.
fn lane(demo: &DemoSpec, name: &str) -> anyhow::Result<LaneSpec> {
    if let Some(lane) = demo.lanes.iter().find(|lane| lane.name == name) {
        return Ok(lane.clone());
    }
    let like = demo
        .lanes
        .first()
        .filter(|_| catalogue::model(name).is_some());
    let Some(like) = like else {
        let lanes: Vec<&str> = demo.lanes.iter().map(|lane| lane.name.as_str()).collect();
        let models: Vec<&str> = catalogue::models().map(|model| model.name).collect();
        bail!(
            "failed to find lane {name}: {} has {}, and the models are {}",
            demo.name,
            lanes.join(", "),
            models.join(", ")
        )
    };
    Ok(LaneSpec {
        name: name.to_owned(),
        label: name.to_owned(),
        model: name.to_owned(),
        parameters: catalogue::complete(
            catalogue::model(name).map_or(&[], |model| model.parameters),
            &like.parameters,
        ),
        ..like.clone()
    })
}

/// Some workloads count their work in a parameter of their own, which then goes before the amount.
fn choose_amount(demo: &mut DemoSpec, asked: &Run) -> anyhow::Result<()> {
    let program = |lane: &LaneSpec| catalogue::is_program(&lane.workload);
    if (asked.length.is_some() || asked.work.is_some()) && demo.lanes.iter().any(program) {
        bail!(
            "failed to set the amount of work: {} runs a program, which does what it does",
            demo.name
        )
    }
    if let Some(length) = asked.length {
        let counted = |lane: &LaneSpec| catalogue::exact_work(lane).is_some();
        if let Some(lane) = demo.lanes.iter().find(|lane| counted(lane)) {
            bail!(
                "failed to set the length: {} is not calibrated, its work is counted; set it with --work N",
                lane.workload
            );
        }
        demo.amount = Amount::Length(length);
    }
    if let Some(work) = asked.work {
        demo.amount = Amount::Work(work);
        for lane in &mut demo.lanes {
            let counted = catalogue::workload(&lane.workload).and_then(|entry| entry.amount);
            if let Some(parameter) = counted {
                let units = Value::Int(i64::try_from(work).unwrap_or(i64::MAX));
                lane.with.insert(parameter.to_owned(), units);
            }
        }
    }
    Ok(())
}

/// Sets a parameter in every lane whose workload or model has it.
fn set(demo: &mut DemoSpec, name: &str, text: &str) -> anyhow::Result<()> {
    let mut found = false;
    for lane in &mut demo.lanes {
        let workload =
            catalogue::workload(&lane.workload).map_or(&[][..], |entry| entry.parameters);
        let model = catalogue::model(&lane.model).map_or(&[][..], |entry| entry.parameters);
        for (parameters, given) in [(workload, &mut lane.with), (model, &mut lane.parameters)] {
            if let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) {
                given.insert(name.to_owned(), accepted(parameter, text)?);
                found = true;
            }
        }
    }
    if found {
        return Ok(());
    }
    bail!(
        "failed to set {name}: no lane of {} has such a parameter; parade demos lists them",
        demo.name
    )
}

fn accepted(parameter: &Parameter, text: &str) -> anyhow::Result<Value> {
    let name = parameter.name;
    catalogue::accept(parameter, &Value::Text(text.to_owned()))
        .map_err(|expected| anyhow!("failed to set {name} to {text:?}: expected {expected}"))
}

/// Reads `--workers`.
pub(super) fn workers(text: &str) -> Result<Workers, String> {
    match text {
        "cores" => Ok(Workers::Cores),
        "items" => Ok(Workers::Items),
        number => match number.parse() {
            Ok(count) if (1..=catalogue::WORKERS_MAX).contains(&count) => Ok(Workers::Count(count)),
            _ => Err(format!(
                "expected cores, items, or a number from 1 to {}",
                catalogue::WORKERS_MAX
            )),
        },
    }
}

/// Reads `--length`.
pub(super) fn length(text: &str) -> Result<Duration, String> {
    value::duration(&Value::Text(text.to_owned()))
        .filter(|length| *length >= catalogue::LENGTH_MIN)
        .ok_or_else(|| {
            format!(
                "expected a time from {} on, such as 4s",
                value::duration_text(catalogue::LENGTH_MIN)
            )
        })
}

/// Reads `--set`.
pub(super) fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        run: Run,
    }

    fn chosen(words: &str) -> Result<DemoSpec, String> {
        let line = std::iter::once("run").chain(words.split_whitespace());
        choose(&Line::parse_from(line).run).map_err(|error| error.to_string())
    }

    #[test]
    fn the_command_line_changes_the_demo() {
        let demo =
            chosen("primes --lanes threads,sequential --workers 3 --length 500ms --repeat 5")
                .unwrap();
        let lanes: Vec<_> = demo
            .lanes
            .iter()
            .map(|lane| (lane.name.as_str(), lane.workers))
            .collect();
        let three = Workers::Count(3);
        assert_eq!(lanes, [("threads", three), ("sequential", three)]);
        assert_eq!(demo.amount, Amount::Length(Duration::from_millis(500)));
        assert_eq!((demo.repeat, demo.claim), (5, None));
    }

    #[test]
    fn counted_work_goes_into_the_workloads_own_parameter() {
        let demo = chosen("sleep --lanes async --work 200 --set each=2ms").unwrap();
        let with = &demo.lanes[0].with;
        assert_eq!(with["count"], Value::Int(200));
        assert_eq!(with["each"], Value::Text("2ms".to_owned()));
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let cases = [
            (
                "nothing",
                "failed to find nothing: expected FILE#DEMO or one of",
            ),
            (
                "missing.md#a",
                "failed to open missing.md: there is no such file",
            ),
            (
                "primes --lanes walks",
                "failed to find lane walks: primes has async, threads,",
            ),
            (
                "primes --set limit=-1",
                "failed to set limit to \"-1\": expected a whole number from 0",
            ),
            (
                "primes --set colour=red",
                "failed to set colour: no lane of primes has such a parameter",
            ),
            (
                "sleep --length 2s",
                "failed to set the length: sleep is not calibrated",
            ),
            (
                "python --length 2s",
                "failed to set the amount of work: python runs a program",
            ),
        ];
        for (words, expected) in cases {
            let error = chosen(words).unwrap_err();
            assert!(error.starts_with(expected), "{words}: {error}");
        }
    }
}
