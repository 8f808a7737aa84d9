//! Code that can be run.

use std::collections::BTreeMap;

/// Whether a code block runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Exec {
    /// It is there to be read.
    #[default]
    No,
    /// It can be run.
    Snippet(Box<Snippet>),
    /// It asks for something that parade does not do: the attribute, as written.
    Unsupported(String),
}

/// What runs of a code block, when, and where its output stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Its place among the slide's, from 0.
    pub number: usize,
    /// When it runs.
    pub when: RunWhen,
    /// Where its output stands.
    pub output: OutputPlace,
    /// The name by which the table of languages knows what runs it.
    pub language: String,
    /// The program, as it is run: with its hidden lines and its tabs, and **not** made fit to be shown.
    pub program: String,
    /// The lines of the program that the slide does not show, made fit to be shown.
    pub hidden: Vec<String>,
    /// What its environment has beside parade's own, as `+env:FILE` says.
    pub environment: BTreeMap<String, String>,
    /// How it is to end, where `parade check --run` is to see to that.
    pub expect: Option<Expect>,
}

/// When a snippet runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunWhen {
    /// When it is asked for: `+exec`.
    #[default]
    Asked,
    /// As soon as it is shown: `+auto_exec`, `+exec_replace`.
    Shown,
    /// Only when the deck is checked: `+validate` or `+expect` alone.
    Checked,
}

/// Where a snippet's output stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputPlace {
    /// Below its code.
    #[default]
    Below,
    /// In the place of its code: `+exec_replace`.
    Instead,
    /// Where a `snippet_output` comment says.
    Elsewhere,
}

/// How a snippet is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// With exit code 0: `+validate`, `+expect:success`.
    Success,
    /// With another one: `+expect:failure`.
    Failure,
}

impl Snippet {
    /// Whether it can be run while its slide is shown.
    pub fn is_live(&self) -> bool {
        self.when != RunWhen::Checked
    }
}
