//! What is wrong with a deck: everything that parsing found, and the rules that span slides or need
//! a page's size.
//!
//! [`deck`] gathers, [`text`] and [`json`] tell. Nothing here prints or exits.

mod demos;
mod expected;
mod fit;
mod named;
mod render;
mod theme;

#[cfg(test)]
mod tests;

use crate::deck::{Block, BlockKind, Deck, Diagnostic, Severity, Slide};
use crate::layout::Size;
use crate::parse::{self, Files};

pub use expected::{expected, unexpected};
pub use render::{json, text};

/// Everything that is wrong with a deck, in the order of its files and lines. Each slide is laid out
/// on terminals of these sizes.
pub fn deck(deck: &Deck, files: &dyn Files, sizes: &[Size]) -> Vec<Diagnostic> {
    let mut found = deck.diagnostics.clone();
    found.extend(theme::file(deck, files));
    let mut demos = demos::Demos::default();
    for index in 0..deck.extents.len() {
        let mut slide = parse::slide(deck, index, files);
        found.append(&mut slide.diagnostics);
        demos.slide(&slide, &mut found);
        named::images(deck, &slide, files, &mut found);
        fit::slide(deck, index, &slide, sizes, &mut found);
    }
    found.sort_by_key(Diagnostic::order);
    found.dedup();
    found
}

/// How many errors and how many warnings.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    (errors, diagnostics.len() - errors)
}

/// Calls `see` with each block of a slide, those within others included.
fn each_block<'a>(slide: &'a Slide, see: &mut dyn FnMut(&'a Block)) {
    fn visit<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
        for block in blocks {
            see(block);
            match &block.kind {
                BlockKind::Quote { blocks, .. } => visit(blocks, see),
                BlockKind::List(list) => {
                    for item in &list.items {
                        visit(&item.blocks, see);
                    }
                }
                BlockKind::Columns { columns, .. } => {
                    for column in columns {
                        visit(column, see);
                    }
                }
                _ => {}
            }
        }
    }
    visit(&slide.blocks, see);
}
