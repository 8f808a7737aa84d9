use super::file::{ReadError, read, write};
use super::*;
use crate::catalogue;

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
