//! A still slide costs nothing.

use std::time::Duration;

use super::talk::Talk;
use crate::app::{Event, Notice, Settings, Setup};
use crate::layout::Size;

const DECK: &str = "# One\n\na\n\n---\n\n# Two\n\n```rust\nlet x = 1;\n```\n";

/// Draws, as the loop does after each event.
fn draw(talk: &mut Talk) -> bool {
    std::mem::take(&mut talk.state.dirty)
}

#[test]
fn draws_only_when_something_visible_changed() {
    let mut talk = Talk::open(DECK);
    draw(&mut talk);
    for (keys, dirty) in [
        ("←", false),
        ("x", false),
        ("r", false),
        ("Tab", false),
        ("Backspace", false),
        ("g", false),
        ("→", true),
        ("→", false),
        ("PgDn", false),
        ("?", true),
        ("↑", false),
        ("↓", true),
        ("Esc", true),
        ("o", true),
        ("→", false),
        ("←", true),
    ] {
        talk.press(keys);
        assert_eq!(draw(&mut talk), dirty, "{keys}");
    }
    talk.happen(Event::Resize(Size {
        width: 80,
        height: 24,
    }));
    assert!(!draw(&mut talk), "the size is as it was");
}

#[test]
fn reads_ahead_once_and_then_sleeps() {
    let mut talk = Talk::open(DECK);
    draw(&mut talk);
    assert_eq!(talk.state.tick_after(), Some(Duration::ZERO));
    talk.happen(Event::Tick);
    assert_eq!(talk.told(), ["highlight let x = 1;"]);
    assert!(!draw(&mut talk));
    assert_eq!(talk.state.tick_after(), None);
    talk.press("→");
    assert_eq!(talk.told(), [""; 0], "it is asked for once");
    assert_eq!(talk.state.tick_after(), None, "there is no slide ahead");
}

#[test]
fn takes_a_notice_away_when_its_time_is_over() {
    let mut talk = Talk::open("# One\n");
    let notice = Notice {
        text: "saved".into(),
        bad: false,
    };
    talk.happen(Event::Notice(notice));
    assert_eq!(talk.at(), "1.0 (saved)");
    draw(&mut talk);
    let wait = talk.state.tick_after().expect("a notice stands");
    talk.now += wait;
    talk.happen(Event::Tick);
    assert_eq!((talk.at().as_str(), draw(&mut talk)), ("1.0", true));
    assert_eq!(talk.state.tick_after(), None);
}

#[test]
fn ticks_with_the_clock_where_the_clock_is_shown() {
    let settings = Settings {
        elapsed: true,
        ..Settings::default()
    };
    let mut talk = Talk::open_with(
        "# One\n",
        Setup {
            settings,
            ..Setup::default()
        },
    );
    draw(&mut talk);
    talk.now = Duration::from_millis(1_300);
    talk.happen(Event::Tick);
    assert!(draw(&mut talk));
    assert_eq!(talk.state.tick_after(), Some(Duration::from_millis(700)));
    talk.now = Duration::from_millis(1_900);
    talk.happen(Event::Tick);
    assert!(!draw(&mut talk), "the second is the same");
    assert_eq!(
        talk.press("b").state.tick_after(),
        None,
        "a dark screen has no clock"
    );
}
