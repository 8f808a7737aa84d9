//! A title's text without its markup, for names, the overview and search.

use pulldown_cmark::{Event, Parser};

use crate::deck::{Deck, Span};

use parade_demos::visible::visible_string;

/// As much of a title as is read, in bytes: names and lists show less of it.
const TITLE_BYTES_MAX: usize = 1 << 10;

/// The text at `span` as a reader sees it, in one line.
pub(super) fn title(deck: &Deck, span: Span) -> String {
    let source = deck.source(span);
    let source = &source[..source.floor_char_boundary(TITLE_BYTES_MAX)];
    let line = source.trim().trim_start_matches('#').trim();
    let is_markup = |byte| {
        matches!(
            byte,
            b'*' | b'_' | b'`' | b'~' | b'[' | b'<' | b'&' | b'\\' | b'\n'
        )
    };
    if !line.bytes().any(is_markup) && !line.ends_with('#') {
        return visible_string(line.to_owned());
    }
    text(source)
}

/// Markdown as a reader sees it, in one line.
pub(super) fn text(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown.trim(), super::slide::markdown()) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    visible_string(plain)
}
