//! Files that a deck names without reading them.

use crate::deck::{Block, BlockKind, Deck, Diagnostic, Image, Inline, Inlines, Slide};
use crate::parse::{self, Files};

use super::each_block;

/// Whether the images within text are there. Those that stand alone, included files, code and figures are read in parsing.
pub(super) fn images(deck: &Deck, slide: &Slide, files: &dyn Files, found: &mut Vec<Diagnostic>) {
    each_block(slide, &mut |block| {
        for image in images_of(block) {
            let path = parse::beside(deck, block.span, &image.path);
            let is_elsewhere = image.path.contains("://");
            if !is_elsewhere && !files.exists(&path) {
                let warning = Diagnostic::warning(
                    block.span,
                    format!("failed to find the image {}", path.display()),
                );
                found.push(warning);
            }
        }
    });
}

fn images_of(block: &Block) -> Vec<&Image> {
    let mut images = Vec::new();
    match &block.kind {
        BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
            collect(content, &mut images);
        }
        BlockKind::Table(table) => {
            let rows = table.rows.iter().flat_map(|(_, cells)| cells);
            for cell in table.head.iter().chain(rows) {
                collect(cell, &mut images);
            }
        }
        _ => {}
    }
    images
}

fn collect<'a>(content: &'a Inlines, images: &mut Vec<&'a Image>) {
    for inline in content {
        match inline {
            Inline::Image(image) => images.push(image),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Superscript(content)
            | Inline::Link { content, .. }
            | Inline::Styled { content, .. } => collect(content, images),
            _ => {}
        }
    }
}
