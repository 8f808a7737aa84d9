//! Code that runs: which block keys go to, what starts and stops it, what is asked before.

use std::time::Duration;

use parade_demos::snippet::{SnippetEnd, SnippetSnapshot};

use super::talk::Talk;
use crate::app::{Event, Mouse, MouseWhat, RunId, Settings, Setup};

const DECK: &str = "\
# Two

```sh +exec
echo one
```

```demo
name: races
lanes: [{model: threads, workload: primes}]
```

```sh +exec
/// set -e
echo two
```

---

# Shown

```sh +exec_replace
echo first
```

<!-- pause -->

```sh +auto_exec
echo second
```

---

# Checked

```sh +validate
exit 1
```

```cobol +exec
STOP RUN.
```
";

fn trusted(markdown: &str) -> Talk {
    let settings = Settings {
        trusted: true,
        ..Settings::default()
    };
    Talk::open_with(
        markdown,
        Setup {
            settings,
            ..Setup::default()
        },
    )
}

/// What has the focus, and what runs.
fn stands(talk: &Talk) -> String {
    let focus = talk.state.in_focus().map(|what| match what {
        crate::app::Live::Demo(key) => key.demo,
        crate::app::Live::Snippet(key) => key.number.to_string(),
    });
    let run = talk.state.run.as_ref().map(|run| (run.id.0, &run.stop));
    let run = run.map_or(String::new(), |(id, stop)| format!(" run {id} {stop:?}"));
    format!("{}{run}", focus.unwrap_or_default())
}

/// What is to be run, and what is no longer to be.
fn effects(talk: &mut Talk) -> Vec<String> {
    let mut told = talk.told();
    told.retain(|line| line.starts_with("run ") || line.starts_with("cancel "));
    told
}

fn happen(talk: &mut Talk, run: u64, lines: usize, end: Option<SnippetEnd>) {
    let snapshot = SnippetSnapshot {
        steps: 1,
        step: Some(0),
        lines: (1..=lines)
            .map(|line| format!("line {line}").as_str().into())
            .collect(),
        elapsed: Duration::from_millis(100),
        end,
        ..SnippetSnapshot::default()
    };
    talk.happen(Event::Snippet {
        run: RunId(run),
        snapshot: Box::new(snapshot),
    });
}

fn done(talk: &mut Talk, run: u64) {
    happen(talk, run, 1, Some(SnippetEnd::Exited(0)));
}

#[test]
fn keys_go_from_one_live_thing_to_the_next() {
    let mut talk = trusted(DECK);
    assert_eq!(stands(&talk), "races", "a demo comes first");
    for (key, expected) in [
        ("Tab", "1"),
        ("Tab", "0"),
        ("Tab", "races"),
        ("Shift-Tab", "0"),
        ("Shift-Tab", "1"),
    ] {
        talk.press(key);
        assert_eq!(stands(&talk), expected, "{key}");
    }
    talk.press("PgDn");
    assert_eq!(stands(&talk), "0 run 0 Not");
    talk.press("PgDn");
    assert_eq!(
        stands(&talk),
        "1 run 0 End",
        "what is only checked is not live"
    );
}

#[test]
fn a_program_runs_with_consent_to_exactly_it() {
    let mut talk = Talk::open(DECK);
    talk.press("Tab r");
    assert_eq!(
        talk.at(),
        "1.0 may sh main.sh; with the hidden line: set -e?"
    );
    talk.press("n");
    assert_eq!((talk.at().as_str(), stands(&talk).as_str()), ("1.0", "1"));
    let (_, snippet) = talk.state.snippet_in_focus().unwrap();
    assert!(snippet.refused.is_some());
    talk.press("r y");
    assert_eq!(stands(&talk), "1 run 0 Not");
    assert_eq!(effects(&mut talk), ["run 0 set -e/echo two"]);
    done(&mut talk, 0);
    talk.press("r");
    assert_eq!(stands(&talk), "1 run 1 Not", "it was allowed");
    talk.press("r");
    assert_eq!(stands(&talk), "1 run 1 End");
    happen(&mut talk, 1, 0, Some(SnippetEnd::Cancelled));
    talk.press("Tab r");
    assert_eq!(
        talk.at(),
        "1.0 may sh main.sh?",
        "the other is another program"
    );
    talk.press("n");
    talk.save(&DECK.replace("echo two", "echo 2"));
    talk.press("Tab Tab r");
    assert!(
        talk.at().contains("may"),
        "an edit takes it back: {}",
        talk.at()
    );
}

#[test]
fn one_thing_runs_at_a_time() {
    let mut talk = trusted(DECK);
    talk.press("Tab r");
    assert_eq!(stands(&talk), "1 run 0 Not");
    talk.press("Tab r");
    assert!(
        stands(&talk).starts_with("0 run 0 Then(Snippet("),
        "{}",
        stands(&talk)
    );
    happen(&mut talk, 0, 0, Some(SnippetEnd::Cancelled));
    assert_eq!(stands(&talk), "0 run 1 Not");
    talk.press("PgDn");
    assert_eq!(stands(&talk), "0 run 1 End", "leaving the slide ends it");
    done(&mut talk, 0);
    assert_eq!(
        stands(&talk),
        "0 run 1 End",
        "what an old run tells late changes nothing"
    );
}

#[test]
fn what_is_to_run_when_shown_runs_once_and_in_turn() {
    let mut talk = trusted(DECK);
    talk.press("PgDn");
    assert_eq!(stands(&talk), "0 run 0 Not");
    talk.press("→");
    assert_eq!(effects(&mut talk), ["run 0 echo first"]);
    done(&mut talk, 0);
    assert_eq!(effects(&mut talk), ["run 1 echo second"]);
    done(&mut talk, 1);
    talk.press("PgUp PgDn →");
    assert_eq!(effects(&mut talk), [""; 0], "it stands there already");
}

#[test]
fn what_is_to_run_when_shown_waits_for_nothing_but_its_turn() {
    let mut talk = trusted(
        "# One\n\n```cobol +auto_exec\nSTOP RUN.\n```\n\n```sh +auto_exec\necho one\n```\n\n\
         ```sh +auto_exec\necho two\n```\n\n---\n\n# Two\n\n```sh +auto_exec\necho three\n```\n",
    );
    assert_eq!(effects(&mut talk), ["run 0 echo one"], "not for the broken");
    talk.press("?");
    done(&mut talk, 0);
    assert_eq!(effects(&mut talk), [""; 0], "nobody sees the slide");
    talk.press("?");
    assert_eq!(effects(&mut talk), ["run 1 echo two"]);
    talk.press("PgDn");
    assert_eq!(effects(&mut talk), ["cancel 1"]);
    happen(&mut talk, 1, 0, Some(SnippetEnd::Cancelled));
    assert_eq!(effects(&mut talk), ["run 2 echo three"]);
}

#[test]
fn what_is_to_run_when_shown_asks_first_and_once() {
    let mut talk = Talk::open(DECK);
    talk.press("PgDn");
    assert_eq!(talk.at(), "2.0 may sh main.sh?");
    talk.press("n");
    assert_eq!(talk.at(), "2.0");
    talk.press("PgUp PgDn");
    assert_eq!(talk.at(), "2.0", "the answer stands");
    talk.press("→");
    assert_eq!(talk.at(), "2.1 may sh main.sh?", "this is another one");
}

#[test]
fn what_nothing_is_known_to_run_says_so() {
    let mut talk = trusted(DECK);
    talk.press("G r");
    assert_eq!(
        talk.at(),
        "3.0 (nothing runs `cobol`: add [languages.cobol] to the configuration)"
    );
}

#[test]
fn output_is_scrolled_by_the_keys_and_the_wheel() {
    let mut talk = trusted("# One\n\n```sh +exec\nseq 100\n```\n\n---\n\n# Two\n");
    let last_row = |talk: &Talk| {
        let slot = talk.state.page.slots[0].area;
        let (_, snippet) = talk.state.snippet_in_focus().unwrap();
        let output = snippet.output(slot.size());
        output.rows.last().map_or("", |row| row.text()).to_owned()
    };
    talk.press("r");
    happen(&mut talk, 0, 100, None);
    assert_eq!(last_row(&talk), "line 100");
    talk.press("k ↑");
    assert_eq!(last_row(&talk), "line 98");
    happen(&mut talk, 0, 200, None);
    assert_eq!(last_row(&talk), "line 98", "it stays where it is read");
    let (x, y) = (10, 15);
    let what = MouseWhat::WheelUp;
    talk.happen(Event::Mouse(Mouse { x, y, what }));
    assert_eq!(last_row(&talk), "line 95");
    for _ in 0..110 {
        talk.press("j");
    }
    assert_eq!(last_row(&talk), "line 200");
    assert_eq!(
        talk.at(),
        "1.0",
        "the end of the output is not the end of the slide"
    );
    talk.press("→");
    assert_eq!(talk.at(), "2.0");
}

#[test]
fn a_still_output_asks_for_nothing() {
    let mut talk = trusted("# One\n\n```sh +exec\ntrue\n```\n");
    talk.press("r");
    done(&mut talk, 0);
    talk.happen(Event::Tick);
    assert_eq!(talk.state.tick_after(), None);
}
