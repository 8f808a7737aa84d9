//! How lanes end otherwise than with a result, and that nothing of them is left.

use parade_demos::run::protocol::{LaneOrder, ToLane};
use rustix::process::Signal;

use crate::driver::{Lane, Watched, assert_ends, kill, order, watch, with};

const MODELS: [&str; 5] = ["sequential", "async", "threads", "rayon", "processes"];

/// Work without end, computing and waiting, under every model.
fn endless() -> impl Iterator<Item = LaneOrder> {
    MODELS.into_iter().flat_map(|model| {
        let workers = if model == "sequential" { 1 } else { 2 };
        let waiting = with(order("requests", model, 100_000), "delay", "10s");
        [order("spin", model, 1_000_000_000), waiting].map(|order| LaneOrder { workers, ..order })
    })
}

/// Every process of a lane that runs.
fn processes(lane: &mut Lane) -> Vec<Watched> {
    let mut pids: Vec<u32> = lane.run().iter().map(|worker| worker.pid).collect();
    pids.push(lane.pid());
    pids.sort_unstable();
    pids.dedup();
    pids.into_iter().map(watch).collect()
}

#[test]
fn the_end_of_its_input_ends_the_lane_and_all_its_processes() {
    for order in endless() {
        let mut lane = Lane::start(&order);
        let processes = processes(&mut lane);
        lane.hang_up();
        processes.iter().for_each(assert_ends);
    }
}

#[test]
fn killing_the_lane_ends_all_its_processes() {
    for order in endless() {
        let mut lane = Lane::start(&order);
        let processes = processes(&mut lane);
        kill(lane.pid(), Signal::KILL);
        processes.iter().for_each(assert_ends);
    }
}

#[test]
fn the_end_of_its_input_ends_a_lane_that_waits() {
    let mut idle = Lane::start_idle();
    let watched = watch(idle.pid());
    idle.hang_up();
    assert_ends(&watched);

    let mut ready = Lane::start(&order("spin", "processes", 1));
    let workers: Vec<Watched> = ready
        .ready()
        .iter()
        .map(|worker| watch(worker.pid))
        .collect();
    ready.hang_up();
    workers.iter().for_each(assert_ends);
}

#[test]
fn a_worker_that_panics_fails_the_lane_and_says_nothing_elsewhere() {
    for (model, error) in [
        ("async", "panicked: there is a fault"),
        ("threads", "panicked: there is a fault"),
        ("rayon", "panicked: there is a fault"),
        ("processes", "panicked: there is a fault"),
    ] {
        let mut lane = Lane::start(&order("fault", model, 10));
        let failure = lane.failure();
        assert!(failure.ends_with(error), "{model}: {failure}");
        assert_eq!(lane.complaint(), "", "{model}");
    }
}

#[test]
fn a_worker_that_reports_an_error_fails_the_lane() {
    for model in ["async", "threads", "rayon", "processes"] {
        let mut lane = Lane::start(&with(order("fault", model, 10), "kind", "error"));
        let failure = lane.failure();
        assert!(
            failure.ends_with(": there is a fault"),
            "{model}: {failure}"
        );
    }
}

#[test]
fn an_abort_ends_the_lane_without_a_word() {
    for kind in ["abort", "memory"] {
        for model in ["async", "threads", "rayon"] {
            let order = with(order("fault", model, 10), "kind", kind);
            let order = LaneOrder {
                memory_bytes_max: 256 << 20,
                ..order
            };
            assert_eq!(Lane::start(&order).finish(), None, "{kind} {model}");
        }
    }
}

#[test]
fn a_worker_process_that_aborts_or_is_killed_fails_the_lane() {
    for kind in ["abort", "memory"] {
        let order = with(order("fault", "processes", 10), "kind", kind);
        let failure = Lane::start(&LaneOrder {
            memory_bytes_max: 256 << 20,
            ..order
        })
        .failure();
        assert!(
            failure.ends_with("ended early, signal: 6 (SIGABRT)"),
            "{kind}: {failure}"
        );
    }
    let mut lane = Lane::start(&order("spin", "processes", 1_000_000_000));
    let workers = lane.run();
    let other = watch(workers[0].pid);
    kill(workers[1].pid, Signal::KILL);
    assert_eq!(lane.failure(), "worker 1 ended early, signal: 9 (SIGKILL)");
    assert_ends(&other);
}

#[test]
fn what_is_no_order_fails_the_lane() {
    for (text, error) in [
        ("nonsense\n", "its input was not understood: "),
        ("\"go\"\n", "the first line was no order"),
    ] {
        let mut lane = Lane::start_idle();
        lane.tell_raw(text);
        let failure = lane.failure();
        assert!(failure.starts_with(error), "{text:?}: {failure}");
    }
    for (order, error) in [
        (
            order("nothing", "threads", 1),
            "there is no workload \"nothing\"",
        ),
        (
            order("primes", "nothing", 1),
            "there is no model \"nothing\"",
        ),
    ] {
        assert_eq!(Lane::start(&order).failure(), error);
    }
}

#[test]
fn what_comes_out_of_turn_fails_the_lane() {
    for message in [
        ToLane::Go,
        ToLane::Spec(Box::new(order("spin", "threads", 1))),
    ] {
        let mut lane = Lane::start(&order("spin", "threads", 1_000_000_000));
        lane.run();
        lane.tell(&message);
        assert_eq!(lane.failure(), "it was told something out of turn");
    }
}
