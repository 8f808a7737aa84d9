//! YAML as a tree that remembers where each part stands, and readers that report what they don't
//! like at its place.
//!
//! Front matter and parade's own fences are read through it: [`Reading`] holds the text and what is
//! wrong with it, [`Fields`] takes a map apart key by key. Knows neither front matter nor fences.

mod fields;
mod reading;
mod tree;

pub(super) use fields::Fields;
pub(super) use reading::{Problem, ProblemKind, Reading};

use std::ops::Range;

/// Deepest nesting, and most values.
const DEPTH_MAX: usize = 16;
const NODES_MAX: usize = 20_000;

/// A value and where it stands, in bytes of the YAML.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::parse) struct Node {
    pub value: Value,
    pub range: Range<usize>,
}

/// What YAML can say.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::parse) enum Value {
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
pub(in crate::parse) struct Key {
    pub name: String,
    pub range: Range<usize>,
}

impl Node {
    /// What stands under a key, if this is a map that has it.
    pub(in crate::parse) fn get(&self, key: &str) -> Option<&Self> {
        let Value::Map(entries) = &self.value else {
            return None;
        };
        let (_, node) = entries.iter().find(|(known, _)| known.name == key)?;
        Some(node)
    }

    /// Where the part at a path of keys and indices stands; as far as the path leads.
    pub(in crate::parse) fn locate(&self, path: &[String]) -> Range<usize> {
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
