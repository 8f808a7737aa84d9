//! Starts runs, real and scripted, and watches them as their owner does.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use parade_demos::report::{LaneReport, Outcome, Report};
use parade_demos::run::{Launcher, Options, Run, RunEvent};
use parade_demos::snapshot::{Lane, LaneState, Snapshot};
use parade_demos::spec::{Amount, Baseline, DemoSpec, LaneSpec, Workers};

pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_parade-demos");

/// What a scripted lane says.
pub(crate) const HELLO: &str = r#"echo '{"hello":{"protocol":1,"pid":1}}'"#;
pub(crate) const READY: &str = r#"echo '{"ready":{"workers":[]}}'; read -r go"#;
pub(crate) const RESULT: &str = r#"echo '{"result":{"checksum":"'$sum'","wall_ns":5,"usage":{"user_ns":1,"system_ns":1,"voluntary":0,"involuntary":0},"done":[1],"counters":[]}}'"#;
/// The same, with the largest counts that the protocol can say.
pub(crate) const BOUNDLESS: &str = r#"echo '{"result":{"checksum":"'$sum'","wall_ns":18446744073709551615,"usage":{"user_ns":18446744073709551615,"system_ns":18446744073709551615,"voluntary":18446744073709551615,"involuntary":0},"done":[18446744073709551615,18446744073709551615],"counters":[["n",1e308]]}}'"#;

/// How long an event is awaited before a test fails.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Tests that look at this process's children have it to themselves.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lanes of the small binary.
pub(crate) fn real() -> Launcher {
    let arguments: [OsString; 2] = ["lane".into(), std::process::id().to_string().into()];
    Launcher::with_program(BINARY, arguments).unwrap()
}

/// Lanes of a shell script that speaks the protocol; its order is in `$order`.
pub(crate) fn scripted(script: &str) -> Launcher {
    let script = format!("read -r order\n{script}\ncat >/dev/null");
    Launcher::with_program("/bin/sh", ["-c".into(), script.into()]).unwrap()
}

pub(crate) fn lane(workload: &str, model: &str) -> LaneSpec {
    LaneSpec {
        workers: Workers::Count(2),
        ..LaneSpec::new(workload, model)
    }
}

pub(crate) fn demo(amount: Amount, lanes: Vec<LaneSpec>) -> DemoSpec {
    DemoSpec {
        amount,
        ..DemoSpec::new("test", lanes)
    }
}

/// Longer than any test. One worker, so that no ideal is measured first.
pub(crate) fn endless(model: &str) -> DemoSpec {
    let lane = LaneSpec {
        workers: Workers::Count(1),
        ..lane("primes", model)
    };
    let mut demo = demo(Amount::Work(4_000_000_000), vec![lane]);
    demo.baseline = Baseline::None;
    demo
}

pub(crate) struct Started {
    pub(crate) run: Run,
    pub(crate) events: Receiver<RunEvent>,
}

pub(crate) fn start(launcher: &Launcher, demo: DemoSpec, options: Options) -> Started {
    let (tell, events) = sync_channel(1024);
    let run = Run::start(launcher, demo, options, move |event| {
        let _ = tell.try_send(event);
    });
    Started { run, events }
}

impl Started {
    pub(crate) fn report(&self) -> Report {
        loop {
            if let RunEvent::Finished(report) = self.events.recv_timeout(PATIENCE).unwrap() {
                return *report;
            }
        }
    }

    /// Waits for a snapshot that looks so; figures are polled, as a screen does.
    pub(crate) fn until(&self, what: &str, looks: impl Fn(&Snapshot) -> bool) -> Snapshot {
        let began = Instant::now();
        loop {
            let snapshot = self.run.snapshot();
            if looks(&snapshot) {
                return snapshot;
            }
            assert!(began.elapsed() < PATIENCE, "never {what}: {snapshot:?}");
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// Waits until a lane computes; the processes of its group.
    pub(crate) fn until_busy(&self) -> Vec<u32> {
        self.until("busy", |now| {
            let busy = |lane: &Lane| lane.state == LaneState::Running && lane.cpu > Duration::ZERO;
            now.lanes.first().is_some_and(busy)
        });
        descendants(std::process::id())
    }
}

pub(crate) fn finished(launcher: &Launcher, demo: DemoSpec) -> Report {
    start(launcher, demo, Options::default()).report()
}

pub(crate) fn outcomes(report: &Report) -> Vec<(&str, Outcome, Option<&str>)> {
    let outcome = |lane: &'_ LaneReport| (lane.outcome, lane.error.is_some());
    assert!(
        report
            .lanes
            .iter()
            .all(|lane| outcome(lane) != (Outcome::Done, true))
    );
    let lanes = report.lanes.iter();
    lanes
        .map(|lane| (lane.name.as_str(), lane.outcome, lane.error.as_deref()))
        .collect()
}

/// The processes that run in groups led by children of `parent`.
pub(crate) fn descendants(parent: u32) -> Vec<u32> {
    let stats: Vec<(u32, u32, u32)> = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
            let parent_and_group = (fields[1].parse().ok()?, fields[2].parse().ok()?);
            (fields[0] != "Z").then_some((pid, parent_and_group.0, parent_and_group.1))
        })
        .collect();
    let leads = |(pid, above, group): &&(u32, u32, u32)| *above == parent && pid == group;
    let leaders: BTreeSet<u32> = stats.iter().filter(leads).map(|(pid, ..)| *pid).collect();
    let belongs = |(_, _, group): &&(u32, u32, u32)| leaders.contains(group);
    stats.iter().filter(belongs).map(|(pid, ..)| *pid).collect()
}

pub(crate) fn lives(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(')')
        .is_some_and(|(_, rest)| !rest.starts_with(" Z"))
}

pub(crate) fn left(pids: &[u32]) -> Vec<u32> {
    pids.iter().copied().filter(|&pid| lives(pid)).collect()
}

pub(crate) fn spawn(arguments: &[&str]) -> Child {
    Command::new(BINARY)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
