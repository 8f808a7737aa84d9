//! Between two slides: what moves, for how long, and what ends it.

use std::time::Duration;

use super::talk::Talk;
use crate::app::{Event, ImageKey, Moment, Settings, Setup, Transit};
use crate::deck::{ImageFile, Transition};

const DECK: &str = "---\ntransition: dissolve\n---\n\n# One\n\na\n\n<!-- pause -->\n\nb\n\n---\n\n\
                    # Two\n\n<!-- transition: slide -->\n\n---\n\n# Three\n\n\
                    <!-- transition: off -->\n\n---\n\n# Four\n";

/// How the slide is coming, and whether forward.
fn transit(talk: &Talk) -> Option<(Transition, bool)> {
    let of = |transit: &Transit| (transit.transition, transit.forward);
    talk.state.transit.as_ref().map(of)
}

/// The presenter looks at it until nothing moves.
fn rest(talk: &mut Talk) {
    for _ in 0..100 {
        let Some(after) = talk.state.tick_after() else {
            return;
        };
        talk.now += after;
        talk.happen(Event::Tick);
    }
    panic!("it never rests");
}

#[test]
fn a_slide_comes_as_it_or_its_deck_says_and_goes_the_same_way_back() {
    let mut talk = Talk::open(DECK);
    assert_eq!(transit(&talk), None, "nothing is left for the first");
    let (slide, dissolve) = (Transition::Slide, Transition::Dissolve);
    for (keys, expected) in [
        ("→", None),
        ("→", Some((slide, true))),
        ("→", None),
        ("→", Some((dissolve, true))),
        ("←", Some((dissolve, false))),
        ("←", None),
        ("←", Some((slide, false))),
        ("←", None),
        ("4 Enter", Some((dissolve, true))),
        ("b", None),
        ("x", None),
        ("g", Some((dissolve, false))),
        ("o G", None),
    ] {
        talk.press(keys);
        assert_eq!(transit(&talk), expected, "{keys}");
        rest(&mut talk);
        assert_eq!(transit(&talk), None);
    }
}

#[test]
fn it_is_over_within_a_third_of_a_second_and_costs_nothing_then() {
    let mut talk = Talk::open(DECK);
    rest(&mut talk);
    talk.press("PgDn");
    let from = talk.now;
    let mut pictures = 0;
    let mut before = 0.0;
    while let Some(transit) = talk.state.transit {
        let progress = talk.state.progress(&transit);
        assert!(
            progress >= before && progress < 1.0,
            "{before} then {progress}"
        );
        before = progress;
        assert!(std::mem::take(&mut talk.state.dirty));
        pictures += 1;
        talk.now += talk.state.tick_after().expect("more is to be seen");
        talk.happen(Event::Tick);
    }
    assert!(talk.state.dirty, "the slide itself is drawn");
    assert!((5..12).contains(&pictures), "{pictures}");
    assert!(talk.now <= from + Duration::from_millis(300));
    rest(&mut talk);
    talk.state.dirty = false;
    talk.now += Duration::from_secs(9);
    talk.happen(Event::Tick);
    assert!(!talk.state.dirty);
}

#[test]
fn a_key_ends_it_and_sees_the_next_slide_at_once() {
    let mut talk = Talk::open(DECK);
    rest(&mut talk);
    talk.press("PgDn");
    assert!(talk.state.transit.is_some());
    talk.state.dirty = false;
    talk.press("x");
    assert_eq!(transit(&talk), None);
    assert!(talk.state.dirty, "also where the key does nothing");
    talk.press("g");
    assert!(talk.state.transit.is_some());
    talk.press("PgDn");
    assert_eq!((transit(&talk), &*talk.at()), (None, "2.0"));
}

#[test]
fn what_is_found_out_meanwhile_does_not_end_it() {
    let mut talk = Talk::open(DECK);
    rest(&mut talk);
    talk.press("PgDn");
    let before = transit(&talk);
    assert!(before.is_some());
    for event in [
        Event::Decoded {
            key: ImageKey {
                file: ImageFile::default(),
                width: 4,
                height: 2,
            },
            drawn: Err("it is broken".to_owned()),
        },
        Event::Consoles(1),
        Event::Caption(Some("a word".to_owned())),
    ] {
        talk.happen(event);
        assert_eq!(transit(&talk), before);
    }
}

#[test]
fn nothing_moves_where_motion_is_not_wanted_or_nobody_asked_for_it() {
    let settings = |transition, reduced_motion| Setup {
        settings: Settings {
            transition,
            reduced_motion,
            ..Settings::default()
        },
        ..Setup::default()
    };
    let silent = "# One\n\n---\n\n# Two\n";
    let slide = Transition::Slide;
    for (deck, setup, expected) in [
        (silent, Setup::default(), None),
        (silent, settings(slide, false), Some((slide, true))),
        (silent, settings(slide, true), None),
        (DECK, settings(Transition::Off, true), None),
        (DECK, settings(Transition::Off, false), Some((slide, true))),
    ] {
        let mut talk = Talk::open_with(deck, setup);
        talk.now = Moment::from_secs(1);
        talk.press("PgDn");
        assert_eq!(transit(&talk), expected, "{deck}");
    }
}
