//! Titles, ids and texts of all slides, for the overview and the search.

use crate::app::Heading;
use crate::deck::{Deck, Inline, Span};
use crate::parse::{self, Files};

/// Reads every slide for what lists show of it.
pub(super) fn outline(deck: &Deck, files: &dyn Files) -> Vec<Heading> {
    (0..deck.extents.len())
        .map(|index| heading(deck, index, files))
        .collect()
}

fn heading(deck: &Deck, index: usize, files: &dyn Files) -> Heading {
    let slide = parse::slide(deck, index, files);
    let sources = deck.extents[index]
        .pieces
        .iter()
        .map(|span| text(deck, *span));
    Heading {
        id: slide.id,
        title: plain(slide.title.as_deref().unwrap_or_default()),
        text: sources.collect::<String>().to_lowercase(),
    }
}

fn text(deck: &Deck, span: Span) -> &str {
    &deck.files[usize::from(span.file)].text[span.range()]
}

/// Text without its inks.
fn plain(inlines: &[Inline]) -> String {
    let text = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Strike(content)
        | Inline::Superscript(content)
        | Inline::Link { content, .. }
        | Inline::Styled { content, .. } => plain(content),
        Inline::Image(image) => image.alt.clone(),
        Inline::FootnoteRef(_) => String::new(),
        Inline::SoftBreak | Inline::HardBreak => " ".to_owned(),
    };
    inlines.iter().map(text).collect()
}
