//! The entries of a map, read key by key.

use std::ops::{Range, RangeInclusive};

use super::{Key, Node, Problem, ProblemKind, Reading, Value};
use crate::parse::suggest;

/// What is left of a map's entries, and the reading they belong to.
pub(in crate::parse) struct Fields<'r, 'a> {
    pub reading: &'r mut Reading<'a>,
    entries: Vec<(Key, Node)>,
    range: Range<usize>,
}

impl<'r, 'a> Fields<'r, 'a> {
    /// Reports keys that are not known, and what is no map.
    pub(super) fn new(reading: &'r mut Reading<'a>, node: Node, known: &[&'static str]) -> Self {
        let entries = match node.value {
            Value::Map(entries) => entries,
            Value::Null => Vec::new(),
            _ => {
                reading.report_with_help(
                    node.range.clone(),
                    "keys with values are expected here",
                    format!("known here: {}", known.join(", ")),
                );
                Vec::new()
            }
        };
        for (key, _) in &entries {
            if !known.contains(&key.name.as_str()) {
                reading.problems.push(Problem {
                    range: key.range.clone(),
                    message: format!("no such key: `{}`", key.name),
                    help: Some(suggest::help(&key.name, known.iter().copied())),
                    kind: ProblemKind::UnknownKey,
                    passage: None,
                });
            }
        }
        Self {
            reading,
            entries,
            range: node.range,
        }
    }

    /// The value of a key, unless it is missing or empty.
    pub(in crate::parse) fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.entries.iter().position(|(key, _)| key.name == name)?;
        let (_, node) = self.entries.swap_remove(index);
        (node.value != Value::Null).then_some(node)
    }

    /// What a key says, as `read` understands it.
    pub(in crate::parse) fn read<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&mut Reading<'a>, &str, &Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        read(self.reading, key, &node)
    }

    /// A scalar as its author wrote it.
    pub(in crate::parse) fn text(&mut self, key: &str) -> Option<String> {
        self.read(key, Reading::text)
    }

    /// One text, or several in a list; none where the key is missing.
    pub(in crate::parse) fn texts(&mut self, key: &str) -> Vec<String> {
        let node = self.take(key);
        node.map_or_else(Vec::new, |node| self.reading.texts(key, &node))
    }

    /// Whether something is switched on; where the key is missing, it is not.
    pub(in crate::parse) fn switch(&mut self, key: &str) -> bool {
        self.read(key, Reading::boolean).unwrap_or(false)
    }

    pub(in crate::parse) fn number(&mut self, key: &str) -> Option<f64> {
        self.read(key, Reading::number)
    }

    /// A whole number within these limits.
    pub(in crate::parse) fn whole(
        &mut self,
        key: &str,
        limits: RangeInclusive<i64>,
    ) -> Option<i64> {
        self.read(key, |reading, key, node| reading.whole(key, node, limits))
    }

    /// One of these words.
    pub(in crate::parse) fn choice<T: Copy>(
        &mut self,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        self.read(key, |reading, key, node| reading.choice(key, node, choices))
    }

    /// Reports what the map lacks, where it begins.
    pub(in crate::parse) fn lack(&mut self, message: impl Into<String>, help: impl Into<String>) {
        let start = self.range.start;
        self.reading.report_with_help(start..start, message, help);
    }
}
