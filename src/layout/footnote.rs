//! Footnotes at the slide's foot, below a short rule.

use super::glyph;
use super::rows::{Rows, run};
use super::setter::{Column, Setter, rule};
use super::width::text_columns;
use crate::deck::{Block, BlockKind, Inline, Slide};
use crate::theme::Role;

/// Columns of the rule above the footnotes.
const RULE_WIDTH: u16 = 12;

impl Setter<'_> {
    /// The footnotes with a blank row and a rule above them; each is seen once its number is.
    pub(super) fn footnotes(&mut self, slide: &Slide, column: Column) -> Rows {
        let mut rows = Rows::default();
        for note in &slide.footnotes {
            let number = glyph::superscript_number(note.number);
            let lead = text_columns(&number) + 1;
            let mut inner = Column {
                gap: 0,
                ..column.narrower(lead)
            };
            inner.ink.role = Role::Muted;
            let mut set = Rows::default();
            set.push(vec![run(0, number, Role::Accent)]);
            set.place(self.revealed(&note.blocks, inner), lead, 0);
            if reference_step(slide, note.number) > self.step {
                set.hide();
            }
            if rows.is_empty() {
                rows.blank(1);
                let mut line = rule(RULE_WIDTH.min(column.width));
                if set.lines.iter().all(|row| row.runs.is_empty()) {
                    line.hide();
                }
                rows.append(line);
            }
            rows.append(set);
        }
        rows
    }

    /// Blocks as they are when all is revealed: a note is shown with its number, wherever it is
    /// defined.
    fn revealed(&mut self, blocks: &[Block], column: Column) -> Rows {
        let step = std::mem::replace(&mut self.step, u16::MAX);
        let rows = self.flow(blocks, column);
        self.step = step;
        rows
    }
}

/// The step from which a footnote's first reference is seen.
fn reference_step(slide: &Slide, number: u16) -> u16 {
    let in_title = slide
        .title
        .as_ref()
        .is_some_and(|title| refers(title, number));
    if in_title {
        return 0;
    }
    blocks_step(&slide.blocks, number, 0).unwrap_or(0)
}

fn blocks_step(blocks: &[Block], number: u16, outer: u16) -> Option<u16> {
    let mut steps = blocks
        .iter()
        .filter_map(|block| block_step(block, number, outer.max(block.step)));
    steps.next()
}

fn block_step(block: &Block, number: u16, step: u16) -> Option<u16> {
    let here = |content: &[Inline]| refers(content, number).then_some(step);
    match &block.kind {
        BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => here(content),
        BlockKind::List(list) => {
            let mut items = list.items.iter();
            items.find_map(|item| blocks_step(&item.blocks, number, step.max(item.step)))
        }
        BlockKind::Quote { blocks, .. } => blocks_step(blocks, number, step),
        BlockKind::Columns { columns, .. } => {
            let mut columns = columns.iter();
            columns.find_map(|blocks| blocks_step(blocks, number, step))
        }
        BlockKind::Table(table) => {
            let head = (0, &table.head);
            let rows = table.rows.iter().map(|(step, cells)| (*step, cells));
            let mut rows = std::iter::once(head).chain(rows);
            rows.find(|(_, cells)| cells.iter().any(|cell| refers(cell, number)))
                .map(|(row_step, _)| step.max(row_step))
        }
        _ => None,
    }
}

fn refers(content: &[Inline], number: u16) -> bool {
    content.iter().any(|inline| match inline {
        Inline::FootnoteRef(reference) => *reference == number,
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Strike(content)
        | Inline::Superscript(content)
        | Inline::Link { content, .. }
        | Inline::Styled { content, .. } => refers(content, number),
        _ => false,
    })
}
