//! Slides that follow each other visibly.

use std::collections::BTreeSet;
use std::fs;

use crate::stage::{Show, Stage};
use crate::talk::Deck;

/// What ends each frame.
const FRAME_END: &str = "\x1b[?2026l";

/// A deck whose slides follow each other so.
fn deck(transition: &str) -> Deck {
    Deck::new(&format!(
        "---\ntransition: {transition}\n---\n\n# First slide\n\n日本 👩\u{200d}🍳 words\n\n---\n\n\
         # Second slide\n\n漢字 here\n"
    ))
}

/// The talk, and how its first slide looks.
fn present(show: Show) -> (Stage, String) {
    let mut stage = show.begin();
    stage.await_that("the first slide is there", |stage| {
        bodies(stage)
            .last()
            .is_some_and(|body| body.contains("words"))
    });
    let first = bodies(&stage).last().unwrap().clone();
    (stage, first)
}

/// What stood above the status bar at the end of each frame.
fn bodies(stage: &Stage) -> Vec<String> {
    let mut screen = vt100::Parser::default();
    let written = String::from_utf8_lossy(&stage.bytes);
    let frames = written.split_inclusive(FRAME_END);
    let body = |frame: &str| {
        screen.process(frame.as_bytes());
        let rows = screen.screen().rows(0, 80).take(23);
        let trimmed: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
        trimmed.join("\n")
    };
    frames
        .filter(|frame| frame.ends_with(FRAME_END))
        .map(body)
        .collect()
}

/// Goes to the second slide and back, and tells what was seen that is neither.
fn there_and_back(stage: &mut Stage, first: &str) -> BTreeSet<String> {
    stage.press("l");
    stage.await_that("the second slide is whole", |stage| {
        // Of whole frames: the screen may show the beginning of one that is still on its way.
        let text = bodies(stage).pop().unwrap_or_default();
        let stands = |words| text.lines().any(|line| line.trim_end() == words);
        let is_left = text.contains('日') || text.contains("words");
        stands("  Second slide") && stands("  漢字 here") && !is_left
    });
    let second = bodies(stage).last().unwrap().clone();
    stage.press("h");
    stage.await_that("the first slide is whole", |stage| {
        bodies(stage).last().unwrap() == first
    });
    let seen = bodies(stage).into_iter();
    seen.filter(|body| body != first && *body != second)
        .collect()
}

#[test]
fn the_next_slide_comes_visibly_and_whole() {
    for transition in ["slide", "dissolve"] {
        let deck = deck(transition);
        let (mut stage, first) = present(Show::parade(&[&deck.name()]));
        // A busy machine may come to the last picture alone.
        stage.await_that("one is seen on its way", |stage| {
            !there_and_back(stage, &first).is_empty()
        });
        stage.press("q");
        assert!(stage.await_end().success());
        assert_eq!(stage.damage(), [] as [String; 0]);
    }
}

#[test]
fn where_nothing_shall_move_there_is_no_picture_between() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("parade")).unwrap();
    fs::write(
        folder.path().join("parade/config.toml"),
        "reduced_motion = true",
    )
    .unwrap();
    let calm = folder.path().to_str().unwrap();
    for (transition, configuration) in [("off", "/nonexistent"), ("slide", calm)] {
        let deck = deck(transition);
        let show = Show::parade(&[&deck.name()]).env("XDG_CONFIG_HOME", configuration);
        let (mut stage, first) = present(show);
        let between = there_and_back(&mut stage, &first);
        assert_eq!(between, BTreeSet::new(), "{transition}");
        stage.press("q");
        assert!(stage.await_end().success());
    }
}
