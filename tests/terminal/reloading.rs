//! What is saved while presenting shows, and what can't be shown leaves the talk as it is.

use std::fs;
use std::path::Path;

use crate::stage::{Show, Stage};
use crate::talk::{DECK, Deck, present, save, save_until};

#[test]
fn saving_the_deck_shows_the_change() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck);
    save_until(&mut stage, "Saved", || {
        save(&deck.path(), &DECK.replace("Hello", "Saved"));
    });
}

#[test]
fn an_include_that_was_missing_shows_once_it_is_there() {
    let deck = Deck::new("# First slide\n\nHello\n\n<!-- include: part.md -->\n");
    let part = deck.beside("part.md");
    let mut stage = present(&deck);
    save_until(&mut stage, "Now it is here", || {
        save(&part, "Now it is here\n");
    });
    save(&part, "And now it changed\n");
    stage.await_text("And now it changed");
}

#[test]
fn a_deck_that_cannot_be_read_any_more_leaves_the_talk_as_it_is() {
    let gone: fn(&Path) = |deck| fs::remove_file(deck).unwrap();
    let folder: fn(&Path) = |deck| {
        fs::remove_file(deck).unwrap();
        fs::create_dir(deck).unwrap();
    };
    let large: fn(&Path) = |deck| save(deck, &"word ".repeat(4_000_000));
    let binary: fn(&Path) = |deck| fs::write(deck, b"# \xff\xfe\n").unwrap();
    for (spoil, told) in [
        (gone, "there is no such file"),
        (folder, "it is a folder"),
        (large, "it is larger than 16 MiB"),
        (binary, "line 1 is not UTF-8"),
    ] {
        let deck = Deck::new(DECK);
        let mut stage = present(&deck);
        save_until(&mut stage, "Watched", || {
            save(&deck.path(), &DECK.replace("Hello", "Watched"));
        });
        spoil(&deck.path());
        stage.await_text(told);
        stage.press("l");
        stage.await_text("Second slide");
        stage.press("h");
        stage.await_text("Watched");
    }
}

#[test]
fn of_many_saves_the_last_one_shows() {
    let deck = Deck::new(DECK);
    let mut stage = present(&deck);
    save_until(&mut stage, "Watched", || {
        save(&deck.path(), &DECK.replace("Hello", "Watched"));
    });
    for number in 0..300 {
        // Decks of different lengths take differently long to read.
        let rest = "\n---\n\n# More\n".repeat(number % 7 * 500);
        let text = DECK.replace("Hello", &format!("Number {number}.")) + &rest;
        save(&deck.path(), &text);
    }
    stage.await_text("Number 299.");
    stage.press("q");
    assert!(stage.await_end().success());
}

/// A theme whose title has a colour of its own.
fn theme(blue: u8) -> String {
    format!("extends = \"dark\"\n\n[looks]\ntitle = {{ foreground = \"#0102{blue:02x}\" }}\n")
}

/// Whether the terminal was told to write in the colour of [`theme`].
fn is_coloured(stage: &Stage, blue: u8) -> bool {
    String::from_utf8_lossy(&stage.bytes).contains(&format!("38;2;1;2;{blue}"))
}

#[test]
fn saving_the_theme_shows_its_colours_and_a_broken_one_leaves_them() {
    let by_front_matter = format!("---\ntheme:\n  path: mine.toml\n---\n\n{DECK}");
    for (text, by_option) in [(DECK, true), (&by_front_matter, false)] {
        let deck = Deck::new(text);
        let path = deck.beside("mine.toml");
        save(&path, &theme(3));
        let (name, theme_name) = (deck.name(), path.to_str().unwrap());
        let arguments: &[&str] = if by_option {
            &[&name, "--theme", theme_name]
        } else {
            &[&name]
        };
        let mut stage = Show::parade(arguments).begin();
        stage.await_text("First slide");
        assert!(is_coloured(&stage, 3));
        stage.await_that("it shows in its new colour", |stage| {
            save(&path, &theme(4));
            is_coloured(stage, 4)
        });
        save(&path, &theme(5).replace("foreground", "forground"));
        stage.await_text("mine.toml: line 4: looks");
        stage.press("l");
        stage.await_text("Second slide");
        save(&path, &theme(6));
        stage.await_that("it shows mended", |stage| is_coloured(stage, 6));
        assert!(!is_coloured(&stage, 5));
    }
}
