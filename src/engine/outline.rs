//! Titles, ids and texts of all slides, for the overview and the search.

use crate::app::Heading;
use crate::deck::{Deck, Extent, Span};
use crate::parse;

/// Reads of every slide what lists show of it; the text to search is that of the source.
pub(super) fn outline(deck: &Deck) -> Vec<Heading> {
    let heading = |(index, extent): (usize, &Extent)| Heading {
        id: extent.id.clone(),
        title: parse::heading(deck, index),
        text: extent
            .pieces
            .iter()
            .map(|span| source(deck, *span).to_lowercase())
            .collect(),
    };
    deck.extents.iter().enumerate().map(heading).collect()
}

fn source(deck: &Deck, span: Span) -> &str {
    &deck.files[usize::from(span.file)].text[span.range()]
}
