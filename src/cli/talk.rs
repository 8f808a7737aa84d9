//! What the subcommands ask of an opened deck.

use parade_demos::spec::DemoSpec;

use crate::deck::{Block, BlockKind, ImageFile, ImageFound, Slide, Span};
use crate::files::Opened;
use crate::parse;

/// All slides of a deck, one at a time.
pub(super) fn slides(opened: &Opened) -> impl Iterator<Item = Slide> {
    (0..opened.deck.extents.len()).map(|index| parse::slide(&opened.deck, index, &*opened.files))
}

/// The demos that stand on a slide, in columns and quotes too.
pub(super) fn demos(slide: &Slide) -> impl Iterator<Item = &DemoSpec> {
    blocks(slide).filter_map(|block| match &block.kind {
        BlockKind::Demo(demo) => Some(&demo.spec),
        _ => None,
    })
}

/// The images that stand on a slide and can be shown as far as their first bytes tell, and where each is
/// named.
pub(super) fn images(slide: &Slide) -> impl Iterator<Item = (&ImageFile, Span)> {
    blocks(slide).filter_map(|block| match &block.kind {
        BlockKind::Image(image) => match &image.file {
            ImageFound::Known(file) => Some((file, block.span)),
            ImageFound::Refused(_) | ImageFound::Unread => None,
        },
        _ => None,
    })
}

/// All blocks of a slide, those within others too.
fn blocks(slide: &Slide) -> impl Iterator<Item = &Block> {
    let mut found = Vec::new();
    collect(&slide.blocks, &mut found);
    found.into_iter()
}

fn collect<'a>(blocks: &'a [Block], found: &mut Vec<&'a Block>) {
    for block in blocks {
        found.push(block);
        match &block.kind {
            BlockKind::Quote { blocks, .. } => collect(blocks, found),
            BlockKind::List(list) => {
                for item in &list.items {
                    collect(&item.blocks, found);
                }
            }
            BlockKind::Columns { columns, .. } => {
                for column in columns {
                    collect(column, found);
                }
            }
            _ => {}
        }
    }
}
