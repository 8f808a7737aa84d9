use super::*;
use crate::report::{LaneRun, MachineReport};
use crate::spec::{DemoSpec, LaneSpec, Value};

/// A finished lane with these wall times and a CPU time per run; `against` is `sequential`.
fn lane(name: &str, walls: &[f64], cpu_s: f64) -> LaneReport {
    let runs: Vec<LaneRun> = walls
        .iter()
        .map(|&wall_s| LaneRun {
            wall_s,
            cpu_s,
            gauged_s: None,
        })
        .collect();
    let middle = crate::report::median(walls);
    LaneReport {
        workers: 2,
        baseline: name == "sequential",
        against: Some("sequential".to_owned()),
        work: Some(200),
        wall_s: middle,
        cpu_s: Some(cpu_s),
        cores_used: middle.map(|wall| cpu_s / wall),
        spread: crate::report::spread(walls),
        pss_mib_max: Some(2.0),
        runs,
        ..LaneReport::unmeasured(&LaneSpec::new("primes", name), Outcome::Done)
    }
}

fn waiting(name: &str, walls: &[f64], workers: u32) -> LaneReport {
    let mut lane = LaneReport {
        workload: "sleep".to_owned(),
        workers,
        ..lane(name, walls, 0.02)
    };
    if name == "async" {
        lane.parameters.insert("threads".to_owned(), Value::Int(1));
    }
    lane
}

fn program(name: &str, walls: &[f64], cpu_s: f64, workers: u32) -> LaneReport {
    LaneReport {
        workload: "python".to_owned(),
        workers,
        work: Some(1),
        against: Some("gil-alone".to_owned()),
        ..lane(name, walls, cpu_s)
    }
}

/// A lane of a demo without a baseline, four seconds long.
fn alone(label: &str, workload: &str, cpu_s: f64) -> LaneReport {
    LaneReport {
        workload: workload.to_owned(),
        against: None,
        ..lane(label, &[4.0], cpu_s)
    }
}

fn counting(name: &str, counter: &str, value: f64) -> LaneReport {
    let mut lane = LaneReport {
        against: None,
        ..lane(name, &[1.0, 1.0], 1.0)
    };
    lane.counters.insert(counter.to_owned(), value.into());
    lane
}

fn failed(name: &str) -> LaneReport {
    ended(name, Outcome::Failed)
}

fn ended(name: &str, outcome: Outcome) -> LaneReport {
    LaneReport {
        outcome,
        wall_s: None,
        ..lane(name, &[], 0.0)
    }
}

fn report(mut lanes: Vec<LaneReport>) -> Report {
    let baseline = lanes
        .iter()
        .find(|lane| lane.baseline)
        .and_then(|lane| lane.wall_s);
    for lane in &mut lanes {
        lane.speedup = baseline
            .zip(lane.wall_s)
            .map(|(baseline, wall)| baseline / wall);
    }
    Report {
        build: "release".to_owned(),
        machine: MachineReport {
            usable: 2,
            others_cores: Some(0.03),
            ..MachineReport::default()
        },
        ideal_speedup: Some(1.97),
        lanes,
        ..Report::empty(&DemoSpec::new("demo", Vec::new()))
    }
}

fn primes() -> Report {
    report(vec![
        lane("sequential", &[4.0, 4.02], 4.0),
        lane("async", &[4.05, 4.06], 4.05),
        lane("processes", &[2.05, 2.07], 4.05),
        lane("threads", &[2.04, 2.05], 4.05),
    ])
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, a row for each sentence")]
fn tells_what_was_seen() {
    let table: Vec<(Report, &str)> = vec![
        (
            primes(),
            "Processes and threads used both cores: twice as fast. Async never left one core: no \
             faster.",
        ),
        (
            report(vec![
                waiting("sequential", &[10.0, 10.1], 1),
                waiting("async", &[0.052, 0.053], 200),
                waiting("threads", &[0.055, 0.056], 200),
                waiting("processes", &[0.3, 0.31], 200),
            ]),
            "Async overlapped 200 waits on one thread: 191 times as fast. Threads overlapped 200 \
             waits on 200 threads: 181 times as fast. Processes overlapped 200 waits in 200 \
             processes: 33 times as fast.",
        ),
        (
            report(vec![
                LaneReport {
                    baseline: true,
                    ..program("gil-alone", &[2.0], 0.01, 1)
                },
                program("gil", &[0.2], 0.01, 10),
            ]),
            "Gil waited on 10 threads: 10 times as fast.",
        ),
        (
            report(vec![
                lane("sequential", &[4.0], 4.0),
                lane("threads", &[2.5], 4.2),
            ]),
            "Threads used 1.7 cores: 1.6 times as fast.",
        ),
        (
            report(vec![
                lane("sequential", &[4.0, 4.0], 4.0),
                lane("threads", &[2.2, 2.2], 4.2),
                lane("rayon", &[2.4, 2.4], 4.2),
                lane("processes", &[8.0, 8.0], 8.0),
            ]),
            "Threads and rayon used both cores: 1.8 and 1.7 times as fast. Processes got \
             one core's worth of time, and took twice as long.",
        ),
        (
            report(vec![
                lane("sequential", &[4.0, 5.0], 4.0),
                lane("threads", &[2.0, 4.5], 4.0),
            ]),
            "Threads used 1.2 cores: no faster.",
        ),
        (
            report(vec![
                lane("sequential", &[3.0, 9.0], 4.0),
                lane("threads", &[3.5, 3.6], 4.2),
            ]),
            "The runs of threads differed too much to tell.",
        ),
        (
            report(vec![
                lane("sequential", &[4.0, 4.0], 4.0),
                failed("threads"),
                failed("rayon"),
            ]),
            "Sequential took 4.0 s. Threads and rayon failed.",
        ),
        (
            report(vec![
                alone("CPU bound", "primes", 3.92),
                alone("I/O bound", "sleep", 0.04),
            ]),
            "CPU bound kept a core busy for 98 % of its time, I/O bound for 1 %.",
        ),
        (
            report(vec![
                alone("waiting", "sleep", 0.004),
                alone("both", "primes", 7.6),
            ]),
            "Waiting kept a core busy for less than 1 % of its time, both kept 1.9 cores busy.",
        ),
        (
            report(vec![failed("threads")]),
            "No lane was finished. Threads failed.",
        ),
        (
            report(vec![
                ended("threads", Outcome::Cancelled),
                ended("rayon", Outcome::Cancelled),
            ]),
            "The run was stopped before a lane had finished.",
        ),
        (
            report(vec![
                lane("sequential", &[4.0, 4.0], 4.0),
                ended("tracing", Outcome::Refused),
                ended("command", Outcome::Refused),
            ]),
            "Sequential took 4.0 s. Tracing refused this program. Command did not get leave to run.",
        ),
        (
            report(vec![
                counting("blocking", "lateness_ms_p99", 61.2),
                counting("yielding", "lateness_ms_p99", 0.21),
            ]),
            "99 of 100 wake-ups were at most 61 ms late (blocking), 0.2 ms (yielding).",
        ),
        (
            report(vec![
                lane("sequential", &[4.0, 4.0], 4.0),
                LaneReport {
                    counters: counting("threads", "lateness_ms_p99", 61.2).counters,
                    ..lane("threads", &[2.0, 2.0], 4.0)
                },
            ]),
            "Threads used both cores: twice as fast.",
        ),
        (
            report(vec![LaneReport {
                against: None,
                ..lane("gil", &[0.000_19], 0.000_3)
            }]),
            "Gil took 0.2 ms.",
        ),
        (
            report(vec![
                counting("threads", "transfer_us_mean", 2.84),
                counting("processes", "transfer_us_mean", 912.0),
            ]),
            "Bringing a result back took 2.8 µs with threads, 912 µs with processes.",
        ),
        (
            report(vec![
                counting("threads 4 KiB", "transfer_us_mean", 2.84),
                counting("processes 8 MiB", "transfer_us_mean", 5764.3),
                counting("processes 4 KiB", "transfer_us_mean", 27.0),
            ]),
            "Bringing a result back took from 2.8 µs (threads 4 KiB) to 5.8 ms (processes 8 MiB).",
        ),
    ];
    for (report, expected) in table {
        assert_eq!(judge(&report, None).text, expected);
    }
}

#[test]
fn tells_what_all_interleavings_came_to() {
    use crate::interleavings::{Interleavings, Outcome as Found};
    let found = |text: &str, schedules: &str, deadlock: bool| Found {
        text: text.to_owned(),
        schedules: schedules.to_owned(),
        deadlock,
        ..Found::default()
    };
    let told = |outcomes: Vec<Found>, total: usize, schedules: &str, stopped: Option<&str>| {
        let mut explorer = lane("explorer", &[0.01], 0.01);
        explorer.interleavings = Some(Box::new(Interleavings {
            outcomes,
            outcomes_total: total,
            schedules: schedules.to_owned(),
            stopped: stopped.map(str::to_owned),
            ..Interleavings::default()
        }));
        judge(&report(vec![explorer]), None).text
    };
    let two = || vec![found("2", "2", false), found("1", "18", false)];
    assert_eq!(
        told(two(), 2, "20", None),
        "Of 20 interleavings 2 came to “2”, 18 to “1”."
    );
    assert_eq!(
        told(two(), 9, "40", Some("stopped after 40")),
        "Of 40 interleavings (stopped after 40) 2 came to “2”, 18 to “1”, the rest to 7 other outcomes."
    );
    assert_eq!(
        told(
            vec![found("a waits for b", "1", true), found("x\ny", "1", false)],
            2,
            "2",
            None
        ),
        "Of 2 interleavings 1 came to a deadlock, 1 to “x / y”."
    );
    assert_eq!(
        told(vec![found("5", "2", false)], 1, "2", None),
        "All 2 interleavings came to “5”."
    );
}

#[test]
fn tells_of_memory_when_the_claim_does() {
    let verdict = judge(&primes(), Some("processes.pss > threads.pss"));
    assert!(
        verdict
            .text
            .starts_with("Sequential needed 2.0 MiB of memory, async 2.0 MiB"),
        "{}",
        verdict.text
    );
}

#[test]
fn judges_only_what_the_figures_bear() {
    use VerdictState::{Fails, Holds, Withheld};
    struct Case {
        claim: &'static str,
        change: fn(&mut Report),
        state: VerdictState,
        reason: Option<&'static str>,
    }
    const FAST: &str = "threads.speedup >= 0.9 * ideal";
    fn withheld(claim: &'static str, change: fn(&mut Report), reason: &'static str) -> Case {
        Case {
            claim,
            change,
            state: Withheld,
            reason: Some(reason),
        }
    }
    let table = [
        Case {
            claim: FAST,
            change: |_| {},
            state: Holds,
            reason: None,
        },
        Case {
            claim: "async.speedup > 1.5",
            change: |_| {},
            state: Fails,
            reason: Some("async.speedup > 1.5: 0.985 to 0.993 against 1.5"),
        },
        withheld(
            "threads.speedup > 1.96",
            |_| {},
            "the spread is larger than the effect (threads.speedup > 1.96: 1.951 to 1.971 \
             against 1.96)",
        ),
        withheld(FAST, |r| r.build = "debug".into(), "this is a debug build"),
        withheld(
            FAST,
            |r| r.spec.order = Order::Together,
            "the lanes ran together",
        ),
        withheld(
            FAST,
            |r| r.machine.usable = 1,
            "one core alone may be used here",
        ),
        withheld(
            FAST,
            |r| r.machine.others_cores = Some(0.35),
            "the rest of the machine used 0.35 cores",
        ),
        withheld(
            FAST,
            |r| r.machine.others_cores = None,
            "this system does not tell how busy its cores were",
        ),
        withheld(
            FAST,
            |r| r.lanes[3].runs.truncate(1),
            "one run, spread unknown",
        ),
        withheld(
            FAST,
            |r| r.lanes[0].runs.truncate(1),
            "one run, spread unknown",
        ),
        withheld(
            FAST,
            |r| r.lanes[3].outcome = Outcome::Failed,
            "threads failed",
        ),
        withheld(
            FAST,
            |r| r.lanes[0].outcome = Outcome::TimedOut,
            "sequential ran out of time",
        ),
        withheld(FAST, |r| r.ideal_speedup = None, "ideal is not known"),
        withheld("threads.steals > 2", |_| {}, "threads.steals is not known"),
        withheld(
            "threads",
            |_| {},
            "the claim can't be read: expected ideal, cores, workers or a lane's figure such as `threads.speedup`",
        ),
        Case {
            claim: FAST,
            change: |r| r.lanes[1].outcome = Outcome::Failed,
            state: Holds,
            reason: None,
        },
    ];
    for case in table {
        let mut report = primes();
        (case.change)(&mut report);
        let verdict = judge(&report, Some(case.claim));
        let found = (verdict.state, verdict.reason.as_deref());
        assert_eq!(found, (case.state, case.reason), "{}", case.claim);
    }
}
