//! What holds for every picture, whatever it shows.

use parade_demos::report::{Outcome, VerdictState};

use super::stage::*;
use super::{cells, screen};
use crate::app::{Mode, Picture, State};

/// One of each picture, on a slide whose own text is ASCII.
fn pictures(width: u16, height: u16) -> Vec<(&'static str, State)> {
    let cores = || vec![core(0, 60, 30, 0), core(1, 20, 12, 40)];
    let mut spec = primes();
    spec.title = Some("Three ways".to_owned());
    let ready = || {
        let mut state = with_demo(width, height, spec.clone());
        let slide = state.slide().expect("there is one").as_ref().clone();
        state.slides.insert(
            1,
            crate::deck::Slide {
                title: None,
                ..slide
            }
            .into(),
        );
        relaid(state)
    };
    let mut timeline = running(ready(), in_the_middle(cores()));
    demo(&mut timeline).picture = Picture::Timeline;
    demo(&mut timeline)
        .snapshot
        .as_mut()
        .expect("it runs")
        .timeline = stretches();
    let mut failed = result(
        four_results(1),
        verdict(VerdictState::Fails, Some("too slow")),
    );
    failed.lanes[1].outcome = Outcome::Failed;
    failed.lanes[1].error = Some("killed by SIGKILL".to_owned());
    let (transfer, transferred) = transfer();
    let mut grid = (0..64).map(|id| core(id, 90, 5, 0)).collect::<Vec<_>>();
    grid[63].usable = false;
    vec![
        ("ready", ready()),
        ("running", running(ready(), in_the_middle(cores()))),
        ("64 cores", running(ready(), in_the_middle(grid))),
        ("over", over(ready(), at_the_end(cores()), failed)),
        ("timeline", timeline),
        (
            "heartbeat",
            running(with_demo(width, height, heartbeat()), beating()),
        ),
        (
            "transfer",
            running(with_demo(width, height, transfer), transferred),
        ),
        (
            "help",
            State {
                mode: Mode::Help { scroll: 2 },
                ..ready()
            },
        ),
        (
            "overview",
            State {
                mode: Mode::Overview { selected: 1 },
                ..ready()
            },
        ),
    ]
}

#[test]
fn every_sign_has_an_ascii_twin_in_the_same_place() {
    for (name, mut state) in pictures(80, 24) {
        let unicode = cells(&state);
        state.settings.ascii = true;
        let ascii = cells(&state);
        for (before, after) in unicode.content.iter().zip(&ascii.content) {
            let (sign, twin) = (before.symbol(), after.symbol());
            // The slide's own title may hold anything.
            assert!(
                twin.is_ascii() || sign == "🐍",
                "{name}: {sign} has no twin"
            );
            assert!(
                sign != " " || twin == " ",
                "{name}: {twin:?} where nothing was"
            );
        }
    }
}

#[test]
fn whose_load_it_is_shows_without_colour() {
    for cores in [2, 16, 64] {
        let of = |lane, other, steal| {
            let cores = (0..cores).map(|id| core(id, lane, other, steal)).collect();
            let text = screen(&running(with_demo(80, 24, primes()), in_the_middle(cores)));
            // Without figures: the picture alone has to tell.
            text.replace(|sign: char| sign.is_ascii_digit(), "")
        };
        let [lane, other, steal] = [of(80, 0, 0), of(0, 80, 0), of(0, 0, 80)];
        assert_ne!(lane, other, "{cores} cores");
        assert!(cores > 16 || other != steal, "{cores} cores");
    }
}

#[test]
fn every_outcome_shows_without_colour() {
    let of = |state| {
        let report = result(four_results(1), verdict(state, None));
        screen(&over(
            with_demo(80, 24, primes()),
            at_the_end(vec![core(0, 0, 0, 0)]),
            report,
        ))
    };
    let all = [
        VerdictState::Holds,
        VerdictState::Fails,
        VerdictState::Withheld,
        VerdictState::None,
    ]
    .map(of);
    for (at, one) in all.iter().enumerate() {
        assert!(!all[..at].contains(one));
    }
}

#[test]
fn lanes_stay_in_their_rows_from_the_first_key_to_the_verdict() {
    for (width, height) in [(80, 24), (120, 36), (60, 18)] {
        let rows = |state: &State| {
            let text = screen(state);
            let starts =
                |line: &&str| line.contains(" sequential ") || line.ends_with(" sequential");
            text.lines().position(|line| starts(&line))
        };
        let cores = || vec![core(0, 60, 30, 0), core(1, 20, 12, 40)];
        let report = result(four_results(3), verdict(VerdictState::Holds, None));
        let ready = with_demo(width, height, primes());
        let during = running(ready.clone(), in_the_middle(cores()));
        let after = over(ready.clone(), at_the_end(cores()), report);
        let all = [rows(&ready), rows(&during), rows(&after)];
        assert!(
            all[0].is_some() && all.iter().all(|row| *row == all[0]),
            "{all:?}"
        );
    }
}

#[test]
fn any_size_can_be_drawn() {
    for width in (0..140).step_by(23) {
        for height in (0..40).step_by(3) {
            for (_, mut state) in pictures(80, 24) {
                (state.size.width, state.size.height) = (width, height);
                cells(&relaid(state));
            }
        }
    }
}
