//! Code blocks that run: seen as they run, ended with all that they started.

use std::fs;
use std::path::Path;

use rustix::process::Signal;

use crate::stage::{Show, Stage};
use crate::talk::Deck;

/// A deck whose first slide has a block that runs this script.
fn deck(script: &str) -> Deck {
    Deck::new(&format!(
        "# First slide\n\n```sh +exec\n{script}\n```\n\n---\n\n# Second slide\n\nBye\n"
    ))
}

fn present(deck: &Deck) -> Stage {
    let mut stage = Show::parade(&["--trust", &deck.name()]).begin();
    stage.await_text("First slide");
    stage
}

/// A script that goes on for ever, with a child that has left its session. What it writes is not what stands
/// on the slide.
const FOR_EVER: &str = "dirname $0 > folder; (setsid sleep 600 &); sleep 600 & echo be''gun; wait";

/// The folder of the program that runs.
fn folder(deck: &Deck) -> String {
    let folder = fs::read_to_string(deck.beside("folder")).unwrap();
    let folder = folder.trim().to_owned();
    assert!(Path::new(&folder).is_dir(), "{folder}");
    folder
}

#[test]
fn output_appears_as_it_comes_and_the_end_is_told() {
    let deck = deck("echo be''gun; read -r line < go; echo $line; exit 3");
    let pipe = deck.beside("go");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let mut stage = present(&deck);
    stage.press("r");
    stage.await_text("begun");
    stage.await_text("r stops it");
    fs::write(&pipe, "and gone\n").unwrap();
    stage.await_text("and gone");
    stage.await_text("ended with exit code 3 after");
}

#[test]
fn a_program_runs_only_once_it_is_allowed() {
    let deck = deck("echo ran > here");
    let mut stage = Show::parade(&[&deck.name()]).begin();
    stage.await_text("First slide");
    stage.press("r");
    stage.await_text("sh main.sh");
    stage.press("n");
    stage.await_text("its commands were not allowed to run");
    assert!(!deck.beside("here").exists());
    stage.press("r");
    stage.await_text("sh main.sh");
    stage.press("y");
    stage.await_text("done in");
    assert!(deck.beside("here").exists());
}

#[test]
fn nothing_is_left_however_it_is_stopped() {
    type Way = (&'static str, fn(&mut Stage));
    let ways: [Way; 3] = [
        ("r", |stage| stage.press("r")),
        ("leaving the slide", |stage| stage.press("G")),
        ("quitting", |stage| {
            stage.press("q");
            stage.await_end();
        }),
    ];
    for (way, stop) in ways {
        let deck = deck(FOR_EVER);
        let mut stage = present(&deck);
        stage.press("r");
        stage.await_text("begun");
        let folder = folder(&deck);
        stop(&mut stage);
        let alone = usize::from(way != "quitting");
        stage.await_that(&format!("{way} ends it"), |stage| {
            stage.processes().len() == alone && !Path::new(&folder).exists()
        });
    }
}

#[test]
fn nothing_is_left_when_the_app_is_killed() {
    let deck = deck(FOR_EVER);
    let mut stage = present(&deck);
    stage.press("r");
    stage.await_text("begun");
    let folder = folder(&deck);
    stage.signal(Signal::KILL);
    stage.await_end();
    stage.await_that("nothing is left", |stage| {
        stage.processes().is_empty() && !Path::new(&folder).exists()
    });
}

#[test]
fn endless_output_holds_nobody_up() {
    let deck = deck("yes");
    let mut stage = present(&deck);
    stage.press("r");
    stage.await_text("earlier lines not kept");
    stage.press("G");
    stage.await_text("Second slide");
    stage.await_that("it ends", |stage| stage.processes().len() == 1);
}

#[test]
fn its_time_is_limited_by_the_configuration() {
    let deck = deck("sleep 600");
    let config = deck.beside("config.toml");
    fs::write(&config, "[languages.sh]\ntimeout = \"300ms\"\n").unwrap();
    let config = config.to_str().unwrap();
    let mut stage = Show::parade(&["--trust", "--config", config, &deck.name()]).begin();
    stage.await_text("First slide");
    stage.press("r");
    stage.await_text("stopped: it took longer than 0.3 s");
    stage.await_that("it ends", |stage| stage.processes().len() == 1);
}

#[test]
fn a_build_that_fails_shows_what_the_compiler_says() {
    let deck = Deck::new("# First slide\n\n```mine +exec\nwrong\n```\n");
    let config = deck.beside("config.toml");
    let language = "[languages.mine]\nfile = \"a\"\n\
                    commands = [[\"sh\", \"-c\", \"cat {file}; exit 1\"], [\"true\"]]\n";
    fs::write(&config, language).unwrap();
    let config = config.to_str().unwrap();
    let mut stage = Show::parade(&["--trust", "--config", config, &deck.name()]).begin();
    stage.await_text("First slide");
    stage.press("r");
    stage.await_text("the build failed with exit code 1");
}
