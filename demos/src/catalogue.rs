//! The one list: name, explanation and parameters with ranges of every workload and model.
//!
//! `parade demos`, the checks of a deck's `demo` fences, the help and the docs all derive from it.

use crate::spec::{DemoSpec, Value};

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number in `min..=max`.
    Int {
        /// Smallest allowed.
        min: i64,
        /// Largest allowed.
        max: i64,
        /// When the deck says nothing.
        default: i64,
    },
    /// A duration in whole microseconds, written `250us`, `50ms`, `2s` in a deck and kept so.
    Duration {
        /// Shortest allowed, in µs.
        min_us: u64,
        /// Longest allowed, in µs.
        max_us: u64,
        /// When the deck says nothing, in µs.
        default_us: u64,
    },
    /// A size in bytes, written `64KiB`, `8MiB` or as a number.
    Bytes {
        /// Smallest allowed.
        min: u64,
        /// Largest allowed.
        max: u64,
        /// When the deck says nothing.
        default: u64,
    },
    /// `true` or `false`.
    Bool {
        /// When the deck says nothing.
        default: bool,
    },
    /// One of these words; the first is the default.
    Choice(&'static [&'static str]),
    /// Any text.
    Text {
        /// When the deck says nothing.
        default: &'static str,
    },
}

/// One parameter of a workload or a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people, with the unit.
    pub about: &'static str,
    /// Range and default.
    pub kind: Kind,
    /// Whether it can change while a lane runs.
    pub live: bool,
}

/// What a workload does most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It computes: as many workers as cores.
    Cpu,
    /// It waits: a worker for each thing waited for.
    Io,
}

/// A workload as the catalogue tells of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorkloadEntry {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// Computing or waiting.
    pub bound: Bound,
    /// What one work unit is, in the plural (`numbers tested`).
    pub unit: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
}

/// A model as the catalogue tells of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelEntry {
    /// As written in a deck.
    pub name: &'static str,
    /// One line for people.
    pub about: &'static str,
    /// The workloads it takes; empty means every built-in one.
    pub workloads: &'static [&'static str],
    /// Its parameters.
    pub parameters: &'static [Parameter],
}

/// What is wrong with a demo, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a path of keys and indices: `lanes`, `1`, `workers`. The parser finds the line.
    pub path: Vec<String>,
    /// Finishes the sentence "failed to …": what is wrong, what was expected, what to do.
    pub message: String,
}

/// Every workload.
pub fn workloads() -> &'static [WorkloadEntry] {
    &[]
}

/// Every model.
pub fn models() -> &'static [ModelEntry] {
    &[]
}

/// Demos that need no deck: `parade run NAME` finds them, and every workload's name is one.
pub fn ready_demos() -> Vec<DemoSpec> {
    Vec::new()
}

/// Everything that is wrong with a demo: unknown names, values out of range, pairs that don't go
/// together, a claim that doesn't parse or names no lane. Empty means that it can run.
pub fn check(_demo: &DemoSpec) -> Vec<Problem> {
    Vec::new()
}

/// Checks one value against its parameter and brings it into its canonical form.
///
/// # Errors
/// What was expected instead.
pub fn accept(_parameter: &Parameter, value: &Value) -> Result<Value, String> {
    Ok(value.clone())
}
