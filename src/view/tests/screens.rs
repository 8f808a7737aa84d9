use std::sync::Arc;

use insta::assert_snapshot;
use parade_demos::report::{Outcome, VerdictState};
use parade_demos::snapshot::{Core, Worker};

use super::screen;
use super::stage::*;
use crate::app::{
    DemoFocus, Heading, Mode, Notice, Outline, Panel, Picture, Place, Replay, ReplayMark, State,
};
use crate::deck::Note;

fn two_cores() -> Vec<Core> {
    vec![core(0, 98, 2, 0), core(1, 83, 12, 4)]
}

fn idle_cores() -> Vec<Core> {
    vec![core(0, 0, 1, 0), core(1, 0, 2, 0)]
}

fn plain_slide() -> State {
    let text = "Many tasks at once, by switching between them.";
    state(50, 12, slide("Concurrency", vec![paragraph(text)]))
}

#[test]
fn a_slide_without_a_demo_leaves_the_last_row_almost_empty() {
    assert_snapshot!(screen(&plain_slide()));
}

#[test]
fn a_footer_is_filled_in() {
    let mut state = plain_slide();
    let mut deck = (*state.deck).clone();
    deck.front.footer = Some("{title} · {current_slide}/{total_slides}".to_owned());
    deck.front.title = Some("Free-Threaded Python".to_owned());
    state.deck = Arc::new(deck);
    state.settings.slide_number = false;
    assert_eq!(
        screen(&state).lines().last(),
        Some("  Free-Threaded Python · 2/3")
    );
}

#[test]
fn a_long_slide_tells_what_is_above_and_below() {
    let lines = (1..=12)
        .map(|n| paragraph(&format!("paragraph {n}")))
        .collect();
    let mut state = state(40, 10, slide("Long", lines));
    state.scroll = 4;
    assert_snapshot!(screen(&state));
}

#[test]
fn what_is_typed_stands_in_the_status_bar() {
    let last_row = |mode: Mode| {
        let state = State {
            mode,
            ..plain_slide()
        };
        screen(&state).lines().last().map(str::to_owned)
    };
    let query = "switch".to_owned();
    let rows = [
        last_row(Mode::Number("14".to_owned())),
        last_row(Mode::Command("cpu".to_owned())),
        last_row(Mode::Search {
            query,
            from: Place::default(),
            found: true,
        }),
    ];
    assert_eq!(
        rows.map(Option::unwrap_or_default),
        [
            "  go to slide 14_   Enter goes there       2 ▸ 3",
            "  :cpu_   a number or an id                2 ▸ 3",
            "  /switch_   Enter goes there, Esc back    2 ▸ 3",
        ]
    );
}

#[test]
fn a_notice_is_told() {
    let mut state = plain_slide();
    let notice = Notice {
        text: "failed to read talk.md: no such file".to_owned(),
        bad: true,
    };
    state.notice = Some((notice, state.now));
    state.settings.elapsed = true;
    assert_eq!(
        screen(&state).lines().last(),
        Some("  failed to read talk.md: no suc…   0:00   2 ▸ 3")
    );
}

#[test]
fn a_demo_before_its_first_run() {
    assert_snapshot!(screen(&with_demo(80, 24, primes())));
}

#[test]
fn says_which_lane_would_run_alone() {
    let mut state = with_demo(80, 24, primes());
    demo(&mut state).focus = DemoFocus::Lane(1);
    let screen = screen(&state);
    assert!(screen.contains("  r runs only processes\n"), "{screen}");
    assert!(!screen.contains("claim"), "nothing is claimed of it alone");
}

#[test]
fn what_a_verdict_has_no_rows_for_is_marked() {
    let reason = "a reason so long that it takes more than a row of this screen, and more than two";
    let report = result(
        four_results(3),
        verdict(VerdictState::Withheld, Some(reason)),
    );
    let told = |height| {
        let state = over(
            with_demo(60, height, primes()),
            at_the_end(idle_cores()),
            report.clone(),
        );
        screen(&state)
    };
    assert!(told(30).contains("3 runs, spread 1.2 %"));
    let cut = told(16);
    assert!(cut.contains('…') && !cut.contains("3 runs"), "{cut}");
}

#[test]
fn a_demo_while_it_runs() {
    let state = |width, height| {
        running(
            with_demo(width, height, primes()),
            in_the_middle(two_cores()),
        )
    };
    assert_snapshot!("a_demo_while_it_runs_80x24", screen(&state(80, 24)));
    assert_snapshot!("a_demo_while_it_runs_120x36", screen(&state(120, 36)));
    assert_snapshot!("a_demo_while_it_runs_60x18", screen(&state(60, 18)));
}

#[test]
fn a_demo_once_it_is_over() {
    let report = result(four_results(3), verdict(VerdictState::Holds, None));
    let state = |width, height| {
        over(
            with_demo(width, height, primes()),
            at_the_end(idle_cores()),
            report.clone(),
        )
    };
    assert_snapshot!("a_demo_once_it_is_over_80x24", screen(&state(80, 24)));
    assert_snapshot!("a_demo_once_it_is_over_120x36", screen(&state(120, 36)));
}

#[test]
fn a_run_that_was_stopped_is_told_beside_those_that_count() {
    let report = result(four_results(3), verdict(VerdictState::Holds, None));
    let mut state = over(
        with_demo(80, 24, primes()),
        at_the_end(idle_cores()),
        report,
    );
    demo(&mut state).stopped = true;
    let screen = screen(&state);
    assert!(screen.contains("a further run was stopped"), "{screen}");
}

#[test]
fn a_replay_says_what_it_is_beside_its_figures_and_in_the_status_bar() {
    let report = result(four_results(3), verdict(VerdictState::Holds, None));
    let mut state = over(
        with_demo(80, 24, primes()),
        at_the_end(idle_cores()),
        report,
    );
    let marked = |state: &mut State, machine: &str, day: Option<&str>| {
        let mark = ReplayMark {
            machine: machine.to_owned(),
            day: day.map(str::to_owned),
            over: true,
        };
        demo(state).replay = Some(Replay { mark, player: None });
        let text = screen(state);
        let rows: Vec<&str> = text.lines().collect();
        (rows[22].to_owned(), rows[23].to_owned())
    };
    assert_eq!(
        marked(&mut state, "AMD EPYC", Some("2026-11-22")),
        (
            "  REPLAY of 2026-11-22 on AMD EPYC".to_owned(),
            "  r run  R put away  1–3 lane  - + workers  ? keys              REPLAY   2 ▸ 3"
                .to_owned()
        )
    );
    assert_eq!(
        marked(&mut state, "", None).0,
        "  REPLAY of an unknown day on an unknown machine"
    );
}

#[test]
fn a_failed_lane_and_a_verdict_that_is_withheld() {
    let reason = "the rest of the machine used 0.4 cores, more than a tenth";
    let mut report = result(
        four_results(1),
        verdict(VerdictState::Withheld, Some(reason)),
    );
    report.lanes[3].outcome = Outcome::Failed;
    report.lanes[3].error = Some("panicked: index out of bounds".to_owned());
    report.lanes[1]
        .counters
        .insert("polls".to_owned(), 12_345.into());
    let state = over(
        with_demo(80, 24, primes()),
        at_the_end(idle_cores()),
        report,
    );
    assert_snapshot!(screen(&state));
}

#[test]
fn a_heading_gives_way_to_what_is_said_of_the_machine() {
    let heading = |usable| {
        let mut snapshot = at_the_end(idle_cores());
        snapshot.machine.usable = usable;
        let report = result(four_results(1), verdict(VerdictState::Holds, None));
        let screen = screen(&over(with_demo(84, 40, primes()), snapshot, report));
        let heading = screen
            .lines()
            .find(|line| line.contains("as the run ended"));
        heading.expect("the run is over").trim().to_owned()
    };
    assert_eq!(
        heading(2),
        "2 cores, as the run ended          load  last 3.2 s     ▆ lane  ▄ other  ▂ steal"
    );
    assert_eq!(
        heading(1),
        "2 cores, 1 usable, as the run ended      last 3.2 s     ▆ lane  ▄ other  ▂ steal"
    );
}

#[test]
fn the_reason_why_there_is_no_verdict_is_said_once() {
    let told = |reason: &str, runs: usize| {
        let verdict = verdict(VerdictState::Withheld, Some(reason));
        let mut report = result(four_results(runs), verdict);
        report.machine.others_cores = Some(0.4);
        let state = over(
            with_demo(80, 24, primes()),
            at_the_end(idle_cores()),
            report,
        );
        let screen = screen(&state);
        let lines = screen.lines().map(str::trim);
        let lines = lines.skip_while(|line| !line.contains("No verdict"));
        lines.take(2).collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(
        told("one run, spread unknown", 1),
        "No verdict: one run, spread unknown / r adds a run; the rest of the machine used 0.40 cores"
    );
    assert_eq!(
        told("the rest of the machine used 0.40 cores", 3),
        "No verdict: the rest of the machine used 0.40 cores / 3 runs, spread 1.2 %"
    );
    assert_eq!(
        told("threads failed", 3),
        "No verdict: threads failed / 3 runs, spread 1.2 %; the rest of the machine used 0.40 cores"
    );
}

/// As many cores, of which the first half works for the lane and the last is not ours.
fn many_cores(count: usize) -> Vec<Core> {
    let mut cores: Vec<Core> = (0..count)
        .map(|id| match id {
            id if id < count.div_ceil(2) => core(id, 99, 1, 0),
            id if id % 5 == 0 => core(id, 0, 55, 0),
            id => core(id, 0, 0, 0),
        })
        .collect();
    if let Some(last) = cores.last_mut().filter(|_| count > 1) {
        last.usable = false;
    }
    cores
}

#[test]
fn gauges_of_any_number_of_cores() {
    for count in [1, 4, 8, 16, 64, 256] {
        let snapshot = in_the_middle(many_cores(count));
        let state = running(with_demo(80, 24, primes()), snapshot);
        let gauges: Vec<String> = screen(&state)
            .lines()
            .skip(4)
            .take_while(|line| !line.contains("progress"))
            .map(str::to_owned)
            .collect();
        assert_snapshot!(format!("gauges_of_{count}_cores"), gauges.join("\n"));
    }
}

#[test]
fn says_where_the_system_does_not_tell_of_its_cores() {
    let state = running(with_demo(80, 24, primes()), in_the_middle(Vec::new()));
    let screen = screen(&state);
    let gauges: Vec<&str> = screen
        .lines()
        .filter(|line| line.contains("core "))
        .map(str::trim)
        .collect();
    let told = "core 0  this system does not tell how busy its cores are";
    assert_eq!(gauges.first(), Some(&told), "{screen}");
}

#[test]
fn two_hundred_workers_and_the_server_beside_them() {
    let mut snapshot = in_the_middle(two_cores());
    let lane = &mut snapshot.lanes[2];
    lane.workers = (0..200)
        .map(|index| worker(index, (index * 7 % 101) as f64 / 100.0))
        .collect();
    lane.workers_total = 200;
    lane.workers.push(Worker {
        name: "echo server".to_owned(),
        server: true,
        ..worker(9, 0.3)
    });
    assert_snapshot!(screen(&running(with_demo(80, 24, primes()), snapshot)));
}

#[test]
fn the_timeline() {
    let mut snapshot = in_the_middle(two_cores());
    snapshot.timeline = stretches();
    let mut state = running(with_demo(80, 24, primes()), snapshot);
    demo(&mut state).picture = Picture::Timeline;
    assert_snapshot!(screen(&state));
}

#[test]
fn the_heartbeat_on_a_scale_of_powers_of_ten() {
    assert_snapshot!(screen(&running(with_demo(80, 24, heartbeat()), beating())));
}

#[test]
fn the_price_of_bringing_results_back() {
    let (spec, snapshot) = transfer();
    assert_snapshot!(screen(&running(with_demo(80, 24, spec), snapshot)));
}

#[test]
fn the_help() {
    let mut state = with_demo(80, 24, primes());
    state.mode = Mode::Help { scroll: 3 };
    assert_snapshot!(screen(&state));
}

#[test]
fn the_overview() {
    let mut state = with_demo(80, 24, primes());
    let titles = [
        "Free-Threaded Python",
        "🐍 Examples",
        "Race condition with cnt += 1, told slowly",
    ];
    let headings = titles.map(|title| Heading {
        title: title.to_owned(),
        ..Heading::default()
    });
    state.outline = Outline::Known(Arc::new(headings.to_vec()));
    state.mode = Mode::Overview { selected: 2 };
    assert_snapshot!(screen(&state));
}

#[test]
fn the_question_before_a_decks_own_commands_run() {
    let mut state = with_demo(80, 24, primes());
    let demo = state.demo.clone().expect("a demo has the focus");
    state.mode = Mode::Consent {
        what: demo.into(),
        content: crate::app::ContentHash::default(),
        commands: vec!["python3.14t fib.py 4".to_owned()],
    };
    assert_snapshot!(screen(&state));
}

#[test]
fn a_command_is_shown_whole_before_it_runs() {
    let mut state = with_demo(80, 24, primes());
    let demo = state.demo.clone().expect("a demo has the focus");
    let long = format!("sh -c '{}'", "one more word and ".repeat(9).trim());
    state.mode = Mode::Consent {
        what: demo.into(),
        content: crate::app::ContentHash::default(),
        commands: vec!["python3 fib.py 4".to_owned(), long],
    };
    assert_snapshot!(screen(&state));
    let Mode::Consent { commands, .. } = &mut state.mode else {
        unreachable!("it asks")
    };
    *commands = (1..=30).map(|n| format!("command {n}")).collect();
    let screen = screen(&state);
    assert!(
        screen.contains("command 17 ") && !screen.contains("command 18 "),
        "{screen}"
    );
    assert!(screen.contains("13 more lines, to be read in the deck"));
}

#[test]
fn notes_and_explanation_stand_below_the_slide() {
    let note = |step, text: &str| Note {
        step,
        text: text.to_owned(),
    };
    let mut slide = slide("Concurrency", vec![paragraph("Many tasks at once.")]);
    slide.notes = vec![note(0, "Say what a task is."), note(1, "Not yet.")];
    slide.explain = vec![paragraph(
        "One cook, three pots: the cook goes from pot to pot.",
    )];
    let mut state = state(50, 14, slide);
    state.panel = Panel::Notes;
    let with_notes = screen(&relaid(state.clone()));
    state.panel = Panel::Explanation;
    assert_snapshot!(format!(
        "{with_notes}{}{}",
        "=".repeat(50) + "\n",
        screen(&relaid(state))
    ));
}

#[test]
fn a_dark_screen_shows_nothing() {
    let state = State {
        mode: Mode::Black,
        ..plain_slide()
    };
    assert_eq!(screen(&state).trim(), "");
}

#[test]
fn a_screen_too_small_says_so() {
    let mut state = plain_slide();
    (state.size.width, state.size.height) = (18, 5);
    assert_eq!(
        screen(&state),
        "\n    too small\n     now 18×5\n    needs 20×6\n\n"
    );
}
