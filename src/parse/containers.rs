//! Blocks that hold others, and tables: what is nested in them may come step by step.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, Tag};

use crate::deck::{Align, Block, BlockKind, Inlines, Item, List, Table};

use super::alert;
use super::slide::{Builder, Events};

impl Builder<'_> {
    pub(super) fn quote(
        &mut self,
        kind: Option<BlockQuoteKind>,
        range: Range<usize>,
        source: &str,
        events: &mut Events<'_>,
    ) {
        let step = self.steps.here();
        self.open_container();
        self.blocks(source, events);
        let mut blocks = self.close_container();
        let alert = kind
            .map(alert::known)
            .or_else(|| alert::titled(&mut blocks));
        let block = self.block(BlockKind::Quote { alert, blocks }, range);
        self.place(Block { step, ..block });
    }

    pub(super) fn list(
        &mut self,
        start: Option<u64>,
        range: Range<usize>,
        source: &str,
        events: &mut Events<'_>,
    ) {
        let mut items: Vec<Item> = Vec::new();
        let mut tight = true;
        if !self.incremental_lists {
            self.steps.here();
        }
        while let Some((Event::Start(Tag::Item), _)) = events.next() {
            if self.incremental_lists {
                self.steps.pause();
            }
            let step = self.steps.reached();
            tight &= !matches!(events.peek(), Some((Event::Start(Tag::Paragraph), _)));
            let outer_task = self.task.take();
            self.open_container();
            self.blocks(source, events);
            let blocks = self.close_container();
            items.push(Item {
                task: std::mem::replace(&mut self.task, outer_task),
                blocks,
                step,
            });
        }
        let step = items.first().map_or(self.steps.reached(), |item| item.step);
        let list = List {
            start,
            tight,
            item_newlines: self.item_newlines,
            items,
        };
        let block = Block {
            step,
            ..self.block(BlockKind::List(list), range)
        };
        self.place(block);
        if self.incremental_lists && self.depth() == 0 {
            self.steps.pause_before_more();
        }
    }

    pub(super) fn table(
        &mut self,
        aligns: &[Alignment],
        range: Range<usize>,
        events: &mut Events<'_>,
    ) {
        let step = self.steps.here();
        let mut table = Table {
            aligns: aligns
                .iter()
                .map(|align| match align {
                    Alignment::None | Alignment::Left => Align::Start,
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::End,
                })
                .collect(),
            head: Vec::new(),
            rows: Vec::new(),
        };
        while let Some((event, _)) = events.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.cells(events),
                Event::Start(Tag::TableRow) => {
                    if self.incremental_tables {
                        self.steps.pause();
                    }
                    let step = self.steps.reached();
                    let cells = self.cells(events);
                    table.rows.push((step, cells));
                }
                _ => break,
            }
        }
        let block = Block {
            step,
            ..self.block(BlockKind::Table(table), range)
        };
        self.place(block);
        if self.incremental_tables && self.depth() == 0 {
            self.steps.pause_before_more();
        }
        self.obey_deferred();
    }

    fn cells(&mut self, events: &mut Events<'_>) -> Vec<Inlines> {
        let mut cells = Vec::new();
        while let Some((Event::Start(Tag::TableCell), _)) = events.next() {
            cells.push(self.inlines(events));
        }
        cells
    }
}
