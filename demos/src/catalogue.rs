//! The one list: name, explanation and parameters with ranges of every workload and model.
//!
//! `parade demos`, the checks of a deck's `demo` fences, the help and the docs all derive from it.
//! Each workload and each model tells of itself in its own file; here they stand together, with what
//! follows from both. What is wrong with a demo is in [`check()`], the demos that need no deck are in
//! [`ready`], what others reported of the runtimes' models in [`mod@reported`].

pub mod check;
pub mod ready;
pub mod reported;
pub mod suggest;

use crate::explore::exhibit;
use crate::model;
use crate::spec::{Baseline, DemoSpec, LaneSpec, Value, WORKERS, Workers};
use crate::workload;

pub use crate::model::{Crew, ModelEntry};
pub use crate::parameter::{Kind, Parameter, accept, complete, value};
pub use crate::spec::{LANES_MAX, LENGTH_MAX, LENGTH_MIN, WORK_MAX, WORKERS_MAX};
pub use crate::workload::{Bound, Nature, WorkloadEntry};
pub use check::{Problem, check};
pub use ready::ready_demos;
pub use reported::{Reported, reported};

/// Every workload that a deck can ask for.
pub fn workloads() -> impl Iterator<Item = &'static WorkloadEntry> {
    workload::LISTED.iter().copied()
}

/// Every model.
pub fn models() -> impl Iterator<Item = &'static ModelEntry> {
    model::LISTED.iter().copied()
}

/// The workload of that name, one that no deck can ask for included.
pub fn workload(name: &str) -> Option<&'static WorkloadEntry> {
    workload::find(name)
}

/// The model of that name.
pub fn model(name: &str) -> Option<&'static ModelEntry> {
    model::find(name)
}

/// How many workers a model's lanes have. Of one that there is not, what the lane wants is right.
pub fn crew(model_name: &str) -> Crew {
    model(model_name).map_or(Crew::Wanted, |entry| entry.crew)
}

/// Whether a model takes a workload.
pub fn takes(model_name: &str, workload_name: &str) -> bool {
    match (model(model_name), workload(workload_name)) {
        (Some(model), Some(workload)) => model.takes.contains(&workload.nature),
        _ => false,
    }
}

/// The work that a lane has by its nature (a program runs once) or by its own parameters (`limit`,
/// `count`); `None` leaves it to the demo's amount.
pub fn exact_work(lane: &LaneSpec) -> Option<u64> {
    let entry = workload(&lane.workload)?;
    if entry.nature.is_program() {
        return Some(1);
    }
    let with = complete(entry.parameters, &lane.with);
    match with.get(entry.amount?)? {
        Value::Int(units) => u64::try_from(*units).ok().filter(|units| *units > 0),
        _ => None,
    }
}

/// Whether a workload is a program, which does what it does and tells nobody how far it is.
pub fn is_program(workload_name: &str) -> bool {
    workload(workload_name).is_some_and(|entry| entry.nature.is_program())
}

/// Whether a model's lanes run programs of the deck's own, which need consent.
pub fn needs_consent(model_name: &str) -> bool {
    crew(model_name) == Crew::Told
}

/// What speed-up is measured against: a model with one worker, under a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaselineEntry {
    /// The model.
    pub model: &'static str,
    /// What its lane is named where the run adds it.
    pub name: &'static str,
    /// What the audience reads there.
    pub label: &'static str,
}

/// The first whose model takes a workload is that one's.
static BASELINES: [BaselineEntry; 2] = [
    BaselineEntry {
        model: "sequential",
        name: "sequential",
        label: "sequential",
    },
    // Beside it may stand a lane of the same model with more threads.
    BaselineEntry {
        model: "gil",
        name: "gil-alone",
        label: "gil, one thread",
    },
];

/// What a workload's speed-up is measured against; `None` where there is no such thing.
pub fn baseline(workload_name: &str) -> Option<&'static BaselineEntry> {
    BASELINES
        .iter()
        .find(|entry| takes(entry.model, workload_name))
}

/// Whether a lane can be the baseline of its workload.
pub fn is_baseline(lane: &LaneSpec) -> bool {
    let alone = crew(&lane.model) == Crew::One || lane.workers == Workers::Count(1);
    alone && baseline(&lane.workload).is_some_and(|entry| entry.model == lane.model)
}

/// The baseline that a run adds to a demo's lanes for this one, if none of them is it. A search of all
/// schedules is compared with nothing.
pub fn added_baseline(demo: &DemoSpec, lane: &LaneSpec) -> Option<&'static BaselineEntry> {
    let wanted = demo.baseline == Baseline::Sequential && crew(&lane.model) != Crew::InTurn;
    let entry = baseline(&lane.workload).filter(|_| wanted)?;
    let own = demo.lanes.iter().any(|other| {
        is_baseline(other) && (&other.workload, &other.with) == (&lane.workload, &lane.with)
    });
    (!own).then_some(entry)
}

/// How many workers a workload has when nothing is said: a core each, or one for each thing waited for.
pub fn default_workers(workload_name: &str) -> Workers {
    match workload(workload_name).map(|entry| entry.bound) {
        Some(Bound::Io) => Workers::Items,
        _ => Workers::Cores,
    }
}

/// How many workers a lane has, on so many usable cores and with so much work. What is one at a time
/// by nature has one, and so has a program that is not told how many.
pub fn worker_count(lane: &LaneSpec, usable_cores: usize, work: u64) -> u32 {
    let is_told = |lane: &LaneSpec| lane.command.iter().any(|word| word.contains(WORKERS));
    match crew(&lane.model) {
        Crew::InTurn => return exhibit::workers(lane),
        Crew::One => return 1,
        Crew::Told if !is_told(lane) => return 1,
        Crew::Told | Crew::Wanted => {}
    }
    let wanted = match lane.workers {
        Workers::Cores => usable_cores as u64,
        Workers::Items => work,
        Workers::Count(count) => u64::from(count),
    };
    wanted.clamp(1, u64::from(WORKERS_MAX)) as u32
}

#[cfg(test)]
mod tests;
