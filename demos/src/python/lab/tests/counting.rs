//! What runtimes count is told while the program runs, not only when it is over.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::{TRACING, TRANSACTIONS, outcome, settings};
use crate::python::lab::{End, Hooks};
use crate::python::runtime::{Choice, Switches};

/// Far more than it takes.
const DEADLINE: Duration = Duration::from_secs(30);

/// Endless programs, and what is counted of each.
const ENDLESS: &[(Choice, &str, &str)] = &[
    (
        Choice::Gil { immortal: true },
        "gil_switches",
        "import threading\ndef spin():\n    while True: pass\n\
         threading.Thread(target=spin).start()\nspin()",
    ),
    (
        Choice::OwnerTable,
        "objects_promoted",
        "import threading\nx = 1000\ndef spin():\n    while True: x\n\
         threading.Thread(target=spin).start()",
    ),
    (
        Choice::BufferedCount,
        "commit_rounds",
        "while True:\n    x = [1000]",
    ),
    (
        Choice::ParallelContexts,
        "contexts",
        "import threading\ndef work(): pass\nwhile True:\n    \
         t = threading.Thread(target=work)\n    t.start()\n    t.join()",
    ),
    (TRACING, "collections", "while True:\n    x = [1000]"),
    (TRANSACTIONS, "commits", "n = 0\nwhile True:\n    n = 1 - n"),
    (
        Choice::FreeThreaded(Switches::ALL),
        "reads_locked",
        "import threading\nxs = [1000]\ndef spin():\n    while True: xs[0]\n\
         threading.Thread(target=spin).start()",
    ),
];

#[test]
fn runtimes_tell_what_they_count_while_the_program_runs() {
    for (choice, name, source) in ENDLESS {
        let hooks = Hooks::new();
        assert_eq!(hooks.counting.counters(), []);
        let (ended, end) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(|| {
                let outcome = outcome(source, &settings(*choice), &hooks);
                ended.send((outcome.end, outcome.counters)).unwrap();
            });
            let counted = |counters: &[(String, f64)]| {
                let found = counters.iter().find(|(other, _)| other == name);
                found.map_or(0.0, |(_, value)| *value)
            };
            let began = Instant::now();
            while counted(&hooks.counting.counters()) < 1.0 && began.elapsed() < DEADLINE {
                thread::yield_now();
            }
            let meanwhile = counted(&hooks.counting.counters());
            hooks.stop.stop();
            let (end, counters) = end.recv_timeout(DEADLINE).unwrap();
            assert_eq!(end, End::Stopped, "under {choice:?}");
            assert!(
                (1.0..=counted(&counters)).contains(&meanwhile),
                "{name} under {choice:?}: {meanwhile}, then {counters:?}"
            );
        });
        assert_eq!(hooks.counting.counters(), []);
    }
}
