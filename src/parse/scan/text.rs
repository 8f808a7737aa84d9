//! Lines outside of code and comments: what each begins or goes on with.

use super::line::{Line, is_rule, is_underline, starts_block};
use super::{MarkKind, Paragraph, Scan};

/// What stands right above a line.
#[derive(Clone, Copy)]
struct Above {
    /// The paragraph that goes on until there.
    paragraph: Option<Paragraph>,
    /// A blank line, or a definition's.
    is_blank: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn text_line(&mut self, line: Line<'a>) {
        let indent = line.indent();
        let Some(&first) = line.rest().as_bytes().first() else {
            self.blank_before = true;
            self.paragraph = None;
            return;
        };
        if indent < self.item_indent && (self.blank_before || !first.is_ascii_alphanumeric()) {
            self.item_indent = 0;
        }
        let is_indented = indent.saturating_sub(self.item_indent) >= 4;
        let above = Above {
            paragraph: self.paragraph.take(),
            is_blank: std::mem::take(&mut self.blank_before),
        };
        let is_code = is_indented && above.paragraph.is_none();
        if is_indented || !self.block_start(line, first, above) {
            if !is_code && self.item_indent == 0 {
                let begun = Paragraph {
                    start: line.start,
                    text_before: self.text_before,
                };
                self.paragraph = above.paragraph.or(Some(begun));
            }
            self.text_before = true;
        }
    }

    /// Whether the line is something other than a paragraph's.
    fn block_start(&mut self, line: Line<'a>, first: u8, above: Above) -> bool {
        let rest = line.rest();
        match first {
            b'`' | b'~' => self.open_fence(line.start, rest, first),
            b'<' if rest.starts_with("<!--") => {
                self.comments(Some(line.start + line.indent()), line);
                true
            }
            b'[' if above.paragraph.is_none() && self.item_indent == 0 => {
                self.definition(line, rest)
            }
            b'=' | b'-'
                if is_underline(rest, first)
                    && let Some(paragraph) = above.paragraph =>
            {
                self.underlined_title(line, paragraph);
                true
            }
            b'-' | b'*' | b'_' if is_rule(rest, first) => {
                let exact = line.indent() == 0 && rest == "---";
                let loose = above.is_blank && self.is_blank_next();
                self.mark(MarkKind::Rule { exact, loose }, line.start..self.at);
                true
            }
            b'#' => self.heading(line, rest),
            b'-' | b'*' | b'+' | b'0'..=b'9' => self.item(line.indent(), rest),
            b'>' => {
                self.text_before = true;
                true
            }
            _ => false,
        }
    }

    fn underlined_title(&mut self, line: Line<'a>, title: Paragraph) {
        self.text_before = title.text_before;
        let kind = MarkKind::Title {
            underlined: true,
            hyphens: line.rest() == "---",
        };
        self.mark(kind, title.start..line.start);
        self.text_before = true;
    }

    fn heading(&mut self, line: Line<'a>, rest: &str) -> bool {
        let level = rest.bytes().take_while(|byte| *byte == b'#').count();
        let text = &rest[level..];
        let is_heading = level <= 6 && (text.is_empty() || text.starts_with([' ', '\t']));
        if is_heading && level == 1 && self.item_indent == 0 {
            let start = line.start + line.indent();
            let kind = MarkKind::Title {
                underlined: false,
                hyphens: false,
            };
            self.mark(kind, start..start + rest.len());
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
            self.open_fence(start, inner, fence);
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
            let is_blank = line.is_blank();
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
}
