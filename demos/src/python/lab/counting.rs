//! What the runtime of a program counts, to be looked at while it runs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::python::runtime::Runtime;

/// Counters by name, as they are at the moment.
type Look = Box<dyn Fn() -> Vec<(String, f64)> + Send>;

/// What the runtime of a program counts. It keeps no runtime, and none of its memory, from being
/// given back when the program is over.
#[derive(Default)]
pub struct Counting(Mutex<Option<Look>>);

impl Counting {
    fn look(&self) -> MutexGuard<'_, Option<Look>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on it looks at this runtime.
    pub(super) fn watch<R: Runtime + Send + Sync + 'static>(&self, runtime: &Arc<R>) {
        let runtime = Arc::downgrade(runtime);
        *self.look() = Some(Box::new(move || {
            let running = runtime.upgrade();
            running.map_or_else(Vec::new, |runtime| runtime.counters())
        }));
    }

    /// What has been counted until now, in the order to show; nothing before the program and after it.
    pub fn counters(&self) -> Vec<(String, f64)> {
        self.look().as_ref().map_or_else(Vec::new, |look| look())
    }
}
