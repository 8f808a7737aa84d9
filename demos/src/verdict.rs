//! The sentence and the figures computed from a finished run. Nothing here is written by hand: the
//! same figures always give the same words. Pure.
//!
//! A claim is judged only where the figures bear it; otherwise the verdict is withheld, and the
//! reason says what is in the way. What was seen is told all the same ([`mod@text`]).

mod speed;
mod text;
mod words;

use crate::catalogue::{self, Bound};
use crate::expression::{Answer, Expression, Figure};
use crate::report::{LaneReport, Outcome, Report, Verdict, VerdictState};
use crate::spec::Order;

/// More than so many cores' worth of other work, and figures say little.
pub const OTHERS_CORES_MAX: f64 = 0.1;

/// Judges a claim over a report, and tells what was seen.
pub fn judge(report: &Report, claim: Option<&str>) -> Verdict {
    let expression = claim.map(Expression::parse);
    let (state, reason) = match &expression {
        None => (VerdictState::None, None),
        Some(Err(error)) => (
            VerdictState::Withheld,
            Some(format!("the claim can't be read: {error}")),
        ),
        Some(Ok(expression)) => match obstacle(report, expression) {
            Some(reason) => (VerdictState::Withheld, Some(reason)),
            None => answer(report, expression),
        },
    };
    let about_memory = expression.is_some_and(|parsed| {
        parsed.is_ok_and(|claim| claim.mentions().iter().any(|m| m.figure == Figure::Pss))
    });
    Verdict {
        state,
        claim: claim.map(str::to_owned),
        reason,
        text: text::tell(report, about_memory),
    }
}

fn answer(report: &Report, claim: &Expression) -> (VerdictState, Option<String>) {
    match claim.evaluate(report) {
        Answer::True => (VerdictState::Holds, None),
        Answer::False(why) => (VerdictState::Fails, Some(why)),
        Answer::Within(why) => (
            VerdictState::Withheld,
            Some(format!("the spread is larger than the effect ({why})")),
        ),
        Answer::Unknown(name) => (VerdictState::Withheld, Some(format!("{name} is not known"))),
    }
}

/// What keeps the figures that a claim rests on from bearing a verdict.
fn obstacle(report: &Report, claim: &Expression) -> Option<String> {
    let lanes = rests_on(report, claim);
    if let Some(lane) = lanes.iter().find(|lane| lane.outcome != Outcome::Done) {
        return Some(format!("{} {}", lane.label, text::ended(lane)));
    }
    if report.spec.order == Order::Together {
        return Some("the lanes ran together".to_owned());
    }
    if report.build == "debug" {
        return Some("this is a debug build".to_owned());
    }
    let computes = |lane: &&LaneReport| {
        catalogue::workload(&lane.workload).is_none_or(|entry| entry.bound == Bound::Cpu)
    };
    if report.machine.usable <= 1 && (claim.mentions_ideal() || lanes.iter().any(computes)) {
        return Some("one core alone may be used here".to_owned());
    }
    if let Some(others) = report
        .machine
        .others_cores
        .filter(|others| *others > OTHERS_CORES_MAX)
    {
        return Some(format!("the rest of the machine used {others:.2} cores"));
    }
    if report.machine.others_cores.is_none() {
        return Some("this system does not tell how busy its cores were".to_owned());
    }
    if lanes.iter().any(|lane| lane.runs.len() == 1) {
        return Some("one run, spread unknown".to_owned());
    }
    None
}

/// The lanes that a claim mentions, and the baselines of those whose speed-up it mentions.
fn rests_on<'a>(report: &'a Report, claim: &Expression) -> Vec<&'a LaneReport> {
    let named = |name: &str| report.lanes.iter().find(|lane| lane.name == name);
    let mut lanes = Vec::new();
    for mention in claim.mentions() {
        let Some(lane) = named(&mention.lane) else {
            continue;
        };
        lanes.push(lane);
        if mention.figure == Figure::Speedup {
            lanes.extend(lane.against.as_deref().and_then(named));
        }
    }
    lanes
}

#[cfg(test)]
mod tests;
