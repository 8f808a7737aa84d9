//! Python under the runtime that the lane's model names: runs a program in the laboratory.

mod runtimes;

use std::sync::Arc;
use std::time::Duration;

use super::{Host, Job};

pub(super) use runtimes::{
    ATOMIC_COUNT, ATOMIC_COUNT_OBJECT_LOCKS, BUFFERED_COUNT, FREE_THREADED, GIL, GLOBAL_COUNT_LOCK,
    OWNER_TABLE, PARALLEL_CONTEXTS, TRACING, TRANSACTIONS,
};

/// Runs the program once.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    host.unavailable(format!(
        "the runtime {} is not part of this version yet",
        job.order.model
    ));
}
