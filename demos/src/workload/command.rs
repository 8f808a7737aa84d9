//! A program of the deck's own: one unit, and no chunk of ours. [`crate::model::command`] runs it.

use std::ops::Range;

use super::{Cut, Failure, Output, Workload};

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
