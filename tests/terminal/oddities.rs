//! Terminals and decks that are not as they should be.

use crate::stage::Show;
use crate::talk::{DECK, Deck, demo, present};

#[test]
fn no_escape_sequence_of_a_deck_gets_to_the_terminal() {
    let evil = "\x1b]0;owned\x07\x1b[31mred\x1b[2J\u{9b}31m\u{202e}";
    let deck = Deck::new(&format!(
        "---\ntitle: \"T&#27;]0;owned&#7;{evil}\"\n---\n\n# First slide {evil} &#27;[2J&#x9b;2J\n\n{evil}\n\n[a](http://x/{evil})\n\n```py{evil}\n{evil}\n```\n\n| a{evil} |\n| - |\n| {evil} |\n"
    ));
    let mut stage = Show::parade(&[&deck.name()]).begin();
    stage.press("l");
    stage.await_text("First slide");
    stage.press("oq");
    stage.press("q");
    stage.await_end();
    let written = String::from_utf8_lossy(&stage.bytes).into_owned();
    for forbidden in ["\x1b]0", "\x1b[31mred", "\u{9b}", "\u{202e}", "\x07"] {
        assert!(
            !written.contains(forbidden),
            "{}",
            forbidden.escape_unicode()
        );
    }
}

#[test]
fn links_can_be_opened_and_copied() {
    let deck = Deck::new("# First slide\n\n[docs](https://example.com/a)\n");
    let mut stage = present(&deck);
    stage.await_text("docs (example.com/a)");
    let link = "\x1b]8;;https://example.com/a\x1b\\";
    stage.await_that("the link is there", |stage| {
        String::from_utf8_lossy(&stage.bytes).matches(link).count() == 1
    });
    let row = stage.text().lines().position(|line| line.contains("docs"));
    let row = row.expect("it is shown") + 1;
    stage.press(&format!("\x1b[<0;4;{row}M\x1b[<0;4;{row}m"));
    stage.await_text("copied https://example.com/a");
    stage.press("q");
    stage.await_end();
    let written = String::from_utf8_lossy(&stage.bytes).into_owned();
    let copy = "\x1b]52;c;aHR0cHM6Ly9leGFtcGxlLmNvbS9h\x1b\\";
    assert_eq!(written.matches(copy).count(), 1);
}

#[test]
fn resizes_come_to_rest_at_the_last_size() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck);
    for step in 0..200 {
        stage.resize(1 + step * 37 % 140, 1 + step * 17 % 50);
    }
    stage.resize(60, 20);
    stage.press("l");
    stage.await_text("Second slide");
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn the_smallest_terminal_can_be_quit() {
    let deck = Deck::new(DECK);
    for (columns, rows) in [(1, 1), (2, 1), (1, 2), (19, 5), (500, 1)] {
        let mut stage = Show::parade(&[&deck.name()]).size(columns, rows).begin();
        stage.press("lhq");
        assert!(stage.await_end().success(), "{columns}x{rows}");
        assert_eq!(stage.damage(), [] as [String; 0], "{columns}x{rows}");
    }
}

#[test]
fn a_terminal_that_claims_any_size_can_be_quit() {
    let deck = Deck::new(DECK);
    for size in [
        "rows 0 cols 0",
        "rows 65535 cols 65535",
        "rows 65535 cols 1",
    ] {
        let script = format!("stty {size}; exec \"$0\" \"$1\"");
        let program = env!("CARGO_BIN_EXE_parade");
        let mut stage = Show::program("sh", &["-c", &script, program, &deck.name()]).begin();
        stage.press("lhq");
        assert!(stage.await_end().success(), "{size}");
        assert_eq!(stage.modes_left_on(), [] as [String; 0], "{size}");
    }
}

#[test]
fn whatever_is_typed_the_talk_goes_on() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck);
    let long = "x".repeat(100_000);
    for junk in [
        &b"\x1b[<0;999999999999;5M\x1b[<65;1;1M\x1b[M\xff\xff\xff"[..],
        b"\xe2\x82\xf0\x9f\x80\xff\xc3",
        b"\x1b[;;;;;;;;;;;;;;;;;;9999999999999999999u\x1b[?1;2c\x1bO\x1b\x1b[",
        format!("\x1b[200~q{long}\x1b[2Jq\x1b[201~").as_bytes(),
        format!("\x1b]11;{long}\x07\x1bP{long}\x1b\\").as_bytes(),
    ] {
        stage.type_bytes(junk);
        // Whatever that opened, search or a slide's number, closes.
        stage.press("\x1b\x1b");
    }
    stage.await_that("the second slide shows", |stage| {
        stage.press("G");
        stage.text().contains("Second slide")
    });
    stage.press("q");
    assert!(stage.await_end().success());
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn a_terminal_that_answers_takes_its_theme_and_loses_no_key() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck);
    stage.await_that("it asks", |stage| {
        String::from_utf8_lossy(&stage.bytes).contains("\x1b]11;?")
    });
    stage.press("\x1b]11;rgb:ffff/ff");
    stage.press("ff/ffff\x1b\\l");
    stage.await_text("Second slide");
}

#[test]
fn a_deck_from_standard_input_leaves_the_keyboard_free() {
    let deck = Deck::new(DECK);
    let script = "cat \"$1\" | \"$0\" -";
    let program = env!("CARGO_BIN_EXE_parade");
    let mut stage = Show::program("sh", &["-c", script, program, &deck.name()]).begin();
    stage.await_text("First slide");
    stage.press("l");
    stage.await_text("Second slide");
    stage.press("q");
    assert!(stage.await_end().success());
}

#[test]
fn keys_typed_ahead_mean_the_slides_they_were_typed_for() {
    // The second slide has the demo: only there does `r` run anything.
    let deck = Deck::new(&format!("# Title\n\n---\n\n{}", demo("threads")));
    for keys in ["lr", "2Gr", "Ghlr", ":2\rr"] {
        let mut stage = Show::parade(&[&deck.name()]).begin();
        stage.press(keys);
        stage.await_that(&format!("{keys:?} starts a lane"), |stage| {
            stage
                .processes()
                .values()
                .any(|words| words.contains(" lane"))
        });
        stage.await_text("First slide");
        stage.press("q");
        assert!(stage.await_end().success());
        assert_eq!(stage.damage(), [] as [String; 0]);
    }
}

#[test]
fn a_line_that_is_slow_drops_pictures_and_no_keys() {
    // Each slide is more than a terminal holds, and the gauges move meanwhile.
    let words = "words ".repeat(9000);
    let slide = |number| format!("# Number {number}.\n\n{words}\n");
    let slides: Vec<String> = (1..=20).map(slide).collect();
    let deck = Deck::new(&[demo("threads"), slides.join("\n---\n\n")].join("\n---\n\n"));
    let mut stage = Show::parade(&[&deck.name()]).size(200, 100).stuck().begin();
    while !stage.text().contains("First slide") {
        stage.read_once();
    }
    stage.press("r");
    for _ in 0..20 {
        stage.read_once();
        stage.press("l");
    }
    let before = stage.bytes.len();
    while !stage.text().contains("Number 20.") {
        stage.read_once();
    }
    // What was on its way, and then the last slide: not one picture for every key.
    let pictures = (stage.bytes.len() - before) / (200 * 100);
    assert!(pictures <= 4, "{pictures} pictures' worth of bytes");
    stage.press("q");
    assert!(stage.await_end().success());
    assert!(stage.is_cooked());
}

#[test]
fn a_search_typed_ahead_is_found() {
    let deck = Deck::new(DECK);
    let mut stage = Show::parade(&[&deck.name()]).begin();
    stage.press("/second\r");
    stage.await_text("Second slide");
}
