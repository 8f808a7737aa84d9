//! Where each instruction comes from: line and column, in characters.

use super::{brief, program};

/// Each instruction of the last code with its place.
fn placed(source: &str) -> Vec<String> {
    let program = program(source);
    let code = program.codes.last().expect("there is a code");
    let rows = program.listing(code).into_iter().zip(&code.places);
    rows.map(|(row, place)| format!("{place} {}", brief(&row)))
        .collect()
}

#[test]
fn counts_lines_and_characters() {
    let source = "ä = 'ö'; x = f(ä,\r\n  - ä)\r\rx += 1";
    let expected = [
        "1:1 RESUME",
        "1:5 LOAD_CONST 'ö'",
        "1:1 STORE_NAME ä",
        "1:14 LOAD_NAME f",
        "1:14 PUSH_NULL",
        "1:16 LOAD_NAME ä",
        "2:5 LOAD_NAME ä",
        "2:3 UNARY_NEGATIVE",
        "1:14 CALL 2",
        "1:10 STORE_NAME x",
        "4:1 LOAD_NAME x",
        "4:6 LOAD_CONST 1",
        "4:1 BINARY_OP +=",
        "4:1 STORE_NAME x",
        "4:1 LOAD_CONST None",
        "4:1 RETURN_VALUE",
    ];
    assert_eq!(placed(source), expected);
}

#[test]
fn never_leads_to_a_line_that_is_not_run() {
    let source = "def f(n):\n    while n:\n        if n < 3:\n            n -= 1\n";
    let expected = [
        "1:1 RESUME",
        "2:11 L1: LOAD_FAST n",
        "2:11 POP_JUMP_IF_FALSE to L2",
        "3:12 LOAD_FAST n",
        "3:16 LOAD_CONST 3",
        "3:12 COMPARE_OP <",
        "3:12 POP_JUMP_IF_FALSE to L3",
        "4:13 LOAD_FAST n",
        "4:18 LOAD_CONST 1",
        "4:13 BINARY_OP -=",
        "4:13 STORE_FAST n",
        "4:13 JUMP_BACKWARD to L1",
        "2:11 L2: LOAD_CONST None",
        "2:11 RETURN_VALUE",
        "3:12 L3: JUMP_BACKWARD to L1",
    ];
    assert_eq!(placed(source), expected);
}
