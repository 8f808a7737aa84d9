//! A program of the deck's own: one unit, and no chunk of ours. [`crate::model::command`] runs it.

use std::ops::Range;
use std::sync::Arc;

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry};
use crate::parameter::Parameter;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "command",
    about: "a program of the deck's own, which needs consent",
    bound: Bound::Cpu,
    nature: Nature::Command,
    unit: "runs",
    amount: None,
    parameters: &[Parameter::TIMEOUT],
    build: |_| Ok(Arc::new(Command)),
};

/// Stands for the program.
#[derive(Debug)]
pub struct Command;

impl Workload for Command {
    fn cut(&self) -> Cut {
        Cut {
            work: 1,
            per_chunk: 1,
        }
    }

    fn perform(&self, _units: Range<u64>) -> Result<Output, Failure> {
        Err("a program runs under the command model alone".to_owned())
    }
}
