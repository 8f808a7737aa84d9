//! Keeps in mind which files a deck asks for: a change of one changes the deck.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::parse::{FileHead, Files};

/// The files beside a deck, and the names of those that were asked for.
pub struct AskedFiles {
    files: Arc<dyn Files + Send + Sync>,
    asked: Mutex<BTreeSet<PathBuf>>,
}

impl AskedFiles {
    pub(super) fn new(files: Arc<dyn Files + Send + Sync>) -> Self {
        Self {
            files,
            asked: Mutex::default(),
        }
    }

    /// What was asked for since the last call, whether it is there or not.
    pub fn take_asked(&self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Files for AskedFiles {
    fn read(&self, path: &Path) -> Result<String, String> {
        let read = self.files.read(path);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(path.to_owned());
        read
    }

    fn head(&self, path: &Path) -> Result<FileHead, String> {
        let head = self.files.head(path);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(path.to_owned());
        head
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.exists(path)
    }

    fn place(&self, path: &Path) -> Option<PathBuf> {
        let place = self.files.place(path)?;
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(path.to_owned());
        Some(place)
    }
}
