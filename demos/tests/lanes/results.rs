//! What lanes give: the same checksum under every model, progress, changes while they run.

use parade_demos::catalogue;
use parade_demos::run::protocol::{FromLane, LaneOrder, ToLane, Usage};
use parade_demos::spec::Value;

use crate::driver::{Lane, order, stat, with};

/// A little work for each workload, with several chunks and a last one that is shorter.
fn little_work(workload: &str, model: &str) -> LaneOrder {
    match workload {
        "primes" => order(workload, model, 50_001),
        "mandelbrot" => order(workload, model, 21),
        "sha256" => order(workload, model, 3_001),
        "sleep" => with(order(workload, model, 7), "each", "1ms"),
        "requests" => with(order(workload, model, 7), "delay", "1ms"),
        "transfer" => with(order(workload, model, 7), "payload", "100001B"),
        "heartbeat" => with(order(workload, model, 7), "block", "1ms"),
        "counting" => order(workload, model, 13),
        "spin" => order(workload, model, 1_001),
        other => panic!("give {other} a little work here"),
    }
}

fn result(order: &LaneOrder) -> (String, Vec<u64>, Usage) {
    match Lane::start(order).finish() {
        Some(FromLane::Result {
            checksum,
            done,
            usage,
            ..
        }) => (checksum, done, usage),
        other => panic!("{} under {}: {other:?}", order.workload, order.model),
    }
}

#[test]
fn every_model_gives_the_same_checksum() {
    let names = catalogue::workloads().map(|entry| entry.name);
    for workload in names
        .filter(|name| !catalogue::is_program(name))
        .chain(["spin"])
    {
        let mut first: Option<String> = None;
        for model in catalogue::models().map(|entry| entry.name) {
            if !catalogue::takes(model, workload) {
                continue;
            }
            for workers in if model == "sequential" { 1..=1 } else { 2..=3 } {
                let order = LaneOrder {
                    workers,
                    ..little_work(workload, model)
                };
                let (checksum, done, _) = result(&order);
                let what = format!("{workload} under {model} with {workers}");
                assert_eq!(done.iter().sum::<u64>(), order.work, "{what}: {done:?}");
                assert_eq!(&checksum, first.get_or_insert(checksum.clone()), "{what}");
            }
        }
        assert!(first.is_some(), "no model runs {workload}");
    }
}

#[test]
fn another_seed_gives_another_checksum() {
    for workload in [
        "mandelbrot",
        "sha256",
        "sleep",
        "requests",
        "transfer",
        "spin",
    ] {
        let order = little_work(workload, "threads");
        let other = LaneOrder {
            seed: 8,
            ..order.clone()
        };
        assert_ne!(result(&order).0, result(&other).0, "{workload}");
    }
}

#[test]
fn workers_of_the_processes_model_are_children_in_the_lanes_group() {
    let mut lane = Lane::start(&order("spin", "processes", 100_000_000));
    let workers = lane.run();
    assert_eq!(workers.len(), 2);
    for worker in workers {
        let stat = stat(worker.pid);
        assert_eq!(
            (stat.parent, stat.group),
            (lane.pid(), lane.pid()),
            "{worker:?}"
        );
    }
}

#[test]
fn workers_are_threads_that_are_there() {
    for model in ["sequential", "threads", "rayon"] {
        let workers = if model == "sequential" { 1 } else { 2 };
        let mut lane = Lane::start(&LaneOrder {
            workers,
            ..order("spin", model, 100_000_000)
        });
        let told = lane.run();
        assert_eq!(told.len(), workers as usize, "{model}");
        for worker in told {
            let tid = worker.tid.expect("a thread of its own");
            let path = format!("/proc/{}/task/{tid}", worker.pid);
            assert!(std::path::Path::new(&path).exists(), "{model}: {path}");
            assert_eq!(worker.pid, lane.pid(), "{model}");
        }
    }
}

#[test]
fn the_echo_server_is_a_process_of_its_own_and_no_worker() {
    let mut lane = Lane::start(&with(order("requests", "async", 200), "delay", "50ms"));
    let workers = lane.run();
    let servers: Vec<_> = workers.iter().filter(|worker| worker.server).collect();
    assert_eq!(servers.len(), 1);
    assert_eq!(stat(servers[0].pid).group, lane.pid());
}

#[test]
fn what_can_change_live_changes_at_once() {
    for (workload, parameter) in [("sleep", "each"), ("requests", "delay")] {
        for model in ["sequential", "async", "threads", "rayon", "processes"] {
            // At this pace it would take 20 s or more.
            let mut lane = Lane::start(&LaneOrder {
                workers: if model == "sequential" { 1 } else { 2 },
                ..with(order(workload, model, 400), parameter, "100ms")
            });
            lane.run();
            let value = Value::Text("0ms".to_owned());
            lane.tell(&ToLane::Set {
                name: parameter.to_owned(),
                value,
            });
            let Some(FromLane::Result { wall_ns, .. }) = lane.finish() else {
                panic!("{workload} {model} gave no result");
            };
            assert!(
                wall_ns < 10_000_000_000,
                "{workload} {model} took {wall_ns} ns"
            );
        }
    }
}

#[test]
fn what_ended_workers_used_is_counted() {
    for model in ["sequential", "threads", "processes"] {
        let workers = if model == "sequential" { 1 } else { 2 };
        let order = LaneOrder {
            workers,
            ..order("spin", model, 50_000)
        };
        // 50 million steps take more than 10 ms on any machine.
        let (_, _, usage) = result(&order);
        assert!(usage.user_ns > 10_000_000, "{model}: {usage:?}");
    }
}

#[test]
fn counters_are_told_as_counted() {
    let counters = |order: &LaneOrder| match Lane::start(order).finish() {
        Some(FromLane::Result { counters, .. }) => counters,
        other => panic!("{other:?}"),
    };
    let names = |counters: &[(String, f64)]| -> Vec<String> {
        counters.iter().map(|(name, _)| name.clone()).collect()
    };
    let polls = counters(&little_work("sha256", "async"));
    assert_eq!(names(&polls), ["polls", "polls_per_task"]);
    // Each of the six chunks suspends once, and each of the two tasks ends in one more poll.
    assert!((polls[0].1 - 8.0).abs() < f64::EPSILON, "{polls:?}");
    let transfers = counters(&little_work("transfer", "processes"));
    assert_eq!(
        names(&transfers),
        ["transfers", "transfer_us_mean", "usable_mb_per_s"]
    );
    assert!((transfers[0].1 - 7.0).abs() < f64::EPSILON, "{transfers:?}");
    assert_eq!(
        names(&counters(&little_work("heartbeat", "async")))[..4],
        [
            "beats",
            "lateness_ms_p50",
            "lateness_ms_p99",
            "lateness_ms_max"
        ]
    );
}
