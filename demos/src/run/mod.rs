//! Lane processes: start, protocol, snapshot, cancel, join.
//!
//! A [`Run`] is a thread, the [`supervisor`], that starts lanes through the [`Launcher`], meters them,
//! and tells what came out. This module is what its owner holds of it. The lane's own side of the
//! [`protocol`] is in [`lane`].

mod attempt;
mod board;
mod calibration;
mod gauges;
mod handle;
mod ideal;
pub mod lane;
mod launcher;
mod plan;
pub mod process;
pub mod protocol;
mod supervisor;
mod tally;
mod timeline;

use std::collections::BTreeMap;
use std::io::{PipeReader, PipeWriter, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

pub use self::launcher::Launcher;
use self::supervisor::Supervisor;
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
    /// Over; the run's threads have ended, and nothing of its processes is left.
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

/// What the run's owner and its supervisor share.
#[derive(Debug, Default)]
struct Shared {
    snapshot: Mutex<Snapshot>,
    control: Mutex<Control>,
    /// A byte here makes the supervisor look at `control` at once.
    wake: Mutex<Option<PipeWriter>>,
}

/// What the owner wants.
#[derive(Debug, Default)]
struct Control {
    cancelled: bool,
    /// Parameters that were changed live, for lanes still to come.
    settings: BTreeMap<String, Value>,
    /// Those of them that running lanes have not been told of.
    changed: BTreeMap<String, Value>,
}

impl Run {
    /// Starts a run; returns at once. `tell` is called from the run's own threads and must not block.
    pub fn start(
        launcher: &Launcher,
        spec: DemoSpec,
        options: Options,
        tell: impl Fn(RunEvent) + Send + Sync + 'static,
    ) -> Self {
        let (reader, writer) = pipe();
        let shared = Arc::new(Shared {
            wake: Mutex::new(writer),
            ..Shared::default()
        });
        let (launcher, theirs) = (launcher.clone(), Arc::clone(&shared));
        let lead = move || {
            Supervisor::new(launcher, theirs, reader, spec, options, Box::new(tell)).lead();
        };
        let thread = thread::Builder::new().name("run".to_owned()).spawn(lead);
        Self {
            shared,
            thread: thread.ok(),
        }
    }

    /// The run at this moment.
    pub fn snapshot(&self) -> Snapshot {
        self.shared
            .snapshot
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
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

impl Shared {
    fn control(&self) -> MutexGuard<'_, Control> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake(&self) {
        let mut wake = self.wake.lock().unwrap_or_else(PoisonError::into_inner);
        // A full pipe has enough in it to wake; without one the supervisor looks by itself soon.
        let _ = wake.as_mut().map(|pipe| pipe.write(&[0]));
    }
}

/// A pipe that never blocks on either side; none if the system has none left.
fn pipe() -> (Option<PipeReader>, Option<PipeWriter>) {
    let Ok((reader, writer)) = std::io::pipe() else {
        return (None, None);
    };
    let set = rustix::io::ioctl_fionbio(&reader, true)
        .and_then(|()| rustix::io::ioctl_fionbio(&writer, true));
    if set.is_err() {
        (None, None)
    } else {
        (Some(reader), Some(writer))
    }
}

/// The canonical form of a live parameter's value, if some workload or model has such a one.
fn accepted(name: &str, value: &Value) -> Option<Value> {
    let of_workloads = catalogue::workloads()
        .iter()
        .flat_map(|entry| entry.parameters);
    let of_models = catalogue::models()
        .iter()
        .flat_map(|entry| entry.parameters);
    let mut live = of_workloads
        .chain(of_models)
        .filter(|known| known.live && known.name == name);
    live.find_map(|known| catalogue::accept(known, value).ok())
}
