//! `parade [DECK]`: the talk on a terminal, or its text into a pipe.

use std::io::Write;
use std::path::PathBuf;

use super::ending::Ending;

/// What presenting takes.
#[derive(Debug, clap::Args)]
pub(super) struct Present {
    /// The deck; - is standard input; without one the built-in talk opens
    deck: Option<PathBuf>,
    /// Begin with this slide: its number, or its id
    #[arg(long, value_name = "N|ID")]
    start: Option<String>,
    /// Use this theme: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,
    /// Let the deck's own commands run
    #[arg(long)]
    trust: bool,
    /// Use this configuration instead of the user's own
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(super) fn run(_asked: &Present, out: &mut dyn Write) -> anyhow::Result<Ending> {
    writeln!(out, "parade {}", env!("CARGO_PKG_VERSION"))?;
    Ok(Ending::Done)
}
