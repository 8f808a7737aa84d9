//! Whole programs under every runtime that threads share.

mod census;
mod counting;
mod errors;
mod limits;
mod statements;
mod stopping;
mod threads;
mod values;

use std::sync::Arc;

use super::{End, Hooks, Outcome, Settings, run};
use crate::python::memory::Size;
use crate::python::runtime::{Choice, Switches};
use crate::python::syntax::compile;

/// The runtimes that take any program.
const CHOICES: [Choice; 9] = {
    let [gil, gil_before, lock, atomic, free] = COUNTING;
    [
        gil,
        gil_before,
        lock,
        atomic,
        Choice::AtomicCountObjectLocks,
        Choice::BufferedCount,
        free,
        TRACING,
        TRANSACTIONS,
    ]
};

/// A runtime that collects what is not reached, cycles too: so often that most programs see it.
const TRACING: Choice = Choice::Tracing {
    heap_bytes_min: 64 << 10,
};

/// One whose transactions end often.
const TRANSACTIONS: Choice = Choice::Transactions {
    safe_points_max: 20,
};

/// Those that give an object back with its last reference, in the middle of a builtin too.
const COUNTING: [Choice; 5] = [
    Choice::Gil { immortal: true },
    Choice::Gil { immortal: false },
    Choice::GlobalCountLock,
    Choice::AtomicCount,
    Choice::FreeThreaded(Switches::ALL),
];

/// So small that many runs fit beside each other.
const SIZE: Size = Size {
    slots: 1 << 16,
    words: 1 << 18,
    chunk: 512,
};

fn settings(choice: Choice) -> Settings {
    Settings {
        memory: SIZE,
        ..Settings::new(choice)
    }
}

fn outcome(source: &str, settings: &Settings, hooks: &Hooks) -> Outcome {
    let program = compile("test.py", source).unwrap_or_else(|errors| panic!("{errors:?}"));
    run(&Arc::new(program), settings, hooks)
}

/// Under each runtime the program prints this, comes to its end, and leaves nothing behind.
fn assert_prints(source: &str, printed: &str) {
    for choice in CHOICES {
        let outcome = outcome(source, &settings(choice), &Hooks::new());
        assert_eq!(
            (outcome.end, outcome.output.as_str()),
            (End::Finished, printed),
            "under {choice:?}:\n{source}"
        );
        assert_eq!(
            outcome.census.map(|census| census.left),
            Some(vec![]),
            "left under {choice:?}:\n{source}"
        );
    }
}

/// Under each runtime the program dies with this traceback, and leaves nothing behind.
fn assert_raises(source: &str, traceback: &str) {
    for choice in CHOICES {
        let outcome = outcome(source, &settings(choice), &Hooks::new());
        assert_eq!(
            outcome.end,
            End::Raised(traceback.to_owned()),
            "under {choice:?}:\n{source}"
        );
        assert_eq!(
            outcome.census.map(|census| census.left),
            Some(vec![]),
            "left under {choice:?}:\n{source}"
        );
    }
}
