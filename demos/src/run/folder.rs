//! The folder in which a block of code is built, which goes with its processes.
//!
//! Whoever outlives the others removes it: the lane at its end; the run's owner where the lane was
//! killed; the keeper where both are gone.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::process;

/// The variable by which a keeper and its program know the folder.
pub(super) const VARIABLE: &str = "PARADE_FOLDER";

/// A folder that is there for one run.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A place where none is yet.
    pub(super) fn choose() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let (app, moment) = (std::process::id(), process::monotonic_ns());
        let name = format!("parade-{app}-{number}-{moment:x}");
        Self(std::env::temp_dir().join(name))
    }

    /// The one that an owner chose.
    pub(super) fn at(path: &str) -> Self {
        Self(path.into())
    }

    /// The one that whoever started this process works in.
    pub(crate) fn inherited() -> Option<Self> {
        std::env::var_os(VARIABLE).map(|path| Self(path.into()))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Makes it, for this user alone. One that is there already is somebody else's.
    pub(super) fn make(&self) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(&self.0)
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
        let folder = Folder::choose();
        folder.make().unwrap();
        assert!(folder.make().is_err(), "it is there already");
        fs::write(folder.path().join("main.rs"), "").unwrap();
        folder.remove();
        assert!(!folder.path().exists());
        folder.remove();
        assert_ne!(folder.path(), Folder::choose().path());
    }
}
