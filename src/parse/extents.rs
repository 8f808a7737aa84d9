//! From the marks that [`super::scan`] left to the extents of slides: which rules hold for slide
//! ends, what is spliced in, what is left out.

use crate::deck::{Deck, Diagnostic, Extent, Span};

use super::definitions;
use super::plain;
use super::scan::{Mark, MarkKind};
use super::slug::{Names, slug};
use parade_demos::visible::visible;

/// A mark in its file, or the border of an included one.
pub(super) enum Placed {
    Mark(u16, Mark),
    /// An included file stands in place of this comment.
    Enter {
        comment: Span,
        text_before: bool,
        file: u16,
    },
    /// And ends.
    Leave,
}

/// Fills in a deck's extents, definitions and what is wrong with either.
pub(super) fn find(deck: &mut Deck, start: usize, placed: Vec<Placed>, intro: bool) {
    let presenterm = deck.front.options.given || placed.iter().any(is_end_slide);
    let mut cutter = Cutter {
        rules: Rules::of(deck, presenterm),
        piece: Span {
            file: 0,
            start: start as u32,
            end: start as u32,
        },
        resume: Vec::new(),
        extent: Extent::default(),
        visible: false,
        skip: false,
        names: Names::default(),
        deck,
    };
    if intro {
        cutter.extent.intro = true;
        cutter.visible = true;
        if presenterm {
            cutter.end_slide(true);
        }
    }
    for placed in placed {
        cutter.read(placed);
    }
    cutter.end_slide(false);
}

fn is_end_slide(placed: &Placed) -> bool {
    matches!(
        placed,
        Placed::Mark(
            _,
            Mark {
                kind: MarkKind::EndSlide,
                ..
            }
        )
    )
}

/// What ends a slide in this deck, beside the `end_slide` comment.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule that holds or not, independent of the others"
)]
#[derive(Clone, Copy)]
struct Rules {
    /// Three hyphens with blank lines around them: parade's own way.
    loose_hyphens: bool,
    /// Any rule.
    rule: bool,
    /// A title begins a slide; an underlined one, and perhaps one behind `#`.
    title: bool,
    hash_title: bool,
}

impl Rules {
    fn of(deck: &Deck, presenterm: bool) -> Self {
        let options = &deck.front.options;
        Self {
            loose_hyphens: !presenterm,
            rule: options.end_slide_shorthand,
            title: options.implicit_slide_ends,
            hash_title: options.implicit_slide_ends && options.h1_slide_titles,
        }
    }
}

struct Cutter<'a> {
    deck: &'a mut Deck,
    rules: Rules,
    /// The piece that is open; its end isn't known yet.
    piece: Span,
    /// Where the including files go on.
    resume: Vec<Span>,
    extent: Extent,
    /// Whether there is anything to see on the open slide.
    visible: bool,
    skip: bool,
    names: Names,
}

impl Cutter<'_> {
    fn read(&mut self, placed: Placed) {
        match placed {
            Placed::Mark(file, mark) => {
                self.visible |= mark.text_before;
                let span = Span {
                    file,
                    start: mark.range.start as u32,
                    end: mark.range.end as u32,
                };
                self.mark(mark.kind, span);
            }
            Placed::Enter {
                comment,
                text_before,
                file,
            } => {
                self.visible |= text_before;
                self.close_piece(comment.start);
                self.resume.push(Span {
                    start: comment.end,
                    ..comment
                });
                self.piece = Span {
                    file,
                    start: bom_length(&self.deck.files[usize::from(file)].text),
                    end: 0,
                };
            }
            Placed::Leave => {
                if let Some(resume) = self.resume.pop() {
                    self.piece = resume;
                }
            }
        }
    }

    fn mark(&mut self, kind: MarkKind, span: Span) {
        match kind {
            MarkKind::EndSlide => self.end_at(span),
            MarkKind::Rule { exact, loose } => self.rule(exact, loose, span),
            MarkKind::Title {
                underlined,
                hyphens,
            } => self.title(underlined, hyphens, span),
            MarkKind::SkipSlide => self.skip = true,
            MarkKind::Id(id) => self.id(&id, span),
            MarkKind::Footnote(label) => self.footnote(&label, span),
            MarkKind::LinkDefinitions => self.visible |= !definitions::links(self.deck, span),
            MarkKind::Unclosed(what) => self.deck.diagnostics.push(
                Diagnostic::warning(span, format!("this {what} is never closed"))
                    .with_help("all that follows in this file belongs to it"),
            ),
            // An included file's end becomes visible text through the mark alone.
            MarkKind::Include(_) => {}
            MarkKind::End => self.close_piece(span.end),
        }
    }

    fn rule(&mut self, exact: bool, loose: bool, span: Span) {
        if self.rules.rule || (self.rules.loose_hyphens && exact && loose) {
            self.end_at(span);
            return;
        }
        self.visible = true;
        if self.rules.loose_hyphens && exact {
            self.deck.diagnostics.push(
                Diagnostic::warning(span, "this `---` is a rule across the slide")
                    .with_help("a slide ends at `---` with a blank line above and below; write `***` for a rule"),
            );
        }
    }

    fn title(&mut self, underlined: bool, hyphens: bool, span: Span) {
        let begins = if underlined {
            self.rules.title
        } else {
            self.rules.hash_title
        };
        if begins && self.visible {
            self.close_piece(span.start);
            self.end_slide(true);
            self.piece = Span {
                end: span.start,
                ..span
            };
        }
        self.visible = true;
        self.extent.title.get_or_insert(span);
        if hyphens && self.rules.loose_hyphens {
            self.deck.diagnostics.push(
                Diagnostic::warning(span, "the `---` below makes this text a heading")
                    .with_help("put a blank line between them to end the slide, or underline with `===` for a heading"),
            );
        }
    }

    fn id(&mut self, id: &str, span: Span) {
        let id = slug(id);
        if id.is_empty() {
            let warning = Diagnostic::warning(span, "an id needs a letter or a digit");
            self.deck.diagnostics.push(warning);
        } else if self.extent.id.is_empty() {
            self.extent.id = id;
        } else {
            let warning = Diagnostic::warning(span, "this slide has an id already")
                .with_help("the first one counts");
            self.deck.diagnostics.push(warning);
        }
    }

    fn footnote(&mut self, label: &str, span: Span) {
        self.close_piece(span.start);
        self.piece = Span {
            start: span.end,
            ..span
        };
        let key = definitions::key(label);
        let mut is_new = false;
        self.deck
            .definitions
            .footnotes
            .entry(key)
            .or_insert_with(|| {
                is_new = true;
                span
            });
        if !is_new {
            let warning = Diagnostic::warning(
                span,
                format!("footnote `{}` is defined already", visible(label)),
            );
            self.deck
                .diagnostics
                .push(warning.with_help("the first definition counts"));
        }
    }

    fn end_at(&mut self, span: Span) {
        self.close_piece(span.start);
        self.end_slide(true);
        self.piece = Span {
            start: span.end,
            ..span
        };
    }

    fn close_piece(&mut self, end: u32) {
        let piece = Span { end, ..self.piece };
        let text = &self.deck.file(piece).text;
        if text
            .get(piece.range())
            .is_some_and(|text| !text.trim().is_empty())
        {
            self.extent.pieces.push(piece);
        }
        self.piece.start = end;
    }

    /// Keeps the open slide unless it is skipped, or empty at the deck's beginning or end.
    fn end_slide(&mut self, within: bool) {
        let mut extent = std::mem::take(&mut self.extent);
        let visible = std::mem::take(&mut self.visible);
        let skip = std::mem::take(&mut self.skip);
        let keeps = visible || (within && !self.deck.extents.is_empty());
        if keeps && !skip {
            let id = self.name(&extent);
            extent.id = self.names.take(id);
            self.deck.extents.push(extent);
        }
    }

    /// From the `id` comment, else the title, else the slide's number.
    fn name(&self, extent: &Extent) -> String {
        if !extent.id.is_empty() {
            return extent.id.clone();
        }
        let title = match (extent.title, extent.intro) {
            (Some(span), _) => plain::title(self.deck, span),
            (None, true) => self.deck.front.title.clone().unwrap_or_default(),
            (None, false) => String::new(),
        };
        let name = slug(&title);
        if name.is_empty() {
            format!("slide-{}", self.deck.extents.len() + 1)
        } else {
            name
        }
    }
}

/// Bytes of the byte order mark that a text begins with.
pub(super) fn bom_length(text: &str) -> u32 {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}
