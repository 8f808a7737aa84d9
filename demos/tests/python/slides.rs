//! The programs of the built-in talk, each in a file of its own, under a real Python and here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use parade_demos::python::lab::{End, Hooks, Settings, run};
use parade_demos::python::runtime::{Choice, Switches};
use parade_demos::python::syntax::compile;

use crate::real;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../slides/python");

/// Those that print the same whoever comes first: their arguments, and what they print.
const PRINTED: &[(&str, &[&str], &str)] = &[
    ("asked.py", &[], "first = 2\nsecond = 3\nthird = 2\n"),
    ("convoy.py", &["20"], "20 beats\n"),
    ("counter_lock.py", &["2"], "counted = 2000000\nlost = 0\n"),
    ("extend.py", &[], "5\n"),
    ("fib.py", &["2", "8", "18"], "8 times fib of 18\n"),
    ("floats.py", &["2", "40"], "40 jobs\n"),
    ("race_lock.py", &[], "2\n"),
    ("references.py", &[], ""),
    ("shared.py", &["2"], "1.0, 12000000 times\n"),
    ("total.py", &["2"], "60 sums\n"),
    ("waiting.py", &["10"], "40 waits\n"),
];

/// Those whose output hangs on who comes first, or that may never end.
const RACING: &[&str] = &["counter.py", "deadlock.py", "race.py"];

#[test]
fn they_print_the_same_under_a_real_python() {
    let Some(python) = real::python("they_print_the_same_under_a_real_python") else {
        return;
    };
    for (name, arguments, printed) in PRINTED {
        let told = real::run(python, &Path::new(FOLDER).join(name), arguments);
        assert_eq!(told, real::Told::new((*printed).to_owned(), None), "{name}");
    }
}

#[test]
fn they_print_the_same_with_the_lock_and_without() {
    for runtime in [
        Choice::Gil { immortal: true },
        Choice::FreeThreaded(Switches::ALL),
    ] {
        for (name, arguments, printed) in PRINTED {
            let source = fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
            let program = Arc::new(compile(name, &source).unwrap());
            let settings = Settings {
                arguments: arguments.iter().map(|&word| word.to_owned()).collect(),
                ..Settings::new(runtime)
            };
            let outcome = run(&program, &settings, &Hooks::new());
            let left = outcome.census.map(|census| census.total());
            assert_eq!(
                (outcome.end, outcome.output.as_str(), left),
                (End::Finished, *printed, Some(0)),
                "{name} under {runtime:?}"
            );
        }
    }
}

#[test]
fn all_of_them_are_known_here() {
    let entries = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap());
    let there: BTreeSet<String> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let known = PRINTED.iter().map(|(name, ..)| name).chain(RACING);
    assert_eq!(there, known.map(|&name| name.to_owned()).collect());
}
