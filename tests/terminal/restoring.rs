//! The terminal is afterwards what it was before, however presenting ends.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use rustix::process::Signal;

use crate::stage::{Show, Stage, kill};
use crate::talk::{DECK, Deck, present};

#[test]
fn keys_turn_slides_and_quitting_restores() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck);
    stage.press("\x1b[C");
    stage.await_text("Second slide");
    stage.press("\x1b[D");
    stage.await_text("First slide");
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn a_signal_restores_and_ends_by_that_signal() {
    let deck = Deck::new(DECK);
    for (signal, name) in [
        (Signal::TERM, "Terminated"),
        (Signal::INT, "Interrupt"),
        (Signal::HUP, "Hangup"),
        (Signal::QUIT, "Quit"),
        (Signal::USR1, "User defined signal 1"),
    ] {
        let mut stage = present(&deck);
        stage.signal(signal);
        stage.await_end_by(name);
    }
}

#[test]
fn an_error_leaves_the_terminal_alone() {
    for arguments in [&["/nonexistent.md"][..], &["/"], &["/dev/null"]] {
        let mut stage = Show::parade(arguments).begin();
        assert_eq!(stage.await_end().exit_code(), 2);
        assert!(stage.text().contains("failed to open"), "{}", stage.text());
        assert_eq!(stage.damage(), [] as [String; 0]);
    }
}

/// Not a test of its own but what the tests below put on the stage: parade whose picture of the
/// second slide panics, with so many words.
#[test]
fn panicking_picture() {
    if let Ok(deck) = std::env::var("PARADE_TEST_PANIC") {
        let source = parade::files::Source::File(deck.clone().into());
        let mut options = parade::present::Options::new(source);
        options.draw = |state, buffer| {
            let words: usize = std::env::var("PARADE_TEST_WORDS").unwrap().parse().unwrap();
            assert!(
                state.place.slide == 0,
                "no picture of {}",
                "that ".repeat(words)
            );
            parade::view::draw(state, buffer);
        };
        let ended = catch_unwind(AssertUnwindSafe(|| parade::present::run(options)));
        // The test harness has more to write, and may wait for the terminal for ever.
        std::fs::write(deck_ended(&deck), "").unwrap();
        ended.unwrap_or_else(|panic| resume_unwind(panic)).unwrap();
    }
}

/// What is there once parade has ended.
fn deck_ended(deck: &str) -> PathBuf {
    Path::new(deck).with_extension("ended")
}

fn panicking(deck: &Deck, words: usize) -> Show {
    let program = std::env::current_exe().unwrap();
    let test = "restoring::panicking_picture";
    Show::program(program.to_str().unwrap(), &["--exact", test, "--nocapture"])
        .env("PARADE_TEST_PANIC", &deck.name())
        .env("PARADE_TEST_WORDS", &words.to_string())
}

#[test]
fn a_panic_in_the_interface_restores_and_is_told() {
    let deck = Deck::new(DECK);
    let mut stage = panicking(&deck, 1).begin();
    stage.await_text("First slide");
    stage.press("l");
    assert!(!stage.await_end().success());
    assert_eq!(stage.damage(), [] as [String; 0]);
    assert!(
        stage.text().contains("no picture of that"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_panic_that_nobody_reads_of_ends_all_the_same() {
    let deck = Deck::new(DECK);
    let mut stage = panicking(&deck, 100_000).stuck().begin();
    while !stage.text().contains("First slide") {
        stage.read_once();
    }
    stage.press("l");
    stage.await_that("it ends", |_| deck_ended(&deck.name()).exists());
    assert!(stage.is_cooked());
}

/// A shell with job control that runs parade, tells when it stopped, and continues it on Enter.
fn under_a_shell(deck: &Deck) -> Stage {
    let script = "set -m; \"$0\" \"$1\"; echo STOPPED; read line; fg; echo ENDED $?";
    let program = env!("CARGO_BIN_EXE_parade");
    let mut stage = Show::program("sh", &["-c", script, program, &deck.name()]).begin();
    stage.await_text("First slide");
    stage
}

#[test]
fn suspending_gives_the_terminal_back_and_resuming_takes_it_again() {
    let deck = Deck::new(DECK);
    for by_key in [true, false] {
        let mut stage = under_a_shell(&deck);
        stage.press("l");
        stage.await_text("Second slide");
        if by_key {
            stage.press("\x1a");
        } else {
            let processes = stage.processes();
            let parade = |words: &String| words.starts_with(env!("CARGO_BIN_EXE_parade"));
            let pid = processes.iter().find(|(_, words)| parade(words)).unwrap().0;
            kill(*pid, Signal::TSTP);
        }
        stage.await_text("STOPPED");
        stage.await_that("the terminal is restored", |stage| {
            stage.damage().is_empty()
        });
        stage.press("\n");
        stage.await_text("Second slide");
        assert!(!stage.is_cooked());
        stage.press("q");
        stage.await_text("ENDED 0");
        stage.await_end();
        assert_eq!(stage.damage(), [] as [String; 0]);
    }
}

#[test]
fn without_a_shell_there_is_nothing_to_suspend_to() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck);
    stage.press("\x1a");
    stage.await_text("there is no shell to go back to");
    stage.press("l");
    stage.await_text("Second slide");
}
