//! A workload that fails half-way, for the tests of how a lane fails. In no list.

use std::ops::Range;
use std::sync::Arc;

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry, mix};
use crate::parameter::{Kind, Parameter};
use crate::run::protocol::LaneOrder;
use crate::spec::Value;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "fault",
    about: "fails half-way, for tests",
    bound: Bound::Cpu,
    nature: Nature::Chunks,
    unit: "steps",
    amount: None,
    parameters: &[Parameter {
        name: "kind",
        about: "how it fails",
        kind: Kind::Choice(&["panic", "abort", "error", "memory"]),
        live: false,
    }],
    build: |order| Ok(Arc::new(Fault::new(order))),
};

/// What the kind `memory` asks for: more than the test's limit, less than a machine has.
const FAULT_BYTES: usize = 1 << 30;

/// Fails half-way.
#[derive(Debug)]
pub struct Fault {
    cut: Cut,
    kind: String,
}

impl Fault {
    /// Fails in the way that the parameter `kind` names: `error`, `panic`, `abort` or `memory`.
    pub fn new(order: &LaneOrder) -> Self {
        let kind = order
            .with
            .get("kind")
            .map_or_else(|| "panic".to_owned(), Value::to_string);
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: 1,
            },
            kind,
        }
    }
}

impl Workload for Fault {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        if units.start != self.cut.work / 2 {
            return Ok(Output::Share(mix(0, units.start)));
        }
        match self.kind.as_str() {
            "abort" => std::process::abort(),
            "memory" => Ok(Output::Payload(vec![1; FAULT_BYTES])),
            "error" => Err("there is a fault".to_owned()),
            _ => panic!("there is a fault"),
        }
    }
}
