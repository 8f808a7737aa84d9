//! `parade rehearse [DECK]`: runs every demo of a deck and keeps its trace beside it, for a talk in
//! which a live run is not possible.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use parade_demos::report::{LaneReport, Outcome as LaneOutcome, Report};
use parade_demos::spec::{DemoSpec, Show};
use parade_demos::trace::{self, Recorder, Trace};

use super::ending::Ending;
use super::run::{Outcome, Progress, Watch, failed};
use super::talk;
use crate::files::{self, Source};

/// What `parade rehearse` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Rehearse {
    /// The deck; without one the built-in talk
    deck: Option<PathBuf>,
    /// Only these demos, by name
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    only: Vec<String>,
    /// How often each lane runs
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    repeat: u32,
    /// Let the deck's own commands run
    #[arg(long)]
    trust: bool,
}

/// Runs the demos, one after the other. One that fails keeps the trace that it had; of one that lacks an
/// interpreter here, the other lanes are kept.
pub(super) fn run(asked: &Rehearse, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let source = Source::named(asked.deck.as_deref());
    let opened = files::open(&source)?;
    let folder = source
        .traces()
        .context("failed to find a place for the traces: a deck from standard input has none")?;
    let demos = demos(&opened, asked);
    anyhow::ensure!(
        !demos.is_empty(),
        "failed to find a demo to rehearse in {}",
        source.path().display()
    );
    fs::create_dir_all(&folder)
        .with_context(|| format!("failed to make the folder {}", folder.display()))?;
    let watch = Watch::start()?;
    let mut progress = Progress::on_stderr();
    let mut ending = Ending::Done;
    for (slide, demo) in demos {
        let path = source
            .trace(&slide, &demo.name)
            .context("failed to name the trace")?;
        let name = demo.name.clone();
        let mut recorder = Recorder::default();
        let report = match watch.run(demo, asked.trust, &mut progress, Some(&mut recorder))? {
            Outcome::Signal(signal) => return Ok(Ending::Signal(signal)),
            Outcome::Finished(report) => report,
        };
        if let Some(why) = failure(&report).or_else(|| loss(&report, &path)) {
            writeln!(out, "✗ {name}: {why}")?;
            ending = Ending::FoundWrong;
            continue;
        }
        let without = without(&report);
        let trace = recorder.finish().context("failed to record the run")?;
        let trace = Trace {
            recorded_s: now_s(),
            ..trace
        };
        trace::file::write(&trace, &path)
            .with_context(|| format!("failed to write the trace {}", path.display()))?;
        writeln!(
            out,
            "✓ {name}: {:.1} s in {}",
            trace.length().as_secs_f64(),
            path.display()
        )?;
        for lane in without {
            writeln!(out, "  without {lane}")?;
        }
        out.flush()?;
    }
    Ok(ending)
}

/// The demos that can be rehearsed, each with its slide's id. What is stepped by hand alone has no
/// run to keep.
fn demos(opened: &files::Opened, asked: &Rehearse) -> Vec<(String, DemoSpec)> {
    let wanted = |demo: &DemoSpec| {
        let named = asked.only.is_empty() || asked.only.contains(&demo.name);
        named && demo.show != Show::Steps
    };
    let mut demos = Vec::new();
    for slide in talk::slides(opened) {
        for demo in talk::demos(&slide).filter(|demo| wanted(demo)) {
            let repeat = asked.repeat;
            demos.push((
                slide.id.clone(),
                DemoSpec {
                    repeat,
                    ..demo.clone()
                },
            ));
        }
    }
    demos
}

/// Why a run is not worth keeping: something was wrong with a lane, or none came to its end.
fn failure(report: &Report) -> Option<String> {
    let lanes = &report.lanes;
    let none_ran = || lanes.first().filter(|_| !lanes.iter().any(ran));
    let lane = lanes.iter().find(|lane| failed(lane)).or_else(none_ran)?;
    Some(because(lane))
}

/// Why an earlier trace is worth more: it has a lane that could not run now.
fn loss(report: &Report, path: &Path) -> Option<String> {
    let kept = trace::file::read(path).ok()?.report;
    let was_kept = |lane: &&LaneReport| {
        let mut kept = kept.lanes.iter();
        !ran(lane) && kept.any(|kept| kept.name == lane.name && ran(kept))
    };
    let lane = report.lanes.iter().find(was_kept)?;
    Some(format!(
        "{}; the trace stays that has this lane",
        because(lane)
    ))
}

/// The lanes that a trace lacks, each with why.
fn without(report: &Report) -> Vec<String> {
    let lanes = report.lanes.iter();
    lanes.filter(|lane| !ran(lane)).map(because).collect()
}

fn ran(lane: &LaneReport) -> bool {
    lane.outcome == LaneOutcome::Done
}

/// `python3.14: it is not installed`
fn because(lane: &LaneReport) -> String {
    let why = lane.error.as_deref();
    let why = why.unwrap_or("it did not come to its end");
    format!("{}: {why}", lane.label)
}

fn now_s() -> Option<u64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Some(since.as_secs())
}
