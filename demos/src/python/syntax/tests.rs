//! What is compiled to what, and what is refused how.

mod expressions;
mod places;
mod refusals;
mod statements;

use super::compile;
use crate::python::code::{Program, Row, WithBlock, verify};

/// A program that compiles, and whose every path has been walked.
fn program(source: &str) -> Program {
    let program = compile("test.py", source).unwrap_or_else(|errors| {
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        panic!("{source}\nis refused: {}", errors.join("\n"))
    });
    if let Err(error) = verify(&program) {
        panic!("{source}\n{program}\nis unsound: {error}");
    }
    program
}

/// An instruction in a few words: `LOAD_NAME a`.
fn brief(row: &Row) -> String {
    let label = row.label.map(|label| format!("L{label}: "));
    let label = label.unwrap_or_default();
    let meaning = row.operand.split_once('(').map(|(_, meaning)| meaning);
    let operand = meaning.map_or(row.operand.as_str(), |meaning| {
        meaning.strip_suffix(')').unwrap_or(meaning)
    });
    format!("{label}{} {operand}", row.name)
        .trim_end()
        .to_owned()
}
