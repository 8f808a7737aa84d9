//! `parade check [DECK…]`: what is wrong with decks, as `file:line:column` with the source line.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use serde_json::json;

use super::ending::Ending;
use super::quantity;
use crate::check;
use crate::files::{self, Source};
use crate::layout::Size;

/// What `parade check` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The decks; without one the built-in talk
    decks: Vec<PathBuf>,
    /// Screens that each slide shall fit
    #[arg(long, value_name = "WxH,…", value_delimiter = ',', default_value = "80x24,120x36", value_parser = super::size::parse)]
    sizes: Vec<Size>,
    /// Let warnings fail too
    #[arg(long)]
    strict: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Checks every deck, then counts what was found in all of them.
pub(super) fn run(asked: &Check, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let mut sources: Vec<Source> = asked
        .decks
        .iter()
        .map(|path| Source::named(Some(path)))
        .collect();
    if sources.is_empty() {
        sources.push(Source::BuiltIn);
    }
    let colour =
        io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let (mut errors, mut warnings) = (0, 0);
    let mut told = Vec::new();
    for source in &sources {
        let opened = files::open(source)?;
        let found = check::deck(&opened.deck, &*opened.files, &asked.sizes);
        let count = check::count(&found);
        errors += count.0;
        warnings += count.1;
        if asked.json {
            told.push(json!({
                "deck": source.path(),
                "slides": opened.deck.extents.len(),
                "diagnostics": check::json(&opened.deck, &found),
            }));
        } else if !found.is_empty() {
            write!(out, "{}", check::text(&opened.deck, &found, colour))?;
        }
    }
    if asked.json {
        serde_json::to_writer_pretty(&mut *out, &json!({"schema": 1, "decks": told}))?;
        writeln!(out)?;
    } else {
        let names: Vec<String> = sources
            .iter()
            .map(|source| source.path().display().to_string())
            .collect();
        writeln!(
            out,
            "{}: {}, {}",
            names.join(", "),
            quantity::of(errors, "error"),
            quantity::of(warnings, "warning"),
        )?;
    }
    let wrong = errors > 0 || (asked.strict && warnings > 0);
    Ok(if wrong {
        Ending::FoundWrong
    } else {
        Ending::Done
    })
}
