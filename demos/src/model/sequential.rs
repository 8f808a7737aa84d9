//! One chunk after the other, on one thread: the baseline of all others.

use std::sync::Arc;
use std::time::Duration;

use super::{Crew, Host, Job, ModelEntry, fail_worker};
use crate::run::process::thread_id;
use crate::run::protocol::WorkerId;
use crate::workload::Nature;

/// What the catalogue tells of it.
pub(super) static ENTRY: ModelEntry = ModelEntry {
    name: "sequential",
    about: "one thing after the other on one thread: the baseline",
    takes: &[Nature::Chunks, Nature::Shared],
    parameters: &[],
    crew: Crew::One,
    run,
};

/// Does the whole job on the calling thread.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    let worker = WorkerId {
        name: "worker 0".to_owned(),
        pid: std::process::id(),
        tid: Some(thread_id()),
        server: false,
    };
    let opened = host.ready(vec![worker]);
    job.work(0, || job.take(), |parcel| job.receive(&parcel))
        .unwrap_or_else(|error| fail_worker(host, 0, &error));
    opened.elapsed()
}
