//! `parade run WHAT`: a demo without a screen.
//!
//! [`choose`] finds the demo and applies what the command line changes, [`progress`] tells on
//! standard error how far it is, [`result`] prints what came out.

mod choose;
mod progress;
mod result;

use std::io::Write;
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use parade_demos::report::Report;
use parade_demos::run::{Launcher, Options, Run as Running, RunEvent};
use parade_demos::spec::DemoSpec;
use parade_demos::trace::{self, Recorder};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

use super::ending::Ending;
pub(super) use progress::Progress;
pub(super) use result::failed;

/// What `parade run` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Run {
    /// A ready demo's or a workload's name, FILE#DEMO, or #DEMO of the built-in talk
    #[arg(value_name = "WHAT")]
    what: String,
    /// Only these lanes; a model's name adds a lane that the demo lacks
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    lanes: Vec<String>,
    /// Workers of each lane: a number, cores, or items
    #[arg(long, value_name = "N|cores|items", value_parser = choose::workers)]
    workers: Option<parade_demos::spec::Workers>,
    /// So much work that one sequential worker takes this long
    #[arg(long, value_name = "TIME", value_parser = choose::length, conflicts_with = "work")]
    length: Option<Duration>,
    /// Exactly so many work units
    #[arg(long, value_name = "N")]
    work: Option<u64>,
    /// How often each lane runs
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    repeat: u32,
    /// Set a parameter of the workload or the model
    #[arg(long, value_name = "NAME=VALUE", value_parser = choose::setting)]
    set: Vec<(String, String)>,
    /// Keep what the gauges showed on the way in this file
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// Let the deck's own commands run
    #[arg(long)]
    trust: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How often a run that is recorded is looked at: more than once per window of its gauges.
const RECORD_EVERY: Duration = Duration::from_millis(100);

/// What ends the wait for a run.
enum Told {
    Finished(Box<Report>),
    Signal(i32),
}

/// How a run was left.
pub(super) enum Outcome {
    /// It came to its end.
    Finished(Box<Report>),
    /// A signal came; the run is cancelled, and nothing of it is left.
    Signal(i32),
}

/// Runs the demo and prints what came out.
pub(super) fn run(asked: &Run, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let spec = choose::choose(asked)?;
    let watch = Watch::start()?;
    let mut progress = Progress::on_stderr();
    let mut recorder = asked.trace.is_some().then(Recorder::default);
    match watch.run(spec, asked.trust, &mut progress, recorder.as_mut())? {
        Outcome::Signal(signal) => Ok(Ending::Signal(signal)),
        Outcome::Finished(report) => {
            if asked.json {
                serde_json::to_writer(&mut *out, &report)?;
                writeln!(out)?;
            } else {
                result::write(&report, out)?;
            }
            let trace = recorder.and_then(Recorder::finish);
            if let (Some(path), Some(trace)) = (&asked.trace, trace) {
                trace::file::write(&trace, path)
                    .with_context(|| format!("failed to write the trace {}", path.display()))?;
            }
            Ok(result::ending(&report))
        }
    }
}

/// What runs need around them: the thread from which lanes start, and an ear for signals.
pub(super) struct Watch {
    launcher: Launcher,
    told: std::sync::mpsc::Receiver<Told>,
    tell: SyncSender<Told>,
    signals: Handle,
}

impl Watch {
    /// From now on, signals that end a program are heard here.
    pub(super) fn start() -> anyhow::Result<Self> {
        let (tell, told) = sync_channel(4);
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP]).context("failed to listen for signals")?;
        let handle = signals.handle();
        let teller = tell.clone();
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                for signal in signals.forever() {
                    // Full means that there is an end to be told of already.
                    let _ = teller.try_send(Told::Signal(signal));
                }
            })
            .context("failed to start the thread that hears signals")?;
        let launcher = Launcher::new().context("failed to start the thread that starts lanes")?;
        Ok(Self {
            launcher,
            told,
            tell,
            signals: handle,
        })
    }

    fn start_run(&self, spec: DemoSpec, trusted: bool) -> Running {
        let options = Options {
            trusted,
            ..Options::default()
        };
        let tell = self.tell.clone();
        Running::start(&self.launcher, spec, options, move |event| {
            if let RunEvent::Finished(report) = event {
                // Fails only when nobody waits any more.
                let _ = tell.send(Told::Finished(report));
            }
        })
    }

    /// Runs one demo to its end, or to the first signal.
    pub(super) fn run(
        &self,
        spec: DemoSpec,
        trusted: bool,
        progress: &mut Progress,
        mut recorder: Option<&mut Recorder>,
    ) -> anyhow::Result<Outcome> {
        let every = match recorder {
            Some(_) => RECORD_EVERY,
            None => progress.every(),
        };
        let running = self.start_run(spec, trusted);
        let mut record = || {
            if let Some(recorder) = &mut recorder {
                recorder.take(&running.snapshot());
            }
        };
        let mut heard = None;
        loop {
            match self.told.recv_timeout(every) {
                Ok(Told::Finished(report)) => {
                    record();
                    progress.clear();
                    return Ok(heard.map_or(Outcome::Finished(report), Outcome::Signal));
                }
                // The first signal ends the run, which then tells that it is over.
                Ok(Told::Signal(signal)) if heard.is_none() => {
                    heard = Some(signal);
                    running.cancel();
                }
                Ok(Told::Signal(signal)) => return Ok(Outcome::Signal(signal)),
                Err(RecvTimeoutError::Timeout) => {
                    record();
                    progress.show(&running.snapshot());
                }
                Err(RecvTimeoutError::Disconnected) => {
                    anyhow::bail!("failed to hear from the run: its threads ended")
                }
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.signals.close();
    }
}
