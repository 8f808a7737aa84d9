//! The laboratory's pictures over scripted runs: who holds the lock, what counting costs, the attempts.

use insta::assert_snapshot;
use parade_demos::catalogue::ready_demos;
use parade_demos::holds::{HoldLog, Holds};
use parade_demos::report::{LaneReport, Outcome, VerdictState};
use parade_demos::snapshot::{Lane, LaneState, Snapshot};
use parade_demos::spec::{Baseline, DemoSpec, LaneSpec, Show, Workers};

use super::screen;
use super::stage::*;
use crate::app::{DemoFocus, State};

const MS: u64 = 1_000_000;

/// Two threads that hand the lock over every 5 ms for two seconds, while the main one waits.
fn alternating() -> Holds {
    let mut log = HoldLog::default();
    let holders = ["MainThread", "Thread-1 (work)", "Thread-2 (work)"].map(|name| log.join(name));
    log.take(holders[0], 0, 0);
    log.drop(MS);
    for at in (5..2_000).step_by(5) {
        let turn = 1 + (at / 5 % 2) as usize;
        log.take(holders[turn], turn as u64, at * MS);
        log.request_drop();
        log.drop((at + 5) * MS);
    }
    log.at(2_000 * MS)
}

fn gil() -> DemoSpec {
    DemoSpec {
        name: "gil".to_owned(),
        title: Some("Two threads that compute, one lock".to_owned()),
        lanes: vec![
            LaneSpec {
                workload: "python".to_owned(),
                workers: Workers::Count(1),
                label: "one thread".to_owned(),
                ..lane_spec("one", "gil")
            },
            LaneSpec {
                workload: "python".to_owned(),
                label: "two threads".to_owned(),
                ..lane_spec("two", "gil")
            },
        ],
        show: Show::Gil,
        claim: Some("two.speedup <= 1.05".to_owned()),
        ..primes()
    }
}

/// Two threads under the GIL, in the middle of their run.
fn handing_over() -> Snapshot {
    let mut two = Lane {
        label: "two threads".to_owned(),
        holds: Some(Box::new(alternating())),
        against: Some("one".to_owned()),
        progress: Some(0.5),
        ..lane("two", LaneState::Running, 2.0, 0.99)
    };
    two.counters = two.holds.as_ref().unwrap().counters();
    two.counters.extend(
        [("p50", 10.4), ("p99", 21.3), ("max", 31.0)]
            .map(|(which, ms)| (format!("lateness_ms_{which}"), ms)),
    );
    let one = Lane {
        label: "one thread".to_owned(),
        baseline: true,
        against: None,
        ..lane("one", LaneState::Done, 2.01, 1.0)
    };
    let mut snapshot = in_the_middle(vec![core(0, 51, 1, 0), core(1, 49, 2, 0)]);
    snapshot.lanes = vec![one, two];
    snapshot
}

#[test]
fn who_holds_the_lock() {
    let state = |width, height| running(with_demo(width, height, gil()), handing_over());
    assert_snapshot!("who_holds_the_lock_80x24", screen(&state(80, 24)));
    assert_snapshot!("who_holds_the_lock_120x36", screen(&state(120, 36)));
    assert_snapshot!("who_holds_the_lock_60x18", screen(&state(60, 18)));
}

#[test]
fn the_lock_stays_where_it_was_once_the_run_is_over() {
    let lanes = vec![
        lane_result("one", 2.01, 1.0, 1),
        lane_result("two", 2.05, 0.99, 1),
    ];
    let report = result(lanes, verdict(VerdictState::Holds, None));
    let before = screen(&running(with_demo(80, 24, gil()), handing_over()));
    let after = screen(&over(with_demo(80, 24, gil()), handing_over(), report));
    let lock = |screen: &str| -> Vec<(usize, String)> {
        let rows = screen.lines().enumerate();
        rows.filter(|(_, line)| line.contains("Thread") || line.contains("lock held"))
            .map(|(y, line)| (y, line.to_owned()))
            .collect()
    };
    assert_eq!(lock(&before), lock(&after));
    assert_snapshot!(after);
}

fn counting() -> DemoSpec {
    let demos = ready_demos();
    let mut demo = demos
        .into_iter()
        .find(|demo| demo.name == "counting")
        .unwrap();
    demo.title = Some("What counting a reference costs".to_owned());
    demo
}

/// In the middle of [`counting`]: the atomic counts of many threads.
fn counted() -> Snapshot {
    let costs = [
        ("plain_one", [0.61, 0.62, 0.31], 0.0),
        ("plain_many", [0.63, 3.9, 0.31], 1_234_567.0),
        ("lock_one", [9.8, 9.7, 0.32], 0.0),
        ("lock_many", [52.0, 104.0, 0.31], 0.0),
        ("atomic_one", [4.6, 4.6, 0.31], 0.0),
    ];
    let mut snapshot = in_the_middle(vec![core(0, 98, 1, 0), core(1, 97, 2, 0)]);
    snapshot.lanes = counting()
        .lanes
        .iter()
        .map(|spec| {
            let known = costs.iter().find(|(name, ..)| *name == spec.name);
            let state = match (known, spec.name.as_str()) {
                (Some(_), _) => LaneState::Done,
                (None, "atomic_many") => LaneState::Running,
                (None, _) => LaneState::Waiting,
            };
            let mut lane = lane(&spec.name, state, 0.6, 1.0);
            lane.label.clone_from(&spec.label);
            let names = ["private_ns", "shared_ns", "immortal_ns"].map(str::to_owned);
            if let Some((_, costs, lost)) = known {
                lane.counters = names.into_iter().zip(*costs).collect();
                lane.counters.push(("lost".to_owned(), *lost));
            } else if lane.state == LaneState::Running {
                lane.counters = vec![(names[0].clone(), 4.7)];
            }
            lane
        })
        .collect();
    snapshot
}

#[test]
fn what_counting_costs() {
    let state = |width, height| running(with_demo(width, height, counting()), counted());
    assert_snapshot!("what_counting_costs_80x24", screen(&state(80, 24)));
    assert_snapshot!("what_counting_costs_120x36", screen(&state(120, 36)));
}

fn attempts() -> DemoSpec {
    let runtimes = [
        ("gil", "CPython with the GIL"),
        ("global-count-lock", "1996 Stein: global lock"),
        ("atomic-count", "1996 Stein: atomic"),
        ("owner-table", "2008 safethread"),
        ("parallel-contexts", "2012 PyParallel"),
        ("atomic-count-object-locks", "2016 Gilectomy: atomic"),
        ("buffered-count", "2017 Gilectomy: buffered"),
        ("tracing", "Jython, IronPython"),
        ("transactions", "PyPy: STM"),
        ("free-threaded", "2023 free-threaded"),
    ];
    let lane = |(model, label): (&str, &str), workers, which: &str| LaneSpec {
        label: format!("{label}, {which}"),
        workload: "python".to_owned(),
        workers,
        ..lane_spec(&format!("{model}_{which}"), model)
    };
    DemoSpec {
        name: "attempts".to_owned(),
        title: Some("One program under every runtime".to_owned()),
        lanes: runtimes
            .into_iter()
            .flat_map(|runtime| {
                [
                    lane(runtime, Workers::Count(1), "one"),
                    lane(runtime, Workers::Cores, "many"),
                ]
            })
            .collect(),
        baseline: Baseline::Sequential,
        show: Show::Attempts,
        claim: None,
        ..primes()
    }
}

/// In the middle of [`attempts`]: PyParallel has refused, the Gilectomy's second lane runs.
fn attempted() -> Snapshot {
    let walls = [1.0, 1.03, 7.1, 9.4, 1.6, 1.9, 1.5, 0.8];
    let mut snapshot = in_the_middle(vec![core(0, 98, 1, 0), core(1, 97, 2, 0)]);
    snapshot.lanes = attempts()
        .lanes
        .iter()
        .enumerate()
        .map(|(index, spec)| {
            let state = match index {
                0..8 | 10 => LaneState::Done,
                8 | 9 => LaneState::Refused("the program writes a shared list".to_owned()),
                11 => LaneState::Running,
                _ => LaneState::Waiting,
            };
            let wall = walls.get(index).copied().unwrap_or(1.7);
            Lane {
                label: spec.label.clone(),
                baseline: index == 0,
                against: (index > 0).then(|| "gil_one".to_owned()),
                ..lane(&spec.name, state, wall, 1.0)
            }
        })
        .collect();
    snapshot
}

#[test]
fn the_attempts_side_by_side() {
    let state =
        |width, height| -> State { running(with_demo(width, height, attempts()), attempted()) };
    assert_snapshot!("the_attempts_80x24", screen(&state(80, 24)));
    assert_snapshot!("the_attempts_120x36", screen(&state(120, 36)));
    let mut before = with_demo(80, 24, attempts());
    demo(&mut before).focus = DemoFocus::Lane(8);
    assert_snapshot!("the_attempts_before", screen(&before));
}

/// [`attempted`], over: PyParallel has refused with more words than its row has room for.
fn attempts_over(width: u16, height: u16) -> State {
    let reason = "a parallel context may not write to a list that the main thread has made";
    let lanes = attempted().lanes.into_iter().map(|lane| {
        let mut report = lane_result(&lane.name, lane.wall.as_secs_f64(), 1.0, 1);
        report.label.clone_from(&lane.label);
        report.speedup = Some(1.0 / lane.wall.as_secs_f64());
        if let LaneState::Refused(_) = lane.state {
            report = LaneReport::unmeasured(&lane_spec(&lane.name, &lane.model), Outcome::Refused);
            report.label = lane.label;
            report.error = Some(reason.to_owned());
        }
        report
    });
    let mut report = result(lanes.collect(), verdict(VerdictState::None, None));
    report.lanes[3].pss_mib_max = Some(48.3);
    over(with_demo(width, height, attempts()), attempted(), report)
}

#[test]
fn what_the_attempts_came_to() {
    assert_snapshot!("the_attempts_over_80x24", screen(&attempts_over(80, 24)));
    assert_snapshot!("the_attempts_over_120x36", screen(&attempts_over(120, 36)));
    let mut ascii = attempts_over(80, 24);
    ascii.settings.ascii = true;
    assert_snapshot!("the_attempts_ascii", screen(&ascii));
}

#[test]
fn the_lock_and_the_counts_in_ascii() {
    let with_ascii = |mut state: State| {
        state.settings.ascii = true;
        screen(&state)
    };
    let holds = running(with_demo(80, 24, gil()), handing_over());
    assert_snapshot!("who_holds_the_lock_ascii", with_ascii(holds));
    let counts = running(with_demo(80, 24, counting()), counted());
    assert_snapshot!("what_counting_costs_ascii", with_ascii(counts));
}
