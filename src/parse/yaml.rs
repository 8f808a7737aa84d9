//! YAML as a tree that remembers where each part stands, and readers that report what they don't
//! like at its place.
//!
//! Front matter and parade's own fences are read through it. Knows neither.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::suggest;
use crate::deck::Passage;
use parade_demos::visible::{visible, visible_lines};

/// Deepest nesting, and most values.
const DEPTH_MAX: usize = 16;
const NODES_MAX: usize = 20_000;

/// A value and where it stands, in bytes of the YAML.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub value: Value,
    pub range: Range<usize>,
}

/// What YAML can say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub name: String,
    pub range: Range<usize>,
}

/// What is wrong, and where in the YAML.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    pub kind: ProblemKind,
    /// Where in another file, which is named there.
    pub passage: Option<Passage>,
}

/// How a problem counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProblemKind {
    /// It can't be used.
    Wrong,
    /// A key that nobody reads.
    UnknownKey,
    /// It means something, but is left out.
    LeftOut,
}

/// A piece of YAML that is read, and what was wrong with it so far.
pub(super) struct Reading<'a> {
    source: &'a str,
    pub problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    /// Parses; `None` when it isn't YAML, which is the only problem then.
    pub(super) fn new(source: &'a str) -> (Self, Option<Node>) {
        let mut reading = Self {
            source,
            problems: Vec::new(),
        };
        let options = serde_saphyr::options! {
            strict_booleans: true,
            with_snippet: false,
            budget: serde_saphyr::budget! { max_depth: DEPTH_MAX, max_nodes: NODES_MAX },
        };
        match serde_saphyr::from_str_with_options::<Option<Spanned<Value>>>(source, options) {
            Ok(node) => {
                let node = node.map_or(
                    Node {
                        value: Value::Map(Vec::new()),
                        range: 0..0,
                    },
                    node_of,
                );
                (reading, Some(node))
            }
            Err(error) => {
                let at = error
                    .location()
                    .map_or(0, |location| reading.offset(location));
                reading.report(at..at + reading.character_at(at), message(&error));
                (reading, None)
            }
        }
    }

    /// A node as its author wrote it.
    pub(super) fn source(&self, node: &Node) -> &'a str {
        self.source.get(node.range.clone()).unwrap_or_default()
    }

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

    pub(super) fn report(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.problems.push(Problem {
            range,
            message: message.into(),
            help: None,
            kind: ProblemKind::Wrong,
            passage: None,
        });
    }

    /// Reports what is wrong in another file, which is named here.
    pub(super) fn report_passage(
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

    pub(super) fn report_with_help(
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
    pub(super) fn left_out(
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

    fn expected(&mut self, node: &Node, key: &str, what: &str) {
        self.report_with_help(
            node.range.clone(),
            format!("`{key}` with a value that it doesn't take"),
            format!("it takes {what}"),
        );
    }

    /// The entries of a map with these keys; others are reported.
    pub(super) fn fields(&mut self, node: Node, known: &[&'static str]) -> Fields {
        let entries = match node.value {
            Value::Map(entries) => entries,
            Value::Null => Vec::new(),
            _ => {
                self.report_with_help(
                    node.range.clone(),
                    "keys with values are expected here",
                    format!("known here: {}", known.join(", ")),
                );
                Vec::new()
            }
        };
        for (key, _) in entries
            .iter()
            .filter(|(key, _)| !known.contains(&key.name.as_str()))
        {
            self.problems.push(Problem {
                range: key.range.clone(),
                message: format!("no such key: `{}`", key.name),
                help: Some(suggest::help(&key.name, known.iter().copied())),
                kind: ProblemKind::UnknownKey,
                passage: None,
            });
        }
        Fields {
            entries,
            range: node.range,
        }
    }

    /// A scalar as its author wrote it.
    pub(super) fn text(&mut self, key: &str, node: &Node) -> Option<String> {
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
    pub(super) fn texts(&mut self, key: &str, node: &Node) -> Vec<String> {
        match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| self.text(key, item))
                .collect(),
            _ => self.text(key, node).into_iter().collect(),
        }
    }

    pub(super) fn boolean(&mut self, key: &str, node: &Node) -> Option<bool> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        self.expected(node, key, "`true` or `false`");
        None
    }

    /// A whole number within these limits.
    pub(super) fn whole(
        &mut self,
        key: &str,
        node: &Node,
        limits: std::ops::RangeInclusive<i64>,
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

    pub(super) fn number(&mut self, key: &str, node: &Node) -> Option<f64> {
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
    pub(super) fn choice<T: Copy>(
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

/// The entries of a map, taken one by one.
pub(super) struct Fields {
    entries: Vec<(Key, Node)>,
    /// Where the map stands.
    pub range: Range<usize>,
}

impl Fields {
    /// The value of a key, unless it is missing or empty.
    pub(super) fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.entries.iter().position(|(key, _)| key.name == name)?;
        let (_, node) = self.entries.swap_remove(index);
        (node.value != Value::Null).then_some(node)
    }
}

impl Node {
    /// What stands under a key, if this is a map that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else {
            return None;
        };
        let (_, node) = entries.iter().find(|(known, _)| known.name == key)?;
        Some(node)
    }

    /// Where the part at a path of keys and indices stands; as far as the path leads.
    pub(super) fn locate(&self, path: &[String]) -> Range<usize> {
        let Some((first, rest)) = path.split_first() else {
            return self.range.clone();
        };
        match &self.value {
            Value::Map(entries) => match entries.iter().find(|(key, _)| key.name == *first) {
                Some((key, _)) if rest.is_empty() => key.range.clone(),
                Some((_, node)) => node.locate(rest),
                None => self.range.clone(),
            },
            Value::List(items) => match first
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
            {
                Some(node) => node.locate(rest),
                None => self.range.clone(),
            },
            _ => self.range.clone(),
        }
    }
}

fn node_of(spanned: Spanned<Value>) -> Node {
    Node {
        range: range(&spanned.referenced),
        value: spanned.value,
    }
}

fn range(location: &serde_saphyr::Location) -> Range<usize> {
    let start = location.span().byte_offset().unwrap_or(0) as usize;
    start..start + location.span().byte_len().unwrap_or(0) as usize
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

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Float(value as f64), Value::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Value>>()? {
            list.push(node_of(item));
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Spanned<String>, Spanned<Value>>()? {
            map.push((
                Key {
                    range: range(&key.referenced),
                    name: key.value,
                },
                node_of(value),
            ));
        }
        Ok(Value::Map(map))
    }
}
