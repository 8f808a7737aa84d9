//! Each change to a sound demo, and the one problem it makes.

use std::time::Duration;

use super::*;
use crate::catalogue::ready_demos;
use crate::spec::{Baseline, Parameters, Value, Workers};

fn primes() -> DemoSpec {
    let mut demo = ready_demos().remove(0);
    demo.lanes.truncate(2);
    demo
}

fn with(name: &str, value: Value) -> Parameters {
    Parameters::from([(name.to_owned(), value)])
}

type Change = fn(&mut DemoSpec);

/// Each change to a sound demo, with the path and the message of the one problem it makes.
fn assert_found(cases: &[(Change, &str, &str)]) {
    for (change, path, message) in cases {
        let mut demo = DemoSpec {
            claim: None,
            ..primes()
        };
        change(&mut demo);
        let found: Vec<(String, String)> = check(&demo)
            .into_iter()
            .map(|p| (p.path.join("."), p.message))
            .collect();
        assert_eq!(found, [((*path).to_owned(), (*message).to_owned())]);
    }
}

#[test]
fn finds_names_and_values_that_are_not_there() {
    assert_found(&[
        (
            |d| d.lanes.clear(),
            "lanes",
            "run a demo without lanes; name at least one model",
        ),
        (
            |d| d.lanes[1].model = "thread".into(),
            "lanes.1.model",
            "find model \"thread\"; did you mean \"threads\"?",
        ),
        (
            |d| {
                d.lanes
                    .iter_mut()
                    .for_each(|lane| lane.workload = "prims".into());
            },
            "workload",
            "find workload \"prims\"; did you mean \"primes\"?",
        ),
        (
            |d| d.lanes[0].workload = "spin".into(),
            "lanes.0.workload",
            "find workload \"spin\"; there are primes, mandelbrot, sha256, sleep, requests, \
             transfer, heartbeat, counting, python, command",
        ),
        (
            |d| {
                d.lanes
                    .iter_mut()
                    .for_each(|l| l.with = with("limt", Value::Int(5)));
            },
            "with.limt",
            "set \"limt\" of primes; did you mean \"limit\"?",
        ),
        (
            |d| d.lanes[0].with = with("limit", Value::Int(-5)),
            "lanes.0.with.limit",
            "set limit to -5; it takes a whole number from 0 to 4000000000",
        ),
        (
            |d| d.lanes[1].parameters = with("pool", Value::Int(5)),
            "lanes.1.pool",
            "set \"pool\" of threads; it has none",
        ),
    ]);
}

#[test]
fn finds_what_does_not_go_together() {
    assert_found(&[
        (
            |d| d.lanes[1].workers = Workers::Count(300),
            "lanes.1.workers",
            "use 300 workers; a lane has 1 to 256",
        ),
        (
            |d| {
                d.lanes[1].workload = "heartbeat".into();
                d.baseline = Baseline::None;
            },
            "lanes.1.model",
            "run heartbeat under threads; it runs under async",
        ),
        (
            |d| d.lanes[0].workload = "heartbeat".into(),
            "baseline",
            "measure heartbeat against sequential; say `baseline: none`",
        ),
        (
            |d| {
                d.lanes[0].workload = "command".into();
                d.lanes[0].model = "command".into();
            },
            "lanes.0.command",
            "run a command without a program; give `command: [program, argument]`",
        ),
        (
            |d| {
                d.lanes[0].workload = "python".into();
                d.lanes[0].model = "gil".into();
            },
            "with",
            "run Python without a program; give `source: file.py` or `code: |`",
        ),
        (
            |d| {
                d.lanes[0].workload = "python".into();
                d.lanes[0].model = "gil".into();
                d.lanes[0].with = with("code", Value::Text("x = ".into()));
            },
            "with",
            "understand <code>:1:5: expected an expression",
        ),
        (
            |d| d.lanes[1].model = "gil".into(),
            "lanes.1.model",
            "run primes under gil; it runs under sequential, async, threads, rayon, processes",
        ),
        (
            |d| {
                d.lanes[1].workload = "python".into();
                d.lanes[1].with = with("code", Value::Text("print()".into()));
            },
            "lanes.1.model",
            "run python under threads; it runs under gil, global-count-lock, atomic-count, \
             owner-table, atomic-count-object-locks, buffered-count, parallel-contexts, \
             tracing, transactions, free-threaded, explorer",
        ),
        (
            |d| d.lanes[1].command = vec!["ls".into()],
            "lanes.1.command",
            "run a program under threads; only `model: command` does",
        ),
        (
            |d| d.lanes[1].name = "async".into(),
            "lanes.1.name",
            "tell two lanes \"async\" apart; give one of them a name",
        ),
        (
            |d| d.amount = Amount::Length(Duration::from_millis(50)),
            "length",
            "run for 50ms; a length is from 100ms to 60s",
        ),
        (
            |d| d.amount = Amount::Work(0),
            "work",
            "do 0 work units; work is from 1 to 4000000000",
        ),
        (
            |d| d.repeat = 0,
            "repeat",
            "repeat 0 times; a demo runs 1 to 100 times",
        ),
        (
            |d| d.claim = Some("thread.speedup > 1".into()),
            "claim",
            "find lane \"thread\" of the claim; did you mean \"threads\"?",
        ),
    ]);
}

#[test]
fn finds_a_claim_that_does_not_parse() {
    let demo = DemoSpec {
        claim: Some("threads.speedup >".into()),
        ..primes()
    };
    let problems = check(&demo);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].path, ["claim"]);
    assert!(
        problems[0].message.starts_with("understand the claim: "),
        "{problems:?}"
    );
}

#[test]
fn leaves_a_parameter_to_the_lane_whose_workload_knows_it() {
    let mut demo = primes();
    for lane in &mut demo.lanes {
        lane.with = with("count", Value::Int(5));
    }
    demo.lanes[1].workload = "sleep".into();
    assert_eq!(check(&demo), []);
}

#[test]
fn a_claim_may_name_the_baseline() {
    let claim = Some("threads.wall < sequential.wall".to_owned());
    assert_eq!(check(&DemoSpec { claim, ..primes() }), []);
}
