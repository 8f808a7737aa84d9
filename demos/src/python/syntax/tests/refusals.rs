//! What is refused, where, and with which words.

use super::super::{DEPTH_MAX, ERRORS_MAX, SOURCE_MAX, TOKENS_MAX, compile};

/// What is said of a text that is no program.
fn refusal(source: &str) -> String {
    match compile("test.py", source) {
        Ok(_) => "compiles".to_owned(),
        Err(errors) => {
            let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
            errors.join("\n")
        }
    }
}

/// What, where, what it is, and what to write instead.
const NOT_IN_THE_LABORATORY: &[(&str, &str, &str, &str)] = &[
    (
        "class A: pass",
        "1:1",
        "classes are",
        "use functions, lists and dicts",
    ),
    (
        "try:\n    pass\nexcept E:\n    pass",
        "1:1",
        "`try` is",
        "test before you do what may fail",
    ),
    ("raise E", "1:1", "`raise` is", "use `assert`"),
    (
        "match a:\n    case 1: pass",
        "1:1",
        "`match` is",
        "use `if` and `elif`",
    ),
    (
        "def f():\n    nonlocal x",
        "2:5",
        "`nonlocal` is",
        "use `global`",
    ),
    ("type X = int", "1:1", "type aliases are", "leave them out"),
    (
        "x = lambda: 1",
        "1:5",
        "`lambda` is",
        "define the function with `def`",
    ),
    (
        "[x for x in y]",
        "1:1",
        "list comprehensions are",
        "use `for` and `append`",
    ),
    (
        "{x: 1 for x in y}",
        "1:1",
        "dict comprehensions are",
        "use `for` and assign items",
    ),
    ("{x for x in y}", "1:1", "sets are", "use a dict"),
    ("{1, 2}", "1:1", "sets are", "use a dict"),
    (
        "sum(x for x in y)",
        "1:5",
        "generators are",
        "use `for` and a list",
    ),
    (
        "def f():\n    yield 1",
        "2:5",
        "generators are",
        "return a list",
    ),
    ("async def f(): pass", "1:1", "`async` is", "use threads"),
    ("async with a: pass", "1:1", "`async` is", "use threads"),
    ("async for a in b: pass", "1:1", "`async` is", "use threads"),
    ("await x", "1:1", "`await` is", "use threads"),
    ("(c := 1)", "1:2", "`:=` is", "assign on a line of its own"),
    ("a[1:2]", "1:3", "slices are", "take items one by one"),
    ("f(*a)", "1:3", "`*` is", "write each item"),
    ("a = [*b]", "1:6", "`*` is", "write each item"),
    ("f(**a)", "1:3", "`**` arguments are", "name each argument"),
    ("{**a}", "1:4", "`**` is", "write each key and value"),
    (
        "a, *b = c",
        "1:4",
        "starred targets are",
        "name each target",
    ),
    ("b'x'", "1:1", "bytes are", "use a string"),
    ("t'x'", "1:1", "template strings are", "use an f-string"),
    ("f'{a!a}'", "1:3", "`!a` is", "use `!r`"),
    (
        r"'é' '\ud800'",
        "1:6",
        "halves of surrogate pairs are",
        r"write the character itself, or its `\U` escape",
    ),
    ("1j", "1:1", "complex numbers are", "use floats"),
    ("...", "1:1", "`...` is", "use `pass` or `None`"),
    (
        "9223372036854775808",
        "1:1",
        "integers of more than 64 bits are",
        "use smaller ones",
    ),
    (
        "-9223372036854775809",
        "1:2",
        "integers of more than 64 bits are",
        "use smaller ones",
    ),
    ("a @ b", "1:1", "`@` is", "use `*`"),
    ("a @= b", "1:1", "`@` is", "use `*`"),
    (
        "@d\ndef f(): pass",
        "1:1",
        "decorators are",
        "call the function yourself",
    ),
    (
        "def f(a, /, b): pass",
        "1:7",
        "positional-only parameters are",
        "leave out the `/`",
    ),
    (
        "def f(*, a): pass",
        "1:10",
        "keyword-only parameters are",
        "leave out the `*`",
    ),
    (
        "def f(*a): pass",
        "1:7",
        "starred parameters are",
        "name each parameter",
    ),
    (
        "def f(**a): pass",
        "1:7",
        "starred parameters are",
        "name each parameter",
    ),
    (
        "def f[T](a): pass",
        "1:6",
        "type parameters are",
        "leave them out",
    ),
    (
        "a.b = 1",
        "1:1",
        "assignment to attributes is",
        "use a global or a dict",
    ),
    (
        "a.b += 1",
        "1:1",
        "assignment to attributes is",
        "use a global or a dict",
    ),
    (
        "del a.b",
        "1:5",
        "deleting attributes is",
        "delete names and items",
    ),
    (
        "import os",
        "1:8",
        "the module `os` is",
        "it has sys, threading and time",
    ),
    (
        "import os.path",
        "1:8",
        "the module `os.path` is",
        "it has sys, threading and time",
    ),
    (
        "from os import path",
        "1:1",
        "the module `os` is",
        "it has sys, threading and time",
    ),
    (
        "from . import x",
        "1:1",
        "the module `.` is",
        "it has sys, threading and time",
    ),
    (
        "from threading import *",
        "1:23",
        "`import *` is",
        "name what you import",
    ),
    (
        "from threading import Lock, Event",
        "1:29",
        "`threading.Event` is",
        "threading has Lock and Thread",
    ),
    (
        "import time\nx = 1 + time.ctime()",
        "2:14",
        "`time.ctime` is",
        "time has monotonic, perf_counter, sleep and time",
    ),
    (
        "x = d.items()",
        "1:7",
        "`items` by itself is",
        "iterate over it, or make a `list` of it",
    ),
    (
        "'%d' % 5",
        "1:1",
        "`%` behind a string is",
        "use an f-string",
    ),
    (
        "import threading\nthreading.Thread(target=f, kwargs={'a': 1})",
        "2:28",
        "`kwargs` of `Thread` is",
        "pass all in `args`",
    ),
    (
        "from threading import Thread\nThread(None, f, 'name', (), {})",
        "2:29",
        "`kwargs` of `Thread` is",
        "pass all in `args`",
    ),
    (
        "threading.Thread(target=f, daemon=True)",
        "1:28",
        "`daemon` of `Thread` is",
        "let the thread end",
    ),
    (
        "lock.acquire(timeout=1.5)",
        "1:14",
        "`timeout` of `acquire` is",
        "wait without an end, or not at all",
    ),
    (
        "lock.acquire(True, 2)",
        "1:20",
        "`timeout` of `acquire` is",
        "wait without an end, or not at all",
    ),
    (
        "t.join(0.5)",
        "1:8",
        "`timeout` of `join` is",
        "wait without an end",
    ),
    (
        "t.join(timeout=x)",
        "1:8",
        "`timeout` of `join` is",
        "wait without an end",
    ),
    (
        "max(xs, key=f)",
        "1:9",
        "`key` of `max` is",
        "compare in a loop",
    ),
    (
        "int('ff', 16)",
        "1:11",
        "`base` of `int` is",
        "write the number with its prefix",
    ),
    (
        "print(1, file=f)",
        "1:10",
        "`file` of `print` is",
        "leave it out",
    ),
    (
        "xs.sort()",
        "1:4",
        "the attribute `sort` is",
        "its objects have acquire, append, extend, get, is_alive, items, join, keys, locked, pop, \
         release, start and values",
    ),
    (
        "for i, x in enumerate(xs): pass",
        "1:13",
        "the function `enumerate` is",
        "it has abs, bool, dict, float, int, len, list, max, min, print, range, repr, round, str, \
         sum and tuple",
    ),
    (
        "def f():\n    x = 1\n    def g():\n        return x",
        "4:16",
        "closures are",
        "`x` belongs to the function around; pass it on, or make it global",
    ),
];

#[test]
fn says_what_is_not_in_the_laboratory() {
    for (source, place, what, instead) in NOT_IN_THE_LABORATORY {
        let expected = format!("{place}: {what} not in the laboratory's Python: {instead}");
        assert_eq!(refusal(source), expected, "{source}");
    }
}

#[test]
fn leaves_to_the_run_what_may_be_defined() {
    let sources = [
        "def zip(a): return a\nprint(zip(1))",
        "def f():\n    return sorted\ndef g():\n    global sorted\n    sorted = 1\ng()",
        "print(no_such_name)",
        "time.append(1)",
        "for k in list(d.keys()): print(len(d.values()))",
        "for k, v in d.items(): print(k in d.keys())",
        "print(s % 5)",
        "'-'.join(xs)",
        "lock.acquire(blocking=False)",
        "def max(a, key): return a\nprint(max(1, key=2))",
        "def f(int): return int('1', 2)",
    ];
    for source in sources {
        assert_eq!(refusal(source), "compiles", "{source}");
    }
}

#[test]
fn says_what_is_no_python() {
    let cases = [
        ("return 1", "1:1: 'return' outside function"),
        ("break", "1:1: 'break' outside loop"),
        (
            "while a:\n    def f():\n        continue",
            "3:9: 'continue' outside loop",
        ),
        ("while a: pass\nelse: break", "2:7: 'break' outside loop"),
        (
            "def f(a, a): pass",
            "1:10: duplicate argument 'a' in function definition",
        ),
        (
            "def f(a):\n    global a",
            "1:7: name 'a' is parameter and global",
        ),
        (
            "def f():\n    print(a)\n    global a",
            "3:12: name 'a' is used prior to global declaration",
        ),
        (
            "def f():\n    a = 1\n    global a",
            "3:12: name 'a' is assigned to before global declaration",
        ),
        (
            "a = 1\nglobal a",
            "2:8: name 'a' is assigned to before global declaration",
        ),
        ("f(a=1, a=2)", "1:8: keyword argument repeated: a"),
        (
            "f(a=1, 2)",
            "1:8: positional argument cannot follow keyword argument",
        ),
        (
            "def f(a=1, b): pass",
            "1:12: parameter without a default cannot follow a parameter with a default",
        ),
        ("__debug__ = 1", "1:1: cannot assign to __debug__"),
        ("1 = a", "1:1: invalid assignment target"),
        ("a + 1 += 2", "1:1: invalid augmented assignment target"),
        ("None = 1", "1:1: invalid assignment target"),
        ("del 1", "1:5: invalid delete target"),
        ("f'{a'", "1:5: f-string: expecting `}`"),
        ("'abc", "1:1: missing closing quote in string literal"),
        (r"'\N{no such}'", "1:5: got unexpected unicode"),
        ("(1", "1:3: unexpected EOF while parsing"),
        ("x = = 1", "1:5: expected an expression"),
        ("if a\n    pass", "1:5: expected `:`, found newline"),
        ("  x = 1", "1:1: unexpected indentation"),
        (
            "if a:\nx = 1",
            "2:1: expected an indented block after `if` statement",
        ),
        (
            "print 'a'",
            "1:7: simple statements must be separated by newlines or semicolons",
        ),
        ("0777", "1:1: invalid decimal integer literal"),
        ("a ? b", "1:3: got unexpected token ?"),
    ];
    for (source, expected) in cases {
        assert_eq!(refusal(source), expected, "{source}");
    }
}

#[test]
fn tells_all_in_the_order_of_their_places() {
    let source = "class A: pass\ndef f(a, *b):\n    try:\n        pass\n    finally: pass\n\
                  x = [lambda: 1, {2}]\n";
    let expected = "\
1:1: classes are not in the laboratory's Python: use functions, lists and dicts
2:10: starred parameters are not in the laboratory's Python: name each parameter
3:5: `try` is not in the laboratory's Python: test before you do what may fail
6:6: `lambda` is not in the laboratory's Python: define the function with `def`
6:17: sets are not in the laboratory's Python: use a dict";
    assert_eq!(refusal(source), expected);
    let many = compile("test.py", &"lambda: 1\n".repeat(100));
    assert_eq!(many.map_err(|errors| errors.len()), Err(ERRORS_MAX));
}

#[test]
fn limits_what_is_compiled() {
    let long = "#".repeat(SOURCE_MAX);
    assert_eq!(refusal(&long), "compiles");
    assert_eq!(
        refusal(&format!("{long}#")),
        "1:1: a program has at most 64 KiB of text"
    );

    let deep = |depth| format!("f\n{}1{}\n", "f(".repeat(depth), ")".repeat(depth));
    assert_eq!(refusal(&deep(DEPTH_MAX - 2)), "compiles");
    assert_eq!(
        refusal(&deep(DEPTH_MAX)),
        "2:397: nested more than 200 deep"
    );

    let wide = |items| format!("f(0)\nx = [\n{}]\n", "1,\n".repeat(items));
    assert_eq!(refusal(&wide(TOKENS_MAX / 3 - 2)), "compiles");
    let wider = refusal(&wide(TOKENS_MAX / 3));
    assert_eq!(
        wider,
        "1366:1: a statement has at most 4096 words and signs"
    );
}

/// Texts that are hard on the stack, or on patience, of whoever reads them.
#[test]
fn survives_what_is_hard_to_read() {
    let sizes = [30_000, 60_000];
    let pieces = [
        "(", "[", "{", "not ", "-", "1+", "a[", "f(", "a.b", "x if ", "a<", "a=", "'", "f'{", "\\",
    ];
    for (size, piece) in sizes
        .into_iter()
        .flat_map(|size| pieces.map(|piece| (size, piece)))
    {
        let source = piece.repeat(size / piece.len());
        assert_ne!(refusal(&source), "compiles", "{piece}");
    }
    let indented: Vec<_> = (0..300).map(|depth| " ".repeat(depth)).collect();
    let indented = format!(
        "{}if a:
",
        indented.join(
            "if a:
"
        )
    );
    assert_eq!(refusal(&indented).lines().count(), 1);
    let many = "while a:pass\n".repeat(SOURCE_MAX / 13);
    assert_eq!(refusal(&many), "compiles");
}
