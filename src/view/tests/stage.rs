//! Scripted states: what a run looks like at a moment, written by hand.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use parade_demos::report::{
    ContextSwitches, LaneReport, LaneRun, MachineReport, Outcome, Report, SCHEMA, SpecReport,
    Verdict, VerdictState,
};
use parade_demos::snapshot::{
    Core, Lane, LaneState, Load, Machine, Phase, Snapshot, Stretch, Worker,
};
use parade_demos::spec::{Amount, Baseline, DemoSpec, LaneSpec, Order, Parameters, Show, Workers};

use crate::app::{
    DemoKey, DemoState, Event, KeyMap, RunId, Running, Settings, Setup, State, Stop, update,
};
use crate::deck::{Align, Block, BlockKind, Deck, Demo, Extent, Inline, Slide, Span};
use crate::layout::Size;
use crate::theme::builtin;

/// A state that stands on the second of three slides.
pub(super) fn state(width: u16, height: u16, slide: Slide) -> State {
    let deck = Deck {
        extents: vec![Extent::default(); 3],
        ..Deck::default()
    };
    let mut state = State::new(Setup {
        deck: Arc::new(deck),
        size: Size { width, height },
        theme: builtin("dark").expect("built in"),
        settings: Settings::default(),
        keys: Arc::new(KeyMap::default()),
        cores: 2,
        ..Setup::default()
    });
    state.place.slide = 1;
    state.slides.insert(1, Arc::new(slide));
    relaid(state)
}

/// The state with its page and its panel laid out anew.
pub(super) fn relaid(mut state: State) -> State {
    let (size, now) = (state.size, state.now);
    for size in [Size::default(), size] {
        let _highlighting = update(&mut state, Event::Resize(size), now);
    }
    state
}

pub(super) fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        span: Span::default(),
        step: 0,
        align: Align::Start,
        font_size: 1,
    }
}

pub(super) fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph(vec![Inline::Text(text.to_owned())]))
}

pub(super) fn slide(title: &str, blocks: Vec<Block>) -> Slide {
    Slide {
        id: "here".to_owned(),
        title: Some(vec![Inline::Text(title.to_owned())]),
        blocks,
        ..Slide::default()
    }
}

/// A state on a slide with this demo, as it stands before its first run.
pub(super) fn with_demo(width: u16, height: u16, spec: DemoSpec) -> State {
    let demo = DemoState {
        parameter: None,
        refused: None,
        ..DemoState::new(&spec)
    };
    let key = DemoKey {
        slide: "here".to_owned(),
        demo: spec.name.clone(),
    };
    let block = block(BlockKind::Demo(Box::new(Demo { spec })));
    let mut state = state(width, height, slide("🐍 Examples", vec![block]));
    state.demos.insert(key.clone(), demo);
    state.demo = Some(key);
    state
}

/// The demo that the state's keys go to.
pub(super) fn demo(state: &mut State) -> &mut DemoState {
    let key = state.demo.clone().expect("a demo has the focus");
    state.demos.get_mut(&key).expect("it is known")
}

/// The state while the demo runs.
pub(super) fn running(mut state: State, snapshot: Snapshot) -> State {
    demo(&mut state).snapshot = Some(Box::new(snapshot));
    let demo = state.demo.clone().expect("a demo has the focus");
    state.run = Some(Running {
        id: RunId(1),
        what: demo.into(),
        stop: Stop::Not,
    });
    state
}

/// The state once the run is over.
pub(super) fn over(mut state: State, snapshot: Snapshot, report: Report) -> State {
    let demo = demo(&mut state);
    demo.snapshot = Some(Box::new(snapshot));
    demo.report = Some(Box::new(report));
    state
}

pub(super) fn lane_spec(name: &str, model: &str) -> LaneSpec {
    LaneSpec {
        name: name.to_owned(),
        label: name.to_owned(),
        model: model.to_owned(),
        workload: "primes".to_owned(),
        workers: Workers::Cores,
        with: Parameters::new(),
        parameters: Parameters::new(),
        command: Vec::new(),
        files: BTreeMap::new(),
    }
}

/// The talk's second live stop.
pub(super) fn primes() -> DemoSpec {
    DemoSpec {
        name: "cpu".to_owned(),
        title: Some("Async, processes, threads – one and the same work".to_owned()),
        lanes: ["async", "processes", "threads"]
            .map(|name| lane_spec(name, name))
            .to_vec(),
        amount: Amount::Length(Duration::from_secs(4)),
        order: Order::Turn,
        baseline: Baseline::Sequential,
        claim: Some("threads.speedup >= 0.9 * ideal".to_owned()),
        show: Show::Lanes,
        repeat: 1,
        seed: 1,
        edited: false,
    }
}

/// A core with these shares in percent, whose load rose from nothing.
pub(super) fn core(id: usize, lane: u8, other: u8, steal: u8) -> Core {
    let load = |part: f64| Load {
        lane: f64::from(lane) / 100.0 * part,
        other: f64::from(other) / 100.0 * part,
        steal: f64::from(steal) / 100.0 * part,
    };
    let rise = [0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0];
    Core {
        id,
        usable: true,
        now: load(1.0),
        history: rise.map(load).to_vec(),
    }
}

pub(super) fn lane(name: &str, state: LaneState, wall_s: f64, cores_used: f64) -> Lane {
    let done = state == LaneState::Done;
    Lane {
        name: name.to_owned(),
        label: name.to_owned(),
        model: name.to_owned(),
        baseline: name == "sequential",
        against: Some("sequential".to_owned()),
        state,
        run: (1, 1),
        progress: Some(if done { 1.0 } else { 0.0 }),
        wall: Duration::from_secs_f64(wall_s),
        cpu: Duration::from_secs_f64(wall_s * cores_used),
        cores_used,
        pss_max: (wall_s > 0.0).then_some(2_202_009),
        switches: (wall_s > 0.0).then_some((12, 40)),
        workers: Vec::new(),
        workers_total: 1,
        counters: Vec::new(),
        output: Vec::new(),
        exit_code: None,
        holds: None,
    }
}

pub(super) fn worker(index: usize, progress: f64) -> Worker {
    Worker {
        name: format!("worker {index}"),
        server: false,
        pid: Some(4711 + index as u32),
        progress: Some(progress),
        core: Some(index % 2),
        cpu: Some(Duration::from_secs_f64(2.0 * progress)),
    }
}

/// In the middle of [`primes`]: the processes run.
pub(super) fn in_the_middle(cores: Vec<Core>) -> Snapshot {
    let mut processes = lane("processes", LaneState::Running, 1.26, 1.97);
    processes.progress = Some(0.6);
    processes.pss_max = Some(7_130_316);
    processes.workers = vec![worker(0, 0.61), worker(1, 0.59)];
    processes.workers_total = 2;
    Snapshot {
        phase: Phase::Running,
        elapsed: Duration::from_millis(11_340),
        window: Duration::from_millis(250),
        machine: Machine {
            cores: cores.len(),
            usable: cores.len(),
            ..Machine::default()
        },
        cores,
        others_cores: 0.03,
        self_cores: 0.01,
        lanes: vec![
            lane("sequential", LaneState::Done, 4.02, 1.0),
            lane("async", LaneState::Done, 4.06, 1.0),
            processes,
            lane("threads", LaneState::Waiting, 0.0, 0.0),
        ],
        timeline: Vec::new(),
        work: Some((2_000_000, "numbers tested".to_owned())),
        ideal: Some(1.97),
        report: None,
    }
}

/// Which worker of [`in_the_middle`] ran where.
pub(super) fn stretches() -> Vec<Stretch> {
    let stretch = |lane, worker, core, from: f64, until: f64, busy| Stretch {
        lane,
        worker,
        core,
        from: Duration::from_secs_f64(from),
        until: Duration::from_secs_f64(until),
        busy,
    };
    vec![
        stretch(0, 0, 0, 0.5, 4.5, 1.0),
        stretch(1, 0, 1, 4.6, 8.7, 1.0),
        stretch(2, 0, 0, 8.8, 10.8, 0.95),
        stretch(2, 1, 1, 8.8, 10.8, 0.5),
    ]
}

/// What came out of [`primes`].
pub(super) fn result(lanes: Vec<LaneReport>, verdict: Verdict) -> Report {
    Report {
        schema: SCHEMA,
        parade: "0.1.0".to_owned(),
        build: "release".to_owned(),
        demo: "cpu".to_owned(),
        spec: SpecReport {
            seed: 1,
            work: 2_000_000,
            unit: "numbers tested".to_owned(),
            length_s: Some(4.0),
            order: Order::Turn,
            repeat: 1,
            edited: false,
        },
        machine: MachineReport {
            os: "linux".to_owned(),
            cpu: String::new(),
            cores: 2,
            usable: 2,
            quota_cores: None,
            throttled_s: None,
            others_cores: Some(0.03),
            self_cores: Some(0.01),
            steal_cores: None,
        },
        ideal_speedup: Some(1.97),
        lanes,
        verdict,
    }
}

pub(super) fn lane_result(name: &str, wall_s: f64, cores_used: f64, runs: usize) -> LaneReport {
    LaneReport {
        name: name.to_owned(),
        label: name.to_owned(),
        workload: "primes".to_owned(),
        model: name.to_owned(),
        workers: 2,
        parameters: Parameters::new(),
        baseline: name == "sequential",
        against: None,
        work: None,
        outcome: Outcome::Done,
        error: None,
        checksum: None,
        wall_s: Some(wall_s),
        cpu_s: Some(wall_s * cores_used),
        cores_used: Some(cores_used),
        speedup: Some(4.02 / wall_s),
        spread: (runs > 1).then_some(0.012),
        pss_mib_max: Some(if name == "processes" { 6.8 } else { 2.2 }),
        context_switches: Some(ContextSwitches {
            voluntary: 12,
            involuntary: 40,
        }),
        counters: serde_json::Map::new(),
        interleavings: None,
        output: Vec::new(),
        exit_code: None,
        runs: vec![
            LaneRun {
                wall_s,
                cpu_s: wall_s * cores_used,
                gauged_s: None
            };
            runs
        ],
    }
}

pub(super) fn four_results(runs: usize) -> Vec<LaneReport> {
    vec![
        lane_result("sequential", 4.02, 1.0, runs),
        lane_result("async", 4.06, 1.0, runs),
        lane_result("processes", 2.07, 1.97, runs),
        lane_result("threads", 2.05, 1.98, runs),
    ]
}

pub(super) fn verdict(state: VerdictState, reason: Option<&str>) -> Verdict {
    Verdict {
        state,
        claim: Some("threads.speedup >= 0.9 * ideal".to_owned()),
        reason: reason.map(str::to_owned),
        text: "Processes and threads used both cores: twice as fast. Async never left one core."
            .to_owned(),
    }
}

/// The end of [`primes`].
pub(super) fn at_the_end(cores: Vec<Core>) -> Snapshot {
    let mut snapshot = in_the_middle(cores);
    snapshot.phase = Phase::Finished;
    for lane in &mut snapshot.lanes {
        lane.state = LaneState::Done;
        lane.progress = Some(1.0);
    }
    snapshot
}

/// The talk's heartbeat, with each lane's lateness.
pub(super) fn heartbeat() -> DemoSpec {
    let names = [
        ("blocking", "blocks 50 ms"),
        ("yielding", "yields each ms"),
        ("offloaded", "on another thread"),
    ];
    DemoSpec {
        name: "heartbeat".to_owned(),
        title: Some("A heartbeat every 5 ms beside a task that computes".to_owned()),
        lanes: names
            .map(|(name, label)| LaneSpec {
                label: label.to_owned(),
                workload: "heartbeat".to_owned(),
                ..lane_spec(name, "async")
            })
            .to_vec(),
        baseline: Baseline::None,
        show: Show::Heartbeat,
        claim: Some("blocking.lateness_ms_max >= 40".to_owned()),
        ..primes()
    }
}

/// In the middle of [`heartbeat`].
pub(super) fn beating() -> Snapshot {
    let counted = |lateness: [f64; 3], mut lane: Lane| {
        let names = ["lateness_ms_p50", "lateness_ms_p99", "lateness_ms_max"];
        lane.counters = names.map(str::to_owned).into_iter().zip(lateness).collect();
        lane
    };
    let mut snapshot = in_the_middle(vec![core(0, 99, 1, 0), core(1, 0, 1, 0)]);
    snapshot.lanes = vec![
        counted(
            [23.1, 48.2, 50.3],
            lane("blocking", LaneState::Done, 2.0, 1.0),
        ),
        counted(
            [0.4, 1.1, 2.6],
            lane("yielding", LaneState::Running, 1.1, 1.0),
        ),
        lane("offloaded", LaneState::Waiting, 0.0, 0.0),
    ];
    snapshot.lanes[0].label = "blocks 50 ms".to_owned();
    snapshot.lanes[1].label = "yields each ms".to_owned();
    snapshot.lanes[2].label = "on another thread".to_owned();
    snapshot
}

/// A demo of results brought back, and how it came out.
pub(super) fn transfer() -> (DemoSpec, Snapshot) {
    let figures = [
        ("threads 4 KiB", 3.1, 1310.0),
        ("processes 4 KiB", 21.4, 190.0),
        ("threads 8 MiB", 4.0, 8_900.0),
        ("processes 8 MiB", 6_420.0, 1_250.0),
    ];
    let mut snapshot = in_the_middle(vec![core(0, 60, 1, 0), core(1, 55, 1, 0)]);
    snapshot.lanes = figures
        .map(|(name, each_us, rate)| {
            let mut lane = lane(name, LaneState::Done, 0.84, 1.2);
            lane.counters = vec![
                ("transfer_us_mean".to_owned(), each_us),
                ("usable_mb_per_s".to_owned(), rate),
            ];
            lane
        })
        .to_vec();
    let spec = DemoSpec {
        name: "results".to_owned(),
        title: Some("Bringing a result back to the parent".to_owned()),
        lanes: figures
            .map(|(name, ..)| lane_spec(name, "threads"))
            .to_vec(),
        show: Show::Transfer,
        ..primes()
    };
    (spec, snapshot)
}
