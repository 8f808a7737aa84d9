//! Every interleaving of a Python program, one after the other: a search instead of a run. What it
//! finds is no matter of chance, so one worker does it once.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{Crew, Host, Job, ModelEntry};
use crate::explore::world::End;
use crate::explore::{Bound, Coverage, Outcome, Stopped, Stuck, exhibit, search};
use crate::interleavings::{self, Interleavings, OUTCOMES_MAX};
use crate::parameter::{Kind, Parameter};
use crate::run::process::thread_id;
use crate::run::protocol::WorkerId;
use crate::spec::{Parameters, Value};
use crate::workload::Nature;
use crate::workload::sha256::first_word;

/// The most states unless the deck says otherwise: they take some hundred megabytes at worst.
const STATES_DEFAULT: i64 = 20_000;
/// The longest schedule.
const STEPS_MAX: u32 = 10_000;

/// What the catalogue tells of it.
pub(super) static ENTRY: ModelEntry = ModelEntry {
    name: "explorer",
    about: "every order in which the program's threads can take their steps, counted",
    takes: &[Nature::Python],
    parameters: &[
        Parameter {
            name: "step",
            about: "how much a step is: as on the slide (read, compute, write), or one instruction",
            kind: Kind::Choice(&["slide", "bytecode"]),
            live: false,
        },
        Parameter {
            name: "sections",
            about: "how lists and dicts are locked: not at all, by mutexes, by critical sections",
            kind: Kind::Choice(&["none", "mutexes", "critical"]),
            live: false,
        },
        Parameter {
            name: "states",
            about: "the most states that are looked at",
            kind: Kind::Int {
                min: 1,
                max: 100_000,
                default: STATES_DEFAULT,
            },
            live: false,
        },
    ],
    crew: Crew::InTurn,
    run,
};

/// Searches on the calling thread.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    let order = &job.order;
    let play = exhibit::play(&order.with, &order.parameters, order.workers)
        .unwrap_or_else(|error| host.fail(error));
    let worker = WorkerId {
        name: "explorer".to_owned(),
        pid: std::process::id(),
        tid: Some(thread_id()),
        server: false,
    };
    let opened = host.ready(vec![worker]);
    let found = told(&search(play, bound(&order.parameters)));
    let wall = opened.elapsed();
    job.add_share(share(&found));
    job.set_done(0, order.work);
    job.find(found);
    wall
}

fn bound(parameters: &Parameters) -> Bound {
    let states = match parameters.get("states") {
        Some(Value::Int(states)) => *states,
        _ => STATES_DEFAULT,
    };
    Bound {
        states_max: states.unsigned_abs(),
        steps_max: STEPS_MAX,
    }
}

/// What was found, as words and digits.
fn told(coverage: &Coverage<Outcome>) -> Interleavings {
    let counted = coverage.schedules.max(1) as f64;
    let outcomes = &coverage.outcomes;
    Interleavings {
        outcomes: outcomes[outcomes.len().saturating_sub(OUTCOMES_MAX)..]
            .iter()
            .map(|one| interleavings::Outcome {
                text: text(&one.outcome),
                deadlock: !one.outcome.stuck.is_empty(),
                schedules: one.schedules.to_string(),
                share: one.schedules as f64 / counted,
                example: one.example.clone(),
            })
            .collect(),
        outcomes_total: outcomes.len(),
        schedules: coverage.schedules.to_string(),
        states: coverage.states,
        steps: coverage.steps,
        stopped: coverage.stopped.map(|bound| match bound {
            Stopped::States => format!("stopped after {} states", coverage.states),
            Stopped::Steps => format!("stopped after {} steps", coverage.steps),
        }),
    }
}

fn text(outcome: &Outcome) -> String {
    let ended = match &outcome.end {
        Some(End::Raised(error)) => Some(error.clone()),
        Some(End::Refused(reason)) => Some(format!("it can't be explored: {reason}")),
        None => None,
    };
    // Whoever joins a thread that is stuck is stuck for that reason alone.
    let joins = |stuck: &&Stuck| stuck.waits_for.ends_with("'s end");
    let all_join = outcome.stuck.iter().all(|stuck| joins(&stuck));
    let stuck = outcome
        .stuck
        .iter()
        .filter(|stuck| all_join || !joins(stuck))
        .map(|stuck| format!("{} waits for {}", stuck.thread, stuck.waits_for));
    let stuck: Vec<String> = stuck.collect();
    match (ended, stuck.is_empty()) {
        (Some(ended), _) => ended,
        (None, false) => stuck.join(", "),
        (None, true) => outcome.output.trim_end().to_owned(),
    }
}

/// Stands for all that was found: the same search finds the same.
fn share(found: &Interleavings) -> u64 {
    let mut hasher = Sha256::new();
    for outcome in &found.outcomes {
        hasher.update(&outcome.text);
        hasher.update([0]);
        hasher.update(&outcome.schedules);
        hasher.update([0]);
    }
    first_word(&hasher.finalize())
}
