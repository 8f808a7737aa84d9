//! A loop that stays in a core's registers: no memory, no system call. What it gains by a second
//! core is what perfect scaling is on this machine; the ideal is measured with it.

use std::hint::black_box;
use std::ops::Range;
use std::sync::Arc;

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry, mix};
use crate::run::protocol::LaneOrder;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "spin",
    about: "a loop in a core's registers, by which perfect scaling is measured",
    bound: Bound::Cpu,
    nature: Nature::Chunks,
    unit: "thousand steps",
    amount: None,
    parameters: &[],
    build: |order| Ok(Arc::new(Spin::new(order))),
};

/// Steps of the loop in one work unit.
const STEPS_PER_UNIT: u64 = 1_000;

/// About a millisecond's worth of units.
const UNITS_PER_CHUNK: u64 = 256;

/// Turns a number over and over.
#[derive(Debug)]
pub struct Spin {
    cut: Cut,
    seed: u64,
}

impl Spin {
    /// As many units as the order has.
    pub fn new(order: &LaneOrder) -> Self {
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: UNITS_PER_CHUNK,
            },
            seed: order.seed,
        }
    }
}

impl Workload for Spin {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        let steps = (units.end - units.start) * STEPS_PER_UNIT;
        let last = (0..steps).fold(mix(self.seed, units.start), mix);
        Ok(Output::Share(black_box(last)))
    }
}
