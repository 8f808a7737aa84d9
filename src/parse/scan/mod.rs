//! One pass over a file's lines that finds what decides where slides begin and end.
//!
//! It knows of Markdown just enough to tell [code](fence) and [comments] from [text];
//! [`mod@super::slide`] does the real parsing later. The marks it leaves are in source order,
//! [`super::extents`] reads them.

mod comments;
mod fence;
mod line;
mod text;

use std::ops::Range;

use fence::Fence;
use line::{Line, line_end};

/// Something that stands between the lines of a slide, or between slides.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    pub kind: MarkKind,
    pub range: Range<usize>,
    /// Whether there was anything to see since the mark before.
    pub text_before: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum MarkKind {
    /// A rule. `exact`: three hyphens at the line's start; `loose`: blank lines around it.
    Rule {
        exact: bool,
        loose: bool,
    },
    /// A title's text. `underlined` by `=` or `-`, else behind one `#`.
    Title {
        underlined: bool,
        hyphens: bool,
    },
    EndSlide,
    SkipSlide,
    Include(String),
    Id(String),
    /// A footnote's whole definition.
    Footnote(String),
    /// A paragraph that begins with a link definition.
    LinkDefinitions,
    /// A fence or a comment that is never closed.
    Unclosed(&'static str),
    /// The end of the file.
    End,
}

/// Leaves the marks of `text` from byte `start` on.
pub(super) fn marks(text: &str, start: usize, command_prefix: &str) -> Vec<Mark> {
    let mut scan = Scan {
        text,
        command_prefix,
        marks: Vec::new(),
        at: start,
        state: State::Text,
        blank_before: true,
        text_before: false,
        paragraph: None,
        item_indent: 0,
    };
    while scan.at < text.len() {
        let line = scan.next_line();
        scan.read(line);
    }
    scan.finish();
    scan.marks
}

enum State {
    Text,
    Fence(Fence),
    Comment { start: usize },
}

#[derive(Clone, Copy)]
struct Paragraph {
    start: usize,
    /// What [`Scan::text_before`] was above it.
    text_before: bool,
}

struct Scan<'a> {
    text: &'a str,
    command_prefix: &'a str,
    marks: Vec<Mark>,
    at: usize,
    state: State,
    /// Whether the line before is blank, or a definition's: nothing stands right above this one.
    blank_before: bool,
    text_before: bool,
    /// The paragraph that the line before belongs to, at the top level.
    paragraph: Option<Paragraph>,
    /// Columns by which the text of the list item is indented that lines may belong to; 0 for none.
    item_indent: usize,
}

impl<'a> Scan<'a> {
    fn next_line(&mut self) -> Line<'a> {
        let start = self.at;
        let end = line_end(self.text, start);
        self.at = (end + 1).min(self.text.len());
        let text = &self.text[start..end];
        Line {
            start,
            text: text.strip_suffix('\r').unwrap_or(text),
        }
    }

    fn read(&mut self, line: Line<'a>) {
        match self.state {
            State::Text => self.text_line(line),
            State::Fence(fence) => self.code_line(fence, line),
            State::Comment { start } => self.comment_line(start, line),
        }
    }

    fn mark(&mut self, kind: MarkKind, range: Range<usize>) {
        let text_before = std::mem::take(&mut self.text_before);
        self.marks.push(Mark {
            kind,
            range,
            text_before,
        });
    }

    fn finish(&mut self) {
        match self.state {
            State::Text => {}
            State::Fence(fence) => self.unclosed("code fence", fence.start),
            State::Comment { start } => self.unclosed("comment", start),
        }
        let end = self.text.len();
        self.mark(MarkKind::End, end..end);
    }

    fn unclosed(&mut self, what: &'static str, start: usize) {
        let end = line_end(self.text, start);
        self.mark(MarkKind::Unclosed(what), start..end);
    }
}
