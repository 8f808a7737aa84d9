//! Learning alone: what is asked, what counts, and what is kept.

use parade_demos::report::{LaneReport, LaneRun, Outcome, Report};
use parade_demos::spec::{DemoSpec, LaneSpec};

use super::talk::{RACE, Talk, learning};
use crate::app::{Event, Progress, RunId, RunNews};
use crate::layout::Size;

const DECK: &str = "\
# Races

```demo
name: races
workload: primes
lanes: [threads]
length: 4s
```

```predict
question: How many times as fast?
number: threads.speedup
```

```challenge
name: twice
task: Make threads nearly twice as fast.
goal: threads.speedup >= 1.7
hints: [more workers, fewer others]
```

<!-- explain: Threads run on every core. -->

---

# Choices

```demo
name: which
workload: primes
lanes: [threads]
```

```predict
question: Faster?
choices: [{text: yes it is, when: threads.speedup > 1.1}, {text: no, when: threads.speedup <= 1.1}]
```

---

# By hand

";

const BY_HAND: &str = "
```challenge
name: lose one
task: End in 1.
goal: explorer.hand_ends == 1
```
";

fn deck() -> String {
    [DECK, RACE, BY_HAND].concat()
}

fn open() -> Talk {
    Talk::open_with(&deck(), learning())
}

/// A run is over: threads ran so many times as fast.
fn finish(talk: &mut Talk, run: u64, speedup: f64) {
    let lane = |name: &str, wall_s| LaneReport {
        against: Some("sequential".to_owned()),
        runs: vec![LaneRun {
            wall_s,
            cpu_s: 4.0,
            gauged_s: None,
        }],
        ..LaneReport::unmeasured(&LaneSpec::new("primes", name), Outcome::Done)
    };
    let report = Report {
        lanes: vec![lane("sequential", 4.0), lane("threads", 4.0 / speedup)],
        ..Report::empty(&DemoSpec::new("races", Vec::new()))
    };
    let news = RunNews::Finished(Box::new(report));
    let run = RunId(run);
    talk.happen(Event::Run { run, news });
}

/// What the panel reads.
fn panel(talk: &Talk) -> String {
    let lines = talk.state.panel_page.to_text();
    lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn nothing_is_asked_kept_or_set_where_a_talk_is_presented() {
    let mut talk = Talk::open(&deck());
    assert_eq!(talk.at(), "1.0");
    talk.press("e H P r").happen(Event::Tick);
    finish(&mut talk, 0, 2.0);
    assert_eq!(panel(&talk), "Threads run on every core.");
    assert_eq!(talk.told(), ["start 0 races 4s [threads]"]);
    assert_eq!(talk.state.progress, Progress::default());
}

#[test]
fn a_question_is_asked_before_a_run_and_its_answer_kept() {
    for (keys, at, told) in [
        ("r", "1.0 How many times as fast?  +explanation", &[][..]),
        ("r Esc", "1.0 +explanation", &[]),
        ("r r", "1.0 +explanation", &["start 0 races 4s [threads]"]),
        (
            "r Enter",
            "1.0 How many times as fast?  +explanation (type a number first)",
            &[],
        ),
        (
            "r x . 1 . 9 . 5 Backspace",
            "1.0 How many times as fast? 1.9 +explanation",
            &[],
        ),
        (
            "r 2 Enter",
            "1.0 +explanation scrolled 6",
            &[
                r#"keep {"seen":[],"predictions":{"races/races":{"guess":{"number":2.0},"came":null}},"challenges":{},"last":null}"#,
                "start 0 races 4s [threads]",
            ],
        ),
    ] {
        let mut talk = open();
        let seen = r#"keep {"seen":["races"],"predictions":{},"challenges":{},"last":"races"}"#;
        assert_eq!(talk.told(), [seen]);
        assert_eq!(talk.press(keys).at(), at, "{keys}");
        assert_eq!(talk.told(), told, "{keys}");
    }
}

#[test]
fn a_choice_is_made_with_arrows_or_its_number() {
    for (keys, at) in [
        ("r", "2.0 Faster? yes it is +explanation"),
        ("r ↓", "2.0 Faster? no +explanation"),
        ("r j j k", "2.0 Faster? yes it is +explanation"),
        ("r 2", "2.0 Faster? no +explanation"),
        ("r 2 9 0", "2.0 Faster? no +explanation"),
        ("r ↓ Enter", "2.0 +explanation"),
    ] {
        assert_eq!(open().press("PgDn").press(keys).at(), at, "{keys}");
    }
}

#[test]
fn an_answer_is_laid_against_the_run_and_asked_once() {
    let mut talk = open();
    talk.press("r 4 Enter");
    finish(&mut talk, 0, 2.0);
    let said = "✗ Threads ran 2 times as fast as sequential. You said 4: 2 times too much.";
    assert!(panel(&talk).contains(said), "{}", panel(&talk));
    talk.press("r");
    assert_eq!(
        talk.at(),
        "1.0 +explanation scrolled 6 (✓ challenge met: twice)"
    );
    finish(&mut talk, 1, 2.0);
    talk.press("P 2 Enter");
    finish(&mut talk, 2, 2.0);
    let said = "✓ Threads ran 2 times as fast as sequential. You said 2: right, within 10 %.";
    assert!(panel(&talk).contains(said), "{}", panel(&talk));
    assert_eq!(talk.state.progress.predictions_right(), 1);
}

#[test]
fn an_answer_is_about_the_demo_as_the_deck_has_it() {
    let about = "– You changed the demo, and the question is about it as the deck has it.";
    let right = "✓ Threads ran 2 times as fast as sequential. You said 2: right, within 10 %.";
    let mut talk = open();
    talk.press("+ r 2 Enter");
    finish(&mut talk, 0, 3.0);
    assert!(panel(&talk).contains(about), "{}", panel(&talk));
    talk.press("- r");
    finish(&mut talk, 1, 2.0);
    assert!(panel(&talk).contains(right), "{}", panel(&talk));
    talk.press("+ r");
    finish(&mut talk, 2, 3.0);
    assert!(panel(&talk).contains(right), "{}", panel(&talk));
}

#[test]
fn a_challenge_is_met_by_a_run_and_stays_met() {
    let mut talk = open();
    talk.press("r r");
    finish(&mut talk, 0, 1.5);
    let panel_now = panel(&talk);
    assert!(
        panel_now.contains("Not yet: threads ran 1.5 times as fast as sequential."),
        "{panel_now}"
    );
    assert_eq!(talk.state.progress.challenges_met(), 0);
    talk.press("+").told();
    talk.press("r r");
    finish(&mut talk, 1, 2.0);
    assert_eq!(
        talk.at(),
        "1.0 +explanation scrolled 8 (✓ challenge met: twice)"
    );
    assert!(
        panel(&talk).contains("✓ Challenge: twice"),
        "{}",
        panel(&talk)
    );
    talk.press("r r");
    finish(&mut talk, 2, 1.0);
    assert!(
        panel(&talk).contains("Met: threads ran 2 times as fast as sequential."),
        "{}",
        panel(&talk)
    );
    assert_eq!(talk.state.progress.challenges_met(), 1);
}

#[test]
fn a_goal_that_noise_may_have_reached_takes_another_run() {
    let mut talk = open();
    talk.press("r r");
    finish(&mut talk, 0, 1.75);
    let said = "The figures hold, but one run may be off by a tenth: run again.";
    assert!(panel(&talk).contains(said), "{}", panel(&talk));
    assert_eq!(talk.state.progress.challenges_met(), 0);
}

#[test]
fn hints_open_one_by_one() {
    let mut talk = open();
    talk.told();
    let hints = |talk: &Talk| {
        let text = panel(talk);
        ["more workers", "fewer others"].map(|hint| text.contains(hint))
    };
    assert_eq!(hints(&talk), [false, false]);
    assert_eq!(hints(talk.press("H")), [true, false]);
    assert_eq!(hints(talk.press("H")), [true, true]);
    assert_eq!(talk.told().len(), 2, "each is kept");
    assert_eq!(
        talk.press("H").at(),
        "1.0 +explanation scrolled 9 (there is no further hint here)"
    );
}

#[test]
fn a_schedule_made_by_hand_meets_its_challenge() {
    let mut talk = open();
    talk.press("G");
    // One after the other, each to its end.
    talk.press("1 1 1 1 1 1 2 2 2 2 2 2");
    let text = panel(&talk);
    assert!(
        text.contains("Not yet: your schedule ended in 2."),
        "{text}"
    );
    talk.press("0 1 2 1 2 1 2 1 2 1 2 1 2");
    assert!(
        panel(&talk).contains("Met: your schedule ended in 1."),
        "{}",
        panel(&talk)
    );
}

#[test]
fn a_value_that_changes_during_a_run_counts_for_no_question() {
    let mut talk = Talk::open_with(
        "# A\n\n```demo\nname: waits\nworkload: requests\nlanes: [async]\n```\n\n```challenge\nname: c\ntask: t\ngoal: async.speedup >= 1\n```\n",
        learning(),
    );
    talk.press("r .");
    finish(&mut talk, 0, 2.0);
    assert_eq!(talk.state.progress.challenges_met(), 0);
    assert!(
        talk.at()
            .ends_with("(a value changed during this run: it counts for no question)"),
        "{}",
        talk.at()
    );
}

#[test]
fn a_learner_changes_what_a_presenter_cannot() {
    let chosen = |mut talk: Talk, keys: &str| {
        talk.press(keys);
        let demo = talk.state.demo_in_focus().expect("a demo");
        (
            demo.parameter.clone(),
            demo.spec.lanes[0]
                .with
                .get("limit")
                .map(ToString::to_string),
        )
    };
    assert_eq!(chosen(Talk::open(&deck()), "p ."), (None, None));
    assert_eq!(
        chosen(open(), "p . ."),
        (Some("limit".to_owned()), Some("2".to_owned()))
    );
}

#[test]
fn the_explanation_stands_beside_the_slide_where_there_is_room() {
    let size = |width, height| Size { width, height };
    for (screen, key, body, beside) in [
        (size(80, 24), "", size(80, 23), false),
        (size(80, 24), "e", size(80, 15), false),
        (size(80, 24), "s", size(80, 15), false),
        (size(113, 40), "e", size(113, 27), false),
        (size(114, 40), "e", size(76, 39), true),
        (size(120, 36), "e", size(80, 35), true),
        (size(120, 36), "s", size(120, 23), false),
        (size(240, 60), "e", size(180, 59), true),
    ] {
        let mut talk = Talk::open(&deck());
        talk.press(key).happen(Event::Resize(screen));
        let state = &talk.state;
        assert_eq!(
            (state.body_size(), state.panel_is_beside()),
            (body, beside),
            "{screen:?} {key}"
        );
        let (area, page) = (state.panel_area(), state.page.size);
        assert_eq!(page, body);
        let cells = u32::from(body.width) * u32::from(body.height)
            + u32::from(area.width) * u32::from(area.height);
        assert_eq!(
            cells,
            u32::from(screen.width) * u32::from(screen.height - 1),
            "nothing is left over"
        );
    }
}

#[test]
fn what_takes_more_cores_than_can_be_used_is_not_asked_and_not_met() {
    let deck = deck()
        .replace(
            "How many times as fast?",
            "How many times as fast?\ncores: 3",
        )
        .replace("name: twice", "name: twice\ncores: 3");
    let mut talk = Talk::open_with(&deck, learning());
    talk.press("r");
    assert_eq!(talk.at(), "1.0 +explanation", "it runs unasked");
    finish(&mut talk, 0, 2.0);
    assert_eq!(talk.state.progress.challenges_met(), 0);
    let why = "It takes 3 cores to tell, and here 2 can be used.";
    assert_eq!(panel(&talk).matches(why).count(), 2, "{}", panel(&talk));
    assert_eq!(
        talk.press("P").at(),
        "1.0 +explanation (nothing is asked here)"
    );
}

#[test]
fn nothing_is_asked_of_one_lane_alone() {
    let mut talk = open();
    talk.press("1 r");
    assert_eq!(talk.at(), "1.0 +explanation");
    assert_eq!(
        talk.press("P").at(),
        "1.0 +explanation (nothing is asked of one lane alone)"
    );
    talk.press("0 P");
    assert!(talk.at().starts_with("1.0 How many times as fast?"));
}
