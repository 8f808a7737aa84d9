//! The sentences.

use super::*;

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
fn says_first_that_a_program_was_edited() {
    let mut edited = primes();
    edited.spec.edited = true;
    let told = format!("The program was edited. {}", judge(&primes(), None).text);
    assert_eq!(judge(&edited, None).text, told);
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
