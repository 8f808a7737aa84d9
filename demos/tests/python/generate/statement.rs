//! Statements, by where they stand.

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

use super::value::Values;
use super::{Lines, Text, indented};

/// Where a statement stands, and so what may stand there.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// How many loops are around it in its function.
    pub(super) loops: usize,
    /// How many statements may still be nested in it.
    pub(super) depth: usize,
}

impl Around {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth - 1,
            ..self
        }
    }
}

/// What a function, or the module, can do.
pub(super) struct Statements {
    values: Values,
    in_function: bool,
    simple: Lines,
    print: Lines,
}

impl Statements {
    pub(super) fn new(values: Values, in_function: bool) -> Self {
        let simple = simple(&values);
        let print = print(&values);
        Self {
            values,
            in_function,
            simple,
            print,
        }
    }

    pub(super) fn block(&self, around: Around, size: Range<usize>) -> Lines {
        vec(self.statement(around), size)
            .prop_map(|statements| statements.concat())
            .boxed()
    }

    fn statement(&self, around: Around) -> Lines {
        let mut choices = vec![(6, self.simple.clone()), (3, self.print.clone())];
        if around.loops > 0 {
            choices.push((
                2,
                self.guarded(select(vec!["break", "continue"]).prop_map(str::to_owned)),
            ));
        }
        if self.in_function {
            let result = self
                .values
                .integer(1)
                .prop_map(|value| format!("return {value}"));
            choices.push((1, self.guarded(result)));
            choices.push((1, self.guarded(Just("return".to_owned()))));
        }
        if around.depth > 0 {
            choices.push((2, self.choice(around.deeper())));
            choices.push((1, self.with(around.deeper())));
            if around.loops < if self.in_function { 1 } else { 2 } {
                choices.push((2, self.for_loop(around.deeper())));
                choices.push((2, self.while_loop(around.deeper())));
            }
        }
        Union::new_weighted(choices).boxed()
    }

    /// Something that is done on a condition.
    fn guarded(&self, what: impl Strategy<Value = String> + 'static) -> Lines {
        (self.values.condition(1), what)
            .prop_map(|(test, what)| vec![format!("if {test}:"), format!("    {what}")])
            .boxed()
    }

    fn choice(&self, inner: Around) -> Lines {
        let (body, test) = (self.block(inner, 1..4), self.values.condition(2));
        let elif = proptest::option::of((test.clone(), body.clone()));
        (test, body.clone(), elif, proptest::option::of(body))
            .prop_map(|(test, body, elif, otherwise)| {
                let mut lines = vec![format!("if {test}:")];
                lines.extend(indented(body));
                if let Some((test, body)) = elif {
                    lines.push(format!("elif {test}:"));
                    lines.extend(indented(body));
                }
                with_else(lines, otherwise)
            })
            .boxed()
    }

    fn with(&self, inner: Around) -> Lines {
        let heads = [
            "with threading.Lock():",
            "with threading.Lock() as held, threading.Lock():",
        ];
        (select(heads.to_vec()), self.block(inner, 1..4))
            .prop_map(|(head, body)| [vec![head.to_owned()], indented(body)].concat())
            .boxed()
    }

    fn for_loop(&self, outer: Around) -> Lines {
        let inner = Around {
            loops: outer.loops + 1,
            ..outer
        };
        let iterables = [
            "for i, t in [(1, 'one'), (2, 'two')]:",
            "for i in [4, -5, 6]:",
            "for t in 'añ😀':",
            "for i in list(xs + [0]):",
            "for t in list(d):",
            "for t, c in list(d.items()):",
            "for t in d:",
            "for c in d.values():",
            "for t, c in d.items():",
            "for i, (a, t) in ((1, (2, 'x')), p):",
        ];
        let head = prop_oneof![
            (1..4).prop_map(|rounds| format!("for i in range({rounds}):")),
            (-3..3, -3..3, select(vec![-2, -1, 1, 2]))
                .prop_map(|(from, to, step)| format!("for i in range({from}, {to}, {step}):")),
            select(iterables.to_vec()).prop_map(str::to_owned),
        ];
        let otherwise = proptest::option::of(self.simple.clone());
        (head, self.block(inner, 1..4), otherwise)
            .prop_map(|(head, body, otherwise)| {
                with_else([vec![head], indented(body)].concat(), otherwise)
            })
            .boxed()
    }

    /// Counts down a name that nothing else assigns.
    fn while_loop(&self, outer: Around) -> Lines {
        let inner = Around {
            loops: outer.loops + 1,
            ..outer
        };
        let left = format!("left{}", outer.loops);
        let test = proptest::option::of(self.values.condition(1));
        (1..4, test, self.block(inner, 1..4))
            .prop_map(move |(rounds, test, body)| {
                let more = test.map(|test| format!(" > 0 and ({test})"));
                let head = format!("while {left}{}:", more.unwrap_or_default());
                let start = vec![
                    format!("{left} = {rounds}"),
                    head,
                    format!("    {left} -= 1"),
                ];
                [start, indented(body)].concat()
            })
            .boxed()
    }
}

fn with_else(mut lines: Vec<String>, otherwise: Option<Vec<String>>) -> Vec<String> {
    if let Some(otherwise) = otherwise {
        lines.push("else:".to_owned());
        lines.extend(indented(otherwise));
    }
    lines
}

/// Assignment, in all its forms.
fn simple(values: &Values) -> Lines {
    let int = || values.integer(2);
    let name = || select(vec!["a", "b", "c"]);
    let operators = ["+=", "-=", "*=", "//=", "%=", "&=", "|=", "^="];
    let augmented = (name(), select(operators.to_vec()), int());
    let word = (select(vec!["s", "t"]), values.text(2));
    let entry = (values.key(), int());
    let test = values.condition(1);
    prop_oneof![
        4 => (name(), int()).prop_map(|(name, x)| format!("{name} = {x}")),
        3 => augmented.prop_map(|(name, op, x)| format!("{name} {op} {x}")),
        2 => word.prop_map(|(name, text)| format!("{name} = {text}")),
        1 => (int(), int()).prop_map(|(x, y)| format!("a, b = {x}, {y}")),
        1 => (int(), int()).prop_map(|(x, y)| format!("a, (b, c) = c, ({x}, {y})")),
        1 => int().prop_map(|x| format!("a = c = {x}")),
        1 => Just("a, b, c = b, c, a".to_owned()),
        1 => values.list().prop_map(|list| format!("xs = {list}")),
        1 => values.short_list().prop_map(|list| format!("xs += {list}")),
        1 => int().prop_map(|x| format!("ys.append({x})")),
        1 => values.short_list().prop_map(|list| format!("ys.extend({list})")),
        1 => Just("if len(xs) > 1: c = xs.pop()".to_owned()),
        1 => (int(), int()).prop_map(|(at, x)| format!("if xs: xs[{at} % len(xs)] = {x}")),
        1 => (int(), int()).prop_map(|(at, x)| format!("if xs: xs[{at} % len(xs)] += {x}")),
        1 => int().prop_map(|at| format!("if len(xs) > 2: del xs[{at} % len(xs)]")),
        1 => entry.prop_map(|(key, x)| format!("d[{key}] = {x}")),
        1 => values.key().prop_map(|key| format!("if {key} in d: del d[{key}]")),
        1 => (values.key(), int()).prop_map(|(key, x)| format!("d.pop({key}, {x})")),
        1 => (values.key(), int()).prop_map(|(key, x)| format!("d = dict([({key}, {x}), ('j', 2)], k=c)")),
        1 => test.prop_map(|test| format!("assert {test} or True, {test:?}")),
    ]
    .prop_map(|line| vec![line])
    .boxed()
}

fn print(values: &Values) -> Lines {
    let names = [
        "xs", "ys", "d", "p", "p[1][0]", "len(d)", "None", "()", "(1,)", "[]", "{}",
    ];
    let names: Text = select(names.to_vec()).prop_map(str::to_owned).boxed();
    let value = prop_oneof![
        values.integer(2),
        values.text(2),
        values.condition(2),
        values.float(),
        values.list(),
        names,
    ];
    let ending = select(vec!["", ", end=' '", ", sep='-'", ", sep='', end='!\\n'"]);
    (vec(value, 1..4), ending)
        .prop_map(|(values, ending)| vec![format!("print({}{ending})", values.join(", "))])
        .boxed()
}
