//! Runs that were written down, as `--trace F` names them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use parade_demos::trace::{self, Trace};

/// The traces in these files, each by the name of its demo.
pub(super) fn read_all(paths: &[PathBuf]) -> anyhow::Result<BTreeMap<String, Trace>> {
    let named = |path: &PathBuf| {
        let trace = read(path)?;
        Ok((trace.report.demo.clone(), trace))
    };
    paths.iter().map(named).collect()
}

/// The trace in a file.
pub(super) fn read(path: &Path) -> anyhow::Result<Trace> {
    trace::file::read(path).with_context(|| format!("failed to read the trace {}", path.display()))
}
