//! Inline text: pulldown-cmark's events → [`Inline`]s, with the few HTML tags that presenterm has.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::deck::{Diagnostic, Image, Inline, Inlines, Paint, letters};

use super::html::{self, Open};
use super::link;
use super::slide::Builder;
use parade_demos::visible::{visible, visible_string};

/// How deep emphasis, links and spans may nest; deeper ones lose their look, not their text.
const DEPTH_MAX: usize = 24;

/// Inline text under construction: the frames that are open, outermost first.
pub(super) struct Line {
    frames: Vec<Frame>,
}

struct Frame {
    shape: Shape,
    content: Inlines,
}

enum Shape {
    /// What holds all the rest, or what adds nothing to its text.
    Plain,
    Emphasis,
    Strong,
    Strike,
    Link(String),
    Image(Image),
    /// Opened by an HTML tag of this name.
    Html(&'static str, Option<Paint>),
}

impl Line {
    pub(super) fn new() -> Self {
        Self {
            frames: vec![Frame {
                shape: Shape::Plain,
                content: Vec::new(),
            }],
        }
    }

    /// Takes one event; whether it was inline.
    pub(super) fn event(
        &mut self,
        builder: &mut Builder<'_>,
        event: &Event<'_>,
        range: Range<usize>,
    ) -> bool {
        match event {
            Event::Text(text) => self.text(text),
            Event::Code(code) => self.push(Inline::Code(visible(code).into_owned())),
            Event::SoftBreak => self.push(Inline::SoftBreak),
            Event::HardBreak => self.push(Inline::HardBreak),
            Event::InlineHtml(html) => self.html(builder, html, range),
            Event::FootnoteReference(label) => self.footnote(builder, label, range),
            Event::TaskListMarker(ticked) => builder.task = Some(*ticked),
            Event::Start(tag) => return self.start(builder, tag, range),
            Event::End(end) => return self.end(*end),
            _ => return false,
        }
        true
    }

    fn footnote(&mut self, builder: &mut Builder<'_>, label: &str, range: Range<usize>) {
        match builder.footnote(label) {
            Ok(number) => self.push(Inline::FootnoteRef(number)),
            Err(message) => {
                builder.report(Diagnostic::warning(builder.span(range), message));
                self.text(&format!("[^{label}]"));
            }
        }
    }

    fn start(&mut self, builder: &mut Builder<'_>, tag: &Tag<'_>, range: Range<usize>) -> bool {
        let shape = match tag {
            Tag::Emphasis => Shape::Emphasis,
            Tag::Strong => Shape::Strong,
            Tag::Strikethrough => Shape::Strike,
            Tag::Link { dest_url, .. } => match link::checked(dest_url) {
                Ok(url) => Shape::Link(url),
                Err(reason) => {
                    builder.report(
                        Diagnostic::warning(builder.span(range), reason)
                            .with_help("its text is shown without the link"),
                    );
                    Shape::Plain
                }
            },
            Tag::Image {
                dest_url, title, ..
            } => Shape::Image(Image {
                path: visible(dest_url).into_owned(),
                alt: visible(title).into_owned(),
                ..Image::default()
            }),
            _ => return false,
        };
        self.frames.push(Frame {
            shape,
            content: Vec::new(),
        });
        true
    }

    fn end(&mut self, end: TagEnd) -> bool {
        if !matches!(
            end,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ) {
            return false;
        }
        while matches!(
            self.frames.last(),
            Some(Frame {
                shape: Shape::Html(..),
                ..
            })
        ) {
            self.close();
        }
        self.close();
        true
    }

    /// Closes the innermost frame into the one around it.
    fn close(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(Frame { shape, content }) = self.frames.pop() else {
            return;
        };
        let deep = self.frames.len() > DEPTH_MAX;
        let inline = match shape {
            _ if deep => None,
            Shape::Html("sup", _) => Some(Inline::Superscript as fn(Inlines) -> Inline),
            Shape::Plain | Shape::Html(_, None) => None,
            Shape::Emphasis => Some(Inline::Emphasis as fn(Inlines) -> Inline),
            Shape::Strong => Some(Inline::Strong as fn(Inlines) -> Inline),
            Shape::Strike => Some(Inline::Strike as fn(Inlines) -> Inline),
            Shape::Html(_, Some(paint)) => return self.push(Inline::Styled { paint, content }),
            Shape::Link(url) => return self.link(url, content),
            Shape::Image(image) => return self.image(image, &content),
        };
        match inline {
            Some(inline) => self.push(inline(content)),
            None => content.into_iter().for_each(|inline| self.push(inline)),
        }
    }

    /// A link without text shows its address.
    fn link(&mut self, url: String, mut content: Inlines) {
        if content.is_empty() {
            content.push(Inline::Text(url.clone()));
        }
        self.push(Inline::Link { url, content });
    }

    fn image(&mut self, image: Image, content: &[Inline]) {
        let alt = letters(content);
        let alt = if alt.is_empty() { image.alt } else { alt };
        self.push(Inline::Image(Image { alt, ..image }));
    }

    fn html(&mut self, builder: &mut Builder<'_>, source: &str, range: Range<usize>) {
        if source.starts_with("<!--") {
            builder.inline_comment(source, range);
            return;
        }
        match html::read(source) {
            Ok(html::Tag::Break) => self.push(Inline::HardBreak),
            Ok(html::Tag::CloseUnknown) => {}
            Ok(html::Tag::Open(Open {
                name,
                paint,
                problem,
            })) => {
                if let Some(problem) = problem {
                    builder.report(Diagnostic::warning(builder.span(range), problem));
                }
                self.frames.push(Frame {
                    shape: Shape::Html(name, paint),
                    content: Vec::new(),
                });
            }
            Ok(html::Tag::Close(name)) => {
                if matches!(self.frames.last(), Some(Frame { shape: Shape::Html(open, _), .. }) if *open == name)
                {
                    self.close();
                }
            }
            Err(name) => {
                let message = format!("HTML tag `{name}` is left out");
                let help = "known here: <span style=\"color: …\">, <span class=\"…\">, <sup>, <br>";
                builder.report(Diagnostic::warning(builder.span(range), message).with_help(help));
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.push(Inline::Text(text.to_owned()));
    }

    fn push(&mut self, inline: Inline) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        match (frame.content.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(more)) => before.push_str(&more),
            (_, inline) => frame.content.push(inline),
        }
    }

    /// Everything, with what is still open closed.
    pub(super) fn finish(mut self) -> Inlines {
        while self.frames.len() > 1 {
            self.close();
        }
        let mut content = self
            .frames
            .pop()
            .map(|frame| frame.content)
            .unwrap_or_default();
        make_visible(&mut content);
        content
    }
}

/// Sanitizes text once it is whole: an entity parts what belongs together.
fn make_visible(inlines: &mut Inlines) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => *text = visible_string(std::mem::take(text)),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Superscript(content)
            | Inline::Link { content, .. }
            | Inline::Styled { content, .. } => make_visible(content),
            Inline::Image(image) => image.alt = visible_string(std::mem::take(&mut image.alt)),
            Inline::Code(_) | Inline::FootnoteRef(_) | Inline::SoftBreak | Inline::HardBreak => {}
        }
    }
}
