//! Nothing is left of a run, however it and the app end.

use std::collections::BTreeMap;

use rustix::process::Signal;

use crate::stage::{Show, Stage, kill, marked};
use crate::talk::{Deck, demo, present};

/// How many processes of lanes there are.
fn lanes(processes: &BTreeMap<u32, String>) -> usize {
    processes
        .values()
        .filter(|words| words.contains(" lane"))
        .count()
}

/// Lanes that outlast the test, and how many processes each has at least: every model, and every
/// workload that starts or holds something of its own.
const LANES: [(&str, usize); 12] = [
    ("sequential", 1),
    ("async", 1),
    ("threads", 1),
    ("rayon", 1),
    ("processes", 3),
    (
        "{model: async, workload: requests, with: {count: 1000, delay: 10s}}",
        2,
    ),
    (
        "{model: threads, workload: requests, with: {count: 1000, delay: 10s}}",
        2,
    ),
    (
        "{model: processes, workload: requests, with: {count: 1000, delay: 10s}}",
        4,
    ),
    (
        "{model: processes, workload: sleep, with: {count: 1000, each: 10s}}",
        3,
    ),
    (
        "{model: processes, workload: transfer, with: {count: 100000, payload: 8MiB}}",
        3,
    ),
    (
        "{model: async, workload: heartbeat, with: {count: 10000, block: 1s}}",
        1,
    ),
    // The lane, its keeper, the shell and what it started, of which two left the lane's group.
    (
        "{model: command, workload: command, command: [sh, -c, 'sleep 600 & (setsid sleep 600 &) ; setsid sh -c \"sleep 600\"']}",
        6,
    ),
];

#[test]
fn nothing_is_left_of_a_run_when_the_app_is_killed() {
    for (lane, processes) in LANES {
        let deck = Deck::new(&demo(lane));
        let mut stage = Show::parade(&["--trust", &deck.name()]).begin();
        stage.await_text("First slide");
        stage.press("r");
        stage.await_that(&format!("{lane} runs"), |stage| {
            stage.processes().len() > processes
        });
        stage.signal(Signal::KILL);
        stage.await_end();
        stage.await_that(&format!("nothing is left of {lane}"), |stage| {
            stage.processes().is_empty()
        });
    }
}

#[test]
fn nothing_is_left_when_the_app_and_a_keeper_are_killed_at_once() {
    let (lane, processes) = LANES[LANES.len() - 1];
    let deck = Deck::new(&demo(lane));
    let mut stage = Show::parade(&["--trust", &deck.name()]).begin();
    stage.await_text("First slide");
    stage.press("r");
    stage.await_that("it runs", |stage| stage.processes().len() > processes);
    let of_words = |stage: &Stage, words: &str| {
        let all = stage.processes();
        let found = all.iter().find(|(_, line)| line.contains(words));
        *found.unwrap_or_else(|| panic!("{words}: {all:?}")).0
    };
    let keeper = of_words(&stage, "lane keeper");
    let app = of_words(&stage, "--trust");
    let lane = of_words(&stage, &format!("lane {app}"));
    // The lane can do nothing before both are dead.
    kill(lane, Signal::STOP);
    kill(keeper, Signal::KILL);
    kill(app, Signal::KILL);
    stage.await_end();
    stage.await_that("nothing is left", |stage| stage.processes().is_empty());
}

#[test]
fn nothing_is_left_of_a_run_when_the_app_ends_otherwise() {
    let ways: [fn(&mut Stage); 3] = [
        |stage| stage.press("q"),
        |stage| stage.signal(Signal::TERM),
        |stage| stage.press("\x03"),
    ];
    let deck = Deck::new(&demo("processes"));
    for end in ways {
        let mut stage = present(&deck);
        stage.press("r");
        stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
        end(&mut stage);
        stage.await_end();
        assert_eq!(stage.processes(), [].into(), "ended, yet something is left");
    }
}

/// Not a test of its own but the terminal of [`a_terminal_that_disappears_ends_everything`]:
/// when this process is killed, so is the terminal.
#[test]
fn vanishing_terminal() {
    if let Ok(deck) = std::env::var("PARADE_TEST_VANISH") {
        let mut stage = Show::parade(&[&deck]).begin();
        stage.await_text("First slide");
        stage.press("r");
        stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
        println!("MARK {} ", stage.mark());
        loop {
            std::thread::park();
        }
    }
}

#[test]
fn a_terminal_that_disappears_ends_everything() {
    let deck = Deck::new(&demo("threads"));
    let program = std::env::current_exe().unwrap();
    let test = "running::vanishing_terminal";
    let mut outer = Show::program(program.to_str().unwrap(), &["--exact", test, "--nocapture"])
        .env("PARADE_TEST_VANISH", &deck.name())
        .begin();
    outer.await_text("MARK");
    outer.await_that("the mark is whole", |outer| {
        mark_in(&outer.text()).is_some()
    });
    let mark = mark_in(&outer.text()).unwrap();
    assert!(!marked(&mark).is_empty());
    outer.signal(Signal::KILL);
    outer.await_that("nothing is left", |_| marked(&mark).is_empty());
}

fn mark_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("MARK ")?;
    rest.split_once(' ').map(|(mark, _)| mark.to_owned())
}

#[test]
fn a_stuck_terminal_keeps_neither_the_app_nor_its_lanes() {
    // Slides so full that a few of them are more than a terminal takes that nobody reads from.
    let words = "words ".repeat(9000);
    let deck = Deck::new(&format!(
        "{}\n{words}\n\n---\n\n# Other\n\n{words}\n",
        demo("threads")
    ));
    let mut stage = Show::parade(&[&deck.name()]).size(300, 140).stuck().begin();
    while !stage.text().contains("First slide") {
        stage.read_once();
    }
    stage.press("lhlhlhlhlh");
    stage.press("r");
    stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
    stage.signal(Signal::TERM);
    assert!(stage.await_end().signal().is_some());
    assert_eq!(stage.processes(), [].into());
    assert!(stage.is_cooked());
}

#[test]
fn keys_are_answered_while_every_core_is_busy() {
    let deck = Deck::new(&(demo("threads") + "\n---\n\n# Second slide\n\nBye\n"));
    let mut stage = present(&deck);
    stage.press("r");
    stage.await_that("a lane runs", |stage| lanes(&stage.processes()) > 0);
    stage.press("G");
    stage.await_text("Second slide");
    stage.await_that("the run ends", |stage| lanes(&stage.processes()) == 0);
}

#[test]
fn a_run_is_stopped_before_it_is_seen_to_begin() {
    let deck = Deck::new(&demo("threads"));
    let mut stage = present(&deck);
    stage.press("rr");
    stage.await_text("stopped");
    stage.await_that("no lane runs", |stage| lanes(&stage.processes()) == 0);
}
