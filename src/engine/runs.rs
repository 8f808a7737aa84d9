//! Runs in progress: started, sampled, ended.
//!
//! A run's threads only raise a flag and ring the bell. What a picture needs is sampled here when
//! it is due, so no news of progress ever queues.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use parade_demos::report::Report;
use parade_demos::run::{Launcher, Options, Run, RunEvent};
use parade_demos::spec::{DemoSpec, Value};

use super::Bell;
use crate::app::{Event, RunId, RunNews};

/// A run is sampled so often, without news of it too.
const SAMPLE_EVERY: Duration = Duration::from_millis(200);
/// Changes of state are shown at once, but no more often than this.
const SAMPLE_GAP_MIN: Duration = Duration::from_millis(20);

/// All runs in progress.
#[derive(Debug)]
pub(super) struct Runs {
    bell: Bell,
    launcher: Launcher,
    active: BTreeMap<RunId, Active>,
}

#[derive(Debug)]
struct Active {
    run: Run,
    told: Arc<Told>,
    /// When the next sample is due if something changed.
    soonest: Instant,
    /// When it is due at the latest.
    latest: Instant,
}

/// What a run's threads told and nobody took in yet.
#[derive(Debug, Default)]
struct Told {
    changed: AtomicBool,
    finished: Mutex<Option<Box<Report>>>,
}

impl Runs {
    pub(super) fn new(bell: Bell, launcher: Launcher) -> Self {
        Self {
            bell,
            launcher,
            active: BTreeMap::new(),
        }
    }

    pub(super) fn start(
        &mut self,
        id: RunId,
        spec: DemoSpec,
        trusted: bool,
        earlier: Option<Report>,
    ) -> Vec<Event> {
        let options = Options {
            trusted,
            earlier,
            ..Options::default()
        };
        let told = Arc::new(Told::default());
        let (teller, bell) = (Arc::clone(&told), self.bell.clone());
        let tell = move |event| {
            teller.take_in(event);
            bell.ring();
        };
        let run = Run::start(&self.launcher, spec, options, tell);
        let now = Instant::now();
        let active = Active {
            run,
            told,
            soonest: now,
            latest: now,
        };
        self.active.insert(id, active);
        Vec::new()
    }

    pub(super) fn set(&self, id: RunId, name: &str, value: &Value) -> Vec<Event> {
        if let Some(active) = self.active.get(&id) {
            active.run.set(name, value);
        }
        Vec::new()
    }

    pub(super) fn cancel(&self, id: RunId) -> Vec<Event> {
        if let Some(active) = self.active.get(&id) {
            active.run.cancel();
        }
        Vec::new()
    }

    /// Cancels all runs and waits until nothing of them is left; what came out is told all the same.
    pub(super) fn end(&mut self) -> Vec<Event> {
        for active in self.active.values() {
            active.run.cancel();
        }
        std::mem::take(&mut self.active)
            .into_iter()
            // Dropping the run, here, is what waits.
            .map(|(id, Active { told, .. })| (id, told))
            .filter_map(|(run, told)| {
                let news = RunNews::Finished(told.take_report()?);
                Some(Event::Run { run, news })
            })
            .collect()
    }

    /// When the next sample is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.active.values().map(Active::due).min()
    }

    /// Samples that are due, and runs that are over.
    pub(super) fn collect(&mut self, now: Instant) -> Vec<Event> {
        let mut events = Vec::new();
        self.active.retain(|id, active| {
            let report = active.told.take_report();
            let mut tell = |news| events.push(Event::Run { run: *id, news });
            if report.is_some() || active.due() <= now {
                active.told.changed.store(false, Ordering::Release);
                active.soonest = now + SAMPLE_GAP_MIN;
                active.latest = now + SAMPLE_EVERY;
                tell(RunNews::Sampled(Box::new(active.run.snapshot())));
            }
            let goes_on = report.is_none();
            if let Some(report) = report {
                tell(RunNews::Finished(report));
            }
            goes_on
        });
        events
    }
}

impl Active {
    fn due(&self) -> Instant {
        if self.told.changed.load(Ordering::Acquire) {
            self.soonest
        } else {
            self.latest
        }
    }
}

impl Told {
    fn take_in(&self, event: RunEvent) {
        match event {
            RunEvent::Changed => self.changed.store(true, Ordering::Release),
            RunEvent::Finished(report) => *self.report() = Some(report),
        }
    }

    fn take_report(&self) -> Option<Box<Report>> {
        self.report().take()
    }

    fn report(&self) -> std::sync::MutexGuard<'_, Option<Box<Report>>> {
        self.finished.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
