//! Large text on terminals that scale it, and on those that don't.

use crate::stage::{Show, Stage};
use crate::talk::Deck;

const DECK: &str = "# Large\n\n---\n\n# First\n\nSecond slide\n";
/// The title as it is written where the terminal scales text.
const SCALED: &str = "\x1b]66;s=4;Large\x1b\\";
/// Where the cursor is when the terminal is asked for that.
const ASKED: &str = "\x1b]66;s=2; \x1b\\\x1b[6n";

fn written(stage: &Stage) -> String {
    String::from_utf8_lossy(&stage.bytes).into_owned()
}

/// A talk that waits for the answer, and where the question was asked, from 1.
fn asking(deck: &Deck) -> (Stage, (u16, u16)) {
    let mut stage = Show::parade(&[&deck.name()]).begin();
    stage.await_that("it asks", |stage| written(stage).contains(ASKED));
    let written = written(&stage);
    let (before, _) = written.split_once(ASKED).unwrap();
    let mut screen = vt100::Parser::default();
    screen.process(before.as_bytes());
    let (y, x) = screen.screen().cursor_position();
    (stage, (x + 1, y + 1))
}

#[test]
fn a_terminal_that_scales_text_is_given_words() {
    let deck = Deck::new(DECK);
    let (mut stage, (x, y)) = asking(&deck);
    assert!(stage.text().contains('▀') && !written(&stage).contains(SCALED));
    stage.press(&format!("\x1b[{y};{}R", x + 2));
    stage.await_that("the title is scaled", |stage| {
        written(stage).contains(SCALED)
    });
    assert!(!stage.text().contains('▀'), "{}", stage.text());
    stage.press("l");
    stage.await_text("Second slide");
    stage.press("h");
    stage.await_that("it is scaled again", |stage| {
        written(stage).matches(SCALED).count() == 2
    });
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn a_terminal_that_does_not_is_drawn_letters() {
    let deck = Deck::new(DECK);
    for further in [0, 1] {
        let (mut stage, (x, y)) = asking(&deck);
        stage.press(&format!("\x1b[{y};{}R", x + further));
        // The title that is drawn anew is drawn with the answer known.
        stage.press("l");
        stage.await_text("Second slide");
        stage.press("h");
        stage.await_text("▀");
        stage.press("q");
        assert!(stage.await_end().success());
        assert!(!written(&stage).contains(SCALED));
    }
}

#[test]
fn a_multiplexer_is_not_asked() {
    let deck = Deck::new(DECK);
    for (name, value) in [("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux-0/default")] {
        let mut stage = Show::parade(&[&deck.name()]).env(name, value).begin();
        stage.await_text("▀");
        stage.press("q");
        assert!(stage.await_end().success());
        assert!(!written(&stage).contains("\x1b]66"));
    }
}
