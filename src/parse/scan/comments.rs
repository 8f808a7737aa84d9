//! Comments: where they end, and which of them decide about slides.

use super::line::Line;
use super::{MarkKind, Scan, State};
use crate::parse::comment::{self, Command};

impl Scan<'_> {
    /// Reads a line that begins within the comment that begins at `start`.
    pub(super) fn comment_line(&mut self, start: usize, line: Line<'_>) {
        if let Some(length) = line.text.find("-->") {
            let next = self.end_comment(start, line.start + length, line);
            self.comments(next, line);
        }
    }

    /// Reads the comments of a line one after the other, from the one at `next` on.
    pub(super) fn comments(&mut self, mut next: Option<usize>, line: Line<'_>) {
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
    fn end_comment(&mut self, start: usize, end: usize, line: Line<'_>) -> Option<usize> {
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
}
