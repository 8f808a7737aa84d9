//! Images on a terminal that says that it shows them.

use std::fs;

use crate::stage::{Show, Stage};
use crate::talk::{Deck, save_until};

const PNG: &[u8] = include_bytes!("../../slides/float.png");
const DECK: &str = "# First slide\n\n![](float.png)\n\n---\n\n# Second slide\n\nBye\n";
/// What a kitty answers: that it takes graphics, its name, the size of its cells, what else it can.
const ANSWERS: &str = "\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.42)\x1b\\\x1b[6;20;10t\x1b[?62;c";

fn count(stage: &Stage, sequence: &str) -> usize {
    String::from_utf8_lossy(&stage.bytes)
        .matches(sequence)
        .count()
}

/// The deck on a terminal that answers so.
fn present(deck: &Deck, answers: &str) -> Stage {
    fs::write(deck.beside("float.png"), PNG).unwrap();
    let mut stage = Show::parade(&[&deck.name()])
        .env("TMUX", "")
        .env("TERM_PROGRAM", "")
        .begin();
    stage.await_text("First slide");
    stage.await_that("it asks", |stage| count(stage, "\x1b[c") == 1);
    stage.press(answers);
    stage
}

#[test]
fn a_kitty_gets_an_image_once_and_loses_it_in_the_end() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck, ANSWERS);
    let placed = ",c=48,r=12,C=1,q=2\x1b\\";
    stage.await_that("the image is there", |stage| count(stage, placed) == 1);
    assert_eq!(count(&stage, "\x1b_Ga=t,f=100,"), 1);
    stage.press("l");
    stage.await_that("it is gone", |stage| count(stage, "\x1b_Ga=d,d=i,") == 1);
    stage.press("h");
    stage.await_that("it is back", |stage| count(stage, placed) == 2);
    stage.press("?");
    stage.await_that("the help covers it", |stage| {
        count(stage, "\x1b_Ga=d,d=i,") == 2
    });
    stage.press("?");
    stage.await_that("it is back again", |stage| count(stage, placed) == 3);
    assert_eq!(count(&stage, "\x1b_Ga=t,f=100,"), 1, "it is sent once");
    let before = count(&stage, "\x1b_Ga=d,d=A,");
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(count(&stage, "\x1b_Ga=d,d=A,"), before + 1);
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn a_terminal_without_pictures_shows_half_blocks() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck, "\x1b[?62;22c");
    stage.await_text("▀▀▀");
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(count(&stage, "\x1b_Ga=t"), 0);
}

#[test]
fn saving_an_image_shows_the_change() {
    let deck = Deck::new(DECK);
    fs::write(deck.beside("float.png"), "no image").unwrap();
    let mut stage = Show::parade(&[&deck.name()]).begin();
    stage.await_text("it is no PNG, JPEG, GIF or WebP");
    let path = deck.beside("float.png");
    save_until(&mut stage, "▀▀▀", || fs::write(&path, PNG).unwrap());
}
