//! YAML that is being read, and what was wrong with it so far.

use std::ops::{Range, RangeInclusive};

use parade_demos::visible::{visible, visible_lines};

use super::{Fields, Node, Value, tree};
use crate::deck::Passage;

/// What is wrong, and where in the YAML.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::parse) struct Problem {
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    pub kind: ProblemKind,
    /// Where in another file, which is named there.
    pub passage: Option<Passage>,
}

/// How a problem counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum ProblemKind {
    /// It can't be used.
    Wrong,
    /// A key that nobody reads.
    UnknownKey,
    /// It means something, but is left out.
    LeftOut,
}

/// A piece of YAML that is read, and what was wrong with it so far.
pub(in crate::parse) struct Reading<'a> {
    source: &'a str,
    pub problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    /// Parses; `None` when it isn't YAML, which is the only problem then.
    pub(in crate::parse) fn new(source: &'a str) -> (Self, Option<Node>) {
        let mut reading = Self {
            source,
            problems: Vec::new(),
        };
        let node = tree::parse(source);
        let node = node.map_err(|error| {
            let at = error
                .location()
                .map_or(0, |location| reading.offset(location));
            reading.report(at..at + reading.character_at(at), message(&error));
        });
        (reading, node.ok())
    }

    /// A node as its author wrote it.
    pub(in crate::parse) fn source(&self, node: &Node) -> &'a str {
        self.source.get(node.range.clone()).unwrap_or_default()
    }

    /// The entries of a map with these keys; others are reported.
    pub(in crate::parse) fn fields(
        &mut self,
        node: Node,
        known: &[&'static str],
    ) -> Fields<'_, 'a> {
        Fields::new(self, node, known)
    }

    pub(in crate::parse) fn report(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem {
            range,
            message: message.into(),
            help: None,
            kind: ProblemKind::Wrong,
            passage: None,
        });
    }

    /// Reports what is wrong in another file, which is named here.
    pub(in crate::parse) fn report_passage(
        &mut self,
        range: Range<usize>,
        passage: Passage,
        message: impl Into<String>,
    ) {
        self.report(range, message);
        if let Some(problem) = self.problems.last_mut() {
            problem.passage = Some(passage);
        }
    }

    pub(in crate::parse) fn report_with_help(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(range, message);
        if let Some(problem) = self.problems.last_mut() {
            problem.help = Some(help.into());
        }
    }

    /// Tells of something that means something, but is left out.
    pub(in crate::parse) fn left_out(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_with_help(range, message, help);
        if let Some(problem) = self.problems.last_mut() {
            problem.kind = ProblemKind::LeftOut;
        }
    }

    /// Reports a value that its key doesn't take; `what` finishes "it takes …".
    pub(in crate::parse) fn expected(&mut self, node: &Node, key: &str, what: &str) {
        self.report_with_help(
            node.range.clone(),
            format!("`{key}` with a value that it doesn't take"),
            format!("it takes {what}"),
        );
    }

    /// A scalar as its author wrote it.
    pub(in crate::parse) fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(visible_lines(text)),
            Value::Int(_) | Value::Float(_) | Value::Bool(_) => {
                Some(visible_lines(self.source(node).trim()))
            }
            _ => {
                self.expected(node, key, "a text");
                None
            }
        }
    }

    /// One text, or several in a list.
    pub(in crate::parse) fn texts(&mut self, key: &str, node: &Node) -> Vec<String> {
        match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| self.text(key, item))
                .collect(),
            _ => self.text(key, node).into_iter().collect(),
        }
    }

    pub(in crate::parse) fn boolean(&mut self, key: &str, node: &Node) -> Option<bool> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        self.expected(node, key, "`true` or `false`");
        None
    }

    /// A whole number within these limits.
    pub(in crate::parse) fn whole(
        &mut self,
        key: &str,
        node: &Node,
        limits: RangeInclusive<i64>,
    ) -> Option<i64> {
        match node.value {
            Value::Int(value) if limits.contains(&value) => Some(value),
            _ => {
                self.expected(
                    node,
                    key,
                    &format!("a whole number from {} to {}", limits.start(), limits.end()),
                );
                None
            }
        }
    }

    pub(in crate::parse) fn number(&mut self, key: &str, node: &Node) -> Option<f64> {
        match node.value {
            Value::Int(value) => Some(value as f64),
            Value::Float(value) if value.is_finite() => Some(value),
            _ => {
                self.expected(node, key, "a number");
                None
            }
        }
    }

    /// One of these words.
    pub(in crate::parse) fn choice<T: Copy>(
        &mut self,
        key: &str,
        node: &Node,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let chosen = match &node.value {
            Value::Text(text) => choices
                .iter()
                .find(|(name, _)| name == text)
                .map(|(_, value)| *value),
            _ => None,
        };
        if chosen.is_none() {
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            self.expected(node, key, &format!("one of: {}", names.join(", ")));
        }
        chosen
    }
}

impl Reading<'_> {
    fn offset(&self, location: serde_saphyr::Location) -> usize {
        let offset = location.span().byte_offset().map(|offset| offset as usize);
        self.source
            .floor_char_boundary(offset.unwrap_or_else(|| self.offset_of_line(location)))
    }

    fn offset_of_line(&self, location: serde_saphyr::Location) -> usize {
        let line = (location.line() as usize).saturating_sub(1);
        let start: usize = self
            .source
            .split_inclusive('\n')
            .take(line)
            .map(str::len)
            .sum();
        let column = (location.column() as usize).saturating_sub(1);
        start
            + self.source[start..]
                .chars()
                .take(column)
                .map(char::len_utf8)
                .sum::<usize>()
    }

    fn character_at(&self, at: usize) -> usize {
        self.source
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    }
}

/// The library's sentence without its place and its detours.
fn message(error: &serde_saphyr::Error) -> String {
    let text = error.without_snippet().to_string();
    let line = text.lines().next().unwrap_or_default();
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let line = line.split(" at line ").next().unwrap_or(line);
    let line = line.split(", set ").next().unwrap_or(line);
    visible(&format!("failed to read this as YAML: {line}")).into_owned()
}
