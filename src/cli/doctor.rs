//! `parade doctor`.

use std::io::Write;

use super::ending::Ending;

/// What `parade doctor` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Doctor {}

pub(super) fn run(_asked: &Doctor, out: &mut dyn Write) -> anyhow::Result<Ending> {
    writeln!(out, "parade {}", env!("CARGO_PKG_VERSION"))?;
    Ok(Ending::Done)
}
