use std::path::Path;
use std::time::Duration;

use parade_demos::holds::{Holder, Holds};
use parade_demos::interleavings::{self, Interleavings};
use parade_demos::report::{LaneReport, Outcome, Report};
use parade_demos::snapshot::{LaneState, Machine, Phase, Stretch};
use parade_demos::trace::{Frame, HoldsFrame, LaneFrame, TracedCore, VERSION};

use super::super::attributes::attributes;
use super::*;
use crate::deck::{Block, BlockKind};
use crate::parse;

/// The demo of a fence with this inside, and its block.
fn demo(fence: &str) -> (Block, DemoSpec) {
    let deck = parse::open(
        Path::new("deck.md"),
        &format!("```demo\n{fence}\n```\n"),
        &(),
    );
    let slide = parse::slide(&deck, 0, &());
    let block = slide.blocks.into_iter().next().unwrap();
    let BlockKind::Demo(demo) = &block.kind else {
        panic!("no demo: {block:?}");
    };
    let spec = demo.spec.clone();
    (block, spec)
}

/// A run of it in which everything that can be said says this. One lane in two failed.
fn spoken(spec: &DemoSpec, says: &str) -> Trace {
    let holds = Holds {
        holders: vec![Holder {
            name: says.to_owned(),
            takes: 1,
            held_ns: 1_000,
        }],
        stretch_ns: 1_000,
        stretches: vec![vec![1_000]],
        at_ns: 1_000,
        ..Holds::default()
    };
    let lane = |(index, lane)| LaneReport {
        label: says.to_owned(),
        error: (index % 2 == 1).then(|| says.to_owned()),
        wall_s: Some(1.0),
        counters: [(says.to_owned(), 1.into()), ("lost".to_owned(), 1.into())]
            .into_iter()
            .collect(),
        interleavings: Some(Box::new(Interleavings {
            outcomes: vec![interleavings::Outcome {
                text: says.to_owned(),
                ..interleavings::Outcome::default()
            }],
            stopped: Some(says.to_owned()),
            ..Interleavings::default()
        })),
        ..LaneReport::unmeasured(lane, Outcome::Done)
    };
    let mut report = Report {
        lanes: spec.lanes.iter().enumerate().map(lane).collect(),
        ..Report::empty(spec)
    };
    report.verdict.text = says.to_owned();
    report.verdict.claim = Some(says.to_owned());
    report.verdict.reason = Some(says.to_owned());
    let lane = |_| LaneFrame {
        state: LaneState::Failed(says.to_owned()),
        run: (1, 1),
        progress: Some(1.0),
        wall_ms: 1_000,
        cpu_ms: 1_000,
        cores_used: 1.0,
        pss_max: None,
        switches: None,
        counters: vec![(says.to_owned(), 1.0)],
        holds: Some(HoldsFrame::default()),
    };
    Trace {
        trace: VERSION,
        machine: Machine {
            os: says.to_owned(),
            cpu: says.to_owned(),
            ..Machine::default()
        },
        recorded_s: None,
        cores: vec![TracedCore {
            id: 0,
            usable: true,
        }],
        every_ms: 250,
        frames: vec![Frame {
            at_ms: 1_000,
            phase: Phase::Finished,
            loads: vec![[0; 3]],
            others_cores: 0.0,
            self_cores: 0.0,
            lanes: spec.lanes.iter().map(lane).collect(),
        }],
        timeline: vec![Stretch {
            lane: 0,
            worker: 0,
            core: 0,
            from: Duration::ZERO,
            until: Duration::from_secs(1),
            busy: 1.0,
        }],
        holds: spec.lanes.iter().map(|_| Some(holds.clone())).collect(),
        report,
    }
}

fn written(block: &Block, spec: &DemoSpec, trace: &Trace) -> String {
    let mut out = String::new();
    let demo = Demo {
        spec,
        deck: "deck.md",
        trace: Some(trace),
    };
    demo.write(&attributes(block), &mut out);
    out
}

#[test]
fn nothing_that_a_trace_says_becomes_markup_or_script() {
    const HOSTILE: &str =
        "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'><!-- </style>";
    let (block, mut spec) = demo("name: d\nworkload: primes\nlanes: [sequential, threads]");
    for show in [
        Show::Lanes,
        Show::Gil,
        Show::Counts,
        Show::Steps,
        Show::Scheduler,
        Show::Attempts,
        Show::Heartbeat,
        Show::Transfer,
    ] {
        spec.show = show;
        let text = written(&block, &spec, &spoken(&spec, HOSTILE));
        let count = |what: &str| text.matches(what).count();
        let own = count("<script type=\"application/json\"");
        assert_eq!(
            (count("<script"), count("</script")),
            (own, own),
            "{show:?}: {text}"
        );
        for markup in ["<img", "<!--", "</style", "onerror=alert(2)>"] {
            assert_eq!(count(markup), 0, "{markup} in {show:?}: {text}");
        }
        assert!(count("&lt;script&gt;alert(1)") > 0, "{show:?}: {text}");
    }
}

#[test]
fn a_program_that_is_stepped_tells_on_demand_how_it_ran_or_was_explored() {
    let fence = |show: &str, lane: &str| {
        format!(
            "name: d\nworkload: python\nwith: {{code: \"a = [1]\\n\"}}\nlanes: [{lane}]\nshow: {show}"
        )
    };
    let (block, spec) = demo(&fence("steps", "gil"));
    let mut trace = spoken(&spec, "x");
    trace.report.lanes[0].interleavings = None;
    let text = written(&block, &spec, &trace);
    assert!(text.contains("<summary>How it ran</summary>"), "{text}");
    let (block, spec) = demo(&fence("scheduler", "explorer"));
    let mut trace = spoken(&spec, "x");
    let found = trace.report.lanes[0].interleavings.as_mut().unwrap();
    (found.schedules, found.stopped) = ("20".to_owned(), None);
    let text = written(&block, &spec, &trace);
    let how = "<summary>How all 20 interleavings were explored</summary>";
    assert!(text.contains(how), "{text}");
}
