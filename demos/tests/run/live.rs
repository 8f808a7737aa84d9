//! Runs while they run: parameters that change, and lanes that run together.

use parade_demos::report::{Outcome, VerdictState};
use parade_demos::run::Options;
use parade_demos::snapshot::{LaneState, Snapshot};
use parade_demos::spec::{Amount, Baseline, DemoSpec, Order, Value};

use crate::harness::{HELLO, READY, RESULT, alone, demo, lane, outcomes, real, scripted, start};

/// Two lanes of requests, whose delay can change live.
fn requests(order: Order) -> DemoSpec {
    let lanes = vec![lane("requests", "threads"), lane("requests", "async")];
    DemoSpec {
        baseline: Baseline::None,
        order,
        ..demo(Amount::Work(1), lanes)
    }
}

/// How many lanes run and are past their barrier.
fn running(snapshot: &Snapshot) -> usize {
    let runs = |lane: &&parade_demos::snapshot::Lane| {
        lane.state == LaneState::Running && !lane.wall.is_zero()
    };
    snapshot.lanes.iter().filter(runs).count()
}

/// A lane that waits for one `set` unless its order has the new delay; its checksum is what it was told.
fn told_lane() -> String {
    format!(
        r#"case "$order" in
             *'"delay":"70ms"'*) {HELLO}; {READY}; set=in-time ;;
             *) {HELLO}; {READY}; read -r set ;;
           esac
           case "$order$set" in
             *'"count":7'*) sum=not-live ;;
             *in-time | *'{{"set":{{"name":"delay","value":"70ms"}}}}') sum=told ;;
             *) sum="$set" ;;
           esac
           {RESULT}"#
    )
}

#[test]
fn a_change_reaches_the_lane_that_runs_and_those_to_come() {
    let _alone = alone();
    let started = start(
        &scripted(&told_lane()),
        requests(Order::Turn),
        Options::default(),
    );
    started.until("running", |now| running(now) == 1);
    // Neither can change: one is not live, one out of its range. Were they told, the lane would say so.
    started.run.set("count", &Value::Int(7));
    started.run.set("delay", &Value::Text("1h".to_owned()));
    started.run.set("delay", &Value::Text("70000us".to_owned()));
    let report = started.report();
    let expected = [
        ("threads", Outcome::Done, None),
        ("async", Outcome::Done, None),
    ];
    assert_eq!(outcomes(&report), expected);
    let sums: Vec<Option<&str>> = report
        .lanes
        .iter()
        .map(|lane| lane.checksum.as_deref())
        .collect();
    assert_eq!(sums, [Some("told"), Some("told")]);
}

#[test]
fn lanes_in_order_together_run_at_once() {
    let _alone = alone();
    let started = start(
        &scripted(&told_lane()),
        requests(Order::Together),
        Options::default(),
    );
    // Neither ends before it is told, so both run when both have begun.
    started.until("both running", |now| running(now) == 2);
    started.run.set("delay", &Value::Text("70ms".to_owned()));
    let expected = [
        ("threads", Outcome::Done, None),
        ("async", Outcome::Done, None),
    ];
    assert_eq!(outcomes(&started.report()), expected);
}

#[test]
fn lanes_that_ran_together_get_no_verdict() {
    let _alone = alone();
    let mut demo = demo(
        Amount::Work(200_000),
        vec![lane("primes", "threads"), lane("primes", "async")],
    );
    demo.order = Order::Together;
    demo.claim = Some("threads.speedup > 0".to_owned());
    let report = start(&real(), demo, Options::default()).report();
    let verdict = (report.verdict.state, report.verdict.reason.as_deref());
    assert_eq!(
        verdict,
        (VerdictState::Withheld, Some("the lanes ran together"))
    );
}
