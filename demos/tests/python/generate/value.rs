//! Expressions, by the type of their value.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

use super::{FUNCTIONS, Text};

/// What a function, or the module, can compute; each kind made once and shared, since the nested
/// ones are many. Lists are by depth.
#[derive(Clone)]
pub(super) struct Values {
    integers: Vec<Text>,
    conditions: Vec<Text>,
    texts: Vec<Text>,
    floats: Vec<Text>,
    key: Text,
}

fn one_of(texts: &[&'static str]) -> Text {
    select(texts.to_vec()).prop_map(str::to_owned).boxed()
}

fn binary(left: &Text, operators: &[&'static str], right: &Text) -> Text {
    (left.clone(), select(operators.to_vec()), right.clone())
        .prop_map(|(left, operator, right)| format!("({left} {operator} {right})"))
        .boxed()
}

impl Values {
    /// Function 1 can call function 0, and so on; the module can call all.
    pub(super) fn new(function: Option<usize>) -> Self {
        let mut values = Self {
            integers: vec![integer_leaf(function)],
            conditions: vec![],
            texts: vec![one_of(&[
                "s",
                "t",
                "'x'",
                "\"é\\n\"",
                "'\\\\'",
                "r'\\d'",
                "'one' 'two'",
                "''",
            ])],
            floats: vec![one_of(&[
                "0.5",
                "1e16",
                "2.25",
                "-1e-7",
                "3.0",
                "0.1",
                "a / 4",
                "b / 7",
                "(a + 1) / 3",
                "a * 0.5",
            ])],
            key: Just(String::new()).boxed(),
        };
        let literals = one_of(&["'k'", "2", "(1, 'x')", "1.0", "True"]);
        values.key = prop_oneof![literals, values.integer(0)].boxed();
        for depth in 0..2 {
            values.floats.push(values.deeper_float(depth));
            values.conditions.push(values.deeper_condition(depth));
            values
                .integers
                .push(values.deeper_integer(depth, function.unwrap_or(FUNCTIONS)));
        }
        values.conditions.push(values.deeper_condition(2));
        for depth in 0..2 {
            values.texts.push(values.deeper_text(depth));
        }
        values
    }

    pub(super) fn integer(&self, depth: usize) -> Text {
        self.integers[depth].clone()
    }

    pub(super) fn condition(&self, depth: usize) -> Text {
        self.conditions[depth].clone()
    }

    pub(super) fn text(&self, depth: usize) -> Text {
        self.texts[depth].clone()
    }

    pub(super) fn float(&self) -> Text {
        self.floats[2].clone()
    }

    pub(super) fn key(&self) -> Text {
        self.key.clone()
    }

    pub(super) fn list(&self) -> Text {
        let one_more = self.integer(1).prop_map(|item| format!("(xs + [{item}])"));
        let range = (0..5).prop_map(|length| format!("list(range({length}))"));
        prop_oneof![
            self.short_list(),
            range,
            one_more,
            one_of(&["([0] * 3)", "list(p)"])
        ]
        .boxed()
    }

    pub(super) fn short_list(&self) -> Text {
        vec(self.integer(1), 0..4)
            .prop_map(|items| format!("[{}]", items.join(", ")))
            .boxed()
    }

    fn deeper_integer(&self, depth: usize, callable: usize) -> Text {
        let int = || self.integer(depth);
        let power = (int(), select(vec!["** 2", "** 3", "<< 3", ">> 2", ">> 70"]));
        let unary = (select(vec!["-", "~", "+", "abs"]), int());
        let pair = (select(vec!["min", "max"]), int(), int());
        let get = (self.key(), int()).prop_map(|(key, x)| format!("(d.get({key}, {x}) and {x})"));
        let either = (int(), self.condition(depth), int());
        let divisor = (int(), select(vec![" or 7", " or -3", ""]));
        let divisor = divisor.prop_map(|(x, or)| format!("({x}{or})")).boxed();
        let mut choices = vec![
            (2, int()),
            (
                4,
                binary(&int(), &["+", "-", "*", "&", "|", "^", "and", "or"], &int()),
            ),
            (1, binary(&int(), &["//", "%"], &divisor)),
            (1, power.prop_map(|(x, op)| format!("({x} {op})")).boxed()),
            (1, unary.prop_map(|(op, x)| format!("{op}({x})")).boxed()),
            (
                1,
                pair.prop_map(|(f, x, y)| format!("{f}({x}, {y})")).boxed(),
            ),
            (1, get.boxed()),
            (
                1,
                either
                    .prop_map(|(x, test, y)| format!("({x} if {test} else {y})"))
                    .boxed(),
            ),
        ];
        if callable > 0 {
            let arguments = prop_oneof![
                int().prop_map(|x| format!("({x})")),
                (int(), int()).prop_map(|(x, y)| format!("({x}, m={y})")),
                (int(), int()).prop_map(|(x, y)| format!("(m={x}, n={y})")),
            ];
            let call =
                (0..callable, arguments).prop_map(|(f, with)| format!("len(str(f{f}{with}))"));
            choices.push((1, call.boxed()));
        }
        Union::new_weighted(choices).boxed()
    }

    fn deeper_float(&self, depth: usize) -> Text {
        let inner = &self.floats[depth];
        let pair = binary(inner, &["+", "-", "*", "/", "//", "%"], inner);
        prop_oneof![1 => inner.clone(), 2 => pair].boxed()
    }

    /// Of depth 0 is only a comparison.
    fn deeper_condition(&self, depth: usize) -> Text {
        let int = || self.integer(depth.min(1));
        let order = || select(vec!["<", "<=", "==", "!=", ">", ">="]);
        let compare = (int(), order(), int()).prop_map(|(x, op, y)| format!("{x} {op} {y}"));
        if depth == 0 {
            return compare.boxed();
        }
        let chain = (int(), order(), int(), order(), int());
        let chain = chain.prop_map(|(x, op, y, op2, z)| format!("{x} {op} {y} {op2} {z}"));
        let inner = || self.condition(depth - 1);
        let containers = one_of(&["xs", "ys", "p", "d", "[1, 250]"]);
        let others = [
            "d.get('q') is None",
            "xs is not ys",
            "'pa' in s",
            "s < t",
            "xs == [1, 2, 3]",
            "dict(d) == d == dict(d.items())",
            "a * 1.0 in range(-5, 300, 5)",
            "c in d.values()",
            "('k', 1) in d.items()",
        ];
        prop_oneof![
            4 => compare,
            1 => chain,
            2 => binary(&inner(), &["and", "or"], &inner()),
            1 => inner().prop_map(|test| format!("not ({test})")),
            1 => binary(&int(), &["in", "not in"], &containers),
            1 => one_of(&others),
        ]
        .boxed()
    }

    fn deeper_text(&self, depth: usize) -> Text {
        let inner = || self.text(depth);
        let times = (inner(), 0..3).prop_map(|(x, times)| format!("({x} * {times})"));
        let str = self.integer(1).prop_map(|x| format!("str({x})"));
        let by = [
            "",
            ":5",
            ":>6",
            ":<4",
            ":^7",
            ":05",
            ":+",
            ":x",
            ":{len(xs)}",
        ];
        let integer = (self.integer(1), select(by.to_vec()));
        let by = [":.2f", ":8.3f", "", ":.0f", ":e"];
        let float = (self.floats[1].clone(), select(by.to_vec()));
        let by = ["!r", "!s", "", "!r:>9", ":>8", ":*^9"];
        let shown = (self.text(0), select(by.to_vec()));
        prop_oneof![
            3 => inner(),
            1 => binary(&inner(), &["+"], &inner()),
            1 => times,
            1 => str,
            1 => integer.prop_map(|(x, by)| quoted(&format!("{{({x}){by}}}"))),
            1 => float.prop_map(|(x, by)| quoted(&format!("<{{({x}){by}}}>"))),
            1 => shown.prop_map(|(x, by)| quoted(&format!("{{{{ {{({x}){by}}} }}}}"))),
        ]
        .boxed()
    }
}

fn integer_leaf(function: Option<usize>) -> Text {
    let names: &[&str] = match function {
        Some(_) => &["n", "m", "a", "b", "c", "i", "total"],
        None => &["a", "b", "c", "i", "total"],
    };
    let others = [
        "sum(range(a % 9))",
        "max(range(-3, 4, 2))",
        "len(d.keys())",
        "len(xs)",
        "len(s)",
        "sum(xs)",
        "len(d)",
        "p[0]",
        "True",
        "1_000",
        "0xff",
    ];
    prop_oneof![
        3 => one_of(names),
        2 => (-10..300_i64).prop_map(|value| value.to_string()),
        1 => one_of(&others),
    ]
    .boxed()
}

/// An f-string in quotes that none of its own strings have: before Python 3.12 these, and
/// backslashes, may not stand within it.
fn quoted(inner: &str) -> String {
    let inner = inner.replace('\\', "/");
    format!("f'''{inner}'''")
}
