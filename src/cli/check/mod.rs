//! `parade check [DECK…]`: what is wrong with decks, as `file:line:column` with the source line.

mod images;
mod run;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::bail;
use serde_json::json;

use super::config;
use super::ending::Ending;
use super::quantity;
use crate::check;
use crate::deck::Diagnostic;
use crate::files::{self, Source};
use crate::layout::Size;
use run::Runner;

/// What `parade check` takes.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches of the command line"
)]
pub(super) struct Check {
    /// The decks; - is standard input, tour the built-in tour; without one the built-in talk
    decks: Vec<PathBuf>,
    /// Screens that each slide shall fit
    #[arg(long, value_name = "WxH,…", value_delimiter = ',', default_value = "80x24,120x36", value_parser = super::size::parse)]
    sizes: Vec<Size>,
    /// Let warnings fail too
    #[arg(long)]
    strict: bool,
    /// Run the code blocks marked +validate or +expect, and see whether they end as they say
    #[arg(long)]
    run: bool,
    /// With --run: let the deck's own programs run
    #[arg(long, requires = "run")]
    trust: bool,
    /// With --run: take the languages from this configuration instead of the user's own
    #[arg(long, value_name = "FILE", requires = "run")]
    config: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What was found in the decks so far.
#[derive(Default)]
struct Found {
    errors: usize,
    warnings: usize,
    /// How many blocks of code were run, where they were to be.
    blocks_run: Option<usize>,
    /// The decks that could be opened, as they are named.
    checked: Vec<String>,
    /// Why the others could not.
    unopened: Vec<String>,
    json: Vec<serde_json::Value>,
}

/// Checks every deck, then counts what was found in all of them. One that can't be opened keeps none of the
/// others from being checked.
pub(super) fn run(asked: &Check, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let mut sources: Vec<Source> = asked
        .decks
        .iter()
        .map(|path| Source::named(Some(path)))
        .collect();
    if sources.is_empty() {
        sources.push(Source::BuiltIn);
    }
    let mut runner = None;
    if asked.run {
        let languages = config::read(asked.config.as_deref())?.settings.languages;
        runner = Some(Runner::new(languages, asked.trust)?);
    }
    let mut found = Found::default();
    for source in &sources {
        check_one(source, asked, runner.as_mut(), &mut found, out)?;
    }
    if !found.checked.is_empty() {
        found.blocks_run = runner.map(|runner| runner.ran);
        conclude(&found, asked.json, out)?;
    }
    if !found.unopened.is_empty() {
        bail!("{}", found.unopened.join("\n"));
    }
    let wrong = found.errors > 0 || (asked.strict && found.warnings > 0);
    Ok(if wrong {
        Ending::FoundWrong
    } else {
        Ending::Done
    })
}

fn check_one(
    source: &Source,
    asked: &Check,
    runner: Option<&mut Runner>,
    found: &mut Found,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let opened = match files::open(source) {
        Ok(opened) => opened,
        Err(error) => {
            let error = format!("{error:#}");
            found
                .json
                .push(json!({"deck": source.path(), "error": error}));
            found.unopened.push(error);
            return Ok(());
        }
    };
    let mut diagnostics = check::deck(&opened.deck, &*opened.files, &asked.sizes);
    diagnostics.extend(images::decode(source, &opened)?);
    if let Some(runner) = runner {
        diagnostics.extend(runner.deck(source, &opened)?);
    }
    diagnostics.sort_by_key(Diagnostic::order);
    let (errors, warnings) = check::count(&diagnostics);
    found.errors += errors;
    found.warnings += warnings;
    found.checked.push(source.path().display().to_string());
    if asked.json {
        found.json.push(json!({
            "deck": source.path(),
            "slides": opened.deck.extents.len(),
            "diagnostics": check::json(&opened.deck, &diagnostics),
        }));
    } else if !diagnostics.is_empty() {
        let is_unset = |set: std::ffi::OsString| set.is_empty();
        let colour =
            io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(is_unset);
        write!(out, "{}", check::text(&opened.deck, &diagnostics, colour))?;
    }
    Ok(())
}

fn conclude(found: &Found, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    if json {
        serde_json::to_writer_pretty(&mut *out, &json!({"schema": 1, "decks": found.json}))?;
        writeln!(out)?;
        return Ok(());
    }
    let blocks_run = found
        .blocks_run
        .map(|ran| format!(", {} run", quantity::of(ran, "block")));
    writeln!(
        out,
        "{}: {}, {}{}",
        found.checked.join(", "),
        quantity::of(found.errors, "error"),
        quantity::of(found.warnings, "warning"),
        blocks_run.unwrap_or_default(),
    )?;
    Ok(())
}
