//! Brings a slide's snippets and the places of their outputs together.

use super::Builder;
use crate::deck::{Block, BlockKind, Diagnostic, Exec, OutputPlace};

impl Builder<'_> {
    /// Gives each `snippet_output` the number of the snippet whose id it names; that one's output then
    /// stands there. What names no snippet shows nothing.
    pub(super) fn join_outputs(&mut self, blocks: &mut [Block]) {
        if self.outputs.is_empty() {
            return;
        }
        let mut ids = Vec::new();
        each(blocks, &mut |kind| {
            if let BlockKind::Code(code) = kind
                && let (Exec::Snippet(snippet), Some(id)) = (&code.exec, &code.id)
                && snippet.is_live()
            {
                ids.push((id.clone(), snippet.number));
            }
        });
        let mut numbers = Vec::new();
        for (wanted, span) in std::mem::take(&mut self.outputs) {
            let known = ids.iter().find(|(id, _)| *id == wanted);
            if known.is_none() {
                let message = format!("no block of this slide that runs has +id:{wanted}");
                self.report(Diagnostic::warning(span, message));
            }
            numbers.push((span, known.map(|(_, number)| *number)));
        }
        each_block(blocks, &mut |block| match &mut block.kind {
            BlockKind::SnippetOutput(snippet) => {
                let named = numbers.iter().find(|(span, _)| *span == block.span);
                *snippet = named.and_then(|(_, number)| *number);
            }
            BlockKind::Code(code) => {
                if let Exec::Snippet(snippet) = &mut code.exec
                    && numbers
                        .iter()
                        .any(|(_, number)| *number == Some(snippet.number))
                {
                    snippet.output = OutputPlace::Elsewhere;
                }
            }
            _ => {}
        });
    }
}

fn each(blocks: &mut [Block], see: &mut dyn FnMut(&BlockKind)) {
    each_block(blocks, &mut |block| see(&block.kind));
}

/// Calls `see` with each block, those within others included, in source order.
fn each_block(blocks: &mut [Block], see: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        see(block);
        match &mut block.kind {
            BlockKind::Quote { blocks, .. } => each_block(blocks, see),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    each_block(&mut item.blocks, see);
                }
            }
            BlockKind::Columns { columns, .. } => {
                for column in columns {
                    each_block(column, see);
                }
            }
            _ => {}
        }
    }
}
