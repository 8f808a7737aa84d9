//! Link definitions: gathered over the whole deck, so that a slide parsed alone finds them.

use pulldown_cmark::Parser;

use crate::deck::{Deck, Span};

/// A label as definitions and references share it: lower case, single spaces.
pub(super) fn key(label: &str) -> String {
    label
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Takes the link definitions at the beginning of a paragraph. Whether the paragraph was nothing else.
pub(super) fn links(deck: &mut Deck, span: Span) -> bool {
    let text = deck.file(span).text.clone();
    let parser = Parser::new(&text[span.range()]);
    let mut end = 0;
    let mut found: Vec<_> = parser.reference_definitions().iter().collect();
    found.sort_by_key(|(_, definition)| definition.span.start);
    for (label, definition) in found {
        end = end.max(definition.span.end);
        let links = &mut deck.definitions.links;
        links
            .entry(key(label))
            .or_insert_with(|| definition.dest.to_string());
    }
    text[span.range()][end..].trim().is_empty()
}
