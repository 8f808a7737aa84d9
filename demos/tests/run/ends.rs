//! How runs end: by cancelling, by force, by what lanes say, and that nothing is left.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use parade_demos::report::Outcome;
use parade_demos::run::Options;
use parade_demos::snapshot::Phase;
use parade_demos::spec::{Amount, LaneSpec, Parameters, Value};
use rustix::process::{Pid, Signal, kill_process};

use crate::harness::{
    BOUNDLESS, HELLO, PATIENCE, READY, RESULT, Started, alone, demo, descendants, endless,
    finished, lane, left, outcomes, real, scripted, spawn, start,
};

#[test]
fn cancel_and_drop_leave_nothing_of_any_model() {
    let _alone = alone();
    let launcher = real();
    for model in ["sequential", "threads", "async", "rayon", "processes"] {
        let started = start(&launcher, endless(model), Options::default());
        let pids = started.until_busy();
        assert!(!pids.is_empty(), "{model}");
        started.run.cancel();
        let report = started.report();
        assert_eq!(outcomes(&report), [(model, Outcome::Cancelled, None)]);
        assert_eq!(left(&pids), [] as [u32; 0], "{model}, cancelled");

        let started = start(&launcher, endless(model), Options::default());
        let pids = started.until_busy();
        drop(started);
        assert_eq!(left(&pids), [] as [u32; 0], "{model}, dropped");
    }
}

#[test]
fn a_run_cancelled_before_anything_ran_ends_too() {
    let _alone = alone();
    let started = start(&real(), endless("threads"), Options::default());
    started.run.cancel();
    let report = started.report();
    assert_eq!(outcomes(&report), [("threads", Outcome::Cancelled, None)]);
    assert_eq!(started.run.snapshot().phase, Phase::Finished);
    let (lane, machine) = (&report.lanes[0], &report.machine);
    let measured = (lane.work, lane.wall_s, lane.cpu_s, lane.pss_mib_max);
    assert_eq!((measured, lane.runs.len()), ((None, None, None, None), 0));
    let beside = [
        machine.others_cores,
        machine.self_cores,
        machine.steal_cores,
    ];
    assert_eq!(beside, [None; 3], "nothing ran that it could be beside");
    assert!(machine.usable > 0, "but the machine is known");
}

#[test]
fn a_lane_killed_from_outside_fails_and_the_others_go_on() {
    let _alone = alone();
    let mut demo = endless("threads");
    demo.lanes.push(LaneSpec {
        with: Parameters::from([("limit".to_owned(), Value::Int(100_000))]),
        ..lane("primes", "sequential")
    });
    let started = start(&real(), demo, Options::default());
    let victim = started.until_busy()[0];
    Command::new("kill")
        .args(["-KILL", &victim.to_string()])
        .status()
        .unwrap();
    let report = started.report();
    let [threads, sequential] = outcomes(&report)[..] else {
        panic!("{report:?}")
    };
    assert_eq!(threads.1, Outcome::Failed);
    assert!(
        threads.2.is_some_and(|error| error.contains("SIGKILL")),
        "{threads:?}"
    );
    assert_eq!(sequential, ("sequential", Outcome::Done, None));
}

#[test]
fn killing_the_one_who_runs_leaves_nothing_of_any_model() {
    // A worker and, where it is a process of its own, the lane's process.
    for (model, processes) in [("threads", 1), ("async", 1), ("rayon", 1), ("processes", 2)] {
        let endless = [
            "--work",
            "4000000000",
            "--workers",
            "1",
            "--baseline",
            "none",
        ];
        let mut parent = spawn(&[&["run", "primes", "--lanes", model], &endless[..]].concat());
        let began = Instant::now();
        let mut pids = Vec::new();
        while pids.len() < processes {
            assert!(began.elapsed() < PATIENCE, "{model} never ran");
            thread::park_timeout(Duration::from_millis(5));
            pids = descendants(parent.id());
        }
        parent.kill().unwrap();
        parent.wait().unwrap();
        let killed = Instant::now();
        while !left(&pids).is_empty() {
            assert!(killed.elapsed() < PATIENCE, "{model} left {pids:?}");
            thread::park_timeout(Duration::from_millis(1));
        }
    }
}

#[test]
fn whatever_a_lane_says_the_run_ends_and_says_why() {
    use Outcome::{Done, Failed, Unavailable};
    let ready = format!("{HELLO}; {READY}");
    let table: Vec<(String, Outcome, &str)> = vec![
        (format!("sum=c; {ready}; {RESULT}"), Done, ""),
        (format!("sum=c; {ready}; {BOUNDLESS}"), Done, ""),
        (
            "exit 3".into(),
            Failed,
            "it ended without a result (exit status: 3)",
        ),
        (
            format!("{ready}; echo oh no >&2; exit 1"),
            Failed,
            "it ended without a result (exit status: 1; oh no)",
        ),
        (
            format!("{ready}; kill -ABRT $$"),
            Failed,
            "it ended without a result (signal: 6 (SIGABRT)",
        ),
        (
            "echo nonsense".into(),
            Failed,
            "it said something that is no message",
        ),
        (
            "yes | tr -d '\\n'".into(),
            Failed,
            "it wrote a line of more than",
        ),
        (
            r#"echo '{"hello":{"protocol":99,"pid":1}}'"#.into(),
            Failed,
            "it speaks version 99 of the protocol, and this is version 1",
        ),
        (
            format!("{HELLO}; {RESULT}"),
            Failed,
            "it said a result out of turn",
        ),
        (
            format!("{ready}; {READY}"),
            Failed,
            "it said ready out of turn",
        ),
        (
            r#"echo '{"failed":{"error":"a panic"}}'"#.into(),
            Failed,
            "a panic",
        ),
        (
            r#"echo '{"unavailable":{"error":"no python"}}'"#.into(),
            Unavailable,
            "no python",
        ),
    ];
    for (script, outcome, error) in table {
        let report = finished(&scripted(&script), endless("threads"));
        let lane = &report.lanes[0];
        assert_eq!(lane.outcome, outcome, "{script}: {:?}", lane.error);
        let said = lane.error.as_deref().unwrap_or("");
        assert!(said.starts_with(error), "{script}: {said}");
    }
}

#[test]
fn a_lane_that_gives_another_checksum_fails() {
    let _alone = alone();
    let choose = r#"case "$order" in *'"sequential"'*) sum=one;; *) sum=two;; esac"#;
    let launcher = scripted(&format!("{choose}; {HELLO}; {READY}; {RESULT}"));
    let report = finished(
        &launcher,
        demo(Amount::Work(10), vec![lane("primes", "threads")]),
    );
    let wrong = "it did not do the same work as sequential: its checksum is two, and not one";
    let expected = [
        ("sequential", Outcome::Done, None),
        ("threads", Outcome::Failed, Some(wrong)),
    ];
    assert_eq!(outcomes(&report), expected);
}

#[test]
fn a_program_of_the_decks_own_needs_consent() {
    let mut demo = demo(Amount::Work(1), vec![lane("command", "command")]);
    demo.lanes[0].command = vec!["true".to_owned()];
    let report = finished(&scripted("exit 1"), demo);
    let why = "it runs a program of the deck's own, which needs consent";
    assert_eq!(
        outcomes(&report),
        [("command", Outcome::Refused, Some(why))]
    );
}

#[test]
fn what_a_program_has_started_elsewhere_is_gone_when_the_end_is_told() {
    let _alone = alone();
    // All in sessions, and so in groups, of their own.
    let started = start_shell("for i in 1 2 3; do setsid sleep 1006.25 & done; wait");
    started.until("all asleep", |_| with_words("sleep 1006.25").len() == 3);
    started.run.cancel();
    assert_eq!(
        outcomes(&started.report()),
        [("command", Outcome::Cancelled, None)]
    );
    assert_eq!(with_words("sleep 1006.25"), [0; 0]);
}

#[test]
fn killing_a_lane_and_its_keeper_at_once_leaves_nothing_of_its_program() {
    let _alone = alone();
    // Nobody else sleeps for so long.
    let sleep = format!("sleep {}.25", 1_000_000 + std::process::id());
    let started = start_shell(&format!("setsid {sleep} & (setsid {sleep} &) ; wait"));
    started.until("all asleep", |_| with_words(&sleep).len() == 2);
    let ours = |keeper: &u32| parent(*keeper).and_then(parent) == Some(std::process::id());
    let keepers = with_words("parade-keeper lane keeper");
    let keeper = *keepers
        .iter()
        .find(|keeper| ours(keeper))
        .expect("a program has one");
    let lane = parent(keeper).unwrap();
    // Neither can do anything before both are dead.
    kill(lane, Signal::STOP);
    kill(keeper, Signal::STOP);
    started.until("both stopped", |_| is_stopped(lane) && is_stopped(keeper));
    kill(keeper, Signal::KILL);
    kill(lane, Signal::KILL);
    let report = started.report();
    let [("command", Outcome::Failed, Some(error))] = outcomes(&report)[..] else {
        panic!("{report:?}")
    };
    assert!(error.contains("SIGKILL"), "{error}");
    assert_eq!(with_words(&sleep), [0; 0]);
}

#[test]
fn the_exit_code_of_a_program_is_told() {
    let _alone = alone();
    for (script, outcome, code) in [
        ("exit 0", Outcome::Done, 0),
        ("exit 3", Outcome::Failed, 3),
        ("kill -9 $$", Outcome::Failed, 137),
    ] {
        let report = start_shell(script).report();
        let lane = &report.lanes[0];
        assert_eq!((lane.outcome, lane.exit_code), (outcome, Some(code)));
    }
    let report = finished(
        &real(),
        demo(Amount::Work(10), vec![lane("primes", "threads")]),
    );
    assert_eq!(report.lanes[0].exit_code, None, "it ran no program");
}

/// Runs a script as the deck's own program.
fn start_shell(script: &str) -> Started {
    let mut demo = demo(Amount::Work(1), vec![lane("command", "command")]);
    demo.lanes[0].command = ["sh", "-c", script].map(str::to_owned).to_vec();
    let options = Options {
        trusted: true,
        ..Options::default()
    };
    start(&real(), demo, options)
}

/// The processes whose command line begins with these words.
fn with_words(words: &str) -> Vec<u32> {
    let words = words.replace(' ', "\0");
    let numbers = std::fs::read_dir("/proc").unwrap().flatten();
    numbers
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| {
            std::fs::read(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|line| line.starts_with(words.as_bytes()))
        })
        .collect()
}

fn parent(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    field(&stat, 1)?.parse().ok()
}

/// Whether each thread of the process has come to its stop.
fn is_stopped(pid: u32) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    threads.into_iter().all(|thread| {
        let stat = std::fs::read_to_string(thread.unwrap().path().join("stat"));
        stat.is_ok_and(|stat| field(&stat, 0) == Some("T"))
    })
}

/// A field of a process's state, counted from behind its name.
fn field(stat: &str, index: usize) -> Option<&str> {
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(index)
}

fn kill(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}
