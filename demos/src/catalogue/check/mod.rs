//! What is wrong with a demo, before it runs.

mod lane;
#[cfg(test)]
mod tests;

use super::suggest::nearest;
use super::{LANES_MAX, LENGTH_MAX, LENGTH_MIN, WORK_MAX, added_baseline};
use crate::expression::Expression;
use crate::parameter::value::duration_text;
use crate::spec::{Amount, DemoSpec};

use lane::check_lane;

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
