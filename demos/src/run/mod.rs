//! Lane processes: start, protocol, snapshot, cancel, join.
//!
//! A [`Run`] is a thread, led by the [`supervisor`], that starts lanes through the [`Launcher`], runs
//! them on the [`track`], meters them, and tells its [`owner`] what came out. This module is what its owner holds of it. The lane's own side of the
//! [`protocol`] is in [`lane`].

mod attempt;
mod board;
mod calibration;
pub(crate) mod ends;
pub(crate) mod folder;
mod gauges;
mod handle;
mod ideal;
pub mod lane;
mod launcher;
mod limits;
mod owner;
mod plan;
pub mod process;
pub mod protocol;
mod records;
mod remains;
mod snippet;
mod supervisor;
mod tally;
mod timeline;
mod track;

use std::sync::Arc;
use std::thread::{self, JoinHandle};

pub use self::launcher::Launcher;
use self::owner::{Owner, Shared};
pub use self::snippet::Snippet;
use crate::catalogue;
use crate::meter;
use crate::report::Report;
use crate::snapshot::Snapshot;
use crate::spec::{DemoSpec, Value};

/// What a run tells as it happens. Figures are not told but asked for, with [`Run::snapshot`].
#[derive(Clone, Debug, PartialEq)]
pub enum RunEvent {
    /// A phase or a lane's state changed: a new snapshot is worth drawing at once.
    Changed,
    /// Over, and nothing of its processes is left. Told exactly once, last.
    Finished(Box<Report>),
}

/// What a run needs besides its spec.
#[derive(Debug, Default)]
pub struct Options {
    /// The deck's own commands may run.
    pub trusted: bool,
    /// Earlier runs of the same demo: its work is taken over, and its runs count too.
    pub earlier: Option<Report>,
    /// Which meter reads.
    pub meter: meter::Choice,
}

/// A run in progress. Dropping it cancels it and waits until nothing of it is left.
#[derive(Debug)]
pub struct Run {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Run {
    /// Starts a run; returns at once. `tell` is called from the run's own thread (from this one, if no
    /// thread can be started) and must not block. [`RunEvent::Finished`] comes exactly once, whatever
    /// happens; should `tell` itself panic, the run breaks off.
    pub fn start(
        launcher: &Launcher,
        spec: DemoSpec,
        options: Options,
        tell: impl Fn(RunEvent) + Send + Sync + 'static,
    ) -> Self {
        let owner = Owner::new(spec, Box::new(tell));
        let shared = owner.shared();
        let launcher = launcher.clone();
        // Where no thread can be started, dropping what it should have run tells of that.
        let thread = thread::Builder::new()
            .name("run".to_owned())
            .spawn(move || supervisor::lead(owner, launcher, options));
        Self {
            shared,
            thread: thread.ok(),
        }
    }

    /// The run at this moment.
    pub fn snapshot(&self) -> Snapshot {
        self.shared.snapshot().clone()
    }

    /// Changes a parameter that can change live, in the lanes that have it, and in those still to
    /// come. Whatever can't change live, or is out of its range, stays as it is.
    pub fn set(&self, name: &str, value: &Value) {
        let Some(value) = accepted(name, value) else {
            return;
        };
        let mut control = self.shared.control();
        control.settings.insert(name.to_owned(), value.clone());
        control.changed.insert(name.to_owned(), value);
        drop(control);
        self.shared.wake();
    }

    /// Kills every process of the run; `RunEvent::Finished` follows within 100 ms. Returns at once.
    pub fn cancel(&self) {
        self.shared.control().cancelled = true;
        self.shared.wake();
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.cancel();
        let own = |thread: &JoinHandle<()>| thread.thread().id() == thread::current().id();
        if let Some(thread) = self.thread.take().filter(|thread| !own(thread)) {
            // Killing a group and waiting for its end is bounded; whoever drops the run in `tell` is the
            // thread, and can't wait for itself.
            let _ = thread.join();
        }
    }
}

/// How many cores lanes may keep busy: what `workers: cores` stands for.
pub fn cores_for_workers() -> u32 {
    plan::cores_for_workers(&meter::room())
}

/// The canonical form of a live parameter's value, if some workload or model has such a one.
fn accepted(name: &str, value: &Value) -> Option<Value> {
    let of_workloads = catalogue::workloads().flat_map(|entry| entry.parameters);
    let of_models = catalogue::models().flat_map(|entry| entry.parameters);
    let mut live = of_workloads
        .chain(of_models)
        .filter(|known| known.live && known.name == name);
    live.find_map(|known| catalogue::accept(known, value).ok())
}
