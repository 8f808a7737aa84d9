//! Code blocks that run: started, sampled, ended.
//!
//! As with the runs of demos, their threads only raise a flag and ring the bell, and what a picture
//! needs is sampled when it is due.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parade_demos::run::{Launcher, Snippet};
use parade_demos::snippet::SnippetSpec;

use super::Bell;
use crate::app::{Event, RunId};

/// A snippet is sampled so often without news of it: its time goes on.
const SAMPLE_EVERY: Duration = Duration::from_millis(200);
/// What it writes is shown at once, but no more often than this.
const SAMPLE_GAP_MIN: Duration = Duration::from_millis(50);

/// All that run.
#[derive(Debug)]
pub(super) struct Snippets {
    bell: Bell,
    launcher: Launcher,
    active: BTreeMap<RunId, Active>,
}

#[derive(Debug)]
struct Active {
    snippet: Snippet,
    changed: Arc<AtomicBool>,
    /// When the next sample is due if something changed.
    soonest: Instant,
    /// When it is due at the latest.
    latest: Instant,
}

impl Snippets {
    pub(super) fn new(bell: Bell, launcher: Launcher) -> Self {
        Self {
            bell,
            launcher,
            active: BTreeMap::new(),
        }
    }

    pub(super) fn start(&mut self, id: RunId, spec: SnippetSpec) -> Vec<Event> {
        let changed = Arc::new(AtomicBool::new(false));
        let (teller, bell) = (Arc::clone(&changed), self.bell.clone());
        let tell = move || {
            // While a change waits to be sampled, the bell was rung for it already.
            if !teller.swap(true, Ordering::AcqRel) {
                bell.ring();
            }
        };
        let now = Instant::now();
        let active = Active {
            snippet: Snippet::start(&self.launcher, spec, tell),
            changed,
            soonest: now,
            latest: now + SAMPLE_EVERY,
        };
        self.active.insert(id, active);
        Vec::new()
    }

    pub(super) fn cancel(&self, id: RunId) {
        if let Some(active) = self.active.get(&id) {
            active.snippet.cancel();
        }
    }

    /// Cancels all of them and waits until nothing of them is left; how they ended is told all the same.
    pub(super) fn end(&mut self) -> Vec<Event> {
        for active in self.active.values() {
            active.snippet.cancel();
        }
        let active = std::mem::take(&mut self.active).into_iter();
        active
            .map(|(run, active)| Event::Snippet {
                run,
                snapshot: Box::new(active.snippet.end()),
            })
            .collect()
    }

    /// When the next sample is due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.active.values().map(Active::due).min()
    }

    /// Samples that are due; the last of each has its end.
    pub(super) fn collect(&mut self, now: Instant) -> Vec<Event> {
        let mut events = Vec::new();
        self.active.retain(|run, active| {
            if active.due() > now {
                return true;
            }
            active.changed.store(false, Ordering::Release);
            active.soonest = now + SAMPLE_GAP_MIN;
            active.latest = now + SAMPLE_EVERY;
            let snapshot = Box::new(active.snippet.snapshot());
            let goes_on = snapshot.end.is_none();
            events.push(Event::Snippet {
                run: *run,
                snapshot,
            });
            goes_on
        });
        events
    }
}

impl Active {
    fn due(&self) -> Instant {
        if self.changed.load(Ordering::Acquire) {
            self.soonest
        } else {
            self.latest
        }
    }
}
