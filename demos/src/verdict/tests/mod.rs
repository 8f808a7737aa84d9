//! Reports as runs leave them; what is said of them, and what is judged, stands in the files beside.

mod judged;
mod told;

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
