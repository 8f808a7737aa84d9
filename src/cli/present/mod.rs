//! `parade [DECK]`: the talk on a terminal, or its text into a pipe.

mod text;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::config;
use super::ending::Ending;
use crate::app::{self, ThemeChoice};
use crate::files::{self, Source};
use crate::{plain, present};

/// What presenting takes.
#[derive(Debug, clap::Args)]
pub(super) struct Present {
    /// The deck; - is standard input, tour the built-in tour; without one the built-in talk opens
    deck: Option<PathBuf>,
    /// Begin with this slide: its number, or its id
    #[arg(long, value_name = "N|ID")]
    start: Option<String>,
    /// Use this theme: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,
    /// Learn alone: explanations stand beside the slides, questions are asked before runs
    #[arg(long)]
    learn: bool,
    /// Record the talk into this new file, as an asciicast; the speaker's notes are never on it
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Tell everything as lines of text, one command a line: for a screen reader or a dumb terminal
    #[arg(long, conflicts_with = "record")]
    plain: bool,
    /// Let the deck's own commands run
    #[arg(long)]
    trust: bool,
    /// Use this configuration instead of the user's own
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Present {
    /// The deck that was named.
    pub(super) fn deck(&self) -> Option<&Path> {
        self.deck.as_deref()
    }
}

/// Presents on a terminal; prints the deck's text anywhere else.
pub(super) fn run(asked: &Present, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let source = Source::named(asked.deck.as_deref());
    if !asked.plain && !io::stdout().is_terminal() {
        if asked.record.is_some() {
            bail!(
                "failed to record the talk: standard output is no terminal; parade record plays a deck without one"
            );
        }
        text::write(&files::open(&source)?, out)?;
        return Ok(Ending::Done);
    }
    let app::Config { mut settings, keys } = config::read(asked.config.as_deref())?;
    settings.trusted = asked.trust;
    settings.learn = asked.learn;
    if let Some(theme) = &asked.theme {
        settings.theme = ThemeChoice::from(theme.as_str());
    }
    let (start, keys) = (asked.start.clone(), Arc::new(keys));
    if asked.plain {
        let options = plain::Options {
            source,
            start,
            settings,
            keys,
        };
        plain::run(options, out)?;
        return Ok(Ending::Done);
    }
    present::run(present::Options {
        start,
        record: asked.record.clone(),
        settings,
        keys,
        ..present::Options::new(source)
    })?;
    Ok(Ending::Done)
}
