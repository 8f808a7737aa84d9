//! What can be set of a workload or a model: a name, a range and a default.
//!
//! It knows neither of them: each declares its own parameters beside its code, and
//! [`crate::catalogue`] lists them. How a value is read and written is in [`value`].

pub mod value;

use std::time::Duration;

use crate::spec::{Parameters, Value};

pub use value::accept;

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
    /// Any number of texts, none by default.
    Texts,
}

impl Kind {
    /// The value when the deck says nothing.
    pub fn default_value(self) -> Value {
        match self {
            Self::Int { default, .. } => Value::Int(default),
            Self::Duration { default_us, .. } => {
                Value::Text(value::duration_text(Duration::from_micros(default_us)))
            }
            Self::Bytes { default, .. } => Value::Text(value::bytes_text(default)),
            Self::Bool { default } => Value::Bool(default),
            Self::Choice(words) => {
                Value::Text(words.first().copied().unwrap_or_default().to_owned())
            }
            Self::Text { default } => Value::Text(default.to_owned()),
            Self::Texts => Value::List(Vec::new()),
        }
    }
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

impl Parameter {
    /// How long a program may run, whose end nobody can foresee.
    pub(crate) const TIMEOUT: Self = Self {
        live: false,
        ..Self::duration(
            "timeout",
            "how long it may run",
            (100_000, 900_000_000, 120_000_000),
        )
    };

    /// A count of things to do.
    pub(crate) const fn count(about: &'static str, max: i64, default: i64) -> Self {
        Self {
            name: "count",
            about,
            kind: Kind::Int {
                min: 1,
                max,
                default,
            },
            live: false,
        }
    }

    /// A duration, in µs.
    pub(crate) const fn duration(
        name: &'static str,
        about: &'static str,
        (min_us, max_us, default_us): (u64, u64, u64),
    ) -> Self {
        Self {
            name,
            about,
            kind: Kind::Duration {
                min_us,
                max_us,
                default_us,
            },
            live: true,
        }
    }
}

/// All of the parameters, in their canonical form: as given where that is in range, else by default.
pub fn complete(parameters: &[Parameter], given: &Parameters) -> Parameters {
    let value = |parameter: &Parameter| {
        let accepted = given
            .get(parameter.name)
            .and_then(|value| accept(parameter, value).ok());
        accepted.unwrap_or_else(|| parameter.kind.default_value())
    };
    parameters
        .iter()
        .map(|parameter| (parameter.name.to_owned(), value(parameter)))
        .collect()
}
