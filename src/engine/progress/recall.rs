//! What is known of a learner when the talk opens, and what is to be told about it.

use super::{Store, StoreError};
use crate::app::{Notice, Progress};

impl Store {
    /// What was kept. A file that can't be understood is put aside, so that a new one begins.
    pub(in crate::engine) fn recall(&self) -> (Progress, Option<Notice>) {
        let (path, why) = match self.load() {
            Ok(known) => return (known, None),
            Err(StoreError::Broken { path, why }) => (path, why),
            // Whoever can't read can't write either, and is told of that: once is enough.
            Err(StoreError::Refused { .. } | StoreError::Newer(_)) => {
                return (Progress::default(), None);
            }
        };
        // So it is where a broken file can't be moved.
        let notice = self.put_aside().ok().map(|aside| {
            let (path, aside) = (path.display(), aside.display());
            let text = format!(
                "your progress begins anew: failed to read {path}: {why}; it is now {aside}"
            );
            Notice { text, bad: true }
        });
        (Progress::default(), notice)
    }
}
