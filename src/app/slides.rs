//! Slides: parsed when they are wanted, kept while they are near, laid out when something moves.

use std::sync::Arc;

use super::{Ahead, Effect, HIGHLIGHTS_KEPT_MAX, Heading, Mode, Outline, SLIDES_KEPT_MAX, State};
use crate::deck::{Align, Block, BlockKind, Code, Inline, Slide, Span};
use crate::highlight::{CodeKey, TokenLines};
use crate::layout::layout;

impl State {
    /// Shows the current place: at once if its slide is parsed, else as soon as it is.
    pub(super) fn show(&mut self, effects: &mut Vec<Effect>) {
        let index = self.place.slide;
        match self.slide().cloned() {
            Some(slide) => self.settle(&slide, effects),
            None if index >= self.slides_total() => self.show_nothing(effects),
            None if effects.contains(&Effect::Parse(index)) => {}
            None => effects.push(Effect::Parse(index)),
        }
    }

    /// The deck has no slide.
    fn show_nothing(&mut self, effects: &mut Vec<Effect>) {
        self.stop_run(effects);
        self.demo = None;
        self.snippet = None;
        self.page = Arc::default();
        self.panel_page = Arc::default();
        self.scroll_to_top();
        self.dirty = true;
    }

    /// A slide was parsed.
    pub(super) fn take_slide(
        &mut self,
        index: usize,
        slide: &Arc<Slide>,
        effects: &mut Vec<Effect>,
    ) {
        if index >= self.slides_total() {
            return;
        }
        self.slides.insert(index, Arc::clone(slide));
        self.forget_far_slides();
        if index == self.place.slide {
            self.settle(slide, effects);
        } else if index == self.place.slide + 1 {
            self.want_ahead(slide, effects);
            self.lay_out_next();
        }
    }

    /// The current slide is here: everything that hangs on it follows.
    fn settle(&mut self, slide: &Slide, effects: &mut Vec<Effect>) {
        self.place = self.bound(self.place);
        self.note_seen(&slide.id, effects);
        self.meet_snippets(slide, effects);
        self.meet_demos(slide, effects);
        self.focus_some_snippet(slide);
        self.mirror();
        self.lay_out();
        self.want_tokens(slide, effects);
        self.ahead = if self.place.slide + 1 < self.slides_total() {
            Ahead::Next
        } else {
            Ahead::Done
        };
        self.dirty = true;
    }

    /// Reads the next slide ahead, while the present one is looked at.
    pub(super) fn look_ahead(&mut self, effects: &mut Vec<Effect>) {
        let next = self.place.slide + 1;
        if std::mem::take(&mut self.ahead) == Ahead::Done || next >= self.slides_total() {
            return;
        }
        match self.slides.get(&next).cloned() {
            Some(slide) => self.want_ahead(&slide, effects),
            None => effects.push(Effect::Parse(next)),
        }
    }

    /// Asks for what the next slide needs.
    fn want_ahead(&mut self, slide: &Slide, effects: &mut Vec<Effect>) {
        self.want_tokens(slide, effects);
        self.want_images_ahead(slide, effects);
    }

    fn forget_far_slides(&mut self) {
        let here = self.place.slide;
        while self.slides.len() > SLIDES_KEPT_MAX {
            let far = self
                .slides
                .keys()
                .copied()
                .max_by_key(|index| index.abs_diff(here));
            self.slides
                .remove(&far.expect("there are more than the limit"));
        }
    }

    /// Places the current slide and its panel anew: for another step, size or highlighting.
    pub(super) fn lay_out(&mut self) {
        if let Some(slide) = self.slide().cloned()
            && !self.too_small()
        {
            self.lay_out_slide(&slide);
        }
        self.bound_scrolling();
        self.lay_out_next();
    }

    fn lay_out_slide(&mut self, slide: &Slide) {
        let page = layout(
            slide,
            self.place.step,
            self.body_size(),
            self.letters(),
            &self.highlights,
        );
        let page = std::mem::replace(&mut self.page, Arc::new(page));
        let panel = Arc::new(self.lay_out_panel(slide));
        let panel = std::mem::replace(&mut self.panel_page, panel);
        let place = std::mem::replace(&mut self.page_place, self.place);
        if place.slide == self.place.slide && place.step < self.place.step {
            self.scroll_to_change(&page, &panel);
        }
        if !page.rows.is_empty() {
            self.set_off(place.slide);
        }
    }

    /// Asks for the tokens of a slide's code that are not known yet.
    fn want_tokens(&mut self, slide: &Slide, effects: &mut Vec<Effect>) {
        for code in codes(slide) {
            let key = CodeKey::of(code);
            let known = self.highlights.blocks.contains_key(&key);
            let room = self.highlighting.len() < HIGHLIGHTS_KEPT_MAX;
            if !known && room && self.highlighting.insert(key) {
                effects.push(Effect::Highlight(key, code.clone()));
            }
        }
    }

    /// Code was highlighted.
    pub(super) fn take_tokens(
        &mut self,
        key: CodeKey,
        lines: Arc<TokenLines>,
        effects: &mut Vec<Effect>,
    ) {
        if self.paint_editor(key, &lines, effects) {
            return;
        }
        self.highlighting.remove(&key);
        let slide = self.slide().cloned();
        let shown = |key: &CodeKey| {
            let mut here = slide.iter().flat_map(|slide| codes(slide));
            here.any(|code| CodeKey::of(code) == *key)
        };
        if self.highlights.blocks.len() >= HIGHLIGHTS_KEPT_MAX {
            self.highlights.blocks.retain(|key, _| shown(key));
        }
        if self.highlights.blocks.len() < HIGHLIGHTS_KEPT_MAX {
            self.highlights.blocks.insert(key, lines);
        }
        if shown(&key) {
            self.lay_out();
            self.dirty = true;
        }
    }

    /// Titles, ids and texts were found.
    pub(super) fn take_outline(&mut self, headings: Arc<Vec<Heading>>, effects: &mut Vec<Effect>) {
        let before = std::mem::replace(&mut self.outline, Outline::Known(headings));
        if let Outline::Asked(Some(step)) = before {
            self.search_on(step, effects);
        }
        match self.mode {
            Mode::Overview { .. } => self.dirty = true,
            Mode::Search { .. } => self.search_typed(effects),
            _ => {}
        }
    }
}

/// All code on a slide and in its explanation.
fn codes(slide: &Slide) -> Vec<&Code> {
    let mut codes = Vec::new();
    let notes = slide.footnotes.iter().flat_map(|note| &note.blocks);
    for block in slide.blocks.iter().chain(&slide.explain).chain(notes) {
        each_block(block, &mut |block| {
            if let BlockKind::Code(code) = &block.kind {
                codes.push(code);
            }
        });
    }
    codes
}

/// Visits a block and all blocks within it, in source order.
pub(super) fn each_block<'a>(block: &'a Block, visit: &mut impl FnMut(&'a Block)) {
    visit(block);
    let inner: Vec<&'a Vec<Block>> = match &block.kind {
        BlockKind::Quote { blocks, .. } => vec![blocks],
        BlockKind::Columns { columns, .. } => columns.iter().collect(),
        BlockKind::List(list) => list.items.iter().map(|item| &item.blocks).collect(),
        _ => Vec::new(),
    };
    for block in inner.into_iter().flatten() {
        each_block(block, visit);
    }
}

/// Plain text as a block; its lines stay lines.
pub(super) fn paragraph(text: &str) -> Block {
    let mut content = Vec::new();
    for line in text.lines() {
        content.extend([Inline::Text(line.to_owned()), Inline::HardBreak]);
    }
    content.pop();
    Block {
        kind: BlockKind::Paragraph(content),
        span: Span::default(),
        step: 0,
        align: Align::Start,
        font_size: 1,
    }
}
