//! A talk and its console: what is told to one side and asked of the other.

use std::time::Duration;

use parade_demos::explore::Exhibit;
use parade_demos::report::Outcome;
use parade_demos::snapshot::Snapshot;
use parade_demos::snippet::SnippetSnapshot;

use super::talk::Talk;
use crate::app::{
    Action, Ask, Asker, Console, DemoFocus, DemoKey, Event, Mode, Mouse, MouseWhat, Notice, Over,
    ReplayWhy, RunId, RunNews, Settings, Setup, State,
};

const DECK: &str = "---\nduration: 10 min\n---\n\n# A\n\none\n\n<!-- pause -->\n\ntwo\n\n\
    <!-- speaker_note: second note -->\n\n---\n\n# B\n\n```demo\nname: race\nworkload: primes\n\
    lanes: [threads, async]\n```\n\n---\n\n# C\n\nlast\n";

struct Pair {
    talk: Talk,
    console: Talk,
}

impl Pair {
    fn open(deck: &str) -> Self {
        Self::open_with(deck, Setup::default())
    }

    /// A talk that is set up so, and its console.
    fn open_with(deck: &str, talk: Setup) -> Self {
        let console = Setup {
            console: Some(Console::default()),
            ..Setup::default()
        };
        let mut pair = Self {
            talk: Talk::open_with(deck, talk),
            console: Talk::open_with(deck, console),
        };
        pair.talk.happen(Event::Consoles(1));
        pair.meet();
        pair
    }

    /// Passes on whatever one side has for the other.
    fn meet(&mut self) {
        for ask in std::mem::take(&mut self.console.asks) {
            self.talk.happen(Event::Asked(ask));
        }
        // As over the socket.
        for told in std::mem::take(&mut self.talk.tells) {
            let line = serde_json::to_string(&told).expect("it can be told");
            let told = serde_json::from_str(&line).expect("it can be read");
            self.console.happen(Event::Told(told));
        }
    }

    /// Keys at the talk, then keys at the console.
    fn press(&mut self, talk: &str, console: &str) -> (String, String) {
        self.talk.press(talk);
        self.meet();
        for key in console.split_whitespace() {
            self.console.press(key);
            self.meet();
        }
        (self.talk.at(), self.console.at().replace(" +notes", ""))
    }
}

#[test]
fn a_console_stands_where_the_talk_stands() {
    for (talk, expected) in [
        ("", "1.0"),
        ("→", "1.1"),
        ("→ →", "2.0"),
        ("G", "3.0"),
        ("G ←", "2.0"),
    ] {
        let at = Pair::open(DECK).press(talk, "");
        assert_eq!(at, (expected.to_owned(), expected.to_owned()), "{talk}");
    }
}

#[test]
fn what_a_console_cannot_do_is_told_there_and_not_to_the_audience() {
    let mut pair = Pair::open(DECK);
    let ask = Ask::Do {
        action: Action::Help,
        digit: 0,
    };
    pair.talk.happen(Event::Asked(ask));
    pair.meet();
    assert_eq!(pair.talk.state.notice, None);
    let told = pair.console.state.notice.as_ref();
    let text = told.map(|(notice, _)| notice.text.as_str());
    assert_eq!(text, Some("a console can't do `help` here"));
}

#[test]
fn keys_at_a_console_move_the_talk() {
    for (keys, talk, console) in [
        ("→", "1.1", "1.1"),
        ("→ → ←", "1.1", "1.1"),
        ("PgDn", "2.0", "2.0"),
        ("G", "3.0", "3.0"),
        ("3 Enter", "3.0", "3.0"),
        ("3 Enter Backspace", "1.0", "1.0"),
        (": b Enter", "2.0", "2.0"),
        ("o → Enter", "2.0", "2.0"),
        ("b", "1.0 black", "1.0"),
        ("b → b", "1.1", "1.1"),
        // About the console's own screen.
        ("?", "1.0", "1.0 help 0"),
        ("o", "1.0", "1.0 overview 1"),
        ("s", "1.0", "1.0"),
        ("1", "1.0", "1.0 number 1"),
    ] {
        let at = Pair::open(DECK).press("", keys);
        assert_eq!(at, (talk.to_owned(), console.to_owned()), "{keys}");
    }
}

#[test]
fn a_search_at_a_console_looks_around_and_then_takes_the_talk_along() {
    let mut pair = Pair::open(DECK);
    pair.console.press("/").write("last").outline();
    pair.meet();
    assert_eq!(pair.talk.at(), "1.0");
    assert_eq!(pair.console.at(), "3.0 /last +notes");
    assert_eq!(pair.press("→", ""), ("1.1".into(), "3.0 /last".into()));
    assert_eq!(pair.press("", "Enter"), ("3.0".into(), "3.0".into()));
}

#[test]
fn what_lies_over_the_talks_slide_gives_way_to_a_console() {
    for (talk, console, expected) in [
        ("?", "→", "1.1"),
        ("o", "→", "1.1"),
        (":", "→", "1.1"),
        ("b", "→", "1.1 black"),
        ("1", "G", "3.0"),
    ] {
        let at = Pair::open(DECK).press(talk, console);
        assert_eq!(at.0, expected, "{talk} then {console}");
    }
}

#[test]
fn a_console_shows_and_steers_the_run() {
    let mut pair = Pair::open(DECK);
    assert_eq!(pair.press("G ←", "r"), ("2.0".into(), "2.0".into()));
    assert_eq!(pair.talk.told().len(), 1, "the talk starts it");
    assert!(pair.console.told().is_empty(), "the console starts nothing");
    let snapshot = Snapshot {
        others_cores: 0.25,
        ..Snapshot::default()
    };
    pair.talk.happen(Event::Run {
        run: RunId(0),
        news: RunNews::Sampled(Box::new(snapshot.clone())),
    });
    pair.meet();
    let seen = |state: &State| state.demo_in_focus().and_then(|demo| demo.snapshot.clone());
    assert_eq!(seen(&pair.console.state), Some(Box::new(snapshot)));
    assert_eq!(pair.console.state.run, pair.talk.state.run);
    pair.press("", "r");
    assert_eq!(pair.talk.told(), ["cancel 0"]);
    pair.talk.finish(0, Outcome::Done);
    pair.meet();
    let report = |state: &State| state.demo_in_focus().and_then(|demo| demo.report.clone());
    assert!(report(&pair.console.state).is_some());
    assert_eq!(report(&pair.console.state), report(&pair.talk.state));
    pair.press("", "2");
    let focus = |state: &State| state.demo_in_focus().map(|demo| demo.focus);
    assert_eq!(focus(&pair.talk.state), Some(DemoFocus::Lane(1)));
    assert_eq!(focus(&pair.console.state), focus(&pair.talk.state));
}

#[test]
fn a_console_can_consent_and_refuse() {
    let deck = "# A\n\n```demo\nname: own\nworkload: command\nlanes: [{model: command, command: [date]}]\nbaseline: none\n```\n";
    for (keys, asked) in [("y", "1.0"), ("n", "1.0"), ("Esc", "1.0")] {
        let mut pair = Pair::open(deck);
        let at = pair.press("r", "");
        assert_eq!(at, ("1.0 may date?".into(), "1.0 may date?".into()));
        assert_eq!(pair.press("", keys), (asked.into(), asked.into()), "{keys}");
        let started = pair
            .talk
            .told()
            .iter()
            .any(|told| told.starts_with("start"));
        assert_eq!(started, keys == "y", "{keys}");
    }
}

#[test]
fn a_console_shows_a_program_as_it_was_edited() {
    let deck = "# A\n\n```demo\nname: lines\nworkload: python\nwith: {code: \"a = 1\"}\nlanes: [gil]\nshow: steps\n```\n";
    let shown = |talk: &Talk| {
        let demo = talk.state.demo_in_focus().expect("there is a demo");
        let bench = demo.bench.as_ref().expect("it is stepped");
        let Ok(Exhibit::Lines(lines)) = &bench.exhibit else {
            panic!("it is stepped by line");
        };
        (lines.program().source.to_string(), demo.shows_edited())
    };
    let mut pair = Pair::open(deck);
    pair.press("E b Esc", "");
    assert_eq!(shown(&pair.talk), ("ba = 1".to_owned(), true));
    assert_eq!(shown(&pair.console), shown(&pair.talk));
    // A console puts the deck's own back; what is being typed is taken over first.
    pair.press("E c", "O");
    assert_eq!(shown(&pair.console), ("a = 1".to_owned(), false));
    pair.press("O", "");
    assert_eq!(shown(&pair.console), ("bca = 1".to_owned(), true));
}

#[test]
fn a_console_knows_what_comes_next() {
    let next = |talk: &str| {
        let mut pair = Pair::open(DECK);
        pair.press(talk, "");
        pair.console.happen(Event::Tick);
        let console = pair.console.state.console.clone().expect("it is one");
        console.next.map(|next| (next.place.slide, next.place.step))
    };
    for (talk, expected) in [
        ("", Some((0, 1))),
        ("→", Some((1, 0))),
        ("G ←", Some((2, 0))),
        ("G", None),
    ] {
        assert_eq!(next(talk), expected, "{talk}");
    }
}

#[test]
fn a_console_survives_another_deck_and_the_talks_end() {
    let mut pair = Pair::open(DECK);
    pair.press("G", "");
    let shorter = "# A\n\nnew\n";
    pair.talk.save(shorter);
    pair.console.save(shorter);
    pair.meet();
    assert_eq!(pair.press("", ""), ("1.0".into(), "1.0".into()));
    pair.console
        .happen(Event::Lost("the talk has ended".into()));
    assert_eq!(pair.press("", "→").1, "1.0 (the talk has ended)");
}

#[test]
fn nothing_is_told_where_nobody_listens_or_nothing_is_new() {
    let mut talk = Talk::open(DECK);
    talk.press("→ ←");
    assert!(talk.tells.is_empty());
    talk.happen(Event::Consoles(1)).press("o b Esc");
    let over: Vec<_> = talk.tells.iter().map(|told| told.over.clone()).collect();
    assert_eq!(over, [Over::Nothing, Over::Overlay, Over::Nothing]);
    talk.happen(Event::Consoles(0)).press("→");
    assert_eq!(talk.tells.len(), 3);
}

#[test]
fn the_clock_is_paused_and_reset_from_either_side() {
    let mut pair = Pair::open(DECK);
    let read = |pair: &mut Pair, second: u64| {
        for side in [&mut pair.talk, &mut pair.console] {
            side.now = Duration::from_secs(second);
            side.happen(Event::Tick);
        }
        pair.meet();
        let read = |talk: &Talk| (talk.state.elapsed().as_secs(), talk.state.clock.is_paused());
        assert_eq!(read(&pair.talk), read(&pair.console));
        read(&pair.talk)
    };
    for (second, talk, console, expected) in [
        (0, "", "", (0, false)),
        (60, "", "C", (0, false)),
        (70, "c", "", (10, true)),
        (90, "", "", (10, true)),
        (100, "", "c", (10, false)),
        (130, "C", "", (0, false)),
        // What lies over the slide stays.
        (140, "o", "c", (10, true)),
    ] {
        read(&mut pair, second);
        pair.press(talk, console);
        assert_eq!(read(&mut pair, second), expected, "at {second} s");
    }
    assert_eq!(pair.talk.at(), "1.0 overview 1");
}

#[test]
fn what_comes_late_of_a_consoles_key_is_told_there() {
    let mut pair = Pair::open(DECK);
    pair.press("G ←", "R");
    assert_eq!(pair.talk.told(), ["replay b race asked(console)"]);
    pair.talk.happen(Event::Traced {
        demo: DemoKey {
            slide: "b".to_owned(),
            demo: "race".to_owned(),
        },
        why: ReplayWhy::Asked(Asker::Console),
        found: Err("it was not rehearsed".to_owned()),
    });
    pair.meet();
    assert_eq!(
        pair.press("", ""),
        ("2.0".into(), "2.0 (no replay: it was not rehearsed)".into())
    );
    let saved = |text: &str| Notice {
        text: text.to_owned(),
        bad: false,
    };
    let here = Event::Answered(Asker::Here, saved("in race-2.json"));
    let there = Event::Answered(Asker::Console, saved("in race.json"));
    pair.talk.happen(there).happen(here);
    pair.meet();
    assert_eq!(
        pair.press("", ""),
        ("2.0 (in race-2.json)".into(), "2.0 (in race.json)".into())
    );
}

#[test]
fn a_question_is_asked_on_both_screens_and_answered_from_either() {
    let deck = |predict: &str| {
        format!(
            "# A\n\n```demo\nname: race\nworkload: primes\nlanes: [threads]\n```\n\n```predict\n{predict}\n```\n"
        )
    };
    let choice = deck(
        "question: Which?\nchoices:\n  - {text: one, when: threads.wall < 1}\n  - {text: two}",
    );
    let number = deck("question: How many?\nnumber: threads.wall\ntolerance: 15%");
    let answer = |keep: &[String]| {
        keep.iter()
            .any(|told| told.contains("predictions\":{\"a/race\""))
    };
    let begins = |told: &[String]| told.iter().any(|told| told.starts_with("start"));
    for (deck, talk, console, answered, started) in [
        (&choice, "r", "↓ Enter", true, true),
        (&choice, "r ↓", "Enter", true, true),
        (&choice, "", "r 2 Enter", true, true),
        (&choice, "", "r r", false, true),
        (&choice, "", "r Esc", false, false),
        (&choice, "r", "→", false, false),
        (&number, "r", "1 . 5 Enter", true, true),
        (&number, "", "r 1 2 Backspace . 5 Enter", true, true),
        (&number, "r", "Enter", false, false),
    ] {
        let settings = Settings {
            learn: true,
            ..Settings::default()
        };
        let setup = Setup {
            settings,
            ..Setup::default()
        };
        let mut pair = Pair::open_with(deck, setup);
        pair.press(talk, console);
        let mode = |talk: &Talk| match &talk.state.mode {
            Mode::Question(question) => Some(question.draft.clone()),
            _ => None,
        };
        assert_eq!(mode(&pair.talk), mode(&pair.console), "{talk} {console}");
        let told = pair.talk.told();
        assert_eq!(
            (answer(&told), begins(&told)),
            (answered, started),
            "{talk} {console}: {told:?}"
        );
    }
}

#[test]
fn the_wheel_on_a_blocks_output_scrolls_it_where_it_stands_on_a_console() {
    let mut setup = Setup::default();
    setup.settings.trusted = true;
    let mut pair = Pair::open_with("# A\n\n```sh +exec\necho one\n```\n\n---\n\n# B\n", setup);
    pair.press("r", "");
    let snapshot = SnippetSnapshot {
        lines: (0..50)
            .map(|line| line.to_string().as_str().into())
            .collect(),
        ..SnippetSnapshot::default()
    };
    pair.talk.happen(Event::Snippet {
        run: RunId(0),
        snapshot: Box::new(snapshot),
    });
    pair.meet();
    let state = &pair.console.state;
    let output = state.page.slots[0].area;
    let last = state.body().y + output.y + u32::from(output.height) - 1;
    pair.console.happen(Event::Mouse(Mouse {
        x: output.x,
        y: u16::try_from(last).expect("it is on the screen"),
        what: MouseWhat::WheelUp,
    }));
    assert_eq!(pair.console.asks, []);
}

#[test]
fn what_runs_on_from_the_slide_before_is_none_of_this_slides() {
    let mut setup = Setup::default();
    setup.settings.trusted = true;
    let deck = "# A\n\n```sh +exec\nsleep 9\n```\n\n---\n\n# B\n\n```sh +exec\nls\n```\n";
    let mut pair = Pair::open_with(deck, setup);
    let runs = |pair: &Pair| {
        let state = &pair.console.state;
        let what = &state
            .run
            .as_ref()
            .expect("it was not heard of its end")
            .what;
        state.live_shown().contains(what)
    };
    pair.press("r", "");
    assert!(runs(&pair));
    pair.press("PgDn", "");
    assert!(!runs(&pair));
}
