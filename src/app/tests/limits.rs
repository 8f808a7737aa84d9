//! Whatever happens: no panic, bounded memory, one run at a time.

use std::sync::Arc;
use std::time::Duration;

use parade_demos::report::Outcome;
use proptest::prelude::*;

use super::talk::{Talk, deck, report};
use crate::app::{
    DEMOS_KEPT_MAX, Event, HIGHLIGHTS_KEPT_MAX, JUMPS_MAX, Mouse, MouseWhat, Notice, RunId,
    RunNews, SLIDES_KEPT_MAX,
};
use crate::key::{Chord, NAMES};
use crate::layout::Size;

/// Decks to go between: with demos, with commands, long, empty.
const DECKS: [&str; 4] = [
    "# A\n\n<!-- pause -->\n\nb\n\n---\n\n# Demo\n\n```demo\nname: d\nworkload: requests\nlanes: [async, threads]\n```\n\n\
     ```demo\nname: e\nworkload: primes\nlanes: [threads]\n```\n\n---\n\n# Last\n\n```rust\nfn f() {}\n```\n\n---\n\n# Program\n\n\
     ```demo\nname: p\nworkload: python\nwith: {code: \"print(1)\"}\nlanes: [gil]\n```\n",
    "# A\n\n---\n\n# Demo\n\n```demo\nname: d\nworkload: requests\nlanes: [threads]\n```\n",
    "# Own\n\n```demo\nname: own\nlanes: [{name: py, model: command, workload: command, command: [python3]}]\n```\n",
    "",
];

fn chord() -> impl Strategy<Value = Chord> {
    let named = prop::sample::select(NAMES.to_vec()).prop_map(|(_, key)| Chord::from(key));
    let typed = prop::sample::select(
        "rrrrrrlhjkgGnNobsetyq?:/+-[],.p0123456789EEO"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop_oneof![2 => named, 5 => typed.prop_map(Chord::from)]
}

fn event() -> impl Strategy<Value = Event> {
    let what = prop::sample::select(vec![
        MouseWhat::Click,
        MouseWhat::WheelUp,
        MouseWhat::WheelDown,
    ]);
    let mouse = (any::<(u8, u8)>(), what).prop_map(|((x, y), what)| {
        Event::Mouse(Mouse {
            x: x.into(),
            y: y.into(),
            what,
        })
    });
    let finished = (
        0..6_u64,
        prop::sample::select(vec![Outcome::Done, Outcome::Cancelled]),
    )
        .prop_map(|(run, outcome)| Event::Run {
            run: RunId(run),
            news: RunNews::Finished(Box::new(report(run, outcome))),
        });
    let sampled = (0..6_u64).prop_map(|run| Event::Run {
        run: RunId(run),
        news: RunNews::Sampled(Box::default()),
    });
    let reloaded = prop::sample::select(DECKS.to_vec());
    prop_oneof![
        20 => chord().prop_map(Event::Key),
        1 => any::<String>().prop_map(Event::Paste),
        2 => mouse,
        1 => (0..200_u16, 0..80_u16).prop_map(|(width, height)| Event::Resize(Size { width, height })),
        1 => Just(Event::Tick),
        1 => reloaded.prop_map(|text| Event::Reloaded(Arc::new(deck(text)))),
        4 => finished,
        2 => sampled,
        1 => Just(Event::Notice(Notice { text: "n".into(), bad: true })),
        1 => Just(Event::Resumed),
    ]
}

/// Follows what is told about runs: the run in progress, and whether it was told to end.
#[derive(Default)]
struct Runs {
    now: Option<u64>,
    cancelled: bool,
}

impl Runs {
    fn hear(&mut self, event: &Event) {
        if let Event::Run {
            run,
            news: RunNews::Finished(_),
        } = event
            && self.now == Some(run.0)
        {
            self.now = None;
        }
    }

    fn tell(&mut self, line: &str) {
        let number = |text: &str| {
            text.split_whitespace()
                .nth(1)
                .and_then(|word| word.parse().ok())
        };
        if line.starts_with("start") {
            assert_eq!(self.now, None, "two runs at once: {line}");
            (self.now, self.cancelled) = (number(line), false);
        } else if line.starts_with("cancel") {
            assert_eq!((self.now, self.cancelled), (number(line), false), "{line}");
            self.cancelled = true;
        } else if line.starts_with("set") {
            assert_eq!((self.now, self.cancelled), (number(line), false), "{line}");
        } else if line == "quit" || line == "suspend" {
            assert!(
                self.now.is_none() || self.cancelled,
                "{line} with a run in progress"
            );
        }
    }
}

fn check_limits(talk: &Talk) {
    let state = &talk.state;
    assert!(state.slides.len() <= SLIDES_KEPT_MAX);
    assert!(state.jumps.len() <= JUMPS_MAX);
    assert!(state.demos.len() <= DEMOS_KEPT_MAX);
    assert!(state.highlights.blocks.len() <= HIGHLIGHTS_KEPT_MAX);
    assert!(state.highlighting.len() <= HIGHLIGHTS_KEPT_MAX);
    assert!(state.place.slide < state.slides_total().max(1));
    assert!(state.scroll <= state.scroll_max());
    if let Some(slide) = state.slide() {
        assert!(state.place.step <= slide.steps);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn bears_whatever_happens(events in prop::collection::vec(event(), 1..120)) {
        let mut talk = Talk::open(DECKS[0]);
        let mut runs = Runs::default();
        for event in events {
            talk.now += Duration::from_millis(130);
            runs.hear(&event);
            talk.happen(event);
            for line in talk.told() {
                runs.tell(&line);
            }
            check_limits(&talk);
        }
    }
}

#[test]
fn keeps_what_is_near_of_a_long_talk() {
    let slide = |number: usize| {
        format!(
            "<!-- id: s{number} -->\n\n# S\n\n```rust\nlet x = {number};\n```\n\n```demo\nname: d\nworkload: primes\nlanes: [threads]\n```\n"
        )
    };
    let text: Vec<_> = (0..300).map(slide).collect();
    let mut talk = Talk::open(&text.join("\n---\n\n"));
    for number in 0..300 {
        talk.press("PgDn");
        for code in std::mem::take(&mut talk.state.highlighting) {
            talk.happen(Event::Highlighted {
                key: code,
                lines: Arc::default(),
            });
        }
        if number % 3 == 0 {
            talk.press("g :")
                .write(&(number + 2).to_string())
                .press("Enter");
        }
        check_limits(&talk);
    }
    assert_eq!(talk.at(), "300.0");
    assert_eq!(talk.state.slides.len(), SLIDES_KEPT_MAX);
    assert_eq!(talk.state.demos.len(), DEMOS_KEPT_MAX);
    assert!(
        talk.state.slide().is_some(),
        "the present slide is never forgotten"
    );
}
