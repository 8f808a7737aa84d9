use std::path::Path;
use std::sync::Arc;

use parade_demos::snippet::{SnippetEnd, SnippetSnapshot};

use super::command::{self, Command};
use super::tell::Teller;
use super::{run, spoken};
use crate::app::{
    DemoState, Draft, Effect, Event, Mode, Moment, Question, RunId, Setup, State, begin, update,
};
use crate::deck::{BlockKind, Slide};
use crate::key::Key;
use crate::parse;

fn state(markdown: &str) -> State {
    State::new(Setup {
        deck: Arc::new(parse::open(Path::new("deck.md"), markdown, &())),
        ..Setup::default()
    })
}

#[test]
fn a_slide_is_told_in_one_line_after_the_other() {
    let deck = "\
# Side by side

<!-- column_layout: [1, 1] -->

<!-- column: 0 -->

left

<!-- column: 1 -->

right

<!-- reset_layout -->

![a cook](cook.png)

```chart
kind: bar
labels: [a, b]
values: [1, 2]
unit: wheels
```

```chart
kind: timeline
events:
  - {label: one, on: 2024-10-07}
  - {label: two}
highlight: one
```

```qr
data: https://example.org
```

<!-- pause -->

last
";
    let slide = parse::slide(&state(deck).deck, 0, &());
    let expected = [
        "Slide 1 of 1: Side by side",
        "left",
        "right",
        "Image: a cook",
        "Chart:",
        "• a: 1 wheels",
        "• b: 2 wheels",
        "Timeline:",
        "• one: 2024-10-07 (this slide's)",
        "• two: nobody has said when",
        "QR code: https://example.org",
    ];
    let heading = "Slide 1 of 1";
    assert_eq!(spoken::slide(heading, &slide, 0), expected);
    assert_eq!(
        spoken::slide(heading, &slide, 1)[expected.len()..],
        ["last"]
    );
}

#[test]
fn what_is_drawn_is_told_in_words() {
    let markdown = "\
> [!TIP]
> Try it.

> said

| Thread | Time |
| ------ | ---- |
| one    | 2 ms |
| two    |      |

https://example.org/an-address-that-is-far-longer-than-a-line-of-a-terminal-and-is-copied-whole

A learner who listens hears whole sentences, and where a line of the screen would end does not matter to them.

```
core 0  🥕▇▇▇▇🥩▇▇▇▇
        └───┴───▸ time
```

a ──▶ b[^1]

[^1]: At the foot.

```rust {1|2}
fn main() {
    \u{2500}
```
";
    let slide = parse::slide(&state(markdown).deck, 0, &());
    let expected = [
        "Slide 1 of 1",
        "Tip:",
        "Try it.",
        "Quote:",
        "said",
        "Thread: one; Time: 2 ms",
        "Thread: two",
        "https://example.org/an-address-that-is-far-longer-than-a-line-of-a-terminal-and-is-copied-whole",
        "A learner who listens hears whole sentences, and where a line of the screen would end does not matter to them.",
        "  core 0 🥕 🥩",
        "          → time",
        "a → b¹",
        "  fn main() {",
        "      \u{2500}",
        "¹ At the foot.",
    ];
    assert_eq!(spoken::slide("Slide 1 of 1", &slide, 0), expected);
    for (step, expected) in [
        (0, "Line 1 stands out: fn main() {"),
        (1, "Line 2 stands out: \u{2500}"),
    ] {
        assert_eq!(spoken::emphasis(&slide, step), [expected]);
    }
}

/// The keys that a line stands for, or the first line of an answer.
fn meant(line: &str, state: &State) -> String {
    match command::read(line, state) {
        Command::Happen(events) => {
            let keys = events.iter().map(|event| match event {
                Event::Key(chord) => chord.to_string(),
                other => format!("{other:?}"),
            });
            keys.collect::<Vec<_>>().join(" ")
        }
        Command::Tell(lines) => lines.first().cloned().unwrap_or_default(),
        Command::Again => "again".to_owned(),
    }
}

#[test]
fn a_line_stands_for_keys() {
    let mut state = state("# One\n\n---\n\n# Two\n");
    for (line, expected) in [
        ("", "→"),
        ("b", "←"),
        ("r", "r"),
        ("next-slide", "PgDn"),
        ("PgDn", "PgDn"),
        ("edit", "Ctrl-E"),
        ("original", "O"),
        ("2", ": 2 Enter"),
        ("12", ": 1 2 Enter"),
        (":gil", ": g i l Enter"),
        ("/lock", "/ l o c k Enter"),
        ("again", "again"),
        ("slides", "1: One"),
        ("what", "`what` is no command; keys tells all of them"),
        ("o", "1: One"),
        ("overview", "1: One"),
        ("black", "that is for a screen; here it changes nothing"),
        ("t", "t"),
        ("/", "/ and the text in one line search the slides"),
        (":", ": and a slide's number or id in one line go there"),
    ] {
        assert_eq!(meant(line, &state), expected, "{line:?}");
    }
    state.place.slide = 1;
    assert_eq!(meant("", &state), "This is the end; q quits.");
}

/// A slide with one demo, shown.
fn with_demo(fence: &str) -> State {
    let mut state = state(&format!(
        "# One\n\n```demo\nname: d\n{fence}\n```\n\n---\n\nlast\n"
    ));
    let _ = begin(&mut state, 0);
    let slide = Arc::new(parse::slide(&state.deck, 0, &()));
    let parsed = Event::Parsed { index: 0, slide };
    let _ = update(&mut state, parsed, Moment::ZERO);
    state
}

#[test]
fn a_number_is_a_lane_or_a_thread_where_there_is_such_a_one() {
    let lanes = with_demo("workload: primes\nlanes: [async, threads]");
    let program = "workload: python\nwith: {code: \"a = 1\"}\nlanes: [gil]\nshow: steps";
    let stepped = with_demo(program);
    for (state, line, expected) in [
        (&lanes, "0", "0"),
        (&lanes, "2", "2"),
        (&lanes, "3", ": 3 Enter"),
        (&lanes, "10", ": 1 0 Enter"),
        (&lanes, "", "→"),
        (&stepped, "1", "1"),
        (&stepped, "2", ": 2 Enter"),
        (&stepped, "", "Enter"),
    ] {
        assert_eq!(meant(line, state), expected, "{line:?}");
    }
    let mut over = stepped;
    let _ = update(&mut over, Event::Key(Key::Enter.into()), Moment::ZERO);
    assert_eq!(meant("", &over), "→");
}

#[test]
fn a_question_takes_a_number_and_a_run_without_one() {
    let mut state = state("# One\n");
    for (draft, line, expected) in [
        (Draft::Number(String::new()), "1.5", "1 . 5 Enter"),
        (Draft::Number(String::new()), "r", "r"),
        (Draft::Number(String::new()), "", "Enter"),
        (
            Draft::Choice {
                choices: vec!["a".to_owned(), "b".to_owned()],
                selected: 0,
            },
            "2",
            "2 Enter",
        ),
        (
            Draft::Choice {
                choices: vec!["a".to_owned(), "b".to_owned()],
                selected: 0,
            },
            "0.5",
            "`0.5` is no answer; a number from 1 to 2 is",
        ),
        (
            Draft::Number(String::new()),
            "many",
            "`many` is no answer; a number is",
        ),
    ] {
        state.mode = Mode::Question(Box::new(Question {
            demo: crate::app::DemoKey {
                slide: "one".to_owned(),
                demo: "d".to_owned(),
            },
            mark: "one/d".to_owned(),
            text: "?".to_owned(),
            draft,
        }));
        assert_eq!(meant(line, &state), expected, "{line:?}");
    }
}

#[test]
fn a_demo_is_told_with_the_workers_that_it_will_have() {
    let fence = "```demo\nname: d\nworkload: primes\nlanes: [async, threads, {model: sequential, label: alone}, {model: processes, workers: 4}]\nclaim: async.speedup > 2\n```\n";
    let state = state(fence);
    let slide = parse::slide(&state.deck, 0, &());
    let BlockKind::Demo(demo) = &slide.blocks[0].kind else {
        panic!("no demo: {slide:?}");
    };
    assert_eq!(
        run::demo(&DemoState::new(&demo.spec), (1, 2), 3, false),
        [
            "Demo 1 of 2: d. Lanes: async; threads; alone; processes.",
            "Claim: async.speedup > 2.",
            "As it will run: 4 s of work; async, 3 workers; threads, 3 workers; alone, 1 worker; processes, 4 workers.",
        ]
    );
}

#[test]
fn a_slide_without_a_title_has_a_number() {
    let state = state("# One\n\n---\n\njust text\n");
    assert_eq!(
        command::read("slides", &state),
        Command::Tell(vec!["1: One".to_owned(), "2: (no title)".to_owned()])
    );
}

#[test]
fn a_paragraph_of_the_panel_is_told_as_one() {
    let text = "word ".repeat(20);
    let markdown = format!("# One\n\n<!--\nexplain: |\n  {text}\n\n  Last.\n-->\n");
    let slide = parse::slide(&state(&markdown).deck, 0, &());
    let panel = spoken::panel(&Slide {
        blocks: slide.explain.clone(),
        ..Slide::default()
    });
    assert_eq!(panel, [text.trim_end(), "Last."]);
}

/// What is told after each of these events, a line each.
fn told(state: &mut State, teller: &mut Teller, event: Event) -> Vec<String> {
    let mut events = vec![event];
    while let Some(event) = events.pop() {
        for effect in update(state, event, Moment::ZERO) {
            if let Effect::Parse(index) = effect {
                let slide = Arc::new(parse::slide(&state.deck, index, &()));
                events.push(Event::Parsed { index, slide });
            }
        }
    }
    teller.news(state)
}

/// A block's run, by its number, has written these lines and ended.
fn wrote(run: u64, lines: &[&str]) -> Event {
    let snapshot = SnippetSnapshot {
        steps: 1,
        step: Some(0),
        lines: lines.iter().map(|&line| line.into()).collect(),
        end: Some(SnippetEnd::Exited(0)),
        ..SnippetSnapshot::default()
    };
    Event::Snippet {
        run: RunId(run),
        snapshot: Box::new(snapshot),
    }
}

#[test]
fn every_block_asks_and_is_told_for_itself() {
    let code = "```sh +auto_exec\necho\n```\n\n";
    let mut state = state(&format!(
        "# One\n\n{code}{}{}",
        code.replace("echo", "pwd"),
        code.replace("echo", "ls")
    ));
    let mut teller = Teller::default();
    let slide = Arc::new(parse::slide(&state.deck, 0, &()));
    let key = |key: char| Event::Key(key.into());
    let script = [
        (
            Event::Parsed { index: 0, slide },
            "Slide 1 of 1: One|  echo|  pwd|  ls|Code 1, sh: r runs it, and stops it.|\
             This deck wants to run commands of its own, for code 1:|sh main.sh|y lets them run, n does not.",
        ),
        (
            key('n'),
            "The code: its commands were not allowed to run.|\
             This deck wants to run commands of its own, for code 2:|sh main.sh|y lets them run, n does not.",
        ),
        (key('y'), ""),
        (
            wrote(0, &["/", "/tmp"]),
            "Code 2:|/|/tmp|The code: done in 0.0 s.|\
             This deck wants to run commands of its own, for code 3:|sh main.sh|y lets them run, n does not.",
        ),
        (key('y'), ""),
        (wrote(1, &["a"]), "Code 3:|a|The code: done in 0.0 s."),
    ];
    for (event, expected) in script {
        assert_eq!(told(&mut state, &mut teller, event).join("|"), expected);
    }
}
