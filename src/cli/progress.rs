//! `parade progress`: what is kept of learning, and forgetting it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::ending::Ending;
use super::table::{Column, Table};
use crate::engine::progress::{self, Kept, Store};
use crate::files::Source;

/// What `parade progress` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Progress {
    /// list shows what is kept of each deck, reset forgets one deck's
    what: What,
    /// The deck to forget; without one the built-in talk
    deck: Option<PathBuf>,
    /// Forget what is kept of every deck
    #[arg(long, conflicts_with = "deck")]
    all: bool,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    List,
    Reset,
}

/// Lists or forgets.
pub(super) fn run(asked: &Progress, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let folder = progress::folder().context(
        "failed to find the state folder: set HOME, or XDG_STATE_HOME to an absolute path",
    )?;
    match asked.what {
        What::List if asked.all || asked.deck.is_some() => {
            bail!("failed to list: it always tells of every deck; ask for `parade progress list`")
        }
        What::List => list(&folder, out),
        What::Reset if asked.all => {
            let decks = progress::reset_all(&folder)?;
            writeln!(out, "forgot the progress of {}", counted(decks))?;
            Ok(Ending::Done)
        }
        What::Reset => reset(&folder, asked.deck.as_deref(), out),
    }
}

fn list(folder: &Path, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let (kept, broken) = progress::list(folder)?;
    if kept.is_empty() && broken.is_empty() {
        writeln!(out, "nothing is kept so far; parade --learn begins")?;
    }
    if !kept.is_empty() {
        let mut table = Table::new(&[
            Column::Left,
            Column::Right,
            Column::Right,
            Column::Right,
            Column::Right,
            Column::Left,
        ]);
        table.row([
            "deck",
            "slides seen",
            "predictions right",
            "challenges met",
            "programs edited",
            "last slide",
        ]);
        for deck in &kept {
            table.row(row(deck));
        }
        table.write(out, "")?;
    }
    for error in &broken {
        writeln!(out, "{error}")?;
    }
    Ok(if broken.is_empty() {
        Ending::Done
    } else {
        Ending::FoundWrong
    })
}

fn row(kept: &Kept) -> [String; 6] {
    let progress = &kept.progress;
    [
        kept.deck.clone(),
        // An edit may have taken away what was seen.
        format!(
            "{} of {}",
            progress.seen.len().min(kept.slides),
            kept.slides
        ),
        format!(
            "{} of {}",
            progress.predictions_right(),
            progress.predictions.len()
        ),
        progress.challenges_met().to_string(),
        progress.edits.len().to_string(),
        progress.last.clone().unwrap_or_default(),
    ]
}

fn reset(folder: &Path, deck: Option<&Path>, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let source = Source::named(deck);
    let name = deck.map_or("the built-in talk".to_owned(), |deck| {
        deck.display().to_string()
    });
    let Some(store) = Store::of(folder, &source, 0) else {
        bail!("failed to reset {name}: nothing is kept of it");
    };
    if store.reset()? {
        writeln!(out, "forgot the progress of {name}")?;
    } else {
        writeln!(out, "nothing is kept of {name}")?;
    }
    Ok(Ending::Done)
}

fn counted(decks: usize) -> String {
    match decks {
        1 => "1 deck".to_owned(),
        _ => format!("{decks} decks"),
    }
}
