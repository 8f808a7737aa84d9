//! The console's row about the run: each core's load and the lane at work, then what came of it. The
//! pane of the slide may be too small to tell.

use parade_demos::report::{Report, VerdictState};
use parade_demos::snapshot::{Lane, LaneState, Snapshot};

use crate::app::{DemoState, LaneSource, State};
use crate::theme::Role;
use crate::view::bar::level;
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::UP;

/// The most cores that are drawn one by one.
const CORES_MAX: usize = 32;

/// Draws the row for the demo that keys go to.
pub(super) fn draw(state: &State, row: &mut Canvas) {
    let (Some(key), Some(demo)) = (&state.demo, state.demo_in_focus()) else {
        return;
    };
    match state.source(key, demo) {
        LaneSource::Spec(_) => ready(demo, row),
        LaneSource::Snapshot(snapshot) => running(snapshot, row),
        LaneSource::Report(report) => verdict(report, row),
    }
}

fn ready(demo: &DemoState, row: &mut Canvas) {
    let lanes: Vec<&str> = demo
        .spec
        .lanes
        .iter()
        .map(|lane| lane.label.as_str())
        .collect();
    let ready = format!("ready: {}", lanes.join(", "));
    let text = demo.refused.as_ref().unwrap_or(&ready);
    row.cut(2, 0, row.width().saturating_sub(2), text, Role::Muted);
}

/// `▶ threads  62 %  1.98 cores  2.05 s   ▇▇▁▁`
fn running(snapshot: &Snapshot, row: &mut Canvas) {
    let mut x = row.text(2, 0, "cores ", Role::Muted);
    for core in snapshot.cores.iter().take(CORES_MAX) {
        let role = if core.now.lane > core.now.other {
            Role::Accent
        } else {
            Role::Other
        };
        row.sign(x, 0, UP[level(core.now.busy()).max(1)], role);
        x += 1;
    }
    let at_work = LaneSource::Snapshot(snapshot).lane_at_work();
    let Some(lane) = at_work.and_then(|at| snapshot.lanes.get(at)) else {
        row.text(x + 2, 0, "measuring what is ideal here", Role::Muted);
        return;
    };
    let room = row.width().saturating_sub(x + 2);
    row.cut(x + 2, 0, room, &figures(lane), Role::Text);
}

fn figures(lane: &Lane) -> String {
    let sign = match lane.state {
        LaneState::Running => "▶",
        LaneState::Done => "✓",
        _ => "·",
    };
    let done = lane
        .progress
        .map(|done| format!("  {} %", figure::percent(done)))
        .unwrap_or_default();
    format!(
        "{sign} {}{done}  {:.2} cores  {}",
        lane.label,
        lane.cores_used,
        figure::duration(lane.wall)
    )
}

fn verdict(report: &Report, row: &mut Canvas) {
    let verdict = &report.verdict;
    let (sign, role) = match verdict.state {
        VerdictState::Holds => ("✓ ", Role::Good),
        VerdictState::Fails => ("✗ ", Role::Error),
        VerdictState::Withheld => ("– ", Role::Warning),
        VerdictState::None => ("", Role::Text),
    };
    let end = row.text(2, 0, sign, role);
    let text = verdict.text.split('\n').next().unwrap_or_default();
    row.cut(end, 0, row.width().saturating_sub(end), text, Role::Text);
}
