//! `parade record [DECK] -o F`: a talk that plays itself into an asciicast.
//!
//! [`script`] reads what is to be done, [`player`] does it on a stage without a terminal and hands
//! every picture to the recording.

mod player;
mod script;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, anyhow};

use super::config;
use super::ending::Ending;
use super::quantity::seconds;
use super::stage::Stage;
use crate::app::{KeyMap, Settings, ThemeChoice};
use crate::deck::{Deck, SourceFile};
use crate::export::CastVersion;
use crate::files::{self, Source};
use crate::layout::Size;
use crate::terminal::Recording;
use crate::view;
use player::{Player, Plot};
use script::{Command, Script};

/// What `parade record` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Record {
    /// The deck; - is standard input, tour the built-in tour; without one the built-in talk
    deck: Option<PathBuf>,
    /// The recording's file
    #[arg(short, long, value_name = "F")]
    output: PathBuf,
    /// Do what this file says, a line each: press KEY…, type TEXT, go SLIDE, wait TIME, wait run,
    /// caption TEXT
    #[arg(long, value_name = "F", conflicts_with_all = ["auto", "run"])]
    script: Option<PathBuf>,
    /// Without a script: the time from one step to the next
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = script::time)]
    auto: Duration,
    /// Without a script: run the demos and the code too, each to its end
    #[arg(long)]
    run: bool,
    /// Columns and rows of the screen
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = super::size::parse)]
    size: Size,
    /// The version of the file
    #[arg(long, value_enum, default_value_t = Format::V3)]
    format: Format,
    /// Use this theme: a name, or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    theme: Option<String>,
    /// Let the deck's own commands run; code that runs as soon as it is shown does
    #[arg(long)]
    trust: bool,
}

/// Versions of the file, named as asciinema names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[value(name = "asciicast-v2")]
    V2,
    #[value(name = "asciicast-v3")]
    V3,
}

impl From<Format> for CastVersion {
    fn from(format: Format) -> Self {
        match format {
            Format::V2 => Self::V2,
            Format::V3 => Self::V3,
        }
    }
}

/// Plays the talk, and tells what is on the recording.
pub(super) fn run(asked: &Record, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let source = Source::named(asked.deck.as_deref());
    let opened = files::open(&source)?;
    let plot = match &asked.script {
        Some(path) => Plot::Script(read(path, &opened.deck)?),
        None => Plot::Auto {
            pace: asked.auto,
            run: asked.run,
        },
    };
    let theme = asked.theme.as_deref().map(ThemeChoice::from);
    let settings = Settings {
        theme: theme.unwrap_or_default(),
        trusted: asked.trust,
        // Without leave nobody is there to be asked.
        starts_shown: asked.trust,
        languages: config::languages(asked.trust)?,
        reduced_motion: true,
        ..Settings::default()
    };
    let stage = Stage::new((source, opened), asked.size, settings)?;
    let path = asked.output.display();
    let recording = File::create(&asked.output)
        .and_then(|file| Recording::begin(file, asked.format.into(), view::draw, stage.state()))
        .with_context(|| format!("failed to record to {path}"))?;
    let (ending, length, frames) = Player::new(stage, recording)
        .play(&plot)
        .with_context(|| format!("failed to record to {path}"))?;
    let length = seconds(length.as_secs_f64());
    writeln!(out, "{path}: {length}, {frames} frames")?;
    Ok(ending)
}

/// The script in this file, for this deck.
fn read(path: &Path, deck: &Deck) -> anyhow::Result<Vec<Command>> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("failed to read {name}"))?;
    let file = SourceFile {
        path: path.to_owned(),
        text: text.into(),
    };
    let script = Script {
        deck,
        keys: &KeyMap::default(),
    };
    script.read(&file.text).map_err(|problem| {
        let (line, column) = file.line_column(problem.at);
        anyhow!(
            "failed to read the script: {name}:{line}:{column}: {}",
            problem.what
        )
    })
}
