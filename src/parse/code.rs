//! Code blocks: hidden lines, tabs, lines made safe.

use std::ops::Range;

use crate::deck::{Code, Exec};

use super::info::Info;
use parade_demos::visible::visible_string;

/// Columns between tab stops.
const TAB: usize = 4;

/// A fence's content as its author wrote it, and where each stretch of it stands in the file.
#[derive(Default)]
pub(super) struct Content {
    pub text: String,
    /// Where stretches begin: in [`Content::text`], and in the source.
    stretches: Vec<(usize, usize)>,
}

impl Content {
    pub(super) fn push(&mut self, text: &str, source: usize) {
        self.stretches.push((self.text.len(), source));
        self.text.push_str(text);
    }

    /// From bytes of the content to bytes of the source.
    pub(super) fn locate(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let index = self
                .stretches
                .partition_point(|(start, _)| *start <= offset);
            let (start, source) = self
                .stretches
                .get(index.saturating_sub(1))
                .copied()
                .unwrap_or_default();
            source + offset.saturating_sub(start)
        };
        let start = at(range.start);
        let end = if range.is_empty() {
            start
        } else {
            at(range.end - 1) + 1
        };
        start..end.max(start)
    }
}

/// The block that an info string and a text make. `first` is the number of its first line.
pub(super) fn block(info: Info, exec: Exec, text: &str, first: u32) -> Code {
    let shown = lines(&info.language, text).filter(|(hidden, _)| !hidden);
    Code {
        lines: shown.map(|(_, line)| self::line(line)).collect(),
        language: visible_string(info.language),
        first_number: info.line_numbers.then_some(first),
        groups: info.groups,
        no_background: info.no_background,
        exec,
        id: info.id.map(visible_string),
        width_percent: info.width_percent,
    }
}

/// The lines of a program, each with whether it is hidden on the slide. What marks it as hidden is
/// not part of it.
pub(super) fn lines<'a>(language: &str, text: &'a str) -> impl Iterator<Item = (bool, &'a str)> {
    let prefix = hidden_prefix(language);
    text.lines().map(move |line| {
        let hidden = prefix.and_then(|prefix| line.strip_prefix(prefix));
        (hidden.is_some(), hidden.unwrap_or(line))
    })
}

/// One line as it is shown.
pub(super) fn line(text: &str) -> String {
    if !text.contains('\t') {
        return visible_string(text.to_owned());
    }
    let mut expanded = String::with_capacity(text.len() + TAB);
    let mut column = 0;
    for c in text.chars() {
        let cells = if c == '\t' { TAB - column % TAB } else { 1 };
        if c == '\t' {
            expanded.extend(std::iter::repeat_n(' ', cells));
        } else {
            expanded.push(c);
        }
        column += cells;
    }
    visible_string(expanded)
}

/// What a line begins with that presenterm runs but doesn't show.
fn hidden_prefix(language: &str) -> Option<&'static str> {
    match language {
        "rust" | "rust-script" => Some("# "),
        "bash" | "c" | "c++" | "cpp" | "csharp" | "fish" | "fsharp" | "go" | "haskell" | "java"
        | "javascript" | "js" | "julia" | "kotlin" | "lua" | "nushell" | "perl" | "php"
        | "python" | "r" | "ruby" | "sh" | "shell" | "ts" | "typescript" | "zsh" => Some("/// "),
        _ => None,
    }
}
