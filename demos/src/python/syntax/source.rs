//! The text of a program: places in it, and its limits.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};
use ruff_text_size::TextSize;

use super::SyntaxError;
use crate::python::code::Place;

/// The longest program, in bytes.
pub const SOURCE_MAX: usize = 64 * 1024;

/// The most tokens of a statement without those inside it: so deep can the parsed tree get at
/// worst, and whoever drops it uses the thread's own stack for that.
pub const TOKENS_MAX: usize = 4096;

/// How deep expressions and blocks may nest. CPython's parser gives up at 200 parentheses and 100
/// blocks.
pub const DEPTH_MAX: usize = 200;

/// A text that is short enough, and where its lines start.
#[derive(Debug)]
pub(super) struct Source<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, SyntaxError> {
        let line_starts = line_starts(text);
        let source = Self { text, line_starts };
        if text.len() > SOURCE_MAX {
            return Err(SyntaxError {
                place: Place { line: 1, column: 1 },
                message: format!("a program has at most {} KiB of text", SOURCE_MAX / 1024),
            });
        }
        if is_overlong(text) {
            // The lexer tells no places: they are found by lexing less and less of the text.
            let before = |start: &usize| !is_overlong(&text[..*start]);
            let line = source.line_starts.partition_point(before);
            return Err(SyntaxError {
                place: Place {
                    line: super::count(line),
                    column: 1,
                },
                message: format!("a statement has at most {TOKENS_MAX} words and signs"),
            });
        }
        Ok(source)
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Where an offset in bytes lies.
    pub(super) fn place(&self, offset: TextSize) -> Place {
        let offset = offset.to_usize().min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        let column = self.text[start..offset].chars().count() + 1;
        Place {
            line: super::count(line),
            column: super::count(column),
        }
    }
}

/// The offsets at which lines start: behind `\n`, `\r\n` and a lone `\r`, as Python reads them.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends_line = |&index: &usize| {
        bytes[index] == b'\n' || (bytes[index] == b'\r' && bytes.get(index + 1) != Some(&b'\n'))
    };
    let behind = (0..bytes.len()).filter(ends_line).map(|index| index + 1);
    std::iter::once(0).chain(behind).collect()
}

/// Whether more tokens than a line may have stand on one.
fn is_overlong(text: &str) -> bool {
    let mut lexer = lexer::lex(text, Mode::Module);
    let mut tokens = 0;
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return false,
            TokenKind::Newline | TokenKind::Semi => tokens = 0,
            _ => tokens += 1,
        }
        if tokens > TOKENS_MAX {
            return true;
        }
    }
}
