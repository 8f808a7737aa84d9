//! A demo's program made ready to be stepped by hand, as its picture asks for.

use std::sync::Arc;

use super::action::StepSize;
use super::lines::Lines;
use super::play::Play;
use super::schedule::Schedule;
use super::stepped::Sections;
use crate::python::code::Program;
use crate::python::syntax;
use crate::spec::{DemoSpec, LaneSpec, Parameters, Show, Value, Workers};
use crate::workload::python::Script;

/// A program that is stepped by hand.
#[derive(Clone, Debug, PartialEq)]
pub enum Exhibit {
    /// Line by line.
    Lines(Lines),
    /// Thread by thread, as a scheduler does.
    Schedule(Schedule),
}

impl Exhibit {
    /// What a demo shows that is stepped by hand; `None` if it is only run.
    ///
    /// # Errors
    /// If its program can't be stepped.
    pub fn of(demo: &DemoSpec) -> Option<Result<Self, String>> {
        let lane = demo.lanes.first()?;
        match demo.show {
            Show::Steps => {
                let ready = program(&lane.with, workers(lane));
                Some(ready.and_then(|(program, arguments)| {
                    Lines::new(&program, &arguments).map(Self::Lines)
                }))
            }
            Show::Scheduler => {
                let ready = play(&lane.with, &lane.parameters, workers(lane));
                Some(ready.map(|play| Self::Schedule(Schedule::new(play))))
            }
            _ => None,
        }
    }
}

/// A program before its first choice, as the parameters of workload and model have it.
///
/// # Errors
/// If there is none, or it can't be played.
pub fn play(with: &Parameters, parameters: &Parameters, workers: u32) -> Result<Play, String> {
    let (program, arguments) = program(with, workers)?;
    let (sections, size) = (sections(parameters), step_size(parameters));
    Play::new(&program, &arguments, sections, size)
}

/// How large a step is, as the parameter `step` says.
fn step_size(parameters: &Parameters) -> StepSize {
    match parameters.get("step") {
        Some(Value::Text(word)) if word == "bytecode" => StepSize::Bytecode,
        _ => StepSize::Slide,
    }
}

/// How lists and dicts are locked, as the parameter `sections` says.
fn sections(parameters: &Parameters) -> Sections {
    match parameters.get("sections") {
        Some(Value::Text(word)) if word == "mutexes" => Sections::Mutexes,
        Some(Value::Text(word)) if word == "critical" => Sections::Critical,
        _ => Sections::None,
    }
}

fn program(with: &Parameters, workers: u32) -> Result<(Arc<Program>, Vec<String>), String> {
    let script = Script::of(with).ok_or("there is no program to step through")?;
    let program = syntax::compile(&script.file, &script.source).map_err(|errors| {
        let first = errors.first();
        first.map_or_else(String::new, |error| {
            format!("{}: {}", error.place, error.message)
        })
    })?;
    Ok((Arc::new(program), script.argv(workers).split_off(1)))
}

/// The threads that `{workers}` stands for where a program is explored: two, unless the deck says how
/// many, whatever the machine.
pub fn workers(lane: &LaneSpec) -> u32 {
    match lane.workers {
        Workers::Count(count) => count,
        Workers::Cores | Workers::Items => 2,
    }
}
