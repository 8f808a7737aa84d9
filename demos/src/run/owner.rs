//! What a run and its owner share, and what the run's thread holds of it.
//!
//! [`Shared`] is the ground between both: the snapshot goes one way, wishes the other. [`Owner`] is the
//! thread's end of it. It keeps the promise that [`RunEvent::Finished`] is told exactly once,
//! whatever becomes of the thread.

use std::collections::BTreeMap;
use std::io::{PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::RunEvent;
use crate::report::Report;
use crate::snapshot::{Lane, LaneState, Phase, Snapshot};
use crate::spec::{DemoSpec, Value};

/// Called with what happens.
pub(super) type Tell = Box<dyn Fn(RunEvent) + Send + Sync>;

/// What the run's owner and its thread share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    snapshot: Mutex<Snapshot>,
    control: Mutex<Control>,
    /// A byte here makes the thread look at `control` at once.
    wake: Mutex<Option<PipeWriter>>,
}

/// What the owner wants.
#[derive(Debug, Default)]
pub(super) struct Control {
    pub(super) cancelled: bool,
    /// Parameters that were changed live, for lanes still to come.
    pub(super) settings: BTreeMap<String, Value>,
    /// Those of them that running lanes have not been told of.
    pub(super) changed: BTreeMap<String, Value>,
}

impl Shared {
    pub(super) fn snapshot(&self) -> MutexGuard<'_, Snapshot> {
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn control(&self) -> MutexGuard<'_, Control> {
        self.control.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn wake(&self) {
        let mut wake = self.wake.lock().unwrap_or_else(PoisonError::into_inner);
        // A full pipe has enough in it to wake; without one the thread looks by itself soon.
        let _ = wake.as_mut().map(|pipe| pipe.write(&[0]));
    }
}

/// The run's owner, as the run's thread sees them.
pub(super) struct Owner {
    shared: Arc<Shared>,
    wake: Option<PipeReader>,
    tell: Tell,
    /// What they asked for.
    demo: DemoSpec,
    told: bool,
}

impl Owner {
    pub(super) fn new(demo: DemoSpec, tell: Tell) -> Self {
        let (reader, writer) = pipe();
        let shared = Shared {
            wake: Mutex::new(writer),
            ..Shared::default()
        };
        Self {
            shared: Arc::new(shared),
            wake: reader,
            tell,
            demo,
            told: false,
        }
    }

    pub(super) fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    pub(super) fn demo(&self) -> &DemoSpec {
        &self.demo
    }

    pub(super) fn control(&self) -> MutexGuard<'_, Control> {
        self.shared.control()
    }

    /// The snapshot, to be changed without a word: figures are asked for.
    pub(super) fn snapshot(&self) -> MutexGuard<'_, Snapshot> {
        self.shared.snapshot()
    }

    /// Changes the snapshot so that it is worth drawing at once.
    pub(super) fn change(&self, change: impl FnOnce(&mut Snapshot)) {
        change(&mut self.snapshot());
        (self.tell)(RunEvent::Changed);
    }

    /// What becomes readable when they want something.
    pub(super) fn bell(&self) -> Option<BorrowedFd<'_>> {
        self.wake.as_ref().map(AsFd::as_fd)
    }

    /// Makes the bell silent again.
    pub(super) fn hush(&self) {
        if let Some(mut wake) = self.wake.as_ref() {
            // Empty is as good as read.
            let _ = wake.read(&mut [0; 64]);
        }
    }

    /// Tells that the run is over, and what came out.
    pub(super) fn finish(mut self, report: Report) {
        self.tell_end(report);
    }

    /// Tells that the run broke off, and why, unless its end was told before.
    pub(super) fn fail(&mut self, error: &str) {
        if self.told {
            return;
        }
        let open = |lane: &&mut Lane| matches!(lane.state, LaneState::Waiting | LaneState::Running);
        for lane in self.snapshot().lanes.iter_mut().filter(open) {
            lane.state = LaneState::Failed(error.to_owned());
        }
        self.tell_end(Report::broken(&self.demo, error));
    }

    fn tell_end(&mut self, report: Report) {
        {
            let mut snapshot = self.snapshot();
            snapshot.phase = Phase::Finished;
            snapshot.report = Some(Box::new(report.clone()));
        }
        // Before it is told: should telling panic, it was told all the same.
        self.told = true;
        (self.tell)(RunEvent::Finished(Box::new(report)));
    }
}

impl Drop for Owner {
    /// The thread that should have told never began.
    fn drop(&mut self) {
        self.fail("no thread could be started for it");
    }
}

/// A pipe that never blocks on either side; none if the system has none left.
pub(super) fn pipe() -> (Option<PipeReader>, Option<PipeWriter>) {
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;
    use crate::catalogue;
    use crate::report::Outcome;

    #[test]
    fn tells_the_end_of_a_run_whose_thread_never_began() {
        let (tell, told) = sync_channel(8);
        let demo = catalogue::ready_demos().remove(0);
        let owner = Owner::new(demo, Box::new(move |event| tell.send(event).unwrap()));
        let shared = owner.shared();
        drop(owner);
        let Ok(RunEvent::Finished(report)) = told.recv() else {
            panic!("no end was told")
        };
        let failed = |lane: &crate::report::LaneReport| lane.outcome == Outcome::Failed;
        assert!(report.lanes.iter().all(failed), "{report:?}");
        assert_eq!(shared.snapshot().report, Some(report));
        assert!(told.recv().is_err(), "told more than the end");
    }
}
