//! Expressions, each as what is assigned.

use super::{brief, program};

/// The instructions between the start and the assignment.
fn instructions(expression: &str) -> String {
    // What follows keeps the end from being copied to each jump that leads to it.
    let program = program(&format!("x = {expression}\nx\nx\n"));
    let rows = program.listing(&program.codes[0]);
    let rows: Vec<_> = rows.iter().map(brief).collect();
    let end = rows.iter().position(|row| row.ends_with("STORE_NAME x"));
    rows[1..=end.expect("it is assigned")].join(", ")
}

/// Each expression gives these instructions.
fn assert_all(cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        let expected = format!("{expected}STORE_NAME x");
        assert_eq!(instructions(expression), expected, "{expression}");
    }
}

#[test]
fn loads_names_and_constants() {
    assert_all(&[
        ("a", "LOAD_NAME a, "),
        ("1", "LOAD_CONST 1, "),
        ("-1", "LOAD_CONST -1, "),
        ("-9223372036854775808", "LOAD_CONST -9223372036854775808, "),
        (
            r#""\n\t\\\x41\u00e9\N{BULLET}\U0001F40D\101""#,
            r"LOAD_CONST '\n\t\\Aé•🐍A', ",
        ),
        (r#"r"\n""#, r"LOAD_CONST '\\n', "),
        ("0x10, 0b11, 0o17, 1_000", "LOAD_CONST (16, 3, 15, 1000), "),
        (
            "1e16, 1e-5, 0.1, 1e300, 123456789.125",
            "LOAD_CONST (1e+16, 1e-05, 0.1, 1e+300, 123456789.125), ",
        ),
    ]);
}

#[test]
fn computes() {
    assert_all(&[
        ("a + 1", "LOAD_NAME a, LOAD_CONST 1, BINARY_OP +, "),
        (
            "a - b * c",
            "LOAD_NAME a, LOAD_NAME b, LOAD_NAME c, BINARY_OP *, BINARY_OP -, ",
        ),
        (
            "a << 1 >> 2 & 3 | 4 ^ 5",
            "LOAD_NAME a, LOAD_CONST 1, BINARY_OP <<, LOAD_CONST 2, BINARY_OP >>, LOAD_CONST 3, BINARY_OP &, LOAD_CONST 1, BINARY_OP |, ",
        ),
        (
            "-a, +a, ~a, not a",
            "LOAD_NAME a, UNARY_NEGATIVE, LOAD_NAME a, CALL_INTRINSIC_1 +, LOAD_NAME a, UNARY_INVERT, LOAD_NAME a, UNARY_NOT, BUILD_TUPLE 4, ",
        ),
        ("(a, 1)", "LOAD_NAME a, LOAD_CONST 1, BUILD_TUPLE 2, "),
        (
            "[1, 2, a]",
            "LOAD_CONST 1, LOAD_CONST 2, LOAD_NAME a, BUILD_LIST 3, ",
        ),
        ("[]", "BUILD_LIST 0, "),
        ("()", "LOAD_CONST (), "),
        ("{}", "BUILD_MAP 0, "),
        (
            r#"{1: a, "b": 2}"#,
            "LOAD_CONST 1, LOAD_NAME a, LOAD_CONST 'b', LOAD_CONST 2, BUILD_MAP 2, ",
        ),
        ("a[0]", "LOAD_NAME a, LOAD_CONST 0, BINARY_SUBSCR, "),
        (
            "a[b, 1]",
            "LOAD_NAME a, LOAD_NAME b, LOAD_CONST 1, BUILD_TUPLE 2, BINARY_SUBSCR, ",
        ),
        ("a < b", "LOAD_NAME a, LOAD_NAME b, COMPARE_OP <, "),
        (
            "a in [1, 2]",
            "LOAD_NAME a, LOAD_CONST (1, 2), CONTAINS_OP in, ",
        ),
        (
            "a not in b",
            "LOAD_NAME a, LOAD_NAME b, CONTAINS_OP not in, ",
        ),
        ("a is None", "LOAD_NAME a, LOAD_CONST None, IS_OP is, "),
        ("a is not b", "LOAD_NAME a, LOAD_NAME b, IS_OP is not, "),
    ]);
}

#[test]
fn computes_what_is_constant_before_the_run() {
    assert_all(&[
        (
            "a / 2 // 3 % 4 ** 5",
            "LOAD_NAME a, LOAD_CONST 2, BINARY_OP /, LOAD_CONST 3, BINARY_OP //, LOAD_CONST 1024, BINARY_OP %, ",
        ),
        ("2 ** 10 + 1", "LOAD_CONST 1025, "),
        ("2 ** 64", "LOAD_CONST 2, LOAD_CONST 64, BINARY_OP **, "),
        ("-7 // 2, -7 % 3", "LOAD_CONST (-4, 2), "),
        ("1.5 + 0.5", "LOAD_CONST 2.0, "),
        ("1 / 2", "LOAD_CONST 1, LOAD_CONST 2, BINARY_OP /, "),
        (r#""a" + 'b' "c""#, "LOAD_CONST 'abc', "),
        ("not 0", "LOAD_CONST True, "),
        (
            r#"(1, (2, 3), None, True, "x")"#,
            "LOAD_CONST (1, (2, 3), None, True, 'x'), ",
        ),
        ("1 if True else a", "LOAD_CONST 1, "),
    ]);
}

#[test]
fn decides() {
    assert_all(&[
        (
            "1 < a < 5",
            "LOAD_CONST 1, LOAD_NAME a, SWAP 2, COPY 2, COMPARE_OP <, COPY 1, POP_JUMP_IF_FALSE to L1, POP_TOP, LOAD_CONST 5, COMPARE_OP <, JUMP_FORWARD to L2, L1: SWAP 2, POP_TOP, L2: ",
        ),
        (
            "a == b != c",
            "LOAD_NAME a, LOAD_NAME b, SWAP 2, COPY 2, COMPARE_OP ==, COPY 1, POP_JUMP_IF_FALSE to L1, POP_TOP, LOAD_NAME c, COMPARE_OP !=, JUMP_FORWARD to L2, L1: SWAP 2, POP_TOP, L2: ",
        ),
        (
            "a and b",
            "LOAD_NAME a, COPY 1, POP_JUMP_IF_FALSE to L1, POP_TOP, LOAD_NAME b, L1: ",
        ),
        (
            "a or b or c",
            "LOAD_NAME a, COPY 1, POP_JUMP_IF_TRUE to L1, POP_TOP, LOAD_NAME b, COPY 1, POP_JUMP_IF_TRUE to L1, POP_TOP, LOAD_NAME c, L1: ",
        ),
        (
            "a and b or c",
            "LOAD_NAME a, COPY 1, POP_JUMP_IF_FALSE to L1, POP_TOP, LOAD_NAME b, L1: COPY 1, POP_JUMP_IF_TRUE to L2, POP_TOP, LOAD_NAME c, L2: ",
        ),
        (
            "b if a else c",
            "LOAD_NAME a, POP_JUMP_IF_FALSE to L1, LOAD_NAME b, JUMP_FORWARD to L2, L1: LOAD_NAME c, L2: ",
        ),
    ]);
}

#[test]
fn calls() {
    assert_all(&[
        ("f()", "LOAD_NAME f, PUSH_NULL, CALL 0, "),
        (
            "f(a, 1)",
            "LOAD_NAME f, PUSH_NULL, LOAD_NAME a, LOAD_CONST 1, CALL 2, ",
        ),
        (
            "f(a, x=1, y=b)",
            "LOAD_NAME f, PUSH_NULL, LOAD_NAME a, LOAD_CONST 1, LOAD_NAME b, LOAD_CONST ('x', 'y'), CALL_KW 3, ",
        ),
        ("a.name", "LOAD_NAME a, LOAD_ATTR name, "),
        (
            "a.append(c)",
            "LOAD_NAME a, LOAD_ATTR append + method, LOAD_NAME c, CALL 1, ",
        ),
        (
            "a.name.get(d, e=1)",
            "LOAD_NAME a, LOAD_ATTR name, LOAD_ATTR get + method, LOAD_NAME d, LOAD_CONST 1, LOAD_CONST ('e',), CALL_KW 2, ",
        ),
    ]);
}

#[test]
fn formats() {
    assert_all(&[
        (r#"f"plain""#, "LOAD_CONST 'plain', "),
        (r#"f"""#, "LOAD_CONST '', "),
        (r#"f"{a}""#, "LOAD_NAME a, FORMAT_SIMPLE, "),
        (
            r#"f"{a} and {b!r}""#,
            "LOAD_NAME a, FORMAT_SIMPLE, LOAD_CONST ' and ', LOAD_NAME b, CONVERT_VALUE repr, FORMAT_SIMPLE, BUILD_STRING 3, ",
        ),
        (
            r#"f"{a!s:>10}""#,
            "LOAD_NAME a, CONVERT_VALUE str, LOAD_CONST '>10', FORMAT_WITH_SPEC, ",
        ),
        (
            r#"f"{a:{b}.{c}f}""#,
            "LOAD_NAME a, LOAD_NAME b, FORMAT_SIMPLE, LOAD_CONST '.', LOAD_NAME c, FORMAT_SIMPLE, LOAD_CONST 'f', BUILD_STRING 4, FORMAT_WITH_SPEC, ",
        ),
        (
            r#"f"{a=} {b=!s} {c=:5}""#,
            "LOAD_CONST 'a=', LOAD_NAME a, CONVERT_VALUE repr, FORMAT_SIMPLE, LOAD_CONST ' b=', LOAD_NAME b, CONVERT_VALUE str, FORMAT_SIMPLE, LOAD_CONST ' c=', LOAD_NAME c, LOAD_CONST '5', FORMAT_WITH_SPEC, BUILD_STRING 6, ",
        ),
        (
            r#"f"{{{a}}}" "}""#,
            "LOAD_CONST '{', LOAD_NAME a, FORMAT_SIMPLE, LOAD_CONST '}}', BUILD_STRING 3, ",
        ),
    ]);
}
