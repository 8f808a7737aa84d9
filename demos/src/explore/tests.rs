//! Programs and all that can come of them.

use std::sync::Arc;

use super::*;
use crate::python::code::Program;
use crate::python::syntax::compile;

const WIDE: Bound = Bound {
    states_max: 100_000,
    steps_max: 1_000,
};

fn program(source: &str) -> Arc<Program> {
    Arc::new(compile("program.py", source).unwrap())
}

/// Threads that each run a body of these lines, and what is printed at the end.
fn threads(bodies: &[&str], setup: &str, print: &str) -> String {
    let functions: Vec<String> = bodies
        .iter()
        .enumerate()
        .map(|(number, body)| {
            let body = body.replace('\n', "\n    ");
            format!("def work{number}():\n    {body}\n")
        })
        .collect();
    let functions = functions.concat();
    let made: Vec<String> = (0..bodies.len())
        .map(|number| format!("threading.Thread(target=work{number})"))
        .collect();
    let made = made.join(", ");
    format!(
        "import threading\n{setup}\n{functions}threads = [{made}]\n\
         for t in threads:\n    t.start()\nfor t in threads:\n    t.join()\n{print}\n"
    )
}

fn explore(source: &str, sections: Sections, size: StepSize) -> Coverage<Outcome> {
    search(
        Play::new(&program(source), &[], sections, size).unwrap(),
        WIDE,
    )
}

/// Each outcome as one line, with its number of schedules.
fn outcomes(coverage: &Coverage<Outcome>) -> Vec<(String, u128)> {
    coverage
        .outcomes
        .iter()
        .map(|one| {
            let stuck: Vec<String> = one
                .outcome
                .stuck
                .iter()
                .map(|stuck| format!("{} waits for {}", stuck.thread, stuck.waits_for))
                .collect();
            let text = match (&one.outcome.end, stuck.is_empty()) {
                (Some(end), _) => format!("{end:?}"),
                (None, true) => one.outcome.output.trim_end().to_owned(),
                (None, false) => stuck.join("; "),
            };
            (text, one.schedules)
        })
        .collect()
}

const ADD: &str = "global cnt\ncnt += 1";

#[test]
fn two_threads_that_add_one_lose_an_update_in_18_of_20_schedules() {
    let source = threads(&[ADD, ADD], "cnt = 0", "print(cnt)");
    let coverage = explore(&source, Sections::None, StepSize::Slide);
    assert_eq!(
        outcomes(&coverage),
        [("2".to_owned(), 2), ("1".to_owned(), 18)]
    );
    assert_eq!(
        (coverage.schedules, coverage.steps, coverage.stopped),
        (20, 6, None)
    );
}

#[test]
fn each_example_leads_to_its_outcome() {
    let source = threads(&[ADD, ADD], "cnt = 0", "print(cnt)");
    let start = Play::new(&program(&source), &[], Sections::None, StepSize::Slide).unwrap();
    for one in search(start.clone(), WIDE).outcomes {
        let mut play = start.clone();
        for choice in one.example {
            assert!(play.step(usize::from(choice)).is_some());
        }
        assert_eq!(search::System::outcome(&play), one.outcome);
    }
}

#[test]
fn another_line_makes_another_histogram() {
    let double = "global cnt\ncnt = cnt + cnt";
    let source = threads(&[ADD, double], "cnt = 1", "print(cnt)");
    let coverage = explore(&source, Sections::None, StepSize::Slide);
    assert_eq!(coverage.stopped, None);
    let results: Vec<String> = outcomes(&coverage)
        .into_iter()
        .map(|(text, _)| text)
        .collect();
    assert!(
        results.contains(&"4".to_owned()) && results.contains(&"3".to_owned()),
        "{results:?}"
    );
}

#[test]
fn counts_the_schedules_of_larger_programs() {
    let ten = "global cnt\ncnt += 1\ncnt += 1\ncnt += 1\ncnt = 0";
    let five = "global cnt\ncnt += 1\ncnt = 0\ncnt = 1";
    for (bodies, schedules) in [(vec![ten; 2], 184_756), (vec![five; 3], 756_756)] {
        let coverage = explore(
            &threads(&bodies, "cnt = 0", ""),
            Sections::None,
            StepSize::Slide,
        );
        assert_eq!((coverage.schedules, coverage.stopped), (schedules, None));
    }
}

#[test]
fn a_lock_leaves_one_outcome() {
    let body = "global cnt\nwith lock:\n    cnt += 1";
    let source = threads(
        &[body, body],
        "cnt = 0\nlock = threading.Lock()",
        "print(cnt)",
    );
    for size in [StepSize::Slide, StepSize::Bytecode] {
        let coverage = explore(&source, Sections::None, size);
        assert_eq!(coverage.stopped, None);
        let results: Vec<String> = outcomes(&coverage)
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(results, ["2"], "{size:?}");
    }
}

#[test]
fn two_locks_taken_in_opposite_order_can_deadlock() {
    let one = "with a:\n    with b:\n        pass";
    let other = "with b:\n    with a:\n        pass";
    let source = threads(
        &[one, other],
        "a = threading.Lock()\nb = threading.Lock()",
        "print('done')",
    );
    let coverage = explore(&source, Sections::None, StepSize::Slide);
    let results = outcomes(&coverage);
    assert_eq!(results.len(), 2, "{results:?}");
    let deadlock = "MainThread waits for Thread-1 (work0)'s end; Thread-1 (work0) waits for b; Thread-2 (work1) waits for a";
    assert!(
        results.iter().any(|(text, _)| text == deadlock),
        "{results:?}"
    );
    assert!(
        results.iter().any(|(text, _)| text == "done"),
        "{results:?}"
    );
}

#[test]
fn extending_lists_by_each_other_deadlocks_with_mutexes_and_not_with_critical_sections() {
    let source = threads(
        &["a.extend(b)", "b.extend(a)"],
        "a = [1]\nb = [2]",
        "print(len(a), len(b))",
    );
    for (sections, deadlocks) in [
        (Sections::None, false),
        (Sections::Critical, false),
        (Sections::Mutexes, true),
    ] {
        let coverage = explore(&source, sections, StepSize::Slide);
        let stuck = coverage
            .outcomes
            .iter()
            .any(|one| !one.outcome.stuck.is_empty());
        assert_eq!(stuck, deadlocks, "{sections:?}");
    }
}

#[test]
fn a_slide_fills_its_table_row_by_row() {
    let source = threads(&[ADD, ADD], "cnt = 0", "print(cnt)");
    let mut play = Play::new(&program(&source), &[], Sections::None, StepSize::Slide).unwrap();
    let rows: Vec<(usize, Action, Option<String>, String)> = [1, 2, 1, 2, 1, 2]
        .into_iter()
        .map(|thread| {
            let step = play.step(thread).unwrap();
            (
                step.thread,
                step.action,
                step.value,
                step.globals[0].1.clone(),
            )
        })
        .collect();
    let read = || Action::Read("cnt".to_owned());
    let add = || Action::Compute(crate::python::code::Operator::Add);
    let write = || Action::Write("cnt".to_owned());
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        rows,
        [
            (1, read(), text("0"), "0".to_owned()),
            (2, read(), text("0"), "0".to_owned()),
            (1, add(), text("1"), "0".to_owned()),
            (2, add(), text("1"), "0".to_owned()),
            (1, write(), text("1"), "1".to_owned()),
            (2, write(), text("1"), "1".to_owned()),
        ]
    );
    assert!(play.is_over());
    assert_eq!(play.world().output(), "1\n");
}

#[test]
fn steps_through_a_program_line_by_line_and_back() {
    let source = "my_lst = [\"hello\"]\nother_lst = my_lst\ndel other_lst\n";
    let mut lines = Lines::new(&program(source), &[]).unwrap();
    let count = |lines: &Lines| {
        let heap = lines.heap();
        let list = heap.objects.iter().find(|object| object.kind == "list");
        list.map(|list| list.count)
    };
    let mut seen = vec![(lines.line(), count(&lines))];
    while lines.forward() {
        seen.push((lines.line(), count(&lines)));
    }
    assert_eq!(
        seen,
        [
            (Some(1), None),
            (Some(2), Some(1)),
            (Some(3), Some(2)),
            (None, Some(1)),
        ]
    );
    assert!(lines.back());
    assert_eq!((lines.line(), count(&lines)), (Some(3), Some(2)));
}

#[test]
fn a_loop_without_end_stops_at_a_bound_and_says_so() {
    let wait = "while not flag:\n    pass";
    let set = "global flag\nflag = True";
    let source = threads(&[wait, set], "flag = False", "print(flag)");
    let coverage = search(
        Play::new(&program(&source), &[], Sections::None, StepSize::Slide).unwrap(),
        Bound {
            states_max: 1_000,
            steps_max: 50,
        },
    );
    assert_eq!(coverage.stopped, Some(Stopped::Steps));
}

#[test]
fn a_schedule_can_be_taken_back_and_another_followed() {
    let source = threads(&[ADD, ADD], "cnt = 0", "print(cnt)");
    let start = Play::new(&program(&source), &[], Sections::None, StepSize::Slide).unwrap();
    let mut schedule = Schedule::new(start);
    let chosen = |schedule: &Schedule| -> Vec<usize> {
        schedule.steps().iter().map(|step| step.thread).collect()
    };
    assert!(schedule.step(1) && schedule.step(2) && schedule.step(2));
    assert!(!schedule.step(0) && !schedule.step(3));
    assert!(schedule.undo());
    assert_eq!(chosen(&schedule), [1, 2]);
    let serial = [1, 1, 1, 2, 2, 2];
    while schedule.steps().len() < serial.len() {
        assert!(schedule.follow(&serial));
    }
    assert_eq!(chosen(&schedule), [1, 1, 1, 2, 2, 2]);
    assert_eq!(schedule.now().world().output(), "2\n");
    assert!(schedule.follow(&serial));
    assert_eq!(chosen(&schedule), [1]);
    schedule.reset();
    assert!(!schedule.undo());
}
