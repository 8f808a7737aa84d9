//! Faults of parade's own and of the machine: a run tells its end all the same, once, and leaves
//! nothing.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use parade_demos::report::{Outcome, Report};
use parade_demos::run::{Launcher, Options, Run, RunEvent};
use parade_demos::snapshot::{LaneState, Phase};

use crate::harness::{BINARY, PATIENCE, alone, descendants, endless, outcomes, real};

/// Starts a run whose owner panics when told something for the nth time, or told the end.
fn start_with_panic(launcher: &Launcher, nth: usize) -> (Run, Receiver<Report>) {
    let (tell, ends) = sync_channel(8);
    let told = AtomicUsize::new(0);
    let run = Run::start(
        launcher,
        endless("threads"),
        Options::default(),
        move |event| {
            let count = told.fetch_add(1, Ordering::Relaxed) + 1;
            match event {
                RunEvent::Finished(report) => tell.send(*report).unwrap(),
                RunEvent::Changed => assert_ne!(count, nth, "told for the nth time"),
            }
        },
    );
    (run, ends)
}

#[test]
fn a_panic_of_the_runs_thread_is_an_end_too() {
    let _alone = alone();
    let launcher = real();
    // At the beginning, between two phases, while the lane's process starts, and once it is ready.
    for nth in 1..=5 {
        let (run, ends) = start_with_panic(&launcher, nth);
        let report = ends.recv_timeout(PATIENCE).unwrap();
        assert_eq!(descendants(std::process::id()), [0; 0], "{nth}");
        let [("threads", Outcome::Failed, Some(error))] = outcomes(&report)[..] else {
            panic!("{nth}: {report:?}")
        };
        assert!(
            error.starts_with("parade's own thread panicked: "),
            "{error}"
        );
        let last = run.snapshot();
        assert_eq!(
            (last.phase, last.report),
            (Phase::Finished, Some(Box::new(report.clone())))
        );
        let open = |state: &LaneState| matches!(state, LaneState::Waiting | LaneState::Running);
        assert!(!last.lanes.iter().any(|lane| open(&lane.state)), "{nth}");
        drop(run);
        // The callback is gone with the run, and told of no second end.
        assert!(ends.recv().is_err(), "{nth}");
    }
}

#[test]
fn a_panic_over_the_end_itself_is_told_no_second_time() {
    let _alone = alone();
    let (tell, ends) = sync_channel(8);
    let run = Run::start(
        &real(),
        endless("threads"),
        Options::default(),
        move |event| {
            if let RunEvent::Finished(report) = event {
                tell.send(report).unwrap();
                panic!("the end is too much");
            }
        },
    );
    run.cancel();
    ends.recv_timeout(PATIENCE).unwrap();
    drop(run);
    assert!(ends.recv().is_err());
}

#[test]
fn a_program_that_does_not_start_fails_its_lane() {
    let launcher = Launcher::with_program("/no/such/program", std::iter::empty()).unwrap();
    let report = crate::harness::finished(&launcher, endless("threads"));
    let [("threads", Outcome::Failed, Some(error))] = outcomes(&report)[..] else {
        panic!("{report:?}")
    };
    assert!(
        error.starts_with("its process did not start: /no/such/program: "),
        "{error}"
    );
}

#[test]
fn a_run_without_enough_file_descriptors_ends() {
    // From too few for the first pipe to enough for all.
    for limit in [4, 6, 8, 10, 12, 14, 18, 24, 64] {
        let script = format!("ulimit -n {limit}; exec \"$0\" run primes --work 1000 --workers 2");
        let mut run = Command::new("/bin/sh")
            .args(["-c", &script, BINARY])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let began = Instant::now();
        while run.try_wait().unwrap().is_none() {
            if began.elapsed() > PATIENCE {
                run.kill().unwrap();
                panic!("never ended with {limit} files");
            }
            thread::park_timeout(Duration::from_millis(5));
        }
    }
}
