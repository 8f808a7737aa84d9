//! What is compiled to what, and what is refused how.

mod assignments;
mod conditions;
mod expressions;
mod functions;
mod loops;
mod modules;
mod places;
mod refusals;
mod with_blocks;

use std::fmt::Write as _;

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

/// The listings, and the `with` blocks as `first..behind the last at depth`.
fn listings(source: &str) -> String {
    let program = program(source);
    let mut text = program.to_string();
    for block in program.codes.iter().flat_map(|code| &code.with_blocks) {
        let WithBlock { start, end, depth } = block;
        writeln!(text, "with {start}..{end} at {depth}").expect("a string takes all");
    }
    text
}

/// A source that stands behind a line's end gives the listings that do.
#[track_caller]
fn assert_listing(source: &str, expected: &str) {
    assert_eq!(listings(&source[1..]), expected[1..]);
}
