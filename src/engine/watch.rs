//! Notices that a file changed on disk, once it has settled.
//!
//! Editors replace files rather than write into them, so folders are watched. A timer runs only
//! while a change waits to settle.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::Bell;

/// How long a change waits for others of the same save, each anew.
const SETTLE: Duration = Duration::from_millis(40);
/// How long a file that never settles is waited for.
const SETTLE_MAX: Duration = Duration::from_millis(400);

/// Watches files, each by its name in its folder, whether it is there or not.
#[derive(Debug)]
pub(super) struct Watch {
    /// Without one nothing is noticed, and the talk goes on.
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    shared: Arc<Mutex<Shared>>,
    pending: Option<Pending>,
}

/// A change that was noticed.
#[derive(Clone, Copy, Debug)]
struct Pending {
    /// When it has settled, if nothing more comes.
    settled: Instant,
    /// When it counts as settled, whatever comes.
    latest: Instant,
}

/// What the watcher's thread sees.
#[derive(Debug, Default)]
struct Shared {
    files: BTreeSet<PathBuf>,
    touched: bool,
}

impl Watch {
    pub(super) fn start(bell: Bell) -> Self {
        let shared = Arc::new(Mutex::new(Shared::default()));
        let seen = Arc::clone(&shared);
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Ok(event) = event
                && is_change(event.kind)
            {
                let mut seen = lock(&seen);
                if event.paths.iter().any(|path| seen.files.contains(path)) {
                    seen.touched = true;
                    bell.ring();
                }
            }
        });
        Self {
            watcher: watcher.ok(),
            folders: BTreeSet::new(),
            shared,
            pending: None,
        }
    }

    /// Watches this file too; and where it is a link, what it leads to.
    pub(super) fn add(&mut self, path: &Path) {
        self.add_by_name(path);
        if let Ok(target) = path.canonicalize() {
            self.add_by_name(&target);
        }
    }

    fn add_by_name(&mut self, path: &Path) {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let (Ok(folder), Some(name)) = (folder.canonicalize(), path.file_name()) else {
            return;
        };
        lock(&self.shared).files.insert(folder.join(name));
        if let Some(watcher) = &mut self.watcher
            && !self.folders.contains(&folder)
            && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok()
        {
            self.folders.insert(folder);
        }
    }

    /// When to ask [`Watch::changed`] next.
    pub(super) fn due(&self) -> Option<Instant> {
        self.pending.map(|pending| pending.settled)
    }

    /// Looks again in a while, for a file that is not whole yet.
    pub(super) fn look_again(&mut self, at: Instant) {
        self.pending = Some(Pending {
            settled: at,
            latest: at,
        });
    }

    /// Whether a file changed, and has settled by now.
    pub(super) fn changed(&mut self, now: Instant) -> bool {
        if std::mem::take(&mut lock(&self.shared).touched) {
            let latest = self
                .pending
                .map_or(now + SETTLE_MAX, |pending| pending.latest);
            let settled = latest.min(now + SETTLE);
            self.pending = Some(Pending { settled, latest });
        }
        let settled = |pending: &mut Pending| pending.settled <= now;
        self.pending.take_if(settled).is_some()
    }
}

/// Reading a file is none; that a writer closed it is one.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
