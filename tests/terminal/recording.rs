//! `parade --record FILE`: the talk goes into a file while it is presented.

use rustix::process::Signal;

use crate::film::Film;
use crate::stage::{Show, Stage};
use crate::talk::{DECK, Deck, demo};

/// The deck, on the screen and on its way into a file beside it.
fn recorded(deck: &Deck) -> Stage {
    let file = deck.beside("talk.cast");
    let mut stage = Show::parade(&[&deck.name(), "--record", file.to_str().unwrap()]).begin();
    stage.await_text("First slide");
    stage
}

fn names(film: &Film) -> Vec<String> {
    let (scenes, _) = film.scenes();
    scenes.into_iter().map(|scene| scene.name).collect()
}

#[test]
fn what_the_audience_saw_is_in_the_file() {
    let deck = Deck::new(DECK);
    let mut stage = recorded(&deck);
    stage.press("\x1b[C");
    stage.await_text("Second slide");
    stage.resize(100, 30);
    stage.await_that("the status bar is at the bottom", |stage| {
        stage
            .text()
            .lines()
            .nth(29)
            .is_some_and(|row| row.contains("2 ▸ 2"))
    });
    let shown = crate::film::trimmed(&stage.text());
    stage.press("q");
    assert!(stage.await_end().success());
    let film = Film::read(&deck.beside("talk.cast"));
    let (scenes, last) = film.scenes();
    assert_eq!(names(&film), ["1. First slide", "2. Second slide"]);
    assert!(scenes[0].text.contains("Hello") && scenes[1].text.contains("Bye"));
    assert_eq!(last, shown);
    assert_eq!(film.shots.last().unwrap().code, "x");
    assert!(film.length_ms() >= scenes[1].at_ms);
}

#[test]
fn a_recording_that_is_killed_plays_to_its_last_frame() {
    let deck = Deck::new(&demo("sequential"));
    let mut stage = recorded(&deck);
    stage.press("r");
    stage.await_that("the run is in the file", |_| {
        let text = std::fs::read_to_string(deck.beside("talk.cast")).unwrap();
        text.contains("LIVE")
    });
    stage.signal(Signal::KILL);
    stage.await_end();
    let film = Film::read(&deck.beside("talk.cast"));
    let (_, last) = film.scenes();
    assert!(last.contains("LIVE") && last.contains("core 0"), "{last}");
}

#[test]
fn the_speakers_notes_stay_with_the_speaker() {
    let deck = Deck::new("# First slide\n\n<!-- speaker_note: whispered -->\n\nHello\n");
    let mut stage = recorded(&deck);
    stage.press("s");
    stage.await_text("whispered");
    stage.press("q");
    stage.await_end();
    let film = Film::read(&deck.beside("talk.cast"));
    let (scenes, last) = film.scenes();
    assert!(!film.output().contains("whispered"));
    assert_eq!(last, scenes[0].text);
}

#[test]
fn an_earlier_recording_is_never_lost() {
    let deck = Deck::new(DECK);
    let file = deck.beside("talk.cast");
    std::fs::write(&file, "dear\n").unwrap();
    let mut stage = Show::parade(&[&deck.name(), "--record", file.to_str().unwrap()]).begin();
    assert_eq!(stage.await_end().exit_code(), 2);
    assert!(
        stage.text().contains("failed to record to"),
        "{}",
        stage.text()
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "dear\n");
    assert_eq!(stage.damage(), [] as [String; 0]);
}

#[test]
fn a_full_disk_ends_the_recording_and_not_the_talk() {
    let deck = Deck::new(DECK);
    // A limit of the size of files stands for the disk's; the shell ignores the signal that comes with it.
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} {} --record {}",
        env!("CARGO_BIN_EXE_parade"),
        deck.name(),
        deck.beside("talk.cast").display()
    );
    let mut stage = Show::program("sh", &["-c", &script]).begin();
    stage.await_text("First slide");
    for _ in 0..100 {
        if stage.text().contains("failed to go on recording") {
            break;
        }
        stage.press("\x1b[C");
        stage.await_text("Second slide");
        stage.press("\x1b[D");
        stage.await_text("First slide");
    }
    stage.await_text("failed to go on recording");
    stage.press("\x1b[C");
    stage.await_text("Second slide");
    stage.press("q");
    assert!(stage.await_end().success());
    let film = Film::read(&deck.beside("talk.cast"));
    assert_eq!(names(&film)[0], "1. First slide");
}
