//! What the page needs of a trace to draw any of its moments: arrays, since there are many.

use parade_demos::snapshot::{LaneState, Phase};
use parade_demos::spec::{DemoSpec, Show};
use parade_demos::trace::{Frame, LaneFrame, Trace};
use serde_json::{Value, json};

use super::lock;

/// The counters that any picture shows.
const COUNTERS: [&str; 10] = [
    "lateness_ms_p50",
    "lateness_ms_p99",
    "lateness_ms_max",
    "transfer_us_mean",
    "usable_mb_per_s",
    "private_ns",
    "shared_ns",
    "immortal_ns",
    "gil_switches_per_s",
    "gil_drop_requests_per_s",
];

const MIB: f64 = 1024.0 * 1024.0;

/// Cores, what the columns of a lane's sample are, whom each lane is measured against, and the frames.
pub(super) fn of(spec: &DemoSpec, trace: &Trace) -> Value {
    let counters: Vec<&str> = COUNTERS
        .into_iter()
        .filter(|name| counted(trace, name))
        .collect();
    let lanes = &trace.report.lanes;
    let against = lanes.iter().map(|lane| {
        let name = lane.against.as_ref()?;
        lanes.iter().position(|other| other.name == *name)
    });
    let cores: Vec<usize> = trace.cores.iter().map(|core| core.id).collect();
    let frames = trace.frames.iter();
    let mut samples = json!({
        "cores": cores,
        "counters": counters,
        "against": against.collect::<Vec<_>>(),
        "frames": frames.map(|frame| frame_of(frame, &counters)).collect::<Vec<_>>(),
    });
    if spec.show == Show::Gil {
        samples["locks"] = lock::samples(trace);
    }
    samples
}

/// Whether any lane has this counter at any moment.
fn counted(trace: &Trace, name: &str) -> bool {
    let frames = trace.frames.iter().flat_map(|frame| &frame.lanes);
    frames
        .flat_map(|lane| &lane.counters)
        .any(|(known, _)| known == name)
}

/// Moment, phase, loads in thousandths, and the lanes.
fn frame_of(frame: &Frame, counters: &[&str]) -> Value {
    let phase = match frame.phase {
        Phase::Starting => "starting",
        Phase::Calibrating => "calibrating",
        Phase::Ideal => "measuring the ideal",
        Phase::Running => "",
        Phase::Finished => "over",
    };
    let lanes = frame.lanes.iter().map(|lane| lane_of(lane, counters));
    json!([frame.at_ms, phase, frame.loads, lanes.collect::<Vec<_>>()])
}

/// Sign, progress, wall and CPU time in seconds, cores, memory in MiB, context switches, counters.
fn lane_of(lane: &LaneFrame, counters: &[&str]) -> Value {
    let sign = match lane.state {
        LaneState::Waiting => return json!(["·"]),
        LaneState::Running => "▸",
        LaneState::Done => "✓",
        LaneState::Failed(_) => "✗",
        LaneState::Cancelled => "■",
        LaneState::Refused(_) => "–",
    };
    let mut sample = vec![
        json!(sign),
        json!(lane.progress),
        json!(lane.wall_ms as f64 / 1e3),
        json!(lane.cpu_ms as f64 / 1e3),
        json!(lane.cores_used),
        json!(lane.pss_max.map(|bytes| tenths(bytes as f64 / MIB))),
        json!(lane.switches.map(|(own, forced)| own + forced)),
    ];
    let value = |name: &&str| {
        let known = lane.counters.iter().find(|(known, _)| known == name);
        json!(known.map(|(_, value)| thousandths(*value)))
    };
    sample.extend(counters.iter().map(value));
    Value::Array(sample)
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn thousandths(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
