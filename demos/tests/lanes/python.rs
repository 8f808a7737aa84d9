//! Lanes that run a Python program: what they tell of it, and how it ends.

use parade_demos::catalogue;
use parade_demos::run::protocol::{FromLane, LaneOrder, ToLane};
use parade_demos::spec::Value;

use crate::driver::{Lane, order, with};

const TWO_WITHOUT_END: &str = "import threading\ndef compute():\n    while True:\n        pass\nthreading.Thread(target=compute).start()\ncompute()\n";

fn python(model: &str, code: &str) -> LaneOrder {
    let order = order("python", model, 1);
    with(with(order, "source", "test.py"), "code", code)
}

#[test]
fn what_it_prints_is_the_checksum_unless_that_hangs_on_races() {
    let checksum = |order: &LaneOrder| match Lane::start(order).finish() {
        Some(FromLane::Result { checksum, .. }) => checksum,
        other => panic!("{other:?}"),
    };
    let print = python("gil", "print('abc', end='')");
    // The beginning of SHA-256 over "abc", FIPS 180-2, appendix B.1.
    assert_eq!(checksum(&print), "ba7816bf8f01cfea");
    assert_eq!(
        checksum(&python("free-threaded", "print('abc', end='')")),
        "ba7816bf8f01cfea"
    );
    let mut racing = print;
    racing.with.insert("same".to_owned(), Value::Bool(false));
    assert_eq!(checksum(&racing), "0000000000000000");
}

#[test]
fn every_runtime_prints_the_same() {
    let code = "import threading\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nthreads = [threading.Thread(target=fib, args=(12,)), threading.Thread(target=fib, args=(13,))]\nfor thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()\nprint(fib(14))\n";
    let takes = |name: &&str| *name != "explorer" && catalogue::takes(name, "python");
    let models = catalogue::models().map(|entry| entry.name).filter(takes);
    for model in models {
        match Lane::start(&python(model, code)).finish() {
            // The beginning of the SHA-256 of "377\n".
            Some(FromLane::Result { checksum, .. }) => {
                assert_eq!(checksum, "34f14f95d628a20e", "{model}");
            }
            other => panic!("{model}: {other:?}"),
        }
    }
}

#[test]
fn its_threads_and_what_it_counted_are_told() {
    let code = "import sys, threading, time\ndef wait():\n    time.sleep(0.2)\nfor _ in range(int(sys.argv[1])):\n    threading.Thread(target=wait).start()\nprint('beats = 7')\n";
    let mut order = python("gil", code);
    let workers = Value::List(vec![Value::Text("{workers}".to_owned())]);
    order.with.insert("args".to_owned(), workers);
    let mut lane = Lane::start(&order);
    assert_eq!(names(&lane.ready()), ["MainThread"]);
    lane.tell(&ToLane::Go);
    let (mut threads, mut printed) = (Vec::new(), Vec::new());
    let counters = loop {
        match lane.next() {
            Some(FromLane::Workers { workers }) => threads = names(&workers),
            Some(FromLane::Output { lines }) => printed = lines,
            Some(FromLane::Result { counters, .. }) => break counters,
            Some(FromLane::Progress { .. }) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        threads,
        ["MainThread", "Thread-1 (wait)", "Thread-2 (wait)"]
    );
    assert_eq!(printed, ["beats = 7"]);
    assert_eq!(counters[0], ("beats".to_owned(), 7.0));
}

fn names(workers: &[parade_demos::run::protocol::WorkerId]) -> Vec<String> {
    workers.iter().map(|worker| worker.name.clone()).collect()
}

#[test]
fn an_exception_fails_the_lane_with_its_traceback_below_what_was_printed() {
    let mut lane = Lane::start(&python("gil", "print('so far')\n\n1 / 0\n"));
    let mut printed = Vec::new();
    let error = loop {
        match lane.finish_or_output() {
            Some(FromLane::Output { lines }) => printed = lines,
            Some(FromLane::Failed { error }) => break error,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(error, "test.py:3: ZeroDivisionError: division by zero");
    let traceback = [
        "so far",
        "Traceback (most recent call last):",
        "  File \"test.py\", line 3, in <module>",
        "    1 / 0",
        "ZeroDivisionError: division by zero",
    ];
    assert_eq!(printed, traceback);
}

#[test]
fn what_does_not_compile_fails_before_it_is_ready() {
    let error = Lane::start(&python("gil", "x = 1\nx = = 2\n")).failure();
    assert_eq!(error, "test.py:2:5: expected an expression");
    assert_eq!(
        Lane::start(&order("python", "gil", 1)).failure(),
        "it was given no program"
    );
}

#[test]
fn a_runtime_refuses_what_it_does_not_run_by_its_nature() {
    let code = "import threading\nitems = []\ndef work():\n    items.append(1)\nthread = threading.Thread(target=work)\nthread.start()\nthread.join()\n";
    let mut lane = Lane::start(&python("owner-table", code));
    match lane.finish() {
        Some(FromLane::Refused { error }) => assert!(error.contains("list"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_switch_interval_changes_while_it_runs() {
    let mut order = python("gil", TWO_WITHOUT_END);
    order
        .parameters
        .insert("interval".to_owned(), Value::Text("1s".to_owned()));
    let mut lane = Lane::start(&order);
    lane.run();
    lane.tell(&ToLane::Set {
        name: "interval".to_owned(),
        value: Value::Text("100us".to_owned()),
    });
    // At one a second, so many messages would never tell of so many.
    let switches = (0..200).find_map(|_| {
        match lane.next() {
            Some(FromLane::Progress { holds, .. }) => holds.map(|holds| holds.switches),
            _ => None,
        }
        .filter(|switches| *switches > 20)
    });
    assert!(switches.is_some());
}
