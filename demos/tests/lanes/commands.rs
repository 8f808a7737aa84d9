//! Lanes that run a program of the deck's own: what they tell, and that none of it survives them.

use std::collections::BTreeMap;

use parade_demos::run::protocol::{FromLane, LaneOrder, ToLane};
use parade_demos::tail::LINES_MAX;
use rustix::process::Signal;

use crate::driver::{Lane, Watched, assert_ends, kill, order, processes_with, stat, watch};

fn command(arguments: &[&str]) -> LaneOrder {
    LaneOrder {
        workers: 1,
        command: arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect(),
        ..order("command", "command", 1)
    }
}

fn shell(script: &str) -> LaneOrder {
    command(&["sh", "-c", script])
}

#[test]
fn the_output_is_the_checksum() {
    let checksum = |order: &LaneOrder| match Lane::start(order).finish() {
        Some(FromLane::Result { checksum, done, .. }) => {
            assert_eq!(done, [1]);
            checksum
        }
        other => panic!("{other:?}"),
    };
    let one = checksum(&command(&["echo", "one"]));
    assert_eq!(one, checksum(&shell("echo ignored >&2; echo one")));
    assert_ne!(one, checksum(&command(&["echo", "two"])));
    // The beginning of SHA-256 over "abc", FIPS 180-2, appendix B.1.
    assert_eq!(checksum(&command(&["printf", "abc"])), "ba7816bf8f01cfea");
}

#[test]
fn a_program_that_fails_fails_the_lane_with_its_last_lines() {
    for (script, error) in [
        (
            "echo oh >&2; echo dear >&2; exit 3",
            "sh ended with exit code 3: oh / dear",
        ),
        ("exit 1", "sh ended with exit code 1"),
        ("kill -9 $$", "sh was ended by signal 9"),
        (
            "yes complaint | head -c 1000000 >&2; echo end >&2; exit 2",
            "sh ended with exit code 2: complaint / complaint / end",
        ),
    ] {
        let failure = Lane::start(&shell(script)).failure();
        assert_eq!(failure, error);
    }
}

#[test]
fn a_program_that_is_not_there_is_unavailable() {
    for (order, error) in [
        (
            command(&["no-such-program"]),
            "there is no program \"no-such-program\" here",
        ),
        // As those say that stand for programs which may not be installed.
        (
            shell("echo shim: python3.14: not found >&2; exit 127"),
            "there is no program \"sh\" here: shim: python3.14: not found",
        ),
    ] {
        let error = error.to_owned();
        let told = Lane::start(&order).finish();
        assert_eq!(told, Some(FromLane::Unavailable { error }));
    }
}

#[test]
fn a_file_that_lies_in_no_folder_reaches_the_program() {
    let script = "echo \"hello $1\"; test -f \"$0\" && test ! -e talk/greet.sh";
    let order = LaneOrder {
        files: BTreeMap::from([("talk/greet.sh".to_owned(), script.to_owned())]),
        ..command(&["sh", "talk/greet.sh", "you"])
    };
    let checksum = |order: &LaneOrder| match Lane::start(order).finish() {
        Some(FromLane::Result { checksum, .. }) => checksum,
        other => panic!("{other:?}"),
    };
    assert_eq!(checksum(&order), checksum(&command(&["echo", "hello you"])));
    // A shim between the lane and the program, such as version managers have, passes it on.
    let mut through_a_shell = order.clone();
    through_a_shell.command = ["sh", "-c", "exec sh \"$@\"", "sh", "talk/greet.sh", "you"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(checksum(&through_a_shell), checksum(&order));
}

#[test]
fn the_program_is_in_the_lanes_group_where_the_gauges_look() {
    let mut lane = Lane::start(&command(&["sleep", "1000"]));
    let workers = lane.run();
    assert_eq!(workers.len(), 1);
    assert_eq!(stat(workers[0].pid).group, lane.pid());
}

/// A program that forks, forks again, leaves its group and loses its parent. All of its processes
/// sleep for this test's own number of seconds.
struct Fugitives {
    lane: Lane,
    keeper: u32,
    processes: Vec<Watched>,
}

impl Fugitives {
    fn start(seconds: &str) -> Self {
        let script = format!(
            "sleep {seconds} & (sleep {seconds} &) ; setsid sleep {seconds} & \
             setsid sh -c 'sleep {seconds} & setsid sleep {seconds} & wait' & wait"
        );
        let mut lane = Lane::start(&shell(&script));
        let program = watch(lane.run()[0].pid);
        let sleep = format!("sleep {seconds}");
        // Five that sleep, and two shells whose command lines say so too.
        while processes_with(&sleep)
            .iter()
            .filter(|&&pid| is_sleep(pid))
            .count()
            < 5
        {
            assert!(matches!(lane.next(), Some(FromLane::Progress { .. })));
        }
        let keepers = processes_with(&format!("keeper {}", lane.pid()));
        assert_eq!(keepers.len(), 1, "{keepers:?}");
        let mut processes = vec![program];
        let fugitives = processes_with(&sleep)
            .into_iter()
            .filter(|&pid| is_sleep(pid));
        processes.extend(keepers.iter().copied().chain(fugitives).map(watch));
        Self {
            lane,
            keeper: keepers[0],
            processes,
        }
    }

    fn assert_end(&self) {
        self.processes.iter().for_each(assert_ends);
    }
}

/// Whether a process has become `sleep`, and is no shell that will start one.
fn is_sleep(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name == "sleep\n")
}

#[test]
fn the_end_of_its_input_ends_what_has_fled() {
    let mut fugitives = Fugitives::start("1001.25");
    fugitives.lane.hang_up();
    fugitives.assert_end();
}

#[test]
fn killing_the_lane_ends_what_has_fled() {
    let fugitives = Fugitives::start("1002.25");
    kill(fugitives.lane.pid(), Signal::KILL);
    fugitives.assert_end();
}

#[test]
fn terminating_the_lane_ends_what_has_fled() {
    let fugitives = Fugitives::start("1003.25");
    kill(fugitives.lane.pid(), Signal::TERM);
    fugitives.assert_end();
}

#[test]
fn killing_the_whole_group_ends_what_has_fled() {
    let fugitives = Fugitives::start("1004.25");
    let group = i32::try_from(fugitives.lane.pid())
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    rustix::process::kill_process_group(group.unwrap(), Signal::KILL).unwrap();
    fugitives.assert_end();
}

#[test]
fn killing_the_keeper_ends_what_has_fled() {
    let mut fugitives = Fugitives::start("1007.25");
    kill(fugitives.keeper, Signal::KILL);
    fugitives.assert_end();
    assert_eq!(fugitives.lane.failure(), "sh lost its keeper by signal 9");
}

#[test]
fn killing_the_keeper_while_the_lane_is_abandoned_ends_what_has_fled() {
    let mut fugitives = Fugitives::start("1013.25");
    let lane = fugitives.lane.pid();
    // It learns of both at once.
    kill(lane, Signal::STOP);
    kill(fugitives.keeper, Signal::KILL);
    fugitives.lane.hang_up();
    kill(lane, Signal::CONT);
    fugitives.assert_end();
}

#[test]
fn a_stopped_keeper_does_its_duty_when_the_lane_ends() {
    let fugitives = Fugitives::start("1008.25");
    kill(fugitives.keeper, Signal::STOP);
    kill(fugitives.lane.pid(), Signal::KILL);
    fugitives.assert_end();
}

#[test]
fn what_a_program_leaves_behind_ends_with_it() {
    let mut lane = Lane::start(&shell("setsid sleep 1005.25 & echo done"));
    assert!(matches!(lane.finish(), Some(FromLane::Result { .. })));
    assert_eq!(processes_with("sleep 1005.25"), [0; 0]);
}

#[test]
fn of_a_program_that_prints_without_end_the_last_lines_are_told() {
    let mut lane = Lane::start(&shell("trap '' TERM; yes; sleep 1006.25"));
    let program = watch(lane.ready()[0].pid);
    lane.tell(&ToLane::Go);
    let Some(FromLane::Output { lines }) = lane.finish_or_output() else {
        panic!("nothing was told")
    };
    assert_eq!(lines, ["y"; LINES_MAX]);
    kill(lane.pid(), Signal::TERM);
    assert_ends(&program);
}

#[test]
fn a_program_that_ignores_signals_ends_with_its_lane() {
    let mut lane = Lane::start(&shell("trap '' TERM HUP INT; sleep 1007.25 & wait"));
    let program = watch(lane.run()[0].pid);
    lane.hang_up();
    assert_ends(&program);
}

#[test]
fn its_output_and_its_errors_are_told_in_order() {
    let mut lane = Lane::start(&shell("echo one; echo two >&2; exit 3"));
    let Some(FromLane::Output { lines }) = lane.finish_or_output() else {
        panic!("nothing was told")
    };
    // They come through two pipes.
    assert!(
        lines == ["one", "two"] || lines == ["two", "one"],
        "{lines:?}"
    );
    assert_eq!(lane.failure(), "sh ended with exit code 3: two");
}
