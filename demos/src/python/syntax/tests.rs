//! What is compiled to what, and what is refused how.

use super::compile;
use crate::python::code::{Program, verify};

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

/// The listing of one of a program's codes.
fn listing(source: &str, name: &str) -> String {
    let program = program(source);
    let named = program.codes.iter().find(|code| code.name == name);
    let rows = program.listing(named.expect("there is such a code"));
    let rows: Vec<_> = rows.iter().map(ToString::to_string).collect();
    rows.join("\n")
}

#[test]
fn adds_to_a_global_in_four_instructions() {
    let source = "cnt = 0\ndef add():\n    global cnt\n    cnt += 1\n";
    let expected = "
   2       RESUME
   4       LOAD_GLOBAL        0 (cnt)
           LOAD_CONST         0 (1)
           BINARY_OP          (+=)
           STORE_GLOBAL       0 (cnt)
           LOAD_CONST         1 (None)
           RETURN_VALUE";
    assert_eq!(listing(source, "add"), expected[1..]);
}
