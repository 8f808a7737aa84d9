//! A folder in which parade makes files.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder of its own, with a deck in it.
pub(crate) struct Studio(TempDir);

impl Studio {
    pub(crate) fn new(deck: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("deck.md"), deck).unwrap();
        Self(folder)
    }

    /// Where a file of this name stands.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs parade to its good end, and gives what it printed.
    pub(crate) fn parade(&self, arguments: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parade"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.0.path())
            .env("XDG_STATE_HOME", self.0.path());
        let output = command.assert().success().get_output().stdout.clone();
        String::from_utf8(output).unwrap()
    }
}
