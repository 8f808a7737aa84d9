//! The one list: name, explanation and parameters with ranges of every workload and model.
//!
//! `parade demos`, the checks of a deck's `demo` fences, the help and the docs all derive from it.
//! Each workload and each model tells of itself in its own file; here they stand together, with what
//! follows from both. What is wrong with a demo is in [`check()`], the demos that need no deck are in
//! [`ready`].

pub mod check;
pub mod ready;
pub mod suggest;

use crate::model;
use crate::spec::{LaneSpec, Value, Workers};
use crate::workload;

pub use crate::model::ModelEntry;
pub use crate::parameter::{Kind, Parameter, accept, complete, value};
pub use crate::spec::{LANES_MAX, LENGTH_MAX, LENGTH_MIN, WORK_MAX, WORKERS_MAX};
pub use crate::workload::{Bound, Nature, WorkloadEntry};
pub use check::{Problem, check};
pub use ready::ready_demos;

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

/// Whether a model takes a workload.
pub fn takes(model_name: &str, workload_name: &str) -> bool {
    match (model(model_name), workload(workload_name)) {
        (Some(model), Some(workload)) => model.takes.contains(&workload.nature),
        _ => false,
    }
}

/// The work that a lane's own parameters ask for (`limit`, `count`); `None` leaves it to the demo's
/// amount.
pub fn exact_work(lane: &LaneSpec) -> Option<u64> {
    let entry = workload(&lane.workload)?;
    let with = complete(entry.parameters, &lane.with);
    match with.get(entry.amount?)? {
        Value::Int(units) => u64::try_from(*units).ok().filter(|units| *units > 0),
        _ => None,
    }
}

/// How many workers a workload has when nothing is said: a core each, or one for each thing waited for.
pub fn default_workers(workload_name: &str) -> Workers {
    match workload(workload_name).map(|entry| entry.bound) {
        Some(Bound::Io) => Workers::Items,
        _ => Workers::Cores,
    }
}

/// How many workers a lane has, on so many usable cores and with so much work. What is one at a time
/// by nature has one.
pub fn worker_count(lane: &LaneSpec, usable_cores: usize, work: u64) -> u32 {
    if matches!(lane.model.as_str(), "sequential" | "command") {
        return 1;
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
