//! Rehearsals, played in place of a run.

use std::sync::Arc;
use std::time::Duration;

use parade_demos::report::{LaneReport, Outcome, Report};
use parade_demos::snapshot::{Machine, Phase};
use parade_demos::spec::{DemoSpec, LaneSpec};
use parade_demos::trace::{Frame, Trace, VERSION};

use super::talk::{Talk, report};
use crate::app::{Asker, DemoKey, Event, ReplayWhy, RunId, RunNews};

const DECK: &str =
    "# A\n\n```demo\nname: race\nworkload: primes\nlanes: [threads]\n```\n\n---\n\n# B\n";
const OWN: &str = "# A\n\n```demo\nname: race\nworkload: command\nlanes: [{name: threads, model: command, command: [date]}]\nbaseline: none\n```\n";

/// Two seconds of a run with this lane.
fn trace(lane: &str) -> Trace {
    let lane = LaneReport {
        name: lane.to_owned(),
        ..LaneReport::unmeasured(&LaneSpec::new("primes", "threads"), Outcome::Done)
    };
    let frame = |at_ms, phase| Frame {
        at_ms,
        phase,
        loads: Vec::new(),
        others_cores: 0.0,
        self_cores: 0.0,
        lanes: Vec::new(),
    };
    Trace {
        trace: VERSION,
        report: Report {
            lanes: vec![lane],
            parade: "rehearsed".to_owned(),
            ..Report::empty(&DemoSpec::new("race", Vec::new()))
        },
        machine: Machine {
            cpu: "a fast one".to_owned(),
            ..Machine::default()
        },
        recorded_s: None,
        cores: Vec::new(),
        every_ms: 1000,
        frames: vec![
            frame(0, Phase::Starting),
            frame(1000, Phase::Running),
            frame(2000, Phase::Finished),
        ],
        timeline: Vec::new(),
        holds: Vec::new(),
    }
}

fn key() -> DemoKey {
    DemoKey {
        slide: "a".to_owned(),
        demo: "race".to_owned(),
    }
}

fn found(talk: &mut Talk, why: ReplayWhy, lane: Option<&str>) {
    let demo = key();
    let found = lane.map(|lane| (Arc::new(trace(lane)), None));
    let found = found.ok_or_else(|| "it was not rehearsed".to_owned());
    talk.happen(Event::Traced { demo, why, found });
}

/// The phase and the result that the demo shows.
fn shown(talk: &Talk) -> (Option<Phase>, Option<String>) {
    let demo = talk.state.demo_in_focus().expect("the slide has a demo");
    (
        demo.snapshot
            .as_ref()
            .map(|snapshot| snapshot.phase.clone()),
        demo.report.as_ref().map(|report| report.parade.clone()),
    )
}

fn wait(talk: &mut Talk, ms: u64) {
    talk.now += Duration::from_millis(ms);
    talk.happen(Event::Tick);
}

#[test]
fn a_rehearsal_plays_to_its_end_and_gives_way_to_what_was_there() {
    let mut talk = Talk::open(DECK);
    talk.press("r").finish(0, Outcome::Done);
    let live = shown(&talk);
    talk.told();
    talk.press("R");
    assert_eq!(talk.told(), ["replay a race asked(here)"]);
    found(&mut talk, ReplayWhy::Asked(Asker::Here), Some("threads"));
    assert_eq!(shown(&talk), (Some(Phase::Starting), None));
    assert!(talk.state.tick_after().is_some());
    wait(&mut talk, 1500);
    assert_eq!(shown(&talk), (Some(Phase::Running), None));
    wait(&mut talk, 1000);
    assert_eq!(
        shown(&talk),
        (Some(Phase::Finished), Some("rehearsed".to_owned()))
    );
    let demo = talk.state.demo_in_focus().expect("there");
    assert!(demo.replay.as_ref().is_some_and(|replay| replay.mark.over));
    talk.happen(Event::Tick);
    assert_eq!(talk.state.tick_after(), None);
    talk.press("R");
    assert_eq!(shown(&talk), live);
}

#[test]
fn a_live_run_puts_a_rehearsal_away() {
    let mut talk = Talk::open(DECK);
    found(&mut talk, ReplayWhy::Asked(Asker::Here), Some("threads"));
    talk.told();
    talk.press("r");
    assert!(talk.state.demo_in_focus().expect("there").replay.is_none());
    assert_eq!(talk.told().len(), 1);
    assert_eq!(
        talk.press("R").at(),
        "1.0 (a live run goes on; stop it first)"
    );
}

#[test]
fn what_was_not_rehearsed_is_told() {
    for (lane, expected) in [
        (None, "1.0 (no replay: it was not rehearsed)"),
        (
            Some("async"),
            "1.0 (no replay: it is of another version of this demo; rehearse it anew)",
        ),
    ] {
        let mut talk = Talk::open(DECK);
        found(&mut talk, ReplayWhy::Asked(Asker::Here), lane);
        assert_eq!(talk.at(), expected);
    }
}

#[test]
fn a_rehearsal_takes_the_place_of_a_run_that_is_not_possible() {
    let mut talk = Talk::open(OWN);
    talk.press("r n");
    assert_eq!(talk.told(), ["replay a race norun"]);
    found(&mut talk, ReplayWhy::NoRun, None);
    assert_eq!(talk.at(), "1.0");
    found(&mut talk, ReplayWhy::NoRun, Some("threads"));
    assert_eq!(
        talk.at(),
        "1.0 (no live run here: this is a replay of the rehearsal)"
    );

    let mut talk = Talk::open(DECK);
    talk.press("r");
    talk.told();
    let mut report = trace("threads").report;
    report.lanes[0].outcome = Outcome::Unavailable;
    talk.happen(Event::Run {
        run: RunId(0),
        news: RunNews::Finished(Box::new(report)),
    });
    assert_eq!(talk.told(), ["replay a race norun"]);
}

#[test]
fn a_rehearsal_is_offered_for_a_lane_that_could_not_run_beside_others() {
    let deck = "# A\n\n```demo\nname: race\nworkload: primes\nlanes: [threads, async]\n```\n";
    for (rehearsed, expected) in [
        (
            Outcome::Done,
            "1.0 (no live run of async here: R plays the rehearsal)",
        ),
        (Outcome::Unavailable, "1.0"),
    ] {
        let both = |outcome| {
            let mut lanes = trace("threads").report.lanes;
            lanes.extend(trace("async").report.lanes);
            lanes[1].label = "async".to_owned();
            lanes[1].outcome = outcome;
            lanes
        };
        let mut talk = Talk::open(deck);
        talk.press("r").told();
        let live = Report {
            lanes: both(Outcome::Unavailable),
            ..report(0, Outcome::Done)
        };
        talk.happen(Event::Run {
            run: RunId(0),
            news: RunNews::Finished(Box::new(live)),
        });
        assert_eq!(talk.told(), ["replay a race inpart"]);
        let mut kept = trace("threads");
        kept.report.lanes = both(rehearsed);
        talk.happen(Event::Traced {
            demo: key(),
            why: ReplayWhy::InPart,
            found: Ok((Arc::new(kept), None)),
        });
        assert_eq!(talk.at(), expected);
        let demo = talk.state.demo_in_focus().expect("there");
        assert!(demo.replay.is_none(), "what ran live stays");
    }
}

#[test]
fn on_one_core_what_was_rehearsed_comes_first() {
    let mut talk = Talk::open(DECK);
    talk.state.cores = 1;
    talk.press("r");
    assert_eq!(talk.told(), ["replay a race onecore"]);
    found(&mut talk, ReplayWhy::OneCore, Some("threads"));
    assert!(talk.state.demo_in_focus().expect("there").replays());
    talk.told();
    talk.press("r");
    assert_eq!(talk.told().len(), 1, "then a run is live");
    assert_eq!(talk.at(), "1.0", "and nothing else is said of it");

    let mut talk = Talk::open(DECK);
    talk.state.cores = 1;
    talk.press("r");
    talk.told();
    found(&mut talk, ReplayWhy::OneCore, None);
    assert_eq!(talk.told().len(), 1, "as is one that was not rehearsed");
}
