use super::file::{ReadError, read, write};
use super::*;
use crate::catalogue;
use crate::holds::HoldLog;
use crate::interleavings::{self, Interleavings};

const WINDOW: Duration = Duration::from_millis(250);

/// A run of two cores at one moment, its only lane so far as the elapsed time of ten seconds.
fn moment(ms: u64) -> Snapshot {
    let core = |id| Core {
        id,
        usable: true,
        now: Load {
            lane: 0.75,
            other: 0.125,
            steal: 0.0,
        },
        history: Vec::new(),
    };
    Snapshot {
        phase: Phase::Running,
        elapsed: Duration::from_millis(ms),
        window: WINDOW,
        cores: vec![core(0), core(3)],
        others_cores: 0.25,
        lanes: vec![Lane {
            name: "threads".to_owned(),
            state: LaneState::Running,
            progress: Some(ms as f64 / 10_000.0),
            ..Lane::default()
        }],
        ..Snapshot::default()
    }
}

fn last_moment(ms: u64) -> Snapshot {
    let mut demo = catalogue::ready_demos().remove(0);
    demo.lanes.truncate(1);
    let report = Report::broken(&demo, "scripted");
    Snapshot {
        phase: Phase::Finished,
        report: Some(Box::new(report)),
        ..moment(ms)
    }
}

/// The trace of a run that was looked at every 100 ms.
fn recorded(length_ms: u64) -> Trace {
    let mut recorder = Recorder::default();
    for ms in (0..length_ms).step_by(100) {
        recorder.take(&moment(ms));
    }
    recorder.take(&last_moment(length_ms));
    recorder.finish().unwrap()
}

fn times(trace: &Trace) -> Vec<u64> {
    trace.frames.iter().map(|frame| frame.at_ms).collect()
}

#[test]
fn keeps_one_frame_of_each_window_and_the_last() {
    let trace = recorded(1_150);
    assert_eq!(times(&trace), [0, 300, 500, 800, 1_000, 1_150]);
    let expected = Frame {
        at_ms: 500,
        phase: Phase::Running,
        loads: vec![[750, 125, 0]; 2],
        others_cores: 0.25,
        self_cores: 0.0,
        lanes: vec![LaneFrame {
            state: LaneState::Running,
            run: (0, 0),
            progress: Some(0.05),
            wall_ms: 0,
            cpu_ms: 0,
            cores_used: 0.0,
            pss_max: None,
            switches: None,
            counters: Vec::new(),
            holds: None,
        }],
    };
    assert_eq!(trace.frames[2], expected);
}

#[test]
fn a_long_run_keeps_fewer_frames_of_all_its_length() {
    let trace = recorded(1_000_000);
    let times = times(&trace);
    assert!(
        (FRAMES_MAX / 2..=FRAMES_MAX).contains(&times.len()),
        "{}",
        times.len()
    );
    assert_eq!((times.last(), trace.every_ms), (Some(&1_000_000), 1_000));
    let gap_max = times.windows(2).map(|pair| pair[1] - pair[0]).max();
    assert!(gap_max <= Some(1_200), "{gap_max:?}");
}

#[test]
fn a_run_that_is_not_over_has_no_trace() {
    let mut recorder = Recorder::default();
    recorder.take(&moment(0));
    assert_eq!(recorder.finish(), None);
}

#[test]
fn any_moment_can_be_drawn_again() {
    let trace = recorded(1_150);
    let before = trace.at(Duration::ZERO);
    assert_eq!(
        (before.lanes[0].progress, before.cores[1].history.len()),
        (Some(0.0), 1)
    );
    let middle = trace.at(Duration::from_millis(799));
    assert_eq!(middle.elapsed, Duration::from_millis(500));
    assert_eq!(middle.cores[1].now, moment(0).cores[1].now);
    assert_eq!((middle.cores[1].id, middle.cores[1].history.len()), (3, 3));
    assert_eq!(
        (middle.lanes[0].progress, &middle.report),
        (Some(0.05), &None)
    );
    let end = trace.at(Duration::from_hours(1));
    assert_eq!(
        (end.phase, end.report),
        (Phase::Finished, Some(Box::new(trace.report.clone())))
    );
    assert_eq!(trace.length(), Duration::from_millis(1_150));
}

#[test]
fn a_trace_that_has_no_picture_of_a_moment_is_neither_made_nor_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.json");
    let without: [fn(&mut Trace); 4] = [
        |trace| trace.frames.clear(),
        |trace| trace.frames[1].lanes.clear(),
        |trace| trace.frames[1].loads.truncate(1),
        |trace| trace.report.lanes.clear(),
    ];
    for spoil in without {
        let mut trace = recorded(1_150);
        spoil(&mut trace);
        write(&trace, &path).unwrap();
        assert!(matches!(read(&path), Err(ReadError::Unplayable)));
    }
    let mut recorder = Recorder::default();
    recorder.take(&Snapshot {
        lanes: Vec::new(),
        ..last_moment(0)
    });
    assert_eq!(recorder.finish(), None);
}

#[test]
fn a_trace_comes_back_as_it_was_written_and_nothing_else_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.json");
    let trace = recorded(1_150);
    std::fs::write(&path, "what was before").unwrap();
    write(&trace, &path).unwrap();
    assert_eq!(read(&path).unwrap(), trace);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // A folder is no place for a file: what was tried is gone again.
    let inside = folder.path().join("run.json/inside");
    assert!(write(&trace, &inside).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn says_why_a_file_is_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.json");
    for (text, why) in [
        ("", "this is no trace of a run: EOF while parsing a value"),
        ("{}", "this is no trace of a run: missing field `trace`"),
        (
            r#"{"trace":1}"#,
            "this is no trace of a run: missing field `report`",
        ),
        (
            r#"{"trace":2,"frames":"in some other way"}"#,
            "it is of version 2 of the format, and this parade reads version 1; record it anew",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.starts_with(why), "{text}: {error}");
    }
    assert!(matches!(
        read(&folder.path().join("none")),
        Err(ReadError::Io(_))
    ));
}

/// Two threads that hand a lock over every 5 ms, seen at this moment.
fn handed_over(until_ms: u64) -> Holds {
    const MS: u64 = 1_000_000;
    let mut log = HoldLog::default();
    let holders = ["MainThread", "Thread-1 (work)"].map(|name| log.join(name));
    for at in (0..until_ms).step_by(5) {
        let turn = (at / 5 % 2) as usize;
        log.take(holders[turn], turn as u64, at * MS);
        log.request_drop();
        log.drop((at + 5) * MS);
    }
    log.at(until_ms * MS)
}

fn with_lock(mut snapshot: Snapshot, until_ms: u64) -> Snapshot {
    let holds = handed_over(until_ms);
    snapshot.lanes[0].counters = holds.counters();
    snapshot.lanes[0].pss_max = Some(2 << 20);
    snapshot.lanes[0].switches = Some((3, 4));
    snapshot.lanes[0].holds = Some(Box::new(holds));
    snapshot
}

/// A run of a second and a bit under a lock.
fn recorded_with_lock() -> Trace {
    let mut recorder = Recorder::default();
    for ms in (0..1_150).step_by(100) {
        recorder.take(&with_lock(moment(ms), ms));
    }
    recorder.take(&with_lock(last_moment(1_150), 1_150));
    recorder.finish().unwrap()
}

#[test]
fn a_replay_has_the_lock_as_it_was() {
    let trace = recorded_with_lock();
    for ms in [300, 800, 1_150] {
        let then = trace.at(Duration::from_millis(ms));
        let lane = &then.lanes[0];
        let (seen, was) = (lane.holds.as_deref().unwrap(), handed_over(ms));
        let newest = |holds: &Holds| {
            holds
                .newest
                .iter()
                .rev()
                .take(48)
                .copied()
                .collect::<Vec<_>>()
        };
        assert_eq!(newest(seen), newest(&was), "at {ms} ms");
        let rest = |holds: &Holds| Holds {
            newest: [].into(),
            ..holds.clone()
        };
        assert_eq!(rest(seen), rest(&was), "at {ms} ms");
        assert_eq!(
            (&lane.counters, lane.pss_max, lane.switches),
            (&was.counters(), Some(2 << 20), Some((3, 4)))
        );
    }
}

#[test]
fn a_replay_ends_with_all_interleavings() {
    let found = Interleavings {
        outcomes: vec![interleavings::Outcome {
            text: "2".to_owned(),
            schedules: "2".to_owned(),
            share: 0.1,
            example: vec![1, 1, 1, 2, 2, 2],
            ..interleavings::Outcome::default()
        }],
        outcomes_total: 2,
        schedules: "20".to_owned(),
        states: 16,
        steps: 6,
        stopped: None,
    };
    let mut recorder = Recorder::default();
    let mut end = last_moment(1_150);
    let report = end.report.as_mut().unwrap();
    report.lanes[0].interleavings = Some(Box::new(found.clone()));
    recorder.take(&end);
    let text = serde_json::to_string(&recorder.finish().unwrap()).unwrap();
    let trace: Trace = serde_json::from_str(&text).unwrap();
    let report = trace.at(trace.length()).report.unwrap();
    assert_eq!(report.lanes[0].interleavings.as_deref(), Some(&found));
}

#[test]
fn a_trace_from_before_locks_were_kept_still_reads() {
    let now = recorded_with_lock();
    let mut json = serde_json::to_value(&now).unwrap();
    json.as_object_mut().unwrap().remove("holds").unwrap();
    for frame in json["frames"].as_array_mut().unwrap() {
        let lane = frame["lanes"][0].as_object_mut().unwrap();
        for later in ["pss_max", "switches", "counters", "holds"] {
            assert!(lane.remove(later).is_some(), "{later}");
        }
    }
    let before: Trace = serde_json::from_value(json).unwrap();
    let then = before.at(Duration::from_millis(800));
    assert_eq!(
        (then.lanes[0].progress, &then.lanes[0].holds),
        (Some(0.08), &None)
    );
    assert_eq!(before.timeline, now.timeline);
}

#[test]
fn a_lock_of_another_file_is_no_danger() {
    let mut trace = recorded_with_lock();
    let frame = trace.frames.last_mut().unwrap();
    frame.lanes[0].holds.as_mut().unwrap().newest = vec![(77, 0, 5)];
    trace.holds = vec![Some(Holds::default())];
    let then = trace.at(trace.length());
    let holds = then.lanes[0].holds.as_deref().unwrap();
    assert_eq!((holds.newest.len(), holds.stretches.len()), (0, 0));
}
