//! A replay at every moment: of runs that were made up, so that every figure is known.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use parade::app::DemoKey;
use parade::deck::{BlockKind, Slide};
use parade::export::{HtmlTalk, html};
use parade::highlight::Highlights;
use parade::parse;
use parade::theme::builtin;
use parade_demos::holds::{Holder, Holds};
use parade_demos::report::{ContextSwitches, LaneReport, Outcome, Report};
use parade_demos::snapshot::{LaneState, Machine, Phase};
use parade_demos::spec::{DemoSpec, Show};
use parade_demos::trace::{Frame, HoldsFrame, LaneFrame, Trace, TracedCore, VERSION};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::chromium::Chromium;

/// What is looked at on a page with one demo.
const EYES: &str = r#"
    const all = (query) => [...document.querySelectorAll(query)];
    const texts = (query) => all(query).map((element) => element.textContent);
    const widths = (query) => all(query).map((element) => element.style.width);
    const drawn = (query) => all(query).map((path) => path.getAttribute("d"));
    const rows = () => all("table.run tbody tr").map((row) =>
        [...row.cells].map((cell) => cell.textContent));
    const seek = (ms) => {
        const range = document.querySelector(".replay input");
        range.value = ms;
        range.dispatchEvent(new Event("input"));
    };
"#;

/// The slide of one demo, and the demo.
fn slide(fence: &str) -> (Slide, DemoSpec) {
    let text = format!("<!-- id: live -->\n\n```demo\n{fence}\n```\n");
    let slide = parse::slide(&parse::open(Path::new("deck.md"), &text, &()), 0, &());
    let mut demos = slide.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Demo(demo) => Some(demo.spec.clone()),
        _ => None,
    });
    let spec = demos.next().unwrap();
    (slide, spec)
}

/// A run whose lanes came to this, of one core.
fn trace(spec: &DemoSpec, lanes: Vec<LaneReport>, frames: Vec<Frame>) -> Trace {
    Trace {
        trace: VERSION,
        report: Report {
            lanes,
            ..Report::empty(spec)
        },
        machine: Machine::default(),
        recorded_s: None,
        cores: vec![TracedCore {
            id: 0,
            usable: true,
        }],
        every_ms: 250,
        frames,
        timeline: Vec::new(),
        holds: Vec::new(),
    }
}

fn frame(at_ms: u64, load: [u16; 3], lanes: &[LaneFrame]) -> Frame {
    Frame {
        at_ms,
        phase: Phase::Running,
        loads: vec![load],
        others_cores: 0.0,
        self_cores: 0.0,
        lanes: lanes.to_vec(),
    }
}

/// A lane that came so far in so many milliseconds of wall time and CPU time.
fn lane(state: LaneState, progress: f64, [wall_ms, cpu_ms]: [u64; 2]) -> LaneFrame {
    LaneFrame {
        state,
        run: (1, 1),
        progress: Some(progress),
        wall_ms,
        cpu_ms,
        cores_used: cpu_ms as f64 / wall_ms.max(1) as f64,
        pss_max: None,
        switches: None,
        counters: Vec::new(),
        holds: None,
    }
}

/// The page of a slide whose demo ran so, in a browser, if there is one here.
fn opened(folder: &TempDir, slide: Slide, trace: Trace) -> Option<Chromium> {
    let mut browser = Chromium::start()?;
    let key = DemoKey {
        slide: slide.id.clone(),
        demo: trace.report.demo.clone(),
    };
    let page = html(&HtmlTalk {
        deck: "deck.md",
        front: &parade::deck::Front::default(),
        slides: &[(0, Arc::new(slide))],
        highlights: &Highlights::default(),
        dark: &builtin("dark").unwrap(),
        light: &builtin("light").unwrap(),
        images: &[].into(),
        traces: &[(key, Arc::new(trace))].into(),
        snippets: &[].into(),
    });
    let file = folder.path().join("talk.html");
    fs::write(&file, page).unwrap();
    browser.open(&file, "");
    browser.value(EYES);
    Some(browser)
}

/// What is seen at these moments.
fn expect(browser: &mut Chromium, moments: &[(u64, &str, Value)]) {
    for (at_ms, look, expected) in moments {
        let seen = browser.value(&format!("seek({at_ms}), {look}"));
        assert_eq!(seen, *expected, "at {at_ms} ms: {look}");
    }
    assert_eq!(browser.problems(), [""; 0]);
}

#[test]
fn lanes_have_at_each_moment_what_they_had_come_to() {
    use LaneState::{Done, Running, Waiting};
    let (slide, spec) = slide("name: kept\nworkload: primes\nlanes: [sequential, threads]");
    let [first, second] =
        [&spec.lanes[0], &spec.lanes[1]].map(|lane| LaneReport::unmeasured(lane, Outcome::Done));
    let idle = lane(Waiting, 0.0, [0, 0]);
    let half = LaneFrame {
        pss_max: Some(2 << 20),
        switches: Some((3, 4)),
        ..lane(Running, 0.5, [1_000, 990])
    };
    let done = lane(Done, 1.0, [2_000, 1_980]);
    let frames = vec![
        frame(0, [0, 0, 0], &[idle.clone(), idle.clone()]),
        frame(1_000, [500, 250, 50], &[half, idle.clone()]),
        frame(2_000, [0, 0, 0], &[done.clone(), idle]),
        frame(
            2_500,
            [1_000, 0, 0],
            &[done.clone(), lane(Running, 0.5, [500, 980])],
        ),
        frame(3_000, [0, 0, 0], &[done.clone(), done]),
    ];
    let lanes = vec![
        LaneReport {
            baseline: true,
            wall_s: Some(2.0),
            speedup: Some(1.0),
            ..first
        },
        LaneReport {
            against: Some(spec.lanes[0].name.clone()),
            wall_s: Some(1.0),
            speedup: Some(2.0),
            ..second
        },
    ];
    let folder = tempfile::tempdir().unwrap();
    let Some(mut browser) = opened(&folder, slide, trace(&spec, lanes, frames)) else {
        return;
    };
    let waits = ["·", "threads", "", "", "", "", "", "", ""];
    let was = [
        "✓",
        "sequential",
        "",
        "2.00 s",
        "1.98 s",
        "0.99",
        "",
        "",
        "",
    ];
    let begun = [
        "▸",
        "sequential",
        "",
        "1.00 s",
        "0.99 s",
        "0.99",
        "",
        "2.0 MiB",
        "7",
    ];
    let runs = [
        "▸", "threads", "", "0.50 s", "0.98 s", "1.96", "2.00×", "", "",
    ];
    let bars = "widths('table.run .bar i')";
    let load = "[...widths('.load i'), ...texts('.load + span'), ...drawn('.past path')]";
    let past = "M57 100v0h1v0zM58 100v-75h1v75zM59 100v0h1v0z";
    expect(
        &mut browser,
        &[
            (1_000, "rows()", json!([begun, waits])),
            (1_000, bars, json!(["50%", "0%"])),
            (
                1_000,
                load,
                json!([
                    "50%",
                    "25%",
                    "5%",
                    "75 %",
                    "M58 100v0h1v0zM59 100v-75h1v75z"
                ]),
            ),
            (2_499, "rows()", json!([was, waits])),
            (2_499, load, json!(["0%", "0%", "0%", "0 %", past])),
            (2_500, "rows()", json!([was, runs])),
            (2_500, bars, json!(["100%", "50%"])),
            (3_000, bars, json!(["50%", "100%"])),
            (0, "texts('.replay output')", json!(["0.0 s"])),
        ],
    );
}

#[test]
fn a_moments_figures_are_written_as_those_of_the_end() {
    let lanes =
        "lanes: [{name: a, model: threads}, {name: b, model: threads}, {name: c, model: threads}]";
    let seconds = [0.053, 9.999, 123.4];
    let counted = [
        ("lateness_ms_p50", [0.84, 53.4, 1234.0]),
        ("lateness_ms_p99", [9.94, 99.6, 65_432.1]),
        ("lateness_ms_max", [0.04, 999.4, 9_949.9]),
        ("transfer_us_mean", [3.21, 812.6, 5_432.1]),
        ("usable_mb_per_s", [0.6, 12_345.0, 999_999.0]),
    ];
    let switches = [812, 12_345, 4_567_890];
    let mib = [2.1, 99.9, 2_345.6];
    for show in [Show::Lanes, Show::Heartbeat, Show::Transfer] {
        let (mut slide, mut spec) = slide(&format!(
            "name: kept\nworkload: primes\n{lanes}\nbaseline: none"
        ));
        spec.show = show;
        for block in &mut slide.blocks {
            if let BlockKind::Demo(demo) = &mut block.kind {
                demo.spec.show = show;
            }
        }
        let counters = |lane: usize| {
            counted
                .iter()
                .map(move |(name, values)| (*name, values[lane]))
        };
        let report = |(index, lane)| LaneReport {
            wall_s: Some(seconds[index]),
            cpu_s: Some(seconds[2 - index]),
            cores_used: Some(seconds[index] / 100.0),
            pss_mib_max: Some(mib[index]),
            context_switches: Some(ContextSwitches {
                voluntary: switches[index],
                involuntary: 0,
            }),
            counters: counters(index)
                .map(|(name, value)| (name.to_owned(), json!(value)))
                .collect(),
            ..LaneReport::unmeasured(lane, Outcome::Done)
        };
        let sample = |index: usize| LaneFrame {
            pss_max: Some((mib[index] * f64::from(1 << 20)) as u64),
            switches: Some((switches[index], 0)),
            cores_used: seconds[index] / 100.0,
            counters: counters(index)
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            ..lane(
                LaneState::Done,
                1.0,
                [seconds[index], seconds[2 - index]].map(|s| (s * 1e3).round() as u64),
            )
        };
        let samples = [0, 1, 2].map(sample);
        let frames = [0, 1_000].map(|at_ms| frame(at_ms, [0; 3], &samples));
        let lanes = spec.lanes.iter().enumerate().map(report).collect();
        let folder = tempfile::tempdir().unwrap();
        let Some(mut browser) = opened(&folder, slide, trace(&spec, lanes, frames.into())) else {
            return;
        };
        let look = "[rows(), widths('.bar i').map((width) => parseFloat(width).toFixed(1))]";
        let end = browser.value(look);
        assert!(
            end[0][2][3].as_str().is_some_and(|figure| figure.len() > 3),
            "{end}"
        );
        expect(&mut browser, &[(0, look, end)]);
    }
}

#[test]
fn a_lock_has_at_each_moment_who_held_it() {
    const MS: u64 = 1_000_000;
    let (slide, spec) = slide(
        "name: kept\nworkload: python\nwith: {code: \"print(1)\\n\"}\nlanes: [gil]\nbaseline: none\nshow: gil",
    );
    let holder = |name: &str, takes, held_ms| Holder {
        name: name.to_owned(),
        takes,
        held_ns: held_ms * MS,
    };
    let holds = Holds {
        holders: vec![holder("main", 4, 7), holder("other", 2, 11)],
        stretch_ns: 10 * MS,
        stretches: vec![vec![6 * MS, 2 * MS], vec![MS, 9 * MS]],
        at_ns: 20 * MS,
        ..Holds::default()
    };
    let moment = |at_ms, holders: [(u64, u64); 2], newest: &[(usize, u64, u64)]| LaneFrame {
        holds: Some(HoldsFrame {
            at_ns: at_ms * MS,
            holders: holders.map(|(takes, held_ms)| (takes, held_ms * MS)).into(),
            newest: newest
                .iter()
                .map(|(who, from, until)| (*who, from * MS, until * MS))
                .collect(),
            ..HoldsFrame::default()
        }),
        ..lane(LaneState::Running, 0.5, [at_ms, at_ms])
    };
    let newest = [(0, 0, 4), (1, 4, 6), (0, 8, 10)];
    let frames = vec![
        frame(10, [0; 3], &[moment(10, [(3, 6), (1, 2)], &newest)]),
        frame(20, [0; 3], &[moment(20, [(4, 7), (2, 11)], &[(1, 12, 20)])]),
    ];
    let lanes = vec![LaneReport::unmeasured(&spec.lanes[0], Outcome::Done)];
    let trace = Trace {
        holds: vec![Some(holds)],
        ..trace(&spec, lanes, frames)
    };
    let folder = tempfile::tempdir().unwrap();
    let Some(mut browser) = opened(&folder, slide, trace) else {
        return;
    };
    let (head, shares) = ("texts('.lock [data-newest]')", "texts('.lock tbody td')");
    let paths = "drawn('.lock path')";
    expect(
        &mut browser,
        &[
            (10, head, json!(["last 10 ms"])),
            (
                10,
                shares,
                json!(["", "", "75.0 %", "3", "", "", "25.0 %", "1"]),
            ),
            (
                10,
                paths,
                json!([
                    "M0.0 0h400.0v10h-400.0zM800.0 0h200.0v10h-200.0z",
                    "M0.0 10v-6.00h500.0v6.00z",
                    "M400.0 0h200.0v10h-200.0z",
                    "M0.0 10v-2.00h500.0v2.00z",
                ]),
            ),
            (20, head, json!(["last 8.0 ms"])),
            (
                20,
                shares,
                json!(["", "", "38.9 %", "4", "", "", "61.1 %", "2"]),
            ),
            (
                20,
                paths,
                json!([
                    "",
                    "M0.0 10v-6.00h500.0v6.00zM500.0 10v-1.00h500.0v1.00z",
                    "M0.0 0h1000.0v10h-1000.0z",
                    "M0.0 10v-2.00h500.0v2.00zM500.0 10v-9.00h500.0v9.00z",
                ]),
            ),
        ],
    );
}
