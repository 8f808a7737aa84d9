//! A program that is edited: over its slide, beside its run, and what says that figures come of it.

use insta::assert_snapshot;
use parade_demos::report::VerdictState;
use ratatui::style::Modifier;

use super::stage::*;
use super::{cells, screen};
use crate::app::{Event, Mode, State, update};
use crate::deck::Deck;
use crate::key::Chord;
use crate::layout::Size;
use crate::parse;

const DECK: &str = "\
# Who wins?

```demo
name: counting
title: Two threads count
workload: python
with:
  code: |
    import threading

    def count():
        for number in range(100):
            print(number, \"漢字\")  # a comment that goes on and on and on, beyond what the pane of this screen has room for

    one = threading.Thread(target=count)
    one.start()
lanes: [gil, free-threaded]
```
";

/// The program of the deck's demo in the editor, after these keys.
fn editing(width: u16, height: u16, keys: &str) -> State {
    editing_of(DECK, width, height, keys)
}

fn editing_of(deck: &str, width: u16, height: u16, keys: &str) -> State {
    let deck: Deck = parse::open(std::path::Path::new("deck.md"), deck, &());
    let parsed = std::sync::Arc::new(parse::slide(&deck, 0, &()));
    let mut state = State::new(crate::app::Setup {
        deck: deck.into(),
        size: Size { width, height },
        cores: 2,
        ..crate::app::Setup::default()
    });
    let _ = crate::app::begin(&mut state, 0);
    let parsed = Event::Parsed {
        index: 0,
        slide: parsed,
    };
    let _ = update(&mut state, parsed, std::time::Duration::ZERO);
    let keys = keys
        .split_whitespace()
        .map(|key| key.parse::<Chord>().expect("a key"));
    for chord in std::iter::once(Chord::from('E')).chain(keys) {
        let _ = update(&mut state, Event::Key(chord), std::time::Duration::ZERO);
    }
    state
}

#[test]
fn the_pane_is_over_a_small_slide_and_beside_a_wide_one() {
    assert_snapshot!("editor_80x24", screen(&editing(80, 24, "")));
    assert_snapshot!("editor_120x36", screen(&editing(120, 36, "↓ ↓ x")));
    assert_snapshot!("editor_40x12", screen(&editing(40, 12, "↓ ↓ ↓ ↓ End")));
}

#[test]
fn the_other_programs_of_a_demo_stand_beside_the_one_that_is_open() {
    const TWO: &str = "\
# Two

```demo
name: two
workload: python
lanes:
  - {name: one, model: gil, with: {code: \"print(1)\"}}
  - {name: other, model: gil, with: {code: \"print(2)\"}}
```
";
    assert_snapshot!("editor_programs", screen(&editing_of(TWO, 80, 12, "#")));
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let state = editing(80, 24, "c l a s s Space A : Enter p a s s Enter Ctrl-End");
    assert_snapshot!("editor_wrong", screen(&state));
}

#[test]
fn an_edited_demo_says_so() {
    assert_snapshot!("editor_closed", screen(&editing(80, 24, "# Esc")));
    let state = with_demo(
        80,
        24,
        parade_demos::spec::DemoSpec {
            edited: true,
            ..primes()
        },
    );
    let report = result(four_results(1), verdict(VerdictState::None, None));
    let state = over(
        state,
        at_the_end(vec![core(0, 90, 5, 0), core(1, 90, 5, 0)]),
        report,
    );
    let text = screen(&state);
    assert!(
        text.lines()
            .last()
            .is_some_and(|bar| bar.contains("EDITED")),
        "{text}"
    );
}

#[test]
fn the_cursor_stands_out_wherever_it_is() {
    for (keys, at) in [
        ("", (4, 1)),
        ("→", (5, 1)),
        ("End", (20, 1)),
        ("↓", (4, 2)),
        // Behind a word in wide characters.
        (
            "↓ ↓ ↓ ↓ Home Ctrl-→ Ctrl-→ Ctrl-→ Ctrl-→ Ctrl-→ Ctrl-→",
            (31, 5),
        ),
    ] {
        let buffer = cells(&editing(80, 24, keys));
        let reversed = |(x, y): &(u16, u16)| buffer[(*x, *y)].modifier.contains(Modifier::REVERSED);
        let all = (0..23).flat_map(|y| (0..80).map(move |x| (x, y)));
        assert_eq!(all.filter(reversed).collect::<Vec<_>>(), [at], "{keys:?}");
    }
}

#[test]
fn an_editor_of_any_size_is_drawn() {
    for (width, height) in [(20, 6), (25, 7), (113, 8), (114, 8), (300, 60)] {
        for keys in ["", "Ctrl-End", "↓ ↓ ↓ ↓ End"] {
            let state = editing(width, height, keys);
            assert!(matches!(state.mode, Mode::Edit(_)));
            let _ = screen(&state);
        }
    }
}
