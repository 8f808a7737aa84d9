//! The folder in which a block of code is built, which goes with its processes.
//!
//! The run's owner makes it. Whoever outlives the others removes it: the lane at its end; the owner where
//! the lane was killed; the keeper where both are gone.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::process;

/// A folder that is there for one run.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes one, for this user alone, where nothing was.
    pub(super) fn make() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let (app, moment) = (std::process::id(), process::monotonic_ns());
        let name = format!("parade-{app}-{number}-{moment:x}");
        let path = std::env::temp_dir().join(name);
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    /// The one that an owner made.
    pub(crate) fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Removes it with all that is in it, if it is there.
    pub(crate) fn remove(&self) {
        // What can't be removed is left to whoever cleans the system's temporary folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_once_and_removed_whole() {
        let folder = Folder::make().unwrap();
        let other = Folder::make().unwrap();
        assert_ne!(folder.path(), other.path());
        other.remove();
        fs::write(folder.path().join("main.rs"), "").unwrap();
        folder.remove();
        assert!(!folder.path().exists());
        folder.remove();
    }
}
