//! `parade new FILE`: a starting deck with one demo.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::Context;

use super::ending::Ending;

/// The deck that is written.
pub(super) const DECK: &str = include_str!("../../slides/new.md");

/// What `parade new` takes.
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The file to write; one that is there already is kept
    file: PathBuf,
}

/// Writes the deck and says what to do with it.
pub(super) fn run(asked: &New, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let name = asked.file.display();
    let mut file = match OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&asked.file)
    {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            anyhow::bail!(
                "failed to write {name}: it is there already; choose another name, or remove it first"
            )
        }
        opened => opened.with_context(|| format!("failed to write {name}"))?,
    };
    if let Err(error) = file.write_all(DECK.as_bytes()) {
        // A part of it would be in the way of the next try; should it stay, the first error tells more.
        let _ = fs::remove_file(&asked.file);
        return Err(error).with_context(|| format!("failed to write {name}"));
    }
    writeln!(out, "{name} is written. Present it with: parade {name}")?;
    writeln!(out, "What else a deck can do: parade tour")?;
    Ok(Ending::Done)
}
