//! The demos that need no deck: `parade run NAME` finds them, and every workload's name is one.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Bound, Nature, WorkloadEntry, default_workers, workloads};
use crate::spec::{
    Amount, Baseline, DemoSpec, LaneSpec, Order, Parameters, Show, Value, WORKERS, Workers,
};

/// Demos that need no deck, one for each workload that a deck can ask for and that needs no program.
pub fn ready_demos() -> Vec<DemoSpec> {
    workloads().filter_map(ready_demo).collect()
}

fn ready_demo(workload: &WorkloadEntry) -> Option<DemoSpec> {
    Some(match (workload.name, workload.nature, workload.bound) {
        ("transfer", ..) => transfer(),
        ("heartbeat", ..) => heartbeat(),
        ("counting", ..) => counting(),
        (name, Nature::Chunks, Bound::Cpu) => DemoSpec {
            claim: Some("threads.speedup >= 0.9 * ideal and async.speedup <= 1.1".to_owned()),
            ..demo(name, &["async", "threads", "rayon", "processes"])
        },
        (name, Nature::Chunks, Bound::Io) => DemoSpec {
            claim: Some("async.speedup >= 10 and async.cores_used < 0.5".to_owned()),
            ..demo(name, &["async", "threads", "processes"])
        },
        ("python", ..) => python(),
        (_, Nature::Shared | Nature::Accompanied | Nature::Python | Nature::Command, _) => {
            return None;
        }
    })
}

/// A lane of each model, all with the workload's defaults.
fn demo(workload: &str, models: &[&str]) -> DemoSpec {
    DemoSpec {
        name: workload.to_owned(),
        title: None,
        lanes: models.iter().map(|model| lane(workload, model)).collect(),
        amount: Amount::Length(Duration::from_secs(4)),
        order: Order::Turn,
        baseline: Baseline::Sequential,
        claim: None,
        show: Show::Lanes,
        repeat: 1,
        seed: 1,
        edited: false,
    }
}

fn lane(workload: &str, model: &str) -> LaneSpec {
    LaneSpec {
        name: model.to_owned(),
        label: model.to_owned(),
        model: model.to_owned(),
        workload: workload.to_owned(),
        workers: default_workers(workload),
        with: Parameters::new(),
        parameters: Parameters::new(),
        command: Vec::new(),
        files: BTreeMap::new(),
    }
}

/// One worker, so that nothing but the way back differs.
fn transfer() -> DemoSpec {
    let mut demo = demo("transfer", &["threads", "processes"]);
    for lane in &mut demo.lanes {
        lane.workers = Workers::Count(1);
    }
    demo.claim = Some("processes.transfer_us_mean > threads.transfer_us_mean".to_owned());
    demo.show = Show::Transfer;
    demo
}

/// The same heartbeat beside the same blocks, computed in three ways.
fn heartbeat() -> DemoSpec {
    let lanes = ["blocking", "yielding", "offloaded"].map(|style| LaneSpec {
        name: style.to_owned(),
        label: style.to_owned(),
        workers: Workers::Count(1),
        with: Parameters::from([("style".to_owned(), Value::Text(style.to_owned()))]),
        ..lane("heartbeat", "async")
    });
    DemoSpec {
        lanes: lanes.into(),
        baseline: Baseline::None,
        claim: Some("blocking.lateness_ms_p99 > 5 * yielding.lateness_ms_p99".to_owned()),
        show: Show::Heartbeat,
        ..demo("heartbeat", &[])
    }
}

/// Each protocol on one thread and on many.
fn counting() -> DemoSpec {
    let lane = |protocol: &str, workers, many: &str| LaneSpec {
        name: format!("{protocol}_{many}"),
        label: format!("{protocol}, {many}"),
        workers,
        with: Parameters::from([("protocol".to_owned(), Value::Text(protocol.to_owned()))]),
        ..lane("counting", "threads")
    };
    let lanes = ["plain", "lock", "atomic", "biased"].map(|protocol| {
        [
            lane(protocol, Workers::Count(1), "one"),
            lane(protocol, Workers::Cores, "many"),
        ]
    });
    DemoSpec {
        lanes: lanes.into_iter().flatten().collect(),
        baseline: Baseline::None,
        claim: Some(
            "atomic_one.private_ns > 2 * biased_one.private_ns \
             and atomic_many.shared_ns > 2 * atomic_one.shared_ns"
                .to_owned(),
        ),
        show: Show::Counts,
        ..demo("counting", &[])
    }
}

/// The same threads, with the GIL and without.
fn python() -> DemoSpec {
    let text = |text: &str| Value::Text(text.to_owned());
    let with = Parameters::from([
        ("source".to_owned(), text("fib.py")),
        (
            "code".to_owned(),
            text(include_str!("../../../slides/python/fib.py")),
        ),
        (
            "args".to_owned(),
            Value::List([WORKERS, "24", "27"].map(text).into()),
        ),
    ]);
    let mut demo = demo("python", &["gil", "free-threaded"]);
    for lane in &mut demo.lanes {
        lane.with = with.clone();
    }
    demo.amount = Amount::Work(1);
    demo.claim = Some("free-threaded.speedup > 1.2 * gil.speedup".to_owned());
    demo
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::check;

    #[test]
    fn every_workload_has_a_ready_demo_that_can_run() {
        let demos = ready_demos();
        let names: Vec<&str> = demos.iter().map(|demo| demo.name.as_str()).collect();
        let workloads: Vec<&str> = workloads()
            .map(|entry| entry.name)
            .filter(|name| *name != "command")
            .collect();
        assert_eq!(names, workloads);
        for demo in demos {
            assert_eq!(check(&demo), [], "{}", demo.name);
        }
    }
}
