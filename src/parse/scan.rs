//! One pass over a file's lines that finds what decides where slides begin and end.
//!
//! It knows of Markdown just enough to tell code and comments from text; [`mod@super::slide`] does the
//! real parsing later. The marks it leaves are in source order, [`super::extents`] reads them.

use std::ops::Range;

use super::comment::{self, Command};

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

#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    text: &'a str,
}

enum State {
    Text,
    Fence {
        marker: u8,
        length: usize,
        item_indent: usize,
        start: usize,
    },
    Comment {
        start: usize,
    },
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

    fn mark(&mut self, kind: MarkKind, range: Range<usize>) {
        let text_before = std::mem::take(&mut self.text_before);
        self.marks.push(Mark {
            kind,
            range,
            text_before,
        });
    }

    fn read(&mut self, line: Line<'a>) {
        match self.state {
            State::Text => self.text_line(line),
            State::Comment { start } => {
                if let Some(length) = line.text.find("-->") {
                    let next = self.end_comment(start, line.start + length, line);
                    self.comments(next, line);
                }
            }
            State::Fence {
                marker,
                length,
                item_indent,
                ..
            } => {
                let indent = indent_of(line.text);
                let blank_before =
                    std::mem::replace(&mut self.blank_before, line.text.trim().is_empty());
                if closes_fence(&line.text[indent..], marker, length) && indent < item_indent + 4 {
                    self.state = State::Text;
                    self.blank_before = false;
                } else if indent < item_indent && indent < line.text.len() {
                    // The list item ended, and with it the fence in it.
                    self.state = State::Text;
                    self.blank_before = blank_before;
                    self.text_line(line);
                }
            }
        }
    }

    fn text_line(&mut self, line: Line<'a>) {
        let indent = indent_of(line.text);
        let rest = line.text[indent..].trim_end();
        let Some(&first) = rest.as_bytes().first() else {
            self.blank_before = true;
            self.paragraph = None;
            return;
        };
        if indent < self.item_indent && (self.blank_before || !first.is_ascii_alphanumeric()) {
            self.item_indent = 0;
        }
        let inner = indent.saturating_sub(self.item_indent);
        let paragraph = self.paragraph.take();
        let is_code = inner >= 4 && paragraph.is_none();
        let blank_before = std::mem::take(&mut self.blank_before);
        let handled = !is_code
            && inner < 4
            && self.block_start(line, indent, rest, first, paragraph, blank_before);
        if !handled {
            if !is_code && self.item_indent == 0 {
                let begun = Paragraph {
                    start: line.start,
                    text_before: self.text_before,
                };
                self.paragraph = paragraph.or(Some(begun));
            }
            self.text_before = true;
        }
    }

    /// Whether the line is something other than a paragraph's.
    fn block_start(
        &mut self,
        line: Line<'a>,
        indent: usize,
        rest: &'a str,
        first: u8,
        paragraph: Option<Paragraph>,
        blank_before: bool,
    ) -> bool {
        match first {
            b'`' | b'~' => self.open_fence(line, rest, first),
            b'<' if rest.starts_with("<!--") => {
                self.comments(Some(line.start + indent), line);
                true
            }
            b'[' if paragraph.is_none() && self.item_indent == 0 => self.definition(line, rest),
            b'=' | b'-'
                if is_underline(rest, first)
                    && let Some(paragraph) = paragraph =>
            {
                self.text_before = paragraph.text_before;
                let kind = MarkKind::Title {
                    underlined: true,
                    hyphens: rest == "---",
                };
                self.mark(kind, paragraph.start..line.start);
                self.text_before = true;
                true
            }
            b'-' | b'*' | b'_' if is_rule(rest, first) => {
                let exact = indent == 0 && rest == "---";
                let loose = blank_before && self.is_blank_next();
                self.mark(MarkKind::Rule { exact, loose }, line.start..self.at);
                true
            }
            b'#' => self.heading(line, indent, rest),
            b'-' | b'*' | b'+' | b'0'..=b'9' => self.item(indent, rest),
            b'>' => {
                self.text_before = true;
                true
            }
            _ => false,
        }
    }

    fn open_fence(&mut self, line: Line<'a>, rest: &str, marker: u8) -> bool {
        let length = rest.bytes().take_while(|byte| *byte == marker).count();
        let opens = length >= 3 && (marker == b'~' || !rest[length..].contains('`'));
        if opens {
            self.text_before = true;
            self.state = State::Fence {
                marker,
                length,
                item_indent: self.item_indent,
                start: line.start,
            };
        }
        opens
    }

    /// Reads the comments of a line one after the other, from the one at `next` on.
    fn comments(&mut self, mut next: Option<usize>, line: Line<'a>) {
        while let Some(start) = next {
            let inside = start + 4 - line.start;
            self.state = State::Comment { start };
            next = match line.text[inside..].find("-->") {
                Some(length) => self.end_comment(start, line.start + inside + length, line),
                // `<!-->` and `<!--->` are whole comments.
                None if line.text[inside..].starts_with('>')
                    || line.text[inside..].starts_with("->") =>
                {
                    self.state = State::Text;
                    None
                }
                None => None,
            };
        }
    }

    /// Obeys the comment that ends at `end`; returns where on its line the next one begins.
    fn end_comment(&mut self, start: usize, end: usize, line: Line<'a>) -> Option<usize> {
        self.state = State::Text;
        self.blank_before = false;
        let range = start..end + 3;
        let text = &self.text[start + 4..end.max(start + 4)];
        match comment::command(text, self.command_prefix) {
            Some(Command::EndSlide) => self.mark(MarkKind::EndSlide, range),
            Some(Command::SkipSlide) => self.mark(MarkKind::SkipSlide, range),
            Some(Command::Include(path)) => self.mark(MarkKind::Include(path), range),
            Some(Command::Id(id)) => self.mark(MarkKind::Id(id), range),
            _ => {}
        }
        let rest = &line.text[end + 3 - line.start..];
        let next = rest.trim_start();
        if next.starts_with("<!--") {
            return Some(end + 3 + rest.len() - next.len());
        }
        self.text_before |= !next.is_empty();
        None
    }

    fn heading(&mut self, line: Line<'a>, indent: usize, rest: &str) -> bool {
        let level = rest.bytes().take_while(|byte| *byte == b'#').count();
        let text = &rest[level..];
        let is_heading = level <= 6 && (text.is_empty() || text.starts_with([' ', '\t']));
        if is_heading && level == 1 && self.item_indent == 0 {
            let start = line.start + indent;
            self.mark(
                MarkKind::Title {
                    underlined: false,
                    hyphens: false,
                },
                start..start + rest.len(),
            );
        }
        self.text_before |= is_heading;
        is_heading
    }

    fn item(&mut self, indent: usize, rest: &'a str) -> bool {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match rest.as_bytes().get(digits) {
            Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
            Some(b'-' | b'*' | b'+') if digits == 0 => 1,
            _ => return false,
        };
        let text = &rest[marker..];
        let spaces = text.len() - text.trim_start_matches([' ', '\t']).len();
        if !text.is_empty() && spaces == 0 {
            return false;
        }
        self.text_before = true;
        self.item_indent = indent + marker + if (1..=4).contains(&spaces) { spaces } else { 1 };
        let inner = &text[spaces..];
        if let Some(fence @ (b'`' | b'~')) = inner.bytes().next() {
            let start = self.at.saturating_sub(inner.len() + 1);
            self.open_fence(Line { start, text: inner }, inner, fence);
        }
        true
    }

    fn definition(&mut self, line: Line<'a>, rest: &'a str) -> bool {
        let Some(label) = rest.find("]:").map(|end| &rest[1..end]) else {
            return false;
        };
        let Some(label) = label.strip_prefix('^') else {
            let end = self.skip_lines(|text, is_blank| {
                !is_blank
                    && !text.starts_with("[^")
                    && (text.starts_with('[') || !starts_block(text))
            });
            self.mark(MarkKind::LinkDefinitions, line.start..end);
            self.blank_before = true;
            return true;
        };
        if label.is_empty() || label.contains(['[', ' ']) {
            return false;
        }
        let mut blank_before = false;
        let end = self.skip_lines(|text, is_blank| {
            let follows = is_blank
                || text.starts_with("    ")
                || text.starts_with('\t')
                || (!blank_before && !starts_block(text));
            blank_before = is_blank;
            follows
        });
        self.mark(MarkKind::Footnote(label.to_owned()), line.start..end);
        self.blank_before = true;
        true
    }

    /// Goes past the lines that follow, as the predicate has it, but not past blank ones at their end;
    /// returns where that is.
    fn skip_lines(&mut self, mut follows: impl FnMut(&str, bool) -> bool) -> usize {
        let mut end = self.at;
        while self.at < self.text.len() {
            let line = self.next_line();
            let is_blank = line.text.trim().is_empty();
            if !follows(line.text, is_blank) {
                break;
            }
            if !is_blank {
                end = self.at;
            }
        }
        self.at = end;
        end
    }

    fn is_blank_next(&self) -> bool {
        self.text[self.at..]
            .lines()
            .next()
            .is_none_or(|line| line.trim().is_empty())
    }

    fn finish(&mut self) {
        match self.state {
            State::Text => {}
            State::Fence { start, .. } => self.unclosed("code fence", start),
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

/// Where the line ends that `start` stands in.
fn line_end(text: &str, start: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |length| start + length)
}

/// Bytes of white space before a line's text; a tab counts as one, which is enough here.
fn indent_of(line: &str) -> usize {
    line.bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

fn closes_fence(rest: &str, marker: u8, length: usize) -> bool {
    let run = rest.bytes().take_while(|byte| *byte == marker).count();
    run >= length && rest[run..].trim().is_empty()
}

fn is_underline(rest: &str, marker: u8) -> bool {
    rest.bytes().all(|byte| byte == marker)
}

fn is_rule(rest: &str, marker: u8) -> bool {
    rest.bytes().filter(|byte| *byte == marker).count() >= 3
        && rest
            .bytes()
            .all(|byte| byte == marker || byte == b' ' || byte == b'\t')
}

/// Whether a line ends a footnote that it follows without a blank line between.
fn starts_block(line: &str) -> bool {
    line.trim_start()
        .starts_with(['[', '#', '>', '`', '~', '<', '-', '*', '+'])
}
