//! Inline text → pieces of one ink each, ready to be broken into lines.

use std::borrow::Cow;

use super::glyph;
use super::setter::Setter;
use crate::deck::{Inline, Paint};
use crate::theme::{Ink, Role};

/// A stretch of text in one ink. A forced line end is a piece of its own, a single line feed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) ink: Ink,
    pub(super) link: Option<u16>,
}

/// Text beyond this many bytes in one paragraph is not laid out; a note in its place says so.
const TEXT_BYTES_MAX: usize = 64 * 1024;

impl Setter<'_> {
    /// The pieces of some inline text, which is written in `ink` where nothing else is said.
    pub(super) fn pieces<'a>(&mut self, inlines: &'a [Inline], ink: Ink) -> Vec<Piece<'a>> {
        let mut pieces = Vec::with_capacity(inlines.len());
        self.flatten_all(inlines, ink, None, &mut pieces);
        bound(&mut pieces);
        pieces
    }

    fn flatten_all<'a>(
        &mut self,
        inlines: &'a [Inline],
        ink: Ink,
        target: Option<u16>,
        out: &mut Vec<Piece<'a>>,
    ) {
        for inline in inlines {
            self.flatten(inline, ink, target, out);
        }
    }

    fn flatten<'a>(
        &mut self,
        inline: &'a Inline,
        ink: Ink,
        target: Option<u16>,
        out: &mut Vec<Piece<'a>>,
    ) {
        let (text, ink): (Cow<'a, str>, Ink) = match inline {
            Inline::Text(text) => (text.into(), ink),
            Inline::SoftBreak => (" ".into(), ink),
            Inline::HardBreak => ("\n".into(), ink),
            Inline::Code(text) => (text.into(), in_role(ink, Role::Code)),
            Inline::Image(image) => (format!("[{}]", image.alt).into(), in_role(ink, Role::Muted)),
            Inline::FootnoteRef(number) => (
                glyph::superscript_number(*number).into(),
                in_role(ink, Role::Accent),
            ),
            Inline::Superscript(content) => {
                let from = out.len();
                self.flatten_all(content, ink, target, out);
                return raise(&mut out[from..]);
            }
            Inline::Link { url, content } => return self.flatten_link(url, content, ink, out),
            Inline::Emphasis(content) => {
                let ink = Ink {
                    italic: true,
                    ..ink
                };
                return self.flatten_all(content, ink, target, out);
            }
            Inline::Strong(content) => {
                let ink = Ink { bold: true, ..ink };
                return self.flatten_all(content, ink, target, out);
            }
            Inline::Strike(content) => {
                let ink = Ink {
                    strike: true,
                    ..ink
                };
                return self.flatten_all(content, ink, target, out);
            }
            Inline::Styled { paint, content } => {
                return self.flatten_all(content, painted(ink, paint), target, out);
            }
        };
        out.push(Piece {
            text,
            ink,
            link: target,
        });
    }

    /// A link's text, underlined, then its address where the text isn't that already.
    fn flatten_link<'a>(
        &mut self,
        url: &'a str,
        content: &'a [Inline],
        ink: Ink,
        out: &mut Vec<Piece<'a>>,
    ) {
        let target = self.link(url);
        let from = out.len();
        let text_ink = Ink {
            underline: true,
            ..in_role(ink, Role::Link)
        };
        self.flatten_all(content, text_ink, target, out);
        let text: String = out[from..].iter().map(|piece| &*piece.text).collect();
        let address = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("mailto:"))
            .unwrap_or(url);
        if text != url && text.trim_end_matches('/') != address.trim_end_matches('/') {
            out.push(Piece {
                text: format!(" ({address})").into(),
                ink: in_role(ink, Role::Muted),
                link: target,
            });
        }
    }
}

/// The same ink, for text that means something else.
fn in_role(ink: Ink, role: Role) -> Ink {
    Ink { role, ..ink }
}

/// The ink with the colours that the deck asks for.
fn painted(ink: Ink, paint: &Paint) -> Ink {
    Ink {
        foreground: paint.foreground.or(ink.foreground),
        background: paint.background.or(ink.background),
        ..ink
    }
}

/// Raises text: in raised characters where there is one for each, else behind a caret.
fn raise(pieces: &mut [Piece<'_>]) {
    for piece in pieces {
        let raised: Option<String> = piece.text.chars().map(glyph::superscript).collect();
        piece.text = raised
            .unwrap_or_else(|| format!("^({})", piece.text))
            .into();
    }
}

/// Cuts text that is longer than any page could show, with a note of how much.
fn bound(pieces: &mut Vec<Piece<'_>>) {
    let total: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    if total <= TEXT_BYTES_MAX {
        return;
    }
    let mut room = TEXT_BYTES_MAX;
    let last = pieces
        .iter()
        .position(|piece| {
            let fits = piece.text.len() <= room;
            if fits {
                room -= piece.text.len();
            }
            !fits
        })
        .expect("their sum exceeds the limit");
    pieces.truncate(last + 1);
    let at = pieces[last].text.floor_char_boundary(room);
    let kept = pieces[last].text[..at].to_owned();
    pieces[last].text = kept.into();
    pieces.push(Piece {
        text: format!(" {} {} more bytes", glyph::CUT, total - TEXT_BYTES_MAX).into(),
        ink: Role::Warning.into(),
        link: None,
    });
}
