//! pulldown-cmark's events → [`Block`]s.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag};

use crate::deck::{Alert, Align, Block, BlockKind, Inline, Inlines, Item, List, Table};

use super::code::Content;
use super::fence;
use super::inline::Line;
use super::slide::{Builder, Events};

/// How deep quotations and lists may nest.
const DEPTH_MAX: usize = 16;

impl Builder<'_> {
    /// Reads blocks up to the end of the container that is open, or of all.
    pub(super) fn blocks(&mut self, source: &str, events: &mut Events<'_>) {
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(_) => return,
                Event::Start(tag) if is_block(&tag) => self.read_block(tag, range, source, events),
                Event::Rule => {
                    let rule = self.block(BlockKind::Rule, range);
                    self.place(rule);
                }
                Event::Html(_) => {}
                // Text without a paragraph: in a tight list's item.
                inline => self.loose_text(&inline, range, events),
            }
        }
    }

    fn read_block(
        &mut self,
        tag: Tag<'_>,
        range: Range<usize>,
        source: &str,
        events: &mut Events<'_>,
    ) {
        match tag {
            Tag::Paragraph => self.paragraph(range, events),
            Tag::Heading { level, .. } => self.heading(level, range, source, events),
            Tag::CodeBlock(kind) => self.code(&kind, range, events),
            Tag::HtmlBlock => {
                skip(events);
                self.html(source, range);
            }
            Tag::Table(aligns) => self.table(&aligns, range, events),
            Tag::FootnoteDefinition(_) => self.blocks(source, events),
            _ if self.depth() >= DEPTH_MAX => {
                skip(events);
                let message =
                    format!("failed to show this: it is nested more than {DEPTH_MAX} deep");
                self.broken(&message, &source[range.clone()], range);
            }
            Tag::BlockQuote(kind) => self.quote(kind, range, source, events),
            Tag::List(start) => self.list(start, range, source, events),
            _ => self.blocks(source, events),
        }
    }

    fn paragraph(&mut self, range: Range<usize>, events: &mut Events<'_>) {
        let content = self.inlines(events);
        self.place_text(content, range);
    }

    fn loose_text(&mut self, first: &Event<'_>, range: Range<usize>, events: &mut Events<'_>) {
        let mut line = Line::new();
        if !line.event(self, first, range.clone()) {
            return;
        }
        let end = self.rest_of_line(&mut line, events).max(range.end);
        let content = line.finish();
        if !content.is_empty() {
            self.place_text(content, range.start..end);
        }
        self.obey_deferred();
    }

    /// Places a paragraph, or the images that are all it holds.
    fn place_text(&mut self, content: Inlines, range: Range<usize>) {
        let is_images = content.iter().all(|inline| {
            matches!(
                inline,
                Inline::Image(_) | Inline::SoftBreak | Inline::HardBreak
            )
        }) && content
            .iter()
            .any(|inline| matches!(inline, Inline::Image(_)));
        if is_images {
            for inline in content {
                if let Inline::Image(image) = inline {
                    let image = self.image(image, range.clone());
                    let block = self.block(BlockKind::Image(image), range.clone());
                    self.place(block);
                }
            }
        } else if !content.is_empty() {
            let block = self.block(BlockKind::Paragraph(content), range);
            self.place(block);
        }
        self.obey_deferred();
    }

    /// Inline text up to the end of its block.
    fn inlines(&mut self, events: &mut Events<'_>) -> Inlines {
        let mut line = Line::new();
        self.rest_of_line(&mut line, events);
        events.next();
        line.finish()
    }

    /// Reads as long as events are inline; returns where they end.
    fn rest_of_line(&mut self, line: &mut Line, events: &mut Events<'_>) -> usize {
        let mut end = 0;
        while let Some((event, range)) = events.peek() {
            let (event, range) = (event.clone(), range.clone());
            if !line.event(self, &event, range.clone()) {
                break;
            }
            end = range.end;
            events.next();
        }
        end
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        range: Range<usize>,
        source: &str,
        events: &mut Events<'_>,
    ) {
        let is_underlined = !source[range.clone()].trim_start().starts_with('#');
        let is_title = (is_underlined || level == HeadingLevel::H1) && self.takes_title();
        let content = self.inlines(events);
        if is_title {
            self.title = Some(content);
        } else {
            let level = if is_underlined { 1 } else { level as u8 };
            let is_late_title = is_underlined && !std::mem::replace(&mut self.late_title, true);
            let block = self.block(BlockKind::Heading { level, content }, range);
            // presenterm's titles stand where they are written, in the middle.
            let is_centred = is_late_title && self.title.is_none() && block.align == Align::Start;
            let align = if is_centred {
                Align::Center
            } else {
                block.align
            };
            self.place(Block { align, ..block });
        }
        self.obey_deferred();
    }

    fn quote(
        &mut self,
        kind: Option<BlockQuoteKind>,
        range: Range<usize>,
        source: &str,
        events: &mut Events<'_>,
    ) {
        let step = self.steps.here();
        self.open_container();
        self.blocks(source, events);
        let blocks = self.close_container();
        let alert = kind.map(|kind| match kind {
            BlockQuoteKind::Note => Alert::Note,
            BlockQuoteKind::Tip => Alert::Tip,
            BlockQuoteKind::Important => Alert::Important,
            BlockQuoteKind::Warning => Alert::Warning,
            BlockQuoteKind::Caution => Alert::Caution,
        });
        let block = self.block(BlockKind::Quote { alert, blocks }, range);
        self.place(Block { step, ..block });
    }

    fn list(
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
            self.task = None;
            self.open_container();
            self.blocks(source, events);
            let blocks = self.close_container();
            items.push(Item {
                task: self.task.take(),
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

    fn table(&mut self, aligns: &[Alignment], range: Range<usize>, events: &mut Events<'_>) {
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

    fn code(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>, events: &mut Events<'_>) {
        let mut content = Content::default();
        for (event, range) in events.by_ref() {
            match event {
                Event::Text(text) => content.push(&text, range.start),
                _ => break,
            }
        }
        let info = match kind {
            CodeBlockKind::Fenced(info) => info,
            CodeBlockKind::Indented => "",
        };
        fence::place(self, info, &content, range);
    }

    /// A block of HTML: comments one after the other, and what else there is as text.
    fn html(&mut self, source: &str, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &source[at..range.end];
            let comment = rest.find("<!--");
            let text = &rest[..comment.unwrap_or(rest.len())];
            if !text.trim().is_empty() {
                self.html_text(text, at..at + text.len());
            }
            let Some(start) = comment else { return };
            let end = rest[start..]
                .find("-->")
                .map_or(rest.len(), |end| start + end + 3);
            self.comment(&rest[start..end], at + start..at + end);
            at += end;
        }
    }

    /// HTML other than comments: the text between the tags.
    fn html_text(&mut self, text: &str, range: Range<usize>) {
        let mut line = Line::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let is_tag = rest.starts_with('<');
            let end = if is_tag {
                rest.find('>').map(|end| end + 1)
            } else {
                rest.find('<')
            };
            let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
            let event = if is_tag {
                Event::InlineHtml(part.into())
            } else {
                Event::Text(part.trim_matches(['\n', '\r']).into())
            };
            line.event(self, &event, range.clone());
            rest = after;
        }
        let content = line.finish();
        self.place_text(content, range);
    }
}

/// Whether a tag begins a block rather than a stretch of a line.
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// Goes past the end of the block whose start has just been read.
fn skip(events: &mut Events<'_>) {
    let mut depth = 1;
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}
