//! What `parade doctor` asks of a terminal, and leaves of it.

use std::fs;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::stage::{Show, Stage};

/// What a terminal that shows sixels answers last.
const ANSWER: &str = "\x1b[?62;4c";
/// A slow line: what is asked and what is answered is on its way for so long.
const LATENCY: Duration = Duration::from_millis(300);

fn asked(stage: &Stage) -> bool {
    String::from_utf8_lossy(&stage.bytes).contains("\x1b[c")
}

/// The doctor, in his question's midst.
fn asking() -> Stage {
    let mut stage = Show::parade(&["doctor"]).env("TERM_PROGRAM", "").begin();
    stage.await_that("it asks", |stage| asked(stage));
    stage
}

#[test]
fn a_late_answer_is_waited_for_and_not_left_to_the_shell() {
    let mut stage = asking();
    let arrives_at = Instant::now() + LATENCY;
    stage.await_that("the answer arrives", |_| Instant::now() >= arrives_at);
    stage.press(ANSWER);
    assert!(stage.await_end().success());
    assert!(stage.text().contains("in sixels"), "{}", stage.text());
    assert!(!stage.text().contains("62;4c"), "{}", stage.text());
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn a_signal_in_the_midst_of_asking_ends_it_and_leaves_the_terminal_whole() {
    for (signal, name) in [(Signal::TERM, "Terminated"), (Signal::HUP, "Hangup")] {
        let mut stage = asking();
        stage.signal(signal);
        stage.await_end_by(name);
    }
    let mut stage = asking();
    stage.press("\x03");
    stage.await_end_by("Interrupt");
}

#[test]
fn what_the_configuration_says_is_told_and_not_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parade/config.toml");
    fs::create_dir(file.parent().unwrap()).unwrap();
    for (config, expected) in [
        ("images = \"blocks\"", "in half blocks: the configuration"),
        ("images = \"sixel\"", "in sixels"),
        (
            "big_text = \"off\"\nimages = \"off\"",
            "none: the configuration",
        ),
    ] {
        fs::write(&file, config).unwrap();
        let mut stage = Show::parade(&["doctor"])
            .env("XDG_CONFIG_HOME", folder.path().to_str().unwrap())
            .begin();
        assert!(stage.await_end().success());
        assert!(stage.text().contains(expected), "{}", stage.text());
        assert!(!asked(&stage), "{config}");
    }
    fs::write(&file, "images = 7").unwrap();
    let mut stage = Show::parade(&["doctor"])
        .size(200, 40)
        .env("XDG_CONFIG_HOME", folder.path().to_str().unwrap())
        .begin();
    assert!(stage.await_end().success());
    let text = stage.text();
    assert!(text.contains("✗ configuration"), "{text}");
}
