//! rayon: a pool of threads that split the work in halves and steal halves from each other.
//!
//! The pool is the lane's own and is built before the barrier. rayon is given the same chunks as the
//! other models have, and splits down to single ones, so that a waiting chunk holds up no other.

use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder, current_thread_index};

use super::{Crew, Host, Job, ModelEntry, STACK_BYTES, fail_worker};
use crate::run::process::thread_id;
use crate::run::protocol::WorkerId;
use crate::workload::Nature;

/// What the catalogue tells of it.
pub(super) static ENTRY: ModelEntry = ModelEntry {
    name: "rayon",
    about: "a pool of threads that split the work and steal from each other (rayon)",
    takes: &[Nature::Chunks, Nature::Shared],
    parameters: &[],
    crew: Crew::Wanted,
    run,
};

/// Does the job in a pool of as many threads as there are workers.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    let pool = pool(job.workers()).unwrap_or_else(|error| host.fail(error));
    let workers = pool.broadcast(|context| WorkerId {
        name: format!("worker {}", context.index()),
        pid: std::process::id(),
        tid: Some(thread_id()),
        server: false,
    });
    let chunks = job.chunks() as usize;
    let opened = host.ready(workers);
    pool.install(|| {
        (0..chunks)
            .into_par_iter()
            .with_max_len(1)
            .for_each(|chunk| {
                let worker = current_thread_index()
                    .unwrap_or_else(|| host.fail("rayon left its pool".to_owned()));
                job.step(worker, chunk as u64, |parcel| job.receive(&parcel))
                    .unwrap_or_else(|error| fail_worker(host, worker, &error));
            });
    });
    opened.elapsed()
}

fn pool(threads: usize) -> Result<ThreadPool, String> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("worker {index}"))
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| format!("rayon's pool could not be built: {error}"))
}
