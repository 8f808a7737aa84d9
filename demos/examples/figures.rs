//! Figures of running itself: what the gauges gave lanes against their own getrusage, parade's own
//! CPU, and the time from cancel until nothing of a run is left.
//!
//! `cargo run --release -p parade-demos --example figures [ROUNDS]`; 200 rounds by default.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use parade_demos::catalogue;
use parade_demos::report::Report;
use parade_demos::run::{Launcher, Options, Run, RunEvent, lane};
use parade_demos::snapshot::LaneState;
use parade_demos::spec::{Amount, Baseline, DemoSpec, Value, Workers};

/// How often a screen asks for a snapshot.
const FRAME_EVERY: Duration = Duration::from_millis(250);

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let first = arguments.next();
    // Lanes are this program itself.
    if first.as_ref().is_some_and(|word| word == "lane") {
        return lane::main(arguments);
    }
    let rounds = first
        .and_then(|word| word.to_str()?.parse().ok())
        .unwrap_or(200);
    match measure(rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "failed to measure: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(rounds: usize) -> io::Result<()> {
    let launcher = Launcher::new()?;
    let mut out = io::stdout();
    for (name, workers) in [("primes", 2), ("primes", 8), ("sleep", 256)] {
        let report = watched(&launcher, demo(name, workers))?;
        let own = report.machine.self_cores.unwrap_or_default() * 100.0;
        writeln!(
            out,
            "{name}, {workers} workers: own CPU {own:.2} % of a core at 4 frames a second"
        )?;
        for lane in &report.lanes {
            for run in lane.runs.iter().filter(|run| run.cpu_s > 0.1) {
                let part = run.gauged_s.unwrap_or_default() / run.cpu_s;
                writeln!(
                    out,
                    "  {}: gauged {part:.4} of {:.2} s of CPU",
                    lane.name, run.cpu_s
                )?;
            }
        }
    }
    for model in ["threads", "processes"] {
        let mut waits = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            waits.push(cancelled(&launcher, model)?);
        }
        waits.sort();
        let at = |part: f64| waits[((waits.len() - 1) as f64 * part).round() as usize];
        let (middle, p99) = (at(0.5), at(0.99));
        writeln!(
            out,
            "cancel {model}: median {middle:.1?}, p99 {p99:.1?} of {rounds}"
        )?;
    }
    Ok(())
}

fn demo(name: &str, workers: u32) -> DemoSpec {
    let found = catalogue::ready_demos()
        .into_iter()
        .find(|demo| demo.name == name);
    let mut demo = found.expect("the demos named here are ready ones");
    demo.claim = None;
    for lane in &mut demo.lanes {
        lane.workers = Workers::Count(workers);
        if name == "sleep" {
            lane.with
                .insert("count".to_owned(), Value::Int(i64::from(workers)));
        }
    }
    if name == "sleep" {
        // One after the other takes too long to wait for.
        demo.baseline = Baseline::None;
        demo.lanes.retain(|lane| lane.model == "threads");
        demo.lanes[0]
            .with
            .insert("each".to_owned(), Value::Text("3s".to_owned()));
    }
    demo
}

fn start(launcher: &Launcher, demo: DemoSpec) -> (Run, Receiver<Report>) {
    let (done, report) = sync_channel(1);
    let run = Run::start(launcher, demo, Options::default(), move |event| {
        if let RunEvent::Finished(report) = event {
            let _ = done.send(*report);
        }
    });
    (run, report)
}

/// Runs to the end, with a snapshot taken as often as a screen takes one.
fn watched(launcher: &Launcher, demo: DemoSpec) -> io::Result<Report> {
    let (run, report) = start(launcher, demo);
    loop {
        match report.recv_timeout(FRAME_EVERY) {
            Ok(report) => return Ok(report),
            Err(RecvTimeoutError::Timeout) => drop(run.snapshot()),
            Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// How long it takes from cancel until the run tells that nothing is left.
fn cancelled(launcher: &Launcher, model: &str) -> io::Result<Duration> {
    let mut demo = demo("primes", 2);
    demo.baseline = Baseline::None;
    demo.amount = Amount::Work(catalogue::WORK_MAX);
    demo.lanes.retain(|lane| lane.model == model);
    // One worker more than there is to compare with would measure an ideal first.
    demo.lanes[0].workers = Workers::Count(1);
    let (run, report) = start(launcher, demo);
    while !run
        .snapshot()
        .lanes
        .iter()
        .any(|lane| lane.state == LaneState::Running && lane.cpu > Duration::ZERO)
    {
        thread::park_timeout(Duration::from_millis(2));
    }
    let began = Instant::now();
    run.cancel();
    report.recv().map_err(|_| io::ErrorKind::UnexpectedEof)?;
    Ok(began.elapsed())
}
