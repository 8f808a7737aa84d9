//! Titles, ids and texts of all slides, for the overview and the search.

use crate::app::Heading;
use crate::deck::{Deck, Extent};
use crate::parse;

/// Reads of every slide what lists show of it; the text to search is that of the source.
pub(super) fn outline(deck: &Deck) -> Vec<Heading> {
    let heading = |(index, extent): (usize, &Extent)| Heading {
        id: extent.id.clone(),
        title: parse::heading(deck, index),
        text: extent
            .pieces
            .iter()
            .map(|span| deck.source(*span).to_lowercase())
            .collect(),
    };
    deck.extents.iter().enumerate().map(heading).collect()
}
