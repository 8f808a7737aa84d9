//! pulldown-cmark's events → [`Block`]s.
//!
//! Text, headings and code stand here; [`super::containers`] reads what holds other blocks,
//! [`super::html_block`] blocks of HTML.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag};

use crate::deck::{Align, Block, BlockKind, Inline, Inlines};

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
    pub(super) fn place_text(&mut self, content: Inlines, range: Range<usize>) {
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
    pub(super) fn inlines(&mut self, events: &mut Events<'_>) -> Inlines {
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
