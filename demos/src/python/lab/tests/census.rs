//! What is left at the end.

use super::{CHOICES, COUNTING, TRACING, outcome, settings};
use crate::python::lab::{Census, Hooks};
use crate::python::memory::Kind;

#[test]
fn only_cycles_are_left_and_told_apart() {
    for (source, in_cycles) in [
        ("a = [1000, 2000]", vec![]),
        ("a = []\na.append(a)", vec![(Kind::List, 1)]),
        (
            "n = 1000\na = []\nd = {'a': a, 'n': n + 1}\na.append((d, n + 2))\ndel a",
            vec![
                (Kind::Int, 2),
                (Kind::Tuple, 1),
                (Kind::List, 1),
                (Kind::Dict, 1),
            ],
        ),
        ("import sys\nsys.argv.append([1000])", vec![]),
        ("def f(n):\n    return 1 // n\nf(0)", vec![]),
    ] {
        for choice in COUNTING {
            let census = outcome(source, &settings(choice), &Hooks::new()).census;
            let expected = Census {
                left: vec![],
                in_cycles: in_cycles.clone(),
            };
            assert_eq!(census, Some(expected), "under {choice:?}:\n{source}");
        }
        // A last collection takes the cycles too.
        let census = outcome(source, &settings(TRACING), &Hooks::new()).census;
        assert_eq!(census, Some(Census::default()), "{source}");
    }
}

#[test]
fn a_long_chain_is_given_back_without_a_deep_stack() {
    let source = "a = None\nfor i in range(20000):\n    a = [a]\n";
    for choice in CHOICES {
        let census = outcome(source, &settings(choice), &Hooks::new()).census;
        assert_eq!(census, Some(Census::default()), "under {choice:?}");
    }
}
