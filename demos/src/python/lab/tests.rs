use std::sync::Arc;

use super::{End, Hooks, Outcome, Settings, run};
use crate::python::runtime::Choice;
use crate::python::syntax::compile;

fn outcome(source: &str) -> Outcome {
    let program = compile("test.py", source).unwrap_or_else(|errors| panic!("{errors:?}"));
    run(
        &Arc::new(program),
        &Settings::new(Choice::Gil),
        &Hooks::new(),
    )
}

#[test]
fn programs_print_what_python_prints() {
    for (source, printed) in [
        ("print(1 + 2)", "3\n"),
        (
            "print('a', 1.5, None, True, (1,), [1, 'b'], {'k': 2})",
            "a 1.5 None True (1,) [1, 'b'] {'k': 2}\n",
        ),
        (
            "def fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\nprint(fib(15))",
            "610\n",
        ),
        (
            "total = 0\nfor i in range(1000):\n    total += i\nprint(total)",
            "499500\n",
        ),
        (
            "import threading\nlock = threading.Lock()\ncnt = 0\ndef work(n):\n    global cnt\n    for _ in range(n):\n        with lock:\n            cnt += 1\nts = []\nfor _ in range(4):\n    t = threading.Thread(target=work, args=(1000,))\n    t.start()\n    ts.append(t)\nfor t in ts:\n    t.join()\nprint(cnt)",
            "4000\n",
        ),
    ] {
        let outcome = outcome(source);
        assert_eq!(
            (outcome.end, outcome.output.as_str()),
            (End::Finished, printed),
            "{source}"
        );
        assert_eq!(
            outcome.census.map(|census| census.left),
            Some(vec![]),
            "{source}"
        );
    }
}
