//! Whether slides fit on a terminal.

use crate::deck::{Deck, Diagnostic, Slide, Span};
use crate::highlight::Highlights;
use crate::layout::{Letters, Size, layout};

/// Rows of a terminal that the slide doesn't have: the status bar.
const STATUS_ROWS: u16 = 1;

/// Warns of each size that is too small for the slide.
pub(super) fn slide(
    deck: &Deck,
    index: usize,
    slide: &Slide,
    sizes: &[Size],
    found: &mut Vec<Diagnostic>,
) {
    let span = place(deck, index);
    for size in sizes {
        let body = Size {
            height: size.height.saturating_sub(STATUS_ROWS),
            ..*size
        };
        let page = layout(
            slide,
            slide.steps,
            body,
            Letters::default(),
            &Highlights::default(),
        );
        let at = format!("at {}×{}", size.width, size.height);
        if page.rows.len() > usize::from(body.height) {
            let message = format!(
                "slide {} needs {} rows, has {} {at}",
                index + 1,
                page.rows.len(),
                body.height
            );
            found.push(
                Diagnostic::warning(span, message).with_help("it scrolls; say less, or part it"),
            );
        }
        if page.overflow_columns > 0 {
            let message = format!(
                "slide {} needs {} columns, has fewer {at}",
                index + 1,
                page.overflow_columns
            );
            found.push(
                Diagnostic::warning(span, message)
                    .with_help("what is too wide is cut, with a sign"),
            );
        }
    }
}

/// Where a slide's title stands, or its beginning.
fn place(deck: &Deck, index: usize) -> Span {
    let extent = &deck.extents[index];
    if let Some(title) = extent.title {
        return title;
    }
    let Some(piece) = extent.pieces.first() else {
        return Span::default();
    };
    let text = deck.source(*piece);
    let blank = (text.len() - text.trim_start().len()) as u32;
    Span {
        start: piece.start + blank,
        ..*piece
    }
}
