//! Programs that are stepped by hand, and what all their interleavings come to; updates that got lost.

use insta::assert_snapshot;
use parade_demos::explore::Exhibit;
use parade_demos::interleavings::{Interleavings, Outcome};
use parade_demos::report::{LaneReport, VerdictState};
use parade_demos::snapshot::{LaneState, Snapshot};
use parade_demos::spec::{Baseline, DemoSpec, LaneSpec, Parameters, Show, Value, Workers};

use super::stage::*;
use super::{cells, screen};
use crate::app::State;

/// A demo of one program under one model.
fn program(title: &str, model: &str, show: Show, code: &str) -> DemoSpec {
    let text = |text: &str| Value::Text(text.to_owned());
    DemoSpec {
        name: "program".to_owned(),
        title: Some(title.to_owned()),
        lanes: vec![LaneSpec {
            with: Parameters::from([
                ("source".to_owned(), text("program.py")),
                ("code".to_owned(), text(code)),
            ]),
            ..LaneSpec::new("python", model)
        }],
        baseline: Baseline::None,
        claim: None,
        show,
        ..primes()
    }
}

fn race() -> DemoSpec {
    let title = "Be the scheduler – 1 and 2 let a thread take its next step";
    let code = include_str!("../../../slides/python/race.py");
    program(title, "explorer", Show::Scheduler, code)
}

fn deadlock() -> DemoSpec {
    let title = "Two locks, taken in opposite orders";
    let code = include_str!("../../../slides/python/deadlock.py");
    program(title, "explorer", Show::Scheduler, code)
}

fn references() -> DemoSpec {
    let title = "One list, and how many references lead to it";
    let code = include_str!("../../../slides/python/references.py");
    program(title, "gil", Show::Steps, code)
}

/// The program of a demo after some steps: of these threads, or so many lines.
fn stepped(mut state: State, steps: &[usize]) -> State {
    let bench = demo(&mut state).bench.as_mut().unwrap();
    match bench.exhibit.as_mut().unwrap() {
        Exhibit::Schedule(schedule) => {
            for thread in steps {
                assert!(schedule.step(*thread), "thread {thread} can step");
            }
        }
        Exhibit::Lines(lines) => steps.iter().for_each(|_| assert!(lines.forward())),
    }
    state
}

fn outcome(text: &str, schedules: u64, of: u64, deadlock: bool) -> Outcome {
    Outcome {
        text: text.to_owned(),
        deadlock,
        schedules: schedules.to_string(),
        share: schedules as f64 / of as f64,
        example: vec![1, 2, 1, 2, 1, 2],
    }
}

/// The state once all interleavings were explored.
fn explored(state: State, outcomes: Vec<Outcome>, schedules: &str) -> State {
    let mut lane = lane_result("explorer", 0.004, 1.0, 1);
    lane.interleavings = Some(Box::new(Interleavings {
        outcomes_total: outcomes.len(),
        outcomes,
        schedules: schedules.to_owned(),
        states: 22,
        steps: 6,
        stopped: None,
    }));
    let report = result(vec![lane], verdict(VerdictState::None, None));
    over(state, Snapshot::default(), report)
}

/// The same screen with ASCII alone, but for the slide's own title.
fn ascii(mut state: State) -> String {
    state.settings.ascii = true;
    let text = screen(&state);
    let foreign: Vec<char> = text
        .chars()
        .filter(|c| !c.is_ascii() && *c != '🐍')
        .collect();
    assert_eq!(foreign, [], "{text}");
    text
}

#[test]
fn be_the_scheduler() {
    let stage = |width, height| stepped(with_demo(width, height, race()), &[1, 2, 1, 2, 1]);
    assert_snapshot!("scheduler_before", screen(&with_demo(80, 24, race())));
    assert_snapshot!("scheduler_80x24", screen(&stage(80, 24)));
    assert_snapshot!("scheduler_120x36", screen(&stage(120, 36)));
    assert_snapshot!("scheduler_ascii", ascii(stage(80, 24)));
}

#[test]
fn all_interleavings_and_one_of_them_replayed() {
    let outcomes = || vec![outcome("2", 2, 20, false), outcome("1", 18, 20, false)];
    let stage = |width, height| {
        let state = stepped(with_demo(width, height, race()), &[1, 2, 1, 2, 1, 2]);
        explored(state, outcomes(), "20")
    };
    assert_snapshot!("interleavings_80x24", screen(&stage(80, 24)));
    assert_snapshot!("interleavings_120x36", screen(&stage(120, 36)));
    assert_snapshot!("interleavings_ascii", ascii(stage(80, 24)));
}

#[test]
fn a_deadlock_says_who_waits_for_what() {
    let waits = "Thread 1 waits for second, Thread 2 waits for first";
    let outcomes = vec![
        outcome(waits, 2, 8, true),
        outcome("forwards\nbackwards", 3, 8, false),
        outcome("backwards\nforwards", 3, 8, false),
    ];
    let state = stepped(with_demo(80, 24, deadlock()), &[1, 2]);
    assert_snapshot!(screen(&explored(state, outcomes, "8")));
}

#[test]
fn line_by_line() {
    let stage = |width, height| stepped(with_demo(width, height, references()), &[0, 0]);
    assert_snapshot!("steps_80x24", screen(&stage(80, 24)));
    assert_snapshot!("steps_120x36", screen(&stage(120, 36)));
    assert_snapshot!("steps_60x18", screen(&stage(60, 18)));
    assert_snapshot!("steps_ascii", ascii(stage(80, 24)));
}

fn lost() -> DemoSpec {
    DemoSpec {
        title: Some("A million increments in each thread, on the cores".to_owned()),
        lanes: ["gil", "free-threaded"]
            .map(|model| LaneSpec {
                workers: Workers::Count(2),
                ..LaneSpec::new("python", model)
            })
            .into(),
        baseline: Baseline::None,
        claim: None,
        ..primes()
    }
}

/// A lane that has counted so far and has lost the rest of two million.
fn counted(name: &str, counted: f64, wall: f64) -> LaneReport {
    let mut lane = lane_result(name, wall, 1.0, 1);
    for (counter, value) in [("counted", counted), ("lost", 2e6 - counted)] {
        lane.counters.insert(counter.to_owned(), value.into());
    }
    lane
}

#[test]
fn updates_that_got_lost() {
    let stage = |width, height, free| {
        let lanes = vec![
            counted("gil", 2e6, 0.41),
            counted("free-threaded", free, 0.38),
        ];
        let mut snapshot = in_the_middle(vec![core(0, 0, 1, 0), core(1, 0, 2, 0)]);
        snapshot.lanes = vec![
            lane("gil", LaneState::Done, 0.41, 1.0),
            lane("free-threaded", LaneState::Done, 0.38, 1.9),
        ];
        let report = result(lanes, verdict(VerdictState::None, None));
        over(with_demo(width, height, lost()), snapshot, report)
    };
    assert_snapshot!("lost_80x24", screen(&stage(80, 24, 1_162_345.0)));
    assert_snapshot!("lost_120x36", screen(&stage(120, 36, 1_162_345.0)));
    assert_snapshot!("lost_ascii", ascii(stage(80, 24, 1_162_345.0)));
    let none = screen(&stage(80, 24, 2e6));
    assert_eq!(none.matches("none").count(), 2, "{none}");
    // A single one of two million is seen all the same.
    let cells = cells(&stage(80, 24, 2e6 - 1.0));
    assert_eq!(
        cells
            .content
            .iter()
            .filter(|cell| cell.symbol() == "░")
            .count(),
        2
    );
}
