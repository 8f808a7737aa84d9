//! A demo: what came out of its run as a table, and the samples of its trace, from which the page
//! draws gauges and lanes as they were at any moment.

use std::fmt::Write as _;

use parade_demos::report::{LaneReport, Outcome, Report, VerdictState};
use parade_demos::snapshot::{LaneState, Phase};
use parade_demos::spec::DemoSpec;
use parade_demos::trace::{Frame, LaneFrame, Trace};
use serde_json::{Value, json};

use super::attributes::Attributes;
use super::text::{escaped, json as script, words};
use crate::deck::Date;

/// Writes a demo, with its run where there is a trace of it.
pub(super) fn write(spec: &DemoSpec, trace: Option<&Trace>, place: &Attributes, out: &mut String) {
    let title = spec.title.as_deref().unwrap_or(&spec.name);
    let _ = writeln!(
        out,
        "<figure{} data-demo=\"{}\">\n<figcaption>{}</figcaption>",
        place.with("demo"),
        escaped(&spec.name),
        words(title)
    );
    match trace {
        Some(trace) => replay(spec, trace, out),
        None => unseen(spec, out),
    }
    out.push_str("</figure>\n");
}

/// What would run, where nothing is known of a run.
fn unseen(spec: &DemoSpec, out: &mut String) {
    let labels: Vec<String> = spec.lanes.iter().map(|lane| words(&lane.label)).collect();
    let _ = writeln!(
        out,
        "<p class=\"r-muted\">{}. Not run here.</p>",
        labels.join(", ")
    );
}

fn replay(spec: &DemoSpec, trace: &Trace, out: &mut String) {
    let report = &trace.report;
    let machine = &trace.machine;
    let cpu = if machine.cpu.is_empty() {
        &machine.os
    } else {
        &machine.cpu
    };
    let _ = writeln!(
        out,
        "<div class=\"replay\" hidden><button data-do=\"play\" aria-label=\"Replay the run\">▶</button>\
         <input type=\"range\" min=\"0\" max=\"{}\" aria-label=\"Moment of the run\">\
         <output></output><span class=\"mark\">REPLAY</span></div>\n<div class=\"gauges\"></div>",
        trace.length().as_millis(),
    );
    out.push_str(
        "<div class=\"runs\"><table class=\"run\"><thead><tr><th scope=\"col\"></th><th scope=\"col\"></th>\
         <th scope=\"col\">progress</th><th scope=\"col\">wall</th><th scope=\"col\">cores</th>\
         <th scope=\"col\">speed-up</th><th scope=\"col\">memory</th></tr></thead><tbody>\n",
    );
    for lane in &report.lanes {
        row(spec, lane, out);
    }
    out.push_str("</tbody></table></div>\n");
    verdict(report, out);
    let cores = trace.cores.len();
    let ideal = report
        .ideal_speedup
        .map_or(String::new(), |ideal| format!(" · ideal here {ideal:.2}×"));
    let day = trace.recorded_s.and_then(Date::of_unix);
    let day = day.map_or(String::new(), |day| format!(" · {day}"));
    let _ = writeln!(
        out,
        "<p class=\"r-muted\">Measured on {} · {cores} cores, {} usable{ideal}{day}</p>",
        words(cpu),
        machine.usable,
    );
    let _ = writeln!(
        out,
        "<script type=\"application/json\">{}</script>",
        script(&samples(trace))
    );
}

/// A lane as it came out.
fn row(spec: &DemoSpec, lane: &LaneReport, out: &mut String) {
    let figure = |value: Option<f64>, unit: &str, digits: usize| {
        value.map_or("–".to_owned(), |value| format!("{value:.digits$}{unit}"))
    };
    let (sign, role) = match lane.outcome {
        Outcome::Done => ("✓", "good"),
        Outcome::Failed => ("✗", "error"),
        _ => ("–", "warning"),
    };
    let colour = colour(spec, &lane.name);
    let _ = write!(
        out,
        "<tr style=\"--lane:var(--lane-{colour})\"><td class=\"sign r-{role}\">{sign}</td>\
         <th scope=\"row\">{}</th><td><div class=\"bar\"><i style=\"width:100%\"></i></div></td>\
         <td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        words(&lane.label),
        figure(lane.wall_s, " s", 2),
        figure(lane.cores_used, "", 2),
        figure(lane.speedup, "×", 2),
        figure(lane.pss_mib_max, " MiB", 1),
    );
    if let Some(error) = &lane.error {
        let _ = write!(
            out,
            "<tr><td></td><td colspan=\"6\" class=\"r-error\">{}</td></tr>",
            words(error)
        );
    }
    out.push('\n');
}

/// The number of a lane's colour, from 1: its place in the deck; the baseline that a run adds has
/// the first.
fn colour(spec: &DemoSpec, name: &str) -> usize {
    let lane = spec.lanes.iter().position(|lane| lane.name == name);
    lane.map_or(0, |at| at + 1) % usize::from(crate::theme::LANE_COLOURS) + 1
}

fn verdict(report: &Report, out: &mut String) {
    let verdict = &report.verdict;
    let (sign, role) = match verdict.state {
        VerdictState::Holds => ("✓ ", "good"),
        VerdictState::Fails => ("✗ ", "error"),
        VerdictState::Withheld => ("– ", "warning"),
        VerdictState::None => ("", "text"),
    };
    let _ = writeln!(
        out,
        "<p class=\"verdict\"><span class=\"r-{role}\">{sign}</span>{}</p>",
        words(&verdict.text)
    );
    if let Some(reason) = &verdict.reason {
        let _ = writeln!(out, "<p class=\"verdict r-muted\">{}</p>", words(reason));
    }
}

/// What the page needs of a trace: short names, since there are many.
fn samples(trace: &Trace) -> Value {
    let cores: Vec<Value> = trace
        .cores
        .iter()
        .map(|core| json!([core.id, core.usable]))
        .collect();
    let frames: Vec<Value> = trace.frames.iter().map(frame).collect();
    json!({"every": trace.every_ms, "cores": cores, "frames": frames})
}

/// Moment, phase, loads in thousandths, and of each lane its sign, progress, wall time and cores.
fn frame(frame: &Frame) -> Value {
    let phase = match frame.phase {
        Phase::Starting => "starting",
        Phase::Calibrating => "calibrating",
        Phase::Ideal => "measuring the ideal",
        Phase::Running => "",
        Phase::Finished => "over",
    };
    let lanes: Vec<Value> = frame.lanes.iter().map(lane).collect();
    json!([frame.at_ms, phase, frame.loads, lanes])
}

fn lane(lane: &LaneFrame) -> Value {
    let sign = match lane.state {
        LaneState::Waiting => "·",
        LaneState::Running => "▶",
        LaneState::Done => "✓",
        LaneState::Failed(_) => "✗",
        LaneState::Cancelled | LaneState::Refused(_) => "–",
    };
    json!([sign, lane.progress, lane.wall_ms, lane.cores_used])
}
