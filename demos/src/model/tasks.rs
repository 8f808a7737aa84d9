//! async: as many tasks as there are workers, which take turns on one thread and switch only where
//! they suspend. A task that waits suspends while it waits; one that computes suspends after each
//! chunk. With `threads` above 1 they share so many threads (tokio's multi-threaded runtime).
//!
//! Each poll of each task is counted: a poll is one turn.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use super::{Crew, Host, Job, ModelEntry, panic_message};
use crate::parameter::{Kind, Parameter};
use crate::run::protocol::{LaneOrder, WorkerId};
use crate::spec::{Value, WORKERS_MAX};
use crate::workload::{Failure, Nature};

/// What the catalogue tells of it.
pub(super) static ENTRY: ModelEntry = ModelEntry {
    name: "async",
    about: "tasks that take turns on one thread and switch where they suspend (tokio)",
    takes: &[Nature::Chunks, Nature::Shared, Nature::Accompanied],
    parameters: &[Parameter {
        name: "threads",
        about: "threads that the tasks share",
        kind: Kind::Int {
            min: 1,
            max: WORKERS_MAX as i64,
            default: 1,
        },
        live: false,
    }],
    crew: Crew::Wanted,
    run,
};

/// Does the job in tasks; the calling thread is the runtime's, or waits for its threads.
fn run(job: &Arc<Job>, host: &dyn Host) -> Duration {
    let runtime = runtime(&job.order)
        .unwrap_or_else(|error| host.fail(format!("tokio's runtime could not be built: {error}")));
    let opened = host.ready((0..job.workers()).map(task_id).collect());
    runtime
        .block_on(complete(job))
        .unwrap_or_else(|error| host.fail(error));
    let wall = opened.elapsed();
    // A block that was moved to a thread of its own has ended by now, so nothing holds this up.
    drop(runtime);
    wall
}

fn runtime(order: &LaneOrder) -> std::io::Result<Runtime> {
    match order.parameters.get("threads") {
        Some(Value::Int(threads @ 2..)) => {
            let threads = usize::try_from(*threads).unwrap_or(1);
            Builder::new_multi_thread()
                .worker_threads(threads)
                .enable_all()
                .build()
        }
        _ => Builder::new_current_thread().enable_all().build(),
    }
}

/// A task has no thread of its own.
fn task_id(task: usize) -> WorkerId {
    WorkerId {
        name: format!("task {task}"),
        pid: std::process::id(),
        tid: None,
        server: false,
    }
}

/// Starts all tasks and waits for the last one's end, or for the first failure.
async fn complete(job: &Arc<Job>) -> Result<(), Failure> {
    let companion = Arc::clone(job);
    let companion = tokio::spawn(async move {
        if let Some(companion) = companion.workload.companion() {
            companion.await;
        }
    });
    let mut tasks: JoinSet<Result<(), Failure>> = (0..job.workers())
        .map(|worker| counted(Arc::clone(job), worker))
        .collect();
    while let Some(ended) = tasks.join_next().await {
        ended.map_err(|error| match error.try_into_panic() {
            Ok(panic) => panic_message(&*panic),
            Err(error) => error.to_string(),
        })??;
    }
    companion.abort();
    Ok(())
}

/// One worker's task, each of its polls counted.
async fn counted(job: Arc<Job>, worker: usize) -> Result<(), Failure> {
    let mut task = pin!(work(&job, worker));
    poll_fn(|context| {
        job.count_poll();
        task.as_mut().poll(context)
    })
    .await
}

async fn work(job: &Job, worker: usize) -> Result<(), Failure> {
    while let Some(chunk) = job.take() {
        let done = job.step_suspending(worker, chunk).await;
        done.map_err(|error| format!("task {worker}: {error}"))?;
    }
    Ok(())
}
