//! What the subcommands ask of an opened deck.

use parade_demos::spec::DemoSpec;

use crate::deck::{Block, BlockKind, Slide};
use crate::files::Opened;
use crate::parse;

/// All slides of a deck, one at a time.
pub(super) fn slides(opened: &Opened) -> impl Iterator<Item = Slide> {
    (0..opened.deck.extents.len()).map(|index| parse::slide(&opened.deck, index, &*opened.files))
}

/// The demos that stand on a slide, in columns and quotes too.
pub(super) fn demos(slide: &Slide) -> impl Iterator<Item = &DemoSpec> {
    let mut found = Vec::new();
    collect(&slide.blocks, &mut found);
    found.into_iter()
}

fn collect<'a>(blocks: &'a [Block], found: &mut Vec<&'a DemoSpec>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Demo(demo) => found.push(&demo.spec),
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
