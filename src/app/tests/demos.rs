//! Live stops: runs, what changes them, and what ends them.

use std::sync::Arc;

use parade_demos::report::Outcome;
use parade_demos::snapshot::Snapshot;

use super::talk::{Talk, spec_text};
use crate::app::{
    DemoFocus, DemoState, Event, Mouse, MouseWhat, Picture, RunId, RunNews, Settings, Setup,
};
use crate::layout::Size;

const DECK: &str = "\
# Races

```demo
name: races
workload: primes
lanes: [async, threads, processes]
length: 4s
```

---

# Waiting

```demo
name: waits
workload: requests
with: {count: 40, delay: 50ms}
lanes: [async, threads]
```

```demo
name: beats
workload: heartbeat
lanes: [async]
baseline: none
```

---

# Last
";

const OWN: &str = "\
# Own

```demo
name: own
lanes: [{name: py, model: command, workload: command, command: [python3, 'a b.py']}]
```
";

/// The demo in focus.
fn demo(talk: &Talk) -> &DemoState {
    talk.state.demo_in_focus().expect("the slide has a demo")
}

/// What comes out of keys, event by event.
fn check(scripts: &[(&str, &[&str])]) {
    for (keys, expected) in scripts {
        assert_eq!(Talk::open(DECK).press(keys).told(), *expected, "{keys}");
    }
}

#[test]
fn runs_and_stops_the_demo_of_the_slide() {
    check(&[
        ("r", &["start 0 races 4s [async threads processes]"]),
        (
            "r r",
            &["start 0 races 4s [async threads processes]", "cancel 0"],
        ),
        (
            "r r r",
            &["start 0 races 4s [async threads processes]", "cancel 0"],
        ),
        (
            "r →",
            &["start 0 races 4s [async threads processes]", "cancel 0"],
        ),
        (
            "r G",
            &["start 0 races 4s [async threads processes]", "cancel 0"],
        ),
        (
            "r ? Esc b b o Esc",
            &["start 0 races 4s [async threads processes]"],
        ),
        (
            "r q",
            &[
                "start 0 races 4s [async threads processes]",
                "cancel 0",
                "quit",
            ],
        ),
        (
            "r Ctrl-Z",
            &[
                "start 0 races 4s [async threads processes]",
                "cancel 0",
                "suspend",
            ],
        ),
        (
            "r r Ctrl-C",
            &[
                "start 0 races 4s [async threads processes]",
                "cancel 0",
                "quit",
            ],
        ),
        ("G r + - t Tab p .", &[]),
    ]);
}

#[test]
fn saves_the_result_once_there_is_one() {
    let mut talk = Talk::open(DECK);
    assert_eq!(talk.press("w").at(), "1.0 (there is no result yet)");
    talk.press("r").finish(0, Outcome::Done);
    talk.told();
    assert_eq!(talk.press("w").told(), ["save report 0"]);
}

#[test]
fn adds_each_further_run_to_the_result() {
    let mut talk = Talk::open(DECK);
    talk.press("r").finish(0, Outcome::Done).press("r");
    let start = "races 4s [async threads processes]";
    assert_eq!(
        talk.told(),
        [
            format!("start 0 {start}"),
            format!("start 1 {start} after report 0")
        ]
    );
    talk.press("r").finish(1, Outcome::Cancelled);
    let kept = demo(&talk)
        .report
        .as_ref()
        .map(|report| report.parade.clone());
    assert_eq!(
        kept.as_deref(),
        Some("report 0"),
        "a cancelled run doesn't replace what was done"
    );
    assert!(demo(&talk).stopped, "and it is told that one was stopped");
    talk.press("r").finish(2, Outcome::Failed);
    let kept = demo(&talk)
        .report
        .as_ref()
        .map(|report| report.parade.clone());
    assert_eq!(kept.as_deref(), Some("report 2"), "a failure is shown");
    talk.told();
    assert_eq!(
        talk.press("r").told(),
        [format!("start 3 {start}")],
        "and nothing is added to it"
    );
}

#[test]
fn shows_what_was_complete_again_when_a_run_is_stopped() {
    let sampled = |talk: &mut Talk, run, work| {
        let snapshot = Snapshot {
            work: Some((work, "units".into())),
            ..Snapshot::default()
        };
        let news = RunNews::Sampled(Box::new(snapshot));
        talk.happen(Event::Run {
            run: RunId(run),
            news,
        });
    };
    let shown = |talk: &Talk| {
        let demo = demo(talk);
        let report = demo.report.as_ref().map(|report| report.parade.clone());
        let snapshot = demo.snapshot.as_ref().and_then(|shot| shot.work.clone());
        let work = snapshot.map(|(work, _)| work);
        (report.unwrap_or_default(), work, demo.ran, demo.stopped)
    };
    let mut talk = Talk::open(DECK);
    talk.press("r");
    sampled(&mut talk, 0, 10);
    talk.press("r").finish(0, Outcome::Cancelled);
    assert_eq!(
        shown(&talk),
        ("report 0".into(), Some(10), DemoFocus::All, false),
        "there is nothing else to show"
    );
    talk.press("r");
    sampled(&mut talk, 1, 11);
    talk.finish(1, Outcome::Done);
    for (run, keys, ran) in [(2, "r", DemoFocus::All), (3, "2 r", DemoFocus::Lane(1))] {
        talk.press(keys);
        sampled(&mut talk, run, 12);
        assert_eq!((shown(&talk).1, shown(&talk).2), (Some(12), ran));
        talk.press("→").finish(run, Outcome::Cancelled).press("←");
        assert_eq!(
            shown(&talk),
            ("report 1".into(), Some(11), DemoFocus::All, true)
        );
    }
    talk.press("r").finish(4, Outcome::Done);
    assert_eq!(
        shown(&talk),
        ("report 4".into(), None, DemoFocus::Lane(1), false)
    );
}

#[test]
fn goes_on_running_while_another_slide_is_only_looked_at() {
    let mut talk = Talk::open(DECK);
    talk.press("→ Tab r /").write("races");
    assert_eq!((talk.at().as_str(), talk.told().len()), ("1.0 /races", 1));
    talk.press("Esc");
    assert_eq!((talk.at().as_str(), talk.told()), ("2.0", vec![]));
    assert_eq!(demo(&talk).spec.name, "beats");
    talk.press("/").write("races").press("Enter");
    assert_eq!(
        (talk.at().as_str(), talk.told()),
        ("1.0", vec!["cancel 0".into()])
    );
}

#[test]
fn begins_a_slides_number_with_a_digit_that_no_lane_has() {
    let one =
        "# One\n\n```demo\nname: one\nworkload: primes\nlanes: [threads]\n```\n\n---\n\n# Last";
    let deck = DECK.replace("# Last", one);
    for (keys, expected) in [
        ("2", "1.0"),
        ("4", "1.0 number 4"),
        ("9 9 G", "1.0 (no slide 99; the deck has 4)"),
        ("4 G", "4.0"),
        ("→ → 2 G", "2.0"),
        ("→ → 1", "3.0"),
    ] {
        let mut talk = Talk::open(&deck);
        assert_eq!(talk.press(keys).at(), expected, "{keys}");
    }
}

#[test]
fn keeps_the_result_for_coming_back() {
    let mut talk = Talk::open(DECK);
    talk.press("r").finish(0, Outcome::Done).press("→ → ← ←");
    assert!(demo(&talk).report.is_some());
    talk.press("r");
    let sampled = RunNews::Sampled(Box::default());
    talk.happen(Event::Run {
        run: RunId(1),
        news: sampled,
    });
    assert_eq!(demo(&talk).snapshot, Some(Box::default()));
    talk.press("→").finish(1, Outcome::Cancelled).press("←");
    assert!(demo(&talk).stopped && demo(&talk).report.is_some());
    assert!(talk.state.run.is_none());
}

#[test]
fn hears_nothing_of_old_runs() {
    let mut talk = Talk::open(DECK);
    talk.press("r").finish(0, Outcome::Done).press("r");
    let report = demo(&talk).report.clone();
    talk.state.dirty = false;
    let news = RunNews::Sampled(Box::default());
    talk.happen(Event::Run {
        run: RunId(0),
        news,
    })
    .finish(0, Outcome::Failed)
    .finish(7, Outcome::Done);
    assert!(!talk.state.dirty);
    assert_eq!(
        (&demo(&talk).snapshot, &demo(&talk).report),
        (&None, &report)
    );
}

#[test]
fn starts_anew_with_other_workers_or_another_length() {
    for (keys, expected) in [
        ("+", "races 4s [async×3 threads×3 processes×3]"),
        ("-", "races 4s [async×1 threads×1 processes×1]"),
        ("- - -", "races 4s [async×1 threads×1 processes×1]"),
        ("2 +", "races 4s [async threads×3 processes]"),
        ("]", "races 6s [async threads processes]"),
        ("[ [", "races 2s [async threads processes]"),
        ("] [", "races 4s [async threads processes]"),
    ] {
        let mut talk = Talk::open(DECK);
        assert_eq!(talk.press(keys).told(), [""; 0], "{keys}: nothing runs");
        assert_eq!(spec_text(&demo(&talk).spec), expected, "{keys}");
        let mut talk = Talk::open(DECK);
        talk.press("r").finish(0, Outcome::Done).press("r").told();
        assert_eq!(talk.press(keys).told(), ["cancel 1"], "{keys}");
        talk.finish(1, Outcome::Cancelled);
        assert!(
            demo(&talk).report.is_none(),
            "{keys}: the result was of other work"
        );
        let spec = if keys.starts_with('2') {
            "races 4s [threads×3]"
        } else {
            expected
        };
        assert_eq!(talk.told(), [format!("start 2 {spec}")], "{keys}");
    }
}

#[test]
fn waits_with_the_next_run_until_nothing_is_left_of_the_last() {
    let mut talk = Talk::open(DECK);
    talk.press("→ r Tab r");
    let waits = "start 0 waits 4s [async×items threads×items]";
    assert_eq!(talk.told(), [waits, "cancel 0"]);
    assert!(talk.finish(0, Outcome::Cancelled).told()[0].starts_with("start 1 beats"));
    talk.press("Tab r r");
    assert_eq!(
        talk.finish(1, Outcome::Cancelled).told(),
        ["cancel 1"],
        "the second press took it back"
    );
    talk.press("r Tab r →");
    assert_eq!(
        talk.finish(2, Outcome::Cancelled).told(),
        [waits.replace('0', "2").as_str(), "cancel 2"]
    );
}

#[test]
fn runs_one_lane_alone() {
    for (keys, focus) in [
        ("2", DemoFocus::Lane(1)),
        ("Tab Tab", DemoFocus::Lane(1)),
        ("Shift-Tab Shift-Tab", DemoFocus::Lane(1)),
        ("2 0", DemoFocus::All),
        ("2 Esc", DemoFocus::All),
        ("Tab Tab Tab Tab", DemoFocus::All),
        ("9", DemoFocus::All),
    ] {
        let mut talk = Talk::open(DECK);
        assert_eq!(demo(talk.press(keys)).focus, focus, "{keys}");
        let lanes = if focus == DemoFocus::All {
            "async threads processes"
        } else {
            "threads"
        };
        assert_eq!(
            talk.press("r").told(),
            [format!("start 0 races 4s [{lanes}]")],
            "{keys}"
        );
    }
    let mut talk = Talk::open(DECK);
    talk.press("r")
        .finish(0, Outcome::Done)
        .press("2 r")
        .finish(1, Outcome::Done)
        .press("r");
    let told = talk.told();
    assert_eq!(
        told[1..],
        [
            "start 1 races 4s [threads]",
            "start 2 races 4s [threads] after report 1"
        ]
    );
}

#[test]
fn changes_live_parameters_at_once_and_remembers_them() {
    let mut talk = Talk::open(DECK);
    talk.press("→ r").told();
    assert_eq!(demo(&talk).parameter.as_deref(), Some("delay"));
    assert_eq!(
        talk.press(". , ,").told(),
        ["set 0 delay 100ms", "set 0 delay 50ms", "set 0 delay 20ms"]
    );
    talk.finish(0, Outcome::Done);
    assert!(demo(&talk).report.is_some());
    assert_eq!(
        talk.press("→ ← r").told(),
        ["start 1 waits 4s [async×items threads×items]"]
    );
    let delays: Vec<_> = demo(&talk)
        .spec
        .lanes
        .iter()
        .map(|lane| lane.with["delay"].to_string())
        .collect();
    assert_eq!(delays, ["20ms", "20ms"]);
    talk.press("Tab p p");
    assert_eq!(demo(&talk).parameter.as_deref(), Some("style"));
    talk.press(".");
    assert_eq!(demo(&talk).set["style"].to_string(), "yielding");
}

#[test]
fn turns_to_the_timeline_and_back() {
    let mut talk = Talk::open(DECK);
    assert_eq!(demo(talk.press("t")).picture, Picture::Timeline);
    assert_eq!(demo(talk.press("t")).picture, Picture::Lanes);
}

#[test]
fn gives_the_focus_to_the_demo_that_is_clicked() {
    let mut talk = Talk::open(DECK);
    talk.press("→");
    let area = talk.state.page.slots[0].area;
    let click = Mouse {
        x: area.x,
        y: area.y as u16,
        what: MouseWhat::Click,
    };
    talk.press("Tab").happen(Event::Mouse(click));
    let shared = talk.state.page.slots[1].area == area;
    assert_eq!(
        demo(&talk).spec.name,
        if shared { "beats" } else { "waits" }
    );
}

/// Clicks on each row of the slide's demo, and what is picked from row to row.
fn click_rows(talk: &mut Talk) -> Vec<DemoFocus> {
    let area = talk.state.page.slots[0].area;
    let rows = area.y as u16..area.y as u16 + area.height;
    let mut picked = vec![demo(talk).focus];
    for y in rows {
        let (x, what) = (area.x, MouseWhat::Click);
        talk.happen(Event::Mouse(Mouse { x, y, what }));
        let focus = demo(talk).focus;
        if picked.last() != Some(&focus) {
            picked.push(focus);
            talk.happen(Event::Mouse(Mouse { x, y, what }));
            assert_eq!(demo(talk).focus, DemoFocus::All, "clicked again");
            talk.happen(Event::Mouse(Mouse { x, y, what }));
        }
    }
    picked
}

#[test]
fn picks_the_lane_that_is_clicked() {
    use DemoFocus::{All, Lane};
    let mut talk = Talk::open(DECK);
    let lanes = [All, Lane(0), Lane(1), Lane(2)];
    assert_eq!(click_rows(&mut talk), lanes, "the added baseline is none");
    assert_eq!(click_rows(talk.press("Esc t")), [All], "these are no lanes");
    talk.press("t r").finish(0, Outcome::Done);
    assert_eq!(click_rows(&mut talk), [All], "of another name");
}

#[test]
fn goes_on_running_on_a_screen_that_is_too_small() {
    let mut talk = Talk::open(DECK);
    talk.press("r").told();
    talk.happen(Event::Resize(Size {
        width: 10,
        height: 3,
    }));
    talk.state.dirty = false;
    talk.happen(Event::Run {
        run: RunId(0),
        news: RunNews::Sampled(Box::default()),
    });
    assert_eq!((talk.told(), talk.state.dirty), (vec![], false));
    talk.happen(Event::Resize(Size {
        width: 80,
        height: 24,
    }));
    assert!(talk.state.dirty && demo(&talk).snapshot.is_some());
}

#[test]
fn asks_before_a_decks_own_commands_run() {
    let start = "start 0 own 1 units [py] trusted";
    let mut talk = Talk::open(OWN);
    assert_eq!(talk.press("r").at(), "1.0 may python3 'a b.py'?");
    assert_eq!(talk.told(), [""; 0]);
    assert_eq!(talk.press("n").at(), "1.0");
    let rehearsal = "replay own own norun";
    assert_eq!(talk.told(), [rehearsal]);
    assert_eq!(
        demo(&talk).refused.as_deref(),
        Some("its commands were not allowed to run")
    );
    assert_eq!(talk.press("r q r Esc r →").told(), [rehearsal; 2]);
    assert_eq!(talk.press("y").told(), [start]);
    assert_eq!(demo(&talk).refused, None);
    talk.finish(0, Outcome::Done);
    assert_eq!(
        talk.press("r").told(),
        ["start 1 own 1 units [py] trusted after report 0"]
    );
    talk.finish(1, Outcome::Done);
    talk.save(&format!("{OWN}\nedited\n"));
    assert_eq!(
        talk.press("r").at(),
        "1.0 may python3 'a b.py'?",
        "an edit takes consent back"
    );
    talk.press("y").told();
    talk.finish(2, Outcome::Done);
    talk.save(&format!("{OWN}\nedited\n"));
    assert_eq!(
        talk.press("r").at(),
        "1.0 may python3 'a b.py'?",
        "and so does one of a file that the deck names"
    );
}

#[test]
fn asks_nothing_where_the_deck_is_trusted() {
    let settings = Settings {
        trusted: true,
        ..Settings::default()
    };
    let mut talk = Talk::open_with(
        OWN,
        Setup {
            settings,
            keys: Arc::default(),
            ..Setup::default()
        },
    );
    assert_eq!(talk.press("r").told(), ["start 0 own 1 units [py] trusted"]);
}

#[test]
fn asks_about_exactly_the_command_that_would_run() {
    let own = |workers: &str| {
        format!(
            "# Own\n\n```demo\nname: own\nworkers: {workers}\nlanes:\n  - {{name: py, model: command, \
             workload: command, command: [python3, fib.py, '{{workers}}', 'a{{b,c}}']}}\n```\n"
        )
    };
    let mut talk = Talk::open(&own("cores"));
    assert_eq!(talk.press("r").at(), "1.0 may python3 fib.py 2 'a{b,c}'?");
    let mut talk = Talk::open(&own("4"));
    assert_eq!(talk.press("r").at(), "1.0 may python3 fib.py 4 'a{b,c}'?");
    talk.press("y").told();
    talk.finish(0, Outcome::Done);
    assert_eq!(
        talk.press("+ r").at(),
        "1.0 may python3 fib.py 5 'a{b,c}'?",
        "this one was not asked about"
    );
}
