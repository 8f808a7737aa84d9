//! The small binary of the demos: what `parade` does without a screen, so that they run and test alone.
//!
//! `lane` is for itself; `run NAME` runs a ready demo and prints its report as JSON, with
//! `--length SECONDS` or `--work N`, `--repeat N`, `--workers N`, `--lanes a,b`, `--baseline none`.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use parade_demos::catalogue;
use parade_demos::report::{Outcome, Report, VerdictState};
use parade_demos::run::{Launcher, Options, Run, RunEvent, lane};
use parade_demos::spec::{Amount, Baseline, DemoSpec, Workers};

/// Exit code of a wrong command line.
const WRONG_USE: u8 = 2;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next() {
        Some(command) if command == "lane" => lane::main(arguments),
        Some(command) if command == "run" => run_demo(arguments),
        _ => ExitCode::from(WRONG_USE),
    }
}

/// Runs a demo to its end and prints what came out.
fn run_demo(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let Some(demo) = demo(arguments) else {
        return ExitCode::from(WRONG_USE);
    };
    let Ok(report) = report_of(demo) else {
        return ExitCode::FAILURE;
    };
    let printed = serde_json::to_string_pretty(&report)
        .map_err(io::Error::from)
        .and_then(|text| writeln!(io::stdout(), "{text}"));
    let wrong = report.verdict.state == VerdictState::Fails
        || report
            .lanes
            .iter()
            .any(|lane| lane.outcome != Outcome::Done);
    if printed.is_err() || wrong {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn demo(arguments: impl Iterator<Item = OsString>) -> Option<DemoSpec> {
    let mut words = arguments.map(|word| word.into_string().ok());
    let name = words.next()??;
    let mut demo = catalogue::ready_demos()
        .into_iter()
        .find(|demo| demo.name == name)?;
    while let Some(option) = words.next() {
        let value = words.next()??;
        match option?.as_str() {
            "--length" => {
                demo.amount =
                    Amount::Length(Duration::try_from_secs_f64(value.parse().ok()?).ok()?);
            }
            "--work" => demo.amount = Amount::Work(value.parse().ok()?),
            "--baseline" if value == "none" => demo.baseline = Baseline::None,
            "--repeat" => demo.repeat = value.parse().ok()?,
            "--workers" => {
                let workers = Workers::Count(value.parse().ok()?);
                demo.lanes
                    .iter_mut()
                    .for_each(|lane| lane.workers = workers);
            }
            "--lanes" => {
                demo.lanes
                    .retain(|lane| value.split(',').any(|name| name == lane.name));
                // It may be about the lanes that are left out.
                demo.claim = None;
            }
            _ => return None,
        }
    }
    catalogue::check(&demo).is_empty().then_some(demo)
}

fn report_of(demo: DemoSpec) -> io::Result<Report> {
    let launcher = Launcher::new()?;
    let (done, report) = sync_channel(1);
    let tell = move |event| {
        if let RunEvent::Finished(report) = event {
            let _ = done.send(*report);
        }
    };
    let _run = Run::start(&launcher, demo, Options::default(), tell);
    report
        .recv()
        .map_err(|_| io::ErrorKind::UnexpectedEof.into())
}
