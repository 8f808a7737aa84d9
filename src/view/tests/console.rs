//! A console's screens.

use std::sync::Arc;
use std::time::Duration;

use insta::assert_snapshot;
use parade_demos::report::VerdictState;

use super::screen;
use super::stage::*;
use crate::app::{Console, Event, Over, Panel, State, Told, update};
use crate::deck::Note;

/// The console of a talk of half an hour, eleven minutes after it began at nine.
fn console(mut state: State) -> State {
    let mut deck = (*state.deck).clone();
    deck.front.title = Some("Free-Threaded Python".to_owned());
    deck.front.duration = Some(Duration::from_mins(30));
    state.deck = Arc::new(deck);
    state.now = Duration::from_mins(11);
    state.settings.slide_number = false;
    state.panel = Panel::Notes;
    state.console = Some(Console {
        name: "talk".to_owned(),
        began_at: Some(Duration::from_hours(9)),
        told: Arc::new(Told {
            place: state.place,
            ..Told::default()
        }),
        ..Console::default()
    });
    state
}

fn text_slide(width: u16, height: u16) -> State {
    let mut here = slide("Concurrency", vec![paragraph("Many tasks at once.")]);
    here.notes = vec![Note {
        step: 0,
        text: "Ask who has heard of the GIL.".to_owned(),
    }];
    let mut state = console(state(width, height, here));
    let next = slide("Parallelism", vec![paragraph("Many things done at once.")]);
    state.slides.insert(2, Arc::new(next));
    relaid(state)
}

#[test]
fn a_console_shows_the_slide_what_comes_next_the_notes_and_the_time() {
    assert_snapshot!(screen(&text_slide(80, 24)));
}

#[test]
fn a_wide_console_has_the_notes_beside_the_slide() {
    assert_snapshot!(screen(&text_slide(120, 30)));
}

#[test]
fn a_narrow_console_has_slide_and_notes() {
    assert_snapshot!(screen(&text_slide(50, 20)));
}

#[test]
fn a_console_tells_of_the_run_and_of_its_verdict() {
    let ready = relaid(console(with_demo(80, 24, primes())));
    let cores = || vec![core(0, 98, 2, 0), core(1, 43, 12, 4)];
    let during = running(ready.clone(), in_the_middle(cores()));
    let report = result(four_results(3), verdict(VerdictState::Holds, None));
    let after = over(ready.clone(), at_the_end(cores()), report);
    let row = |state: &State| screen(state).lines().nth(22).unwrap_or_default().to_owned();
    assert_eq!(
        [row(&ready), row(&during), row(&after)],
        [
            "  ready: async, processes, threads",
            "  cores ▇▄  ▶ processes  60 %  1.97 cores  1.26 s",
            "  ✓ Processes and threads used both cores: twice as fast. Async never left one …",
        ]
    );
}

#[test]
fn a_console_says_what_lies_over_the_slide_and_when_the_talk_ended() {
    let head = |change: fn(&mut Console)| {
        let mut state = text_slide(80, 24);
        change(state.console.as_mut().expect("it is one"));
        screen(&state).lines().next().unwrap_or_default().to_owned()
    };
    let heads = [
        head(|console| Arc::make_mut(&mut console.told).over = Over::Black),
        head(|console| Arc::make_mut(&mut console.told).over = Over::Overlay),
        head(|console| console.lost = Some("the talk has ended".to_owned())),
    ];
    let time = "09:11   11:00 of 30:00   on time";
    assert_eq!(
        heads,
        [
            format!("  Free-Threaded Python                BLACK   {time}"),
            format!("  Free-Threaded Python     NOT ON THE SLIDE   {time}"),
            format!("  Free-Threaded Python                ENDED   {time}"),
        ]
    );
}

#[test]
fn a_clock_that_stands_still_says_so_and_what_lets_it_go_on() {
    let mut talk = text_slide(80, 24);
    talk.console = None;
    let effects = update(&mut talk, Event::Key('c'.into()), Duration::from_mins(11));
    assert_eq!(effects, []);
    let mut state = text_slide(80, 24);
    // The time of day goes on.
    (state.clock, state.now) = (talk.clock, Duration::from_mins(15));
    let screen = screen(&state);
    let rows: Vec<&str> = screen.lines().collect();
    assert_eq!(
        [rows[0], rows[rows.len() - 1]],
        [
            "  Free-Threaded Python                     09:15   11:00 of 30:00   PAUSED (c)",
            "  ← → back, on  o slides  b black  c C go on, reset clock  ? keys  q close",
        ]
    );
}
