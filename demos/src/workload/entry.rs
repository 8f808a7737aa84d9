//! What a workload's file tells the catalogue of it.

use std::sync::Arc;

use super::{Failure, Workload};
use crate::parameter::Parameter;
use crate::run::protocol::LaneOrder;

/// What a workload does most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It computes: as many workers as cores.
    Cpu,
    /// It waits: a worker for each thing waited for.
    Io,
}

/// What a workload asks of the model that schedules it; each model tells which natures it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Workers that do chunks, in any order.
    Chunks,
    /// The same, on memory that all workers share: no model whose workers are processes.
    Shared,
    /// The same as chunks, and a task of its own beside them: only a model with tasks has a place for it.
    Accompanied,
    /// That it runs a Python program.
    Python,
    /// That it runs a program of the deck's own.
    Command,
}

impl Nature {
    /// Whether it is a program, which does what it does, once, and tells nobody how far it is.
    pub fn is_program(self) -> bool {
        matches!(self, Self::Python | Self::Command)
    }
}

/// A workload as the catalogue tells of it.
#[derive(Clone, Copy, Debug)]
pub struct WorkloadEntry {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// Computing or waiting.
    pub bound: Bound,
    /// What one work unit is, in the plural (`numbers tested`).
    pub unit: &'static str,
    /// The parameter which, above 0, is the exact number of work units: no calibration then.
    pub amount: Option<&'static str>,
    /// What it asks of a model.
    pub nature: Nature,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Makes it from an order that names all parameters.
    pub(super) build: fn(&LaneOrder) -> Result<Arc<dyn Workload>, Failure>,
}
