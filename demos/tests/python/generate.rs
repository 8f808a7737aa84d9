//! Small random programs: each ends, is free of races, and prints the same in every run.
//!
//! Values keep to the types of their names, so that few programs die early of a `TypeError`; loops
//! are short, and functions only call those before them. What a program divides by, or looks up,
//! may be missing: then it dies of that, which must be told alike too.

mod statement;
mod value;

use proptest::prelude::*;
use proptest::sample::select;
use statement::{Around, Statements};
use value::Values;

/// Code, piece by piece.
type Text = BoxedStrategy<String>;

/// Lines of a block, without the block's own indentation.
type Lines = BoxedStrategy<Vec<String>>;

/// How many functions a program has.
const FUNCTIONS: usize = 3;

/// What every program starts with: names of each type.
const START: &str = "\
import threading
lock = threading.Lock()
a, b, c, i = 3, -7, 250, 0
s, t = 'spam', \"it's\"
xs, ys = [1, 2, 3], []
d = {'k': 1, 2: 'two'}
p = (5, (6, 'six'))
total = 0
";

/// A whole program.
pub(crate) fn program() -> Text {
    let functions: Vec<Lines> = (0..FUNCTIONS).map(function).collect();
    let body =
        Statements::new(Values::new(None), false).block(Around { loops: 0, depth: 3 }, 3..10);
    (functions, body, threads())
        .prop_map(|(functions, body, threads)| {
            let lines = functions.into_iter().flatten().chain(body).chain(threads);
            let lines = lines.collect::<Vec<_>>().join("\n");
            format!("{START}{lines}\nprint(a, b, c, s, t, xs, ys, d, p, total)\n")
        })
        .boxed()
}

fn function(number: usize) -> Lines {
    let values = Values::new(Some(number));
    let names = select(vec![
        "global a, b, c, i, s, t, xs, total",
        "a, b, c, i, s, t, xs, total = n, m, 5, 0, 'in', 'out', [n], -1",
    ]);
    let result = prop_oneof![values.integer(2), values.text(1)];
    let body = Statements::new(values, true).block(Around { loops: 0, depth: 2 }, 1..5);
    (names, body, result)
        .prop_map(move |(names, body, result)| {
            let head = [format!("def f{number}(n, m=4):"), format!("    {names}")];
            let lines = head.into_iter().chain(indented(body));
            lines.chain([format!("    return {result}")]).collect()
        })
        .boxed()
}

/// Threads that share nothing but a total, under a lock.
fn threads() -> Lines {
    let name = || select(vec!["n", "i", "a", "3", "len(p)", "len(s) * n"]);
    let own = (name(), select(vec!["+", "-", "*", "^", "|"]), name());
    let early = select(vec!["if i == 7: return", "if i == 7: continue", "pass"]);
    (own, 1..4_usize, 0..40_usize, early)
        .prop_map(|((x, op, y), threads, rounds, early)| {
            let program = format!(
                "\
def work(n, a):
    global total
    for i in range({rounds}):
        with lock:
            {early}
            total += ({x} {op} {y}) % 97 + i
ts = []
for i in range({threads}):
    t1 = threading.Thread(target=work, args=(i, a))
    t1.start()
    ts.append(t1)
for t1 in ts:
    t1.join()
print(total)"
            );
            program.lines().map(str::to_owned).collect()
        })
        .boxed()
}

fn indented(lines: Vec<String>) -> Vec<String> {
    lines
        .into_iter()
        .map(|line| format!("    {line}"))
        .collect()
}
