//! A demo's program is edited in the pane: what runs then, what is told of it, and what is kept.

use parade_demos::spec::{DemoSpec, Value};

use super::talk::{Talk, learning};
use crate::app::{Edit, Event, Focus, Mode, Mouse, MouseWhat, Setup};
use crate::key::{Chord, Key};
use crate::layout::Size;

const DECK: &str = "\
# Programs

```demo
name: two
workload: python
lanes:
  - {name: one, model: gil, with: {code: \"print(1)\\n\"}}
  - {name: other, model: gil, with: {code: \"print(2)\\n\"}}
  - {name: again, model: free-threaded, with: {code: \"print(1)\\n\"}}
```

```predict
question: Which?
choices: [{text: one, when: one.wall > other.wall}, {text: other}]
```

---

# Stepped

```demo
name: lines
workload: python
with:
  code: |
    a = [1]
    b = a
lanes: [gil]
show: steps
```

---

# None

```demo
name: primes
workload: primes
lanes: [threads]
```
";

fn open() -> Talk {
    Talk::open(DECK)
}

fn open_to_learn() -> Talk {
    Talk::open_with(DECK, learning())
}

/// The text of the editor that is open, the cursor's place, and what is wrong.
fn text(talk: &Talk) -> String {
    let editor = talk.state.editor().expect("the editor is open");
    let cursor = editor.buffer.cursor();
    let wrong = editor
        .errors
        .iter()
        .map(|(place, why)| format!(" {place}: {why}"));
    let wrong: String = wrong.collect();
    format!(
        "{:?} {}.{}{wrong}",
        editor.buffer.text(),
        cursor.line,
        cursor.byte
    )
}

/// What each lane of the demo in focus runs, and whether it counts as edited.
fn runs(talk: &Talk) -> (Vec<String>, bool) {
    let spec: &DemoSpec = &talk.state.demo_in_focus().expect("there is a demo").spec;
    let code = |with: &parade_demos::spec::Parameters| match with.get("code") {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    (
        spec.lanes.iter().map(|lane| code(&lane.with)).collect(),
        spec.edited,
    )
}

/// What was told, but for the colours of code.
fn told(talk: &mut Talk) -> Vec<String> {
    let mut told = talk.told();
    told.retain(|line| !line.starts_with("highlight"));
    told
}

#[test]
fn a_program_is_edited_run_and_given_back() {
    let mut talk = open();
    talk.press("E");
    assert_eq!(talk.at(), "1.0 edit program");
    assert_eq!(text(&talk), "\"print(1)\\n\" 0.0");
    talk.press("# Ctrl-U End Left");
    talk.write("0");
    assert_eq!(text(&talk), "\"print(10)\\n\" 0.8");
    assert!(!runs(&talk).1, "it runs what it ran until it is run anew");
    talk.press("Ctrl-R");
    assert_eq!(talk.at(), "1.0");
    let edited = ["print(10)\n", "print(2)\n", "print(10)\n"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(runs(&talk), (edited.clone(), true));
    assert_eq!(told(&mut talk), ["start 0 two 1 units [one other again]"]);
    talk.press("O");
    let original = ["print(1)\n", "print(2)\n", "print(1)\n"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(runs(&talk), (original, false));
    assert_eq!(
        talk.at(),
        "1.0 (this is the deck's own program; O brings yours back)"
    );
    assert_eq!(
        told(&mut talk),
        ["cancel 0"],
        "what ran was the edited program"
    );
    talk.press("O");
    assert_eq!(runs(&talk), (edited, true));
}

#[test]
fn the_program_of_the_picked_lane_is_edited() {
    let mut talk = open();
    talk.press("2 E x Esc");
    let edited = ["print(1)\n", "xprint(2)\n", "print(1)\n"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(runs(&talk), (edited, true));
    talk.press("G");
    assert_eq!(
        talk.press("E").at(),
        "3.0 (there is no program of the laboratory here to edit)"
    );
}

#[test]
fn what_does_not_compile_is_told_and_does_not_run() {
    let mut talk = open();
    talk.press("E");
    talk.write("class A: pass");
    talk.press("Enter Ctrl-Home");
    let wrong = "classes are not in the laboratory's Python";
    assert!(
        text(&talk).contains(&format!(" 1:1: {wrong}")),
        "{}",
        text(&talk)
    );
    talk.press("Ctrl-End Ctrl-R");
    assert!(
        talk.at()
            .starts_with(&format!("1.0 edit program (program:1:1: {wrong}")),
        "{}",
        talk.at()
    );
    assert!(
        text(&talk).contains(" 0.0 "),
        "the cursor is at what is wrong"
    );
    talk.press("Esc r");
    assert!(talk.at().contains(wrong), "{}", talk.at());
    assert_eq!(told(&mut talk), [] as [&str; 0]);
}

#[test]
fn the_original_is_a_key_away_in_the_pane_too() {
    let mut talk = open();
    talk.press("E x Ctrl-O");
    assert_eq!(text(&talk), "\"print(1)\\n\" 0.1");
    talk.press("Ctrl-O");
    assert_eq!(text(&talk), "\"xprint(1)\\n\" 0.1");
    talk.press("Ctrl-O Ctrl-U");
    assert!(text(&talk).starts_with("\"xprint(1)"));
    talk.press("Ctrl-O Esc");
    assert!(!runs(&talk).1);
    talk.press("O");
    assert_eq!(
        runs(&talk).0[0],
        "xprint(1)\n",
        "closing the pane loses nothing"
    );
    talk.press("O E");
    assert_eq!(text(&talk), "\"print(1)\\n\" 0.1");
    talk.press("Ctrl-O");
    assert!(text(&talk).starts_with("\"xprint(1)"));
}

#[test]
fn a_pane_that_is_opened_again_goes_on_where_it_was() {
    let mut talk = open();
    talk.press("E End x Esc E");
    assert_eq!(
        text(&talk),
        "\"print(1)x\\n\" 0.9 1:9: simple statements must be separated by newlines or semicolons"
    );
    talk.press("Ctrl-U Ctrl-R E");
    assert_eq!(text(&talk), "\"print(1)\\n\" 0.8");
    talk.press("Ctrl-Y Esc O E");
    assert_eq!(
        text(&talk),
        "\"print(1)\\n\" 0.8",
        "the deck's text, and the cursor near"
    );
    talk.press("Ctrl-U");
    assert_eq!(
        text(&talk),
        "\"print(1)\\n\" 0.8",
        "there is nothing to take back"
    );
}

#[test]
fn nothing_is_told_where_nothing_was_edited() {
    let mut talk = open();
    assert_eq!(talk.press("O").at(), "1.0 (nothing was edited here)");
    assert_eq!(
        talk.press("E Ctrl-O").at(),
        "1.0 edit program (nothing was edited here)"
    );
    talk.press("Esc r E Esc");
    assert_eq!(
        told(&mut talk),
        ["start 0 two 1 units [one other again]"],
        "the run goes on"
    );
}

#[test]
fn a_stepped_program_is_stepped_anew() {
    let mut talk = open();
    talk.press("PgDn E");
    talk.write("c = 2\n");
    talk.press("Ctrl-R");
    assert_eq!(talk.at(), "2.0");
    assert_eq!(told(&mut talk), [] as [&str; 0]);
    let bench = talk
        .state
        .demo_in_focus()
        .and_then(|demo| demo.bench.as_ref());
    assert_eq!(bench.map(|bench| bench.steps().len()), Some(0));
    assert!(runs(&talk).0[0].starts_with("c = 2"));
}

#[test]
fn the_pane_stands_beside_a_run_where_there_is_room() {
    let mut talk = open();
    talk.happen(Event::Resize(Size {
        width: 120,
        height: 36,
    }));
    talk.press("E x Ctrl-U Ctrl-R");
    assert_eq!(talk.at(), "1.0 edit program");
    assert_eq!(
        talk.state.body_size(),
        Size {
            width: 60,
            height: 35
        }
    );
    talk.press("Ctrl-R");
    assert_eq!(
        told(&mut talk),
        ["start 0 two 1 units [one other again]", "cancel 0"]
    );
    talk.press("Esc");
    assert_eq!(
        talk.state.body_size(),
        Size {
            width: 120,
            height: 35
        }
    );
}

#[test]
fn the_mouse_and_pastes_belong_to_the_text() {
    let mut talk = open();
    talk.press("E");
    talk.happen(Event::Paste("if 1:\r\n\tpass\r\n".to_owned()));
    assert_eq!(text(&talk), "\"if 1:\\n    pass\\nprint(1)\\n\" 2.0");
    let plan = talk.state.editor_plan();
    let click = Mouse {
        x: plan.text.x + 6,
        y: 2,
        what: MouseWhat::Click,
    };
    talk.happen(Event::Mouse(click));
    assert!(text(&talk).ends_with(" 1.6"), "{}", text(&talk));
    let wheel = Mouse {
        what: MouseWhat::WheelDown,
        ..click
    };
    talk.happen(Event::Mouse(wheel));
    assert!(text(&talk).ends_with(" 3.0"), "{}", text(&talk));
}

#[test]
fn what_is_cut_can_be_put_elsewhere() {
    let mut setup = Setup::default();
    setup.settings.clipboard = true;
    let mut talk = Talk::open_with(DECK, setup);
    talk.press("E Ctrl-X Ctrl-V Ctrl-V");
    assert_eq!(text(&talk), "\"print(1)\\nprint(1)\\n\" 2.0");
    assert_eq!(told(&mut talk), ["copy print(1)\n"]);
}

#[test]
fn a_question_is_asked_of_the_decks_program_alone() {
    let mut talk = open_to_learn();
    talk.press("r");
    assert!(talk.at().contains("Which?"), "{}", talk.at());
    talk.press("q E # Ctrl-R");
    talk.told();
    assert_eq!(talk.at(), "1.0 +explanation");
    assert_eq!(
        talk.press("P").at(),
        "1.0 +explanation (nothing is asked of an edited program)"
    );
}

#[test]
fn edits_are_kept_for_whoever_learns_and_found_again() {
    let mut talk = open_to_learn();
    talk.told();
    talk.press("E x Esc");
    let kept = told(&mut talk);
    let of = crate::app::fingerprint(b"print(1)\n");
    let edit = format!(r#"{{"of":{of},"text":"xprint(1)\n","aside":false,"number":0}}"#);
    let edits = format!(r#"{{"programs/two/program":{edit}}}"#);
    let expected = format!(
        r#"keep {{"seen":[],"predictions":{{}},"challenges":{{}},"edits":{edits},"last":null}}"#
    );
    assert_eq!(kept, [expected]);
    let progress = talk.state.progress.clone();
    let setup = Setup {
        progress,
        ..learning()
    };
    let mut again = Talk::open_with(DECK, setup.clone());
    assert_eq!(runs(&again).0[0], "xprint(1)\n");
    again.press("→ →");
    again.press("← ←");
    assert!(runs(&again).1, "it survives leaving the slide");

    let changed = DECK.replace("print(1)", "print(3)");
    let mut other = Talk::open_with(&changed, setup);
    assert_eq!(
        other.at(),
        "1.0 +explanation (the deck has another program now: what you made of the old one is put aside; \
         O brings it back)"
    );
    assert_eq!(
        runs(&other),
        (
            ["print(3)\n", "print(2)\n", "print(3)\n"]
                .map(str::to_owned)
                .to_vec(),
            false
        )
    );
    other.press("O");
    assert_eq!(runs(&other).0[0], "xprint(1)\n");
}

#[test]
fn nothing_is_kept_of_a_talk_that_is_presented() {
    let mut talk = open();
    talk.told();
    talk.press("E x Esc → ←");
    assert!(runs(&talk).1, "but it lasts as long as the talk");
    assert_eq!(told(&mut talk), [] as [&str; 0]);
    talk.save(&DECK.replace("print(1)", "print(3)"));
    assert!(!runs(&talk).1);
}

#[test]
fn the_end_keeps_what_was_typed_last() {
    for (end, expected) in [
        (Event::Key("Ctrl-C".parse().expect("a key")), &["quit"][..]),
        (Event::Ending, &[]),
    ] {
        let mut talk = open_to_learn();
        talk.press("E x").told();
        talk.happen(end);
        let told = told(&mut talk);
        assert!(told[0].starts_with("keep "), "{told:?}");
        assert_eq!(told[1..], *expected);
        talk.happen(Event::Ending);
        assert_eq!(talk.told(), [] as [&str; 0], "once is enough");
    }
}

#[test]
fn a_key_leads_from_program_to_program() {
    let mut talk = open_to_learn();
    talk.press("E x").told();
    talk.press("Ctrl-N");
    assert_eq!(talk.at(), "1.0 edit program 2 +explanation");
    assert_eq!(text(&talk), "\"print(2)\\n\" 0.0");
    assert!(runs(&talk).1, "what was typed in the other is taken over");
    assert!(told(&mut talk)[0].starts_with("keep "));
    talk.press("End y Ctrl-N");
    assert_eq!(talk.at(), "1.0 edit program +explanation");
    assert_eq!(text(&talk), "\"xprint(1)\\n\" 0.1");
    talk.press("Ctrl-U");
    assert_eq!(text(&talk), "\"print(1)\\n\" 0.0");
    talk.press("Esc PgDn E Ctrl-N");
    assert_eq!(
        talk.at(),
        "2.0 edit program +explanation (the demo has no other program)"
    );
}

#[test]
fn the_users_own_editor_has_the_program_and_gives_it_back() {
    let mut talk = open();
    talk.press("r");
    talk.told();
    let handed = |talk: &mut Talk| {
        let told = told(talk);
        assert!(told[0].starts_with("cancel 0"), "{told:?}");
    };
    talk.press("Ctrl-E");
    handed(&mut talk);
    let outside = |text: &str| {
        Box::new(crate::app::Outside {
            demo: crate::app::DemoKey {
                slide: "programs".to_owned(),
                demo: "two".to_owned(),
            },
            program: "program".to_owned(),
            text: text.to_owned(),
        })
    };
    let back = |came: Result<&str, &str>| Event::EditedOutside {
        handed: outside("print(1)\n"),
        came: came.map(str::to_owned).map_err(str::to_owned),
    };
    talk.happen(back(Err("it crashed")));
    assert_eq!(talk.at(), "1.0 (it crashed)");
    talk.happen(back(Ok("print(1)")));
    assert_eq!(talk.at(), "1.0 (program is as it was)");
    talk.happen(back(Ok("print(7)\r\n")));
    assert_eq!(talk.at(), "1.0 (program is edited: r runs it)");
    assert_eq!(runs(&talk).0[0], "print(7)\n");
    talk.press("E");
    talk.happen(back(Ok("print(8)\n")));
    assert!(text(&talk).starts_with("\"print(8)\\n\""));
    talk.press("Ctrl-U");
    assert!(
        text(&talk).starts_with("\"print(7)\\n\""),
        "it is a change like any other"
    );
}

#[test]
fn no_key_that_types_or_moves_is_an_action_where_a_program_is_edited() {
    let mut talk = open();
    talk.press("E");
    let mode = talk.state.mode.clone();
    let plain = [
        Key::Left,
        Key::Right,
        Key::Up,
        Key::Down,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Enter,
        Key::Tab,
        Key::Backspace,
        Key::Delete,
    ];
    let with = |shift, ctrl, alt| {
        move |key| Chord {
            key,
            ctrl,
            alt,
            shift,
        }
    };
    let named = plain.into_iter().flat_map(|key| {
        [
            with(false, false, false),
            with(true, false, false),
            with(false, true, false),
            with(false, false, true),
        ]
        .map(|with| with(key))
    });
    let typed = (' '..='~').map(Chord::from);
    for chord in named
        .chain(typed)
        .chain(["Ctrl-W", "Ctrl-A"].map(|key| key.parse().expect("a key")))
    {
        assert_eq!(
            talk.state.keys.action(&mode, Focus::Demo, chord),
            None,
            "{chord}"
        );
        let before = talk.state.mode.clone();
        talk.press(&chord.to_string());
        assert!(
            matches!(talk.state.mode, Mode::Edit(_)),
            "{chord} closed {before:?}"
        );
    }
}

#[test]
fn a_console_edits_nothing() {
    let mut talk = open();
    talk.state.console = Some(crate::app::Console::default());
    assert!(
        talk.press("E")
            .at()
            .ends_with("(a program is edited in the talk, not at its console)")
    );
    assert_eq!(talk.asks.len(), 0);
}

#[test]
fn an_edit_that_gives_way_to_another_is_named() {
    let mut talk = open();
    let edit = Edit {
        of: 1,
        text: "x".to_owned(),
        aside: false,
        number: 0,
    };
    let edits = (0..24).map(|number| (format!("old/d/{number:02}"), edit.clone()));
    talk.state.progress.edits = edits.collect();
    talk.press("E x Esc");
    let said = "(24 edited programs are kept: the oldest, old/d/00, is forgotten)";
    assert!(talk.at().ends_with(said), "{}", talk.at());
}

#[test]
fn a_pane_that_is_opened_again_asks_for_its_colours_anew() {
    let mut talk = open();
    talk.press("E x Esc").told();
    talk.press("E");
    let told = talk.told();
    assert!(told[0].starts_with("highlight"), "{told:?}");
}

#[test]
fn a_text_that_is_too_long_is_told_of() {
    let mut talk = open();
    talk.press("E");
    talk.happen(Event::Paste("x".repeat(70_000)));
    assert_eq!(
        talk.at(),
        "1.0 edit program (a program has at most 64 KiB of text)"
    );
}
