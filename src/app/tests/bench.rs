//! Programs that are stepped by hand.

use parade_demos::explore::Exhibit;
use parade_demos::interleavings::{Interleavings, Outcome};
use parade_demos::report::{LaneReport, Outcome as Ended, Report};

use super::talk::{RACE, Talk};
use crate::app::{Event, RunId, RunNews};

const LINES: &str = "\
```demo
name: lines
workload: python
with:
  code: |
    a = [1]
    b = a
    del b
lanes: [gil]
show: steps
```
";

fn open() -> Talk {
    Talk::open(&format!("# Race\n\n{RACE}\n---\n\n# Lines\n\n{LINES}"))
}

/// The threads that were stepped so far, or the line that comes next.
fn stands(talk: &Talk) -> String {
    let demo = talk.state.demo_in_focus().expect("the slide has a demo");
    match &demo.bench.as_ref().expect("it is stepped by hand").exhibit {
        Ok(Exhibit::Schedule(schedule)) => {
            let threads = schedule.steps().iter();
            threads.map(|step| step.thread.to_string()).collect()
        }
        Ok(Exhibit::Lines(lines)) => format!("{:?}", lines.line()),
        Err(why) => why.clone(),
    }
}

/// The search is over: it found two outcomes.
fn explored(talk: &mut Talk, run: u64) {
    let demo = talk.state.demo_in_focus().expect("the slide has a demo");
    let outcome = |text: &str, example: &[u8]| Outcome {
        text: text.to_owned(),
        example: example.to_vec(),
        ..Outcome::default()
    };
    let found = Interleavings {
        outcomes: vec![
            outcome("2", &[1, 1, 1, 2, 2, 2]),
            outcome("1", &[1, 2, 1, 2, 1, 2]),
        ],
        ..Interleavings::default()
    };
    let report = Report {
        lanes: vec![LaneReport {
            interleavings: Some(Box::new(found)),
            ..LaneReport::unmeasured(&demo.spec.lanes[0], Ended::Done)
        }],
        ..Report::empty(&demo.spec)
    };
    talk.happen(Event::Run {
        run: RunId(run),
        news: RunNews::Finished(Box::new(report)),
    });
}

#[test]
fn keys_are_a_programs_scheduler() {
    let mut talk = open();
    for (keys, expected) in [
        ("1", "1"),
        ("2 2", "122"),
        ("u", "12"),
        ("3", "12"),
        ("Enter", "12"),
        ("0", ""),
        ("1 1 1 1", "111"),
    ] {
        assert_eq!(stands(talk.press(keys)), expected, "{keys}");
    }
}

#[test]
fn an_outcome_that_was_found_is_replayed_step_by_step() {
    let mut talk = open();
    talk.press("2 a");
    assert_eq!(talk.told(), ["start 0 race 1 units [explorer]"]);
    explored(&mut talk, 0);
    for (keys, expected) in [
        ("Enter", "1"),
        ("Enter Enter", "111"),
        ("a", ""),
        ("Enter Enter Enter", "121"),
        ("Enter Enter Enter", "121212"),
        ("Enter", "1"),
    ] {
        assert_eq!(stands(talk.press(keys)), expected, "{keys}");
    }
}

#[test]
fn keys_go_through_a_program_line_by_line_and_back() {
    let mut talk = open();
    talk.press("PgDn");
    for (keys, expected) in [
        ("Enter", "Some(2)"),
        ("1 Enter", "None"),
        ("u", "Some(3)"),
        ("0", "Some(1)"),
        ("u", "Some(1)"),
    ] {
        assert_eq!(stands(talk.press(keys)), expected, "{keys}");
    }
}
