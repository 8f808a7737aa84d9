//! Escapes in strings that Python knows and no string of ours can hold: halves of surrogate pairs.

use ruff_python_ast::StringFlags;
use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_text_size::{Ranged, TextSize};

use super::Compiler;

impl Compiler<'_> {
    /// The parser puts another character in the place of such a half, so the text itself is read.
    pub(super) fn refuse_surrogates(&mut self, tokens: &Tokens) {
        for token in tokens.iter().filter(|token| may_escape(token)) {
            let text = &self.source.text()[token.range()];
            if let Some(offset) = surrogate_escape(text) {
                let place = self.source.place(token.start() + offset);
                let message = "halves of surrogate pairs are not in the laboratory's Python: \
                               write the character itself, or its `\\U` escape";
                self.error_at(place, message.to_owned());
            }
        }
    }
}

fn may_escape(token: &Token) -> bool {
    let is_text = matches!(token.kind(), TokenKind::String | TokenKind::FStringMiddle);
    is_text
        && token
            .string_flags()
            .is_some_and(|flags| !flags.prefix().is_raw())
}

/// Where the first escape of a half surrogate pair stands in a string as it is written.
fn surrogate_escape(text: &str) -> Option<TextSize> {
    let mut escapes = text.match_indices('\\');
    while let Some((index, _)) = escapes.next() {
        let digits = match text.as_bytes().get(index + 1) {
            Some(b'u') => text.get(index + 2..index + 6),
            Some(b'U') => text.get(index + 2..index + 10),
            Some(b'\\') => {
                escapes.next();
                None
            }
            _ => None,
        };
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if value.is_some_and(|value| (0xD800..0xE000).contains(&value)) {
            return TextSize::try_from(index).ok();
        }
    }
    None
}
