//! What runs report and show.

use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use parade_demos::meter;
use parade_demos::report::Outcome;
use parade_demos::run::Options;
use parade_demos::spec::{Amount, Value};

use crate::harness::{
    HELLO, READY, alone, demo, endless, finished, lane, outcomes, real, scripted, start,
};

#[test]
fn reports_a_baseline_and_lanes_with_one_checksum() {
    let _alone = alone();
    let mut demo = demo(Amount::Work(2_000_000), vec![lane("primes", "threads")]);
    demo.repeat = 2;
    let report = finished(&real(), demo);
    let expected = [
        ("sequential", Outcome::Done, None),
        ("threads", Outcome::Done, None),
    ];
    assert_eq!(outcomes(&report), expected);
    assert_eq!(report.lanes[0].checksum, report.lanes[1].checksum);
    for lane in &report.lanes {
        assert_eq!((lane.runs.len(), lane.work), (2, Some(2_000_000)));
        assert_eq!(lane.against.as_deref(), Some("sequential"));
        assert!(lane.spread.is_some() && lane.pss_mib_max.is_some());
    }
    assert!(report.ideal_speedup.is_some_and(|ideal| ideal > 0.0));
}

#[test]
fn gauges_a_lane_what_it_used() {
    let _alone = alone();
    let demo = demo(Amount::Work(12_000_000), vec![lane("primes", "threads")]);
    let report = finished(&real(), demo);
    for run in report.lanes.iter().flat_map(|lane| &lane.runs) {
        let part = run.gauged_s.unwrap() / run.cpu_s;
        assert!((0.95..=1.05).contains(&part), "{part} of {run:?}");
    }
}

#[test]
fn the_portable_meter_tells_what_it_can_see() {
    let _alone = alone();
    let demo = demo(Amount::Work(4_000_000), vec![lane("primes", "threads")]);
    let options = Options {
        meter: meter::Choice::Portable,
        ..Options::default()
    };
    let report = start(&real(), demo, options).report();
    assert!(report.machine.cores > 0);
    let expected = [
        ("sequential", Outcome::Done, None),
        ("threads", Outcome::Done, None),
    ];
    assert_eq!(outcomes(&report), expected);
    assert_eq!(report.lanes[0].pss_mib_max, None);
}

#[test]
fn adds_runs_to_an_earlier_report() {
    let _alone = alone();
    let demo = demo(Amount::Work(500_000), vec![lane("primes", "threads")]);
    let launcher = real();
    let first = finished(&launcher, demo.clone());
    let options = Options {
        earlier: Some(first.clone()),
        ..Options::default()
    };
    let both = start(&launcher, demo, options).report();
    let runs: Vec<usize> = both.lanes.iter().map(|lane| lane.runs.len()).collect();
    assert_eq!(runs, [2, 2]);
    assert_eq!(both.lanes[1].runs[0], first.lanes[1].runs[0]);
    assert_eq!(both.lanes[0].work, first.lanes[0].work);
}

/// Somebody else's: as many as there are cores, so that nothing runs undisturbed.
struct Burners(Vec<Child>);

impl Burners {
    fn start() -> Self {
        let cores = thread::available_parallelism().unwrap().get();
        let burner = |_| {
            let mut shell = Command::new("/bin/sh");
            shell.args(["-c", "while :; do :; done"]).spawn().unwrap()
        };
        Self((0..cores).map(burner).collect())
    }
}

impl Drop for Burners {
    fn drop(&mut self) {
        for burner in &mut self.0 {
            burner.kill().unwrap();
            burner.wait().unwrap();
        }
    }
}

#[test]
fn burners_beside_a_busy_lane_change_neither_its_share_nor_its_work() {
    let _alone = alone();
    let length = Duration::from_secs(1);
    let demo = demo(Amount::Length(length), vec![lane("primes", "threads")]);
    let burners = Burners::start();
    let report = finished(&real(), demo);
    drop(burners);
    let others = report.machine.others_cores.unwrap();
    assert!(others > 0.3, "{others} cores");
    for run in report.lanes.iter().flat_map(|lane| &lane.runs) {
        let part = run.gauged_s.unwrap() / run.cpu_s;
        assert!((0.95..=1.05).contains(&part), "{part} of {run:?}");
    }
    // By wall time, the work would be a half of it or less.
    let part = report.lanes[0].runs[0].cpu_s / length.as_secs_f64();
    assert!((0.7..1.5).contains(&part), "{part} of its length");
}

#[test]
fn somebody_elses_burner_raises_the_rest_and_never_the_lane() {
    let _alone = alone();
    // The lane only waits, so that whatever is busy is somebody else's.
    let launcher = scripted(&format!("{HELLO}\n{READY}"));
    let mut burner = Command::new("/bin/sh")
        .args(["-c", "while :; do :; done"])
        .spawn()
        .unwrap();
    let started = start(&launcher, endless("threads"), Options::default());
    let snapshot = started.until("burning", |now| now.others_cores > 0.3);
    burner.kill().unwrap();
    burner.wait().unwrap();
    let lane: f64 = snapshot.cores.iter().map(|core| core.now.lane).sum();
    let other: f64 = snapshot.cores.iter().map(|core| core.now.other).sum();
    assert!(lane < 0.1 && other > 0.3, "lane {lane}, other {other}");
}

#[test]
fn explores_a_program_alone_and_compares_it_with_nothing() {
    let _alone = alone();
    let mut explorer = lane("python", "explorer");
    let program = include_str!("../../../slides/python/race.py");
    let text = |text: &str| Value::Text(text.to_owned());
    explorer.with.insert("code".to_owned(), text(program));
    let report = finished(&real(), demo(Amount::Work(1), vec![explorer]));
    assert_eq!(
        outcomes(&report),
        [("explorer", Outcome::Done, None)],
        "no lane is added to compare it with"
    );
    assert_eq!(report.ideal_speedup, None);
    let found = report.lanes[0].interleavings.as_ref().expect("it searched");
    let told: Vec<_> = found
        .outcomes
        .iter()
        .map(|one| (one.text.as_str(), one.schedules.as_str()))
        .collect();
    assert_eq!(told, [("2", "2"), ("1", "18")]);
    assert_eq!((found.schedules.as_str(), &found.stopped), ("20", &None));
}
