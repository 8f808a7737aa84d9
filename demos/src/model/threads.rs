//! One thread of the operating system per worker. Results stay in memory: a payload is handed to the
//! parent as a pointer.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use super::{Crew, Host, Job, ModelEntry, Parcel, STACK_BYTES, fail_worker};
use crate::run::process::thread_id;
use crate::run::protocol::WorkerId;
use crate::workload::Nature;

/// What the catalogue tells of it.
pub(super) static ENTRY: ModelEntry = ModelEntry {
    name: "threads",
    about: "a thread of the operating system for each worker",
    takes: &[Nature::Chunks, Nature::Shared],
    parameters: &[],
    crew: Crew::Wanted,
    run,
};

/// Does the job with its workers' threads; the calling one is the parent, who receives.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    let barrier = Barrier::new(job.workers() + 1);
    let (parcels, arrivals) = sync_channel(job.workers());
    let (seats, seated) = sync_channel(job.workers());
    thread::scope(|scope| {
        for worker in 0..job.workers() {
            let (barrier, seats, parcels) = (&barrier, seats.clone(), parcels.clone());
            thread::Builder::new()
                .name(format!("worker {worker}"))
                .stack_size(STACK_BYTES)
                .spawn_scoped(scope, move || {
                    seat(worker, &seats);
                    barrier.wait();
                    work(worker, job, &parcels, host);
                })
                .unwrap_or_else(|error| {
                    host.fail(format!("thread {worker} did not start: {error}"))
                });
        }
        drop((parcels, seats));
        let mut workers: Vec<(usize, WorkerId)> = seated.iter().take(job.workers()).collect();
        workers.sort_by_key(|(worker, _)| *worker);
        let opened = host.ready(workers.into_iter().map(|(_, id)| id).collect());
        barrier.wait();
        for parcel in arrivals {
            job.receive(&parcel);
        }
        opened.elapsed()
    })
}

/// Tells which thread is whose.
fn seat(worker: usize, seats: &SyncSender<(usize, WorkerId)>) {
    let id = WorkerId {
        name: format!("worker {worker}"),
        pid: std::process::id(),
        tid: Some(thread_id()),
        server: false,
    };
    // The parent reads as many as there are workers.
    let _ = seats.send((worker, id));
}

/// Does chunks until none is left. Its end of `parcels` closes with it: so the parent knows.
fn work(worker: usize, job: &Job, parcels: &SyncSender<Parcel>, host: &dyn Host) {
    let hand_over = |parcel| {
        // The parent reads until the last worker has ended.
        let _ = parcels.send(parcel);
    };
    job.work(worker, || job.take(), hand_over)
        .unwrap_or_else(|error| fail_worker(host, worker, &error));
}
