//! Images whose first bytes are well and that can't be decoded all the same.

use std::collections::HashMap;

use anyhow::Context;

use crate::cli::talk;
use crate::deck::Diagnostic;
use crate::engine::Examiner;
use crate::files::{Opened, Source};

/// Decodes all that stand on a deck's slides, each once.
pub(super) fn decode(source: &Source, opened: &Opened) -> anyhow::Result<Vec<Diagnostic>> {
    let mut examiner = Examiner::new().context("failed to prepare for decoding images")?;
    let mut outcomes = HashMap::new();
    let mut found = Vec::new();
    for slide in talk::slides(opened) {
        for (file, span) in talk::images(&slide) {
            let outcome = outcomes
                .entry(file.clone())
                .or_insert_with(|| examiner.examine(source.folder(), file));
            if let Err(why) = outcome {
                let path = file.path.display();
                let text = format!("failed to show the image {path}: {why}");
                found.push(Diagnostic::warning(span, text));
            }
        }
    }
    Ok(found)
}
