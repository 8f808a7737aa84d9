//! A Python program of the deck: one unit, and no chunk of ours. [`crate::model::python`] runs it.

use std::ops::Range;
use std::sync::Arc;

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry};
use crate::parameter::{Kind, Parameter};
use crate::spec::{Parameters, Value, WORKERS};

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "python",
    about: "a Python program, run in the laboratory under the runtime that the model names",
    bound: Bound::Cpu,
    nature: Nature::Python,
    unit: "runs",
    amount: None,
    parameters: &[
        text("source", "the program's file, beside the deck"),
        text("code", "the program itself, where it has no file"),
        Parameter {
            name: "args",
            about: "its sys.argv[1:]; {workers} stands for the number of workers",
            kind: Kind::Texts,
            live: false,
        },
        Parameter {
            name: "same",
            about: "whether it prints the same in every lane, as without races it does",
            kind: Kind::Bool { default: true },
            live: false,
        },
        Parameter::TIMEOUT,
    ],
    build: |_| Ok(Arc::new(Python)),
};

const fn text(name: &'static str, about: &'static str) -> Parameter {
    Parameter {
        name,
        about,
        kind: Kind::Text { default: "" },
        live: false,
    }
}

/// What a program is called that stands in the deck itself.
const INLINE: &str = "<code>";

/// The lines of a program that say `name = number`: what it counted itself, in the order to show.
pub fn counted(lines: &[String]) -> Vec<(String, f64)> {
    let figure = |line: &String| {
        let (name, number) = line.split_once(" = ")?;
        let is_name = !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let number: f64 = number.trim().parse().ok()?;
        (is_name && number.is_finite()).then(|| (name.to_owned(), number))
    };
    lines.iter().filter_map(figure).collect()
}

/// Stands for the program.
#[derive(Debug)]
pub struct Python;

impl Workload for Python {
    fn cut(&self) -> Cut {
        Cut {
            work: 1,
            per_chunk: 1,
        }
    }

    fn perform(&self, _units: Range<u64>) -> Result<Output, Failure> {
        Err("a Python program runs in the laboratory alone".to_owned())
    }
}

/// A program as the workload's parameters give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The file's name, for tracebacks.
    pub file: String,
    /// The program's text.
    pub source: String,
    /// What becomes `sys.argv[1:]`, but for the number of workers.
    pub arguments: Vec<String>,
}

impl Script {
    /// The program in a lane's or an order's `with`; `None` without one.
    pub fn of(with: &Parameters) -> Option<Self> {
        let text = |name: &str| match with.get(name) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        let arguments = match with.get("args") {
            Some(Value::List(items)) => items.iter().map(Value::to_string).collect(),
            Some(single) => vec![single.to_string()],
            None => Vec::new(),
        };
        Some(Self {
            file: text("source").unwrap_or_else(|| INLINE.to_owned()),
            source: text("code")?,
            arguments,
        })
    }

    /// `sys.argv`, with so many workers.
    pub fn argv(&self, workers: u32) -> Vec<String> {
        let workers = workers.to_string();
        let arguments = self.arguments.iter();
        let arguments = arguments.map(|argument| argument.replace(WORKERS, &workers));
        std::iter::once(self.file.clone())
            .chain(arguments)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_lines_of_their_own() {
        let lines = [
            "lost = 12",
            "lateness_ms = 0.5",
            "a b = 1",
            "x = y",
            "2x = 3",
            "x = inf",
        ];
        let figures = [("lost".to_owned(), 12.0), ("lateness_ms".to_owned(), 0.5)];
        assert_eq!(counted(&lines.map(str::to_owned)), figures);
    }

    #[test]
    fn a_program_is_in_the_parameters() {
        let word = |text: &str| Value::Text(text.to_owned());
        let arguments = Value::List(vec![word("30"), word("{workers}")]);
        let argv = |parameters: &[(&str, Value)]| {
            let owned = |(name, value): &(&str, Value)| ((*name).to_owned(), value.clone());
            let with: Parameters = parameters.iter().map(owned).collect();
            Script::of(&with).map(|script| script.argv(4))
        };
        let code = || ("code", word("print(1)"));
        assert_eq!(argv(&[]), None);
        assert_eq!(argv(&[("source", word("fib.py"))]), None);
        assert_eq!(argv(&[code()]), Some(vec!["<code>".to_owned()]));
        assert_eq!(
            argv(&[code(), ("source", word("fib.py")), ("args", arguments)]),
            Some(["fib.py", "30", "4"].map(str::to_owned).to_vec())
        );
        assert_eq!(
            argv(&[code(), ("args", Value::Int(7))]),
            Some(["<code>", "7"].map(str::to_owned).to_vec())
        );
    }
}
