//! `show: gil`: the lock of an interpreter, from the runtime's own log. A row a thread: who had it in the
//! newest stretch of time, who over the whole run, and the totals, which are those of the counters.

use parade_demos::snapshot::{Lane, LaneState};

use super::Scene;
use crate::app::DemoFocus;
use crate::layout::{HoldPlan, HoldRow, Strip};
use crate::theme::Role;
use crate::view::bar::{level, track};
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::UP;

/// A head above the threads, and a line of figures below them.
const FRAME_ROWS: u16 = 2;
/// Rows that the picture leaves to the verdict.
const VERDICT_ROWS: u16 = 2;

/// Draws the lock of the lane that runs, or of the last that had one, and gives the rows it took.
pub(super) fn draw(scene: &Scene, canvas: &mut Canvas) -> u16 {
    let rows = canvas.height().saturating_sub(VERDICT_ROWS + FRAME_ROWS);
    // One row for all threads would tell nothing.
    let (Some((lane, holds)), 2..) = (lane(scene), rows) else {
        return 0;
    };
    let colour = scene.colour_of(&lane.name);
    let plan = HoldPlan::of(holds, canvas.width(), rows.into());
    head(&plan, canvas);
    for (y, row) in (1..).zip(&plan.rows) {
        one_row(&plan, row, colour, &mut canvas.rows(y, 1));
    }
    let below = 1 + plan.rows.len() as u16;
    canvas.cut(0, below, canvas.width(), &figures(lane), Role::Muted);
    below + 1
}

/// The lane whose lock is shown: the one in focus, else the newest that has told of a lock.
fn lane<'a>(scene: &Scene<'a>) -> Option<(&'a Lane, &'a parade_demos::holds::Holds)> {
    let snapshot = scene.snapshot?;
    let with_lock = |lane: &'a Lane| {
        let begun = lane.state != LaneState::Waiting;
        Some((lane, lane.holds.as_deref().filter(|_| begun)?))
    };
    let in_focus = match scene.demo.focus {
        DemoFocus::Lane(index) => scene.demo.spec.lanes.get(index),
        DemoFocus::All => None,
    };
    let chosen = in_focus
        .and_then(|spec| snapshot.lanes.iter().find(|lane| lane.name == spec.name))
        .and_then(with_lock);
    chosen.or_else(|| snapshot.lanes.iter().rev().find_map(with_lock))
}

fn head(plan: &HoldPlan, canvas: &mut Canvas) {
    canvas.cut(0, 0, plan.name_width, "lock held", Role::Muted);
    let newest = format!("last {}", figure::duration(plan.newest_span));
    let run = format!("the run, {} s", plan.run_span.as_secs_f64());
    for (strip, text) in [(plan.newest, newest), (plan.run, run)] {
        canvas.cut(strip.x, 0, strip.width, &text, Role::Muted);
    }
    canvas.right(plan.share_end, 0, "share", Role::Muted);
    canvas.right(plan.takes_end, 0, "takes", Role::Muted);
}

fn one_row(plan: &HoldPlan, row: &HoldRow, colour: Role, canvas: &mut Canvas) {
    if row.holders == 1 {
        canvas.cut(0, 0, plan.name_width, row.name, Role::Text);
    } else {
        let others = format!("{} more", row.holders);
        canvas.cut(0, 0, plan.name_width, &others, Role::Muted);
    }
    strip(plan.newest, &row.newest, colour, canvas);
    strip(plan.run, &row.run, colour, canvas);
    let share = format!("{:.1} %", 100.0 * row.share);
    canvas.right(plan.share_end, 0, &share, Role::Text);
    let takes = figure::count(row.takes as f64);
    canvas.right(plan.takes_end, 0, &takes, Role::Text);
}

fn strip(strip: Strip, parts: &[f64], colour: Role, canvas: &mut Canvas) {
    track(canvas, strip.x, 0, strip.width);
    for (x, part) in (strip.x..).zip(parts) {
        match level(*part) {
            0 => {}
            height => canvas.sign(x, 0, UP[height], colour),
        }
    }
}

/// `199 switches/s · 199 drop requests/s · late p50 10 ms, p99 21 ms, worst 21 ms`.
fn figures(lane: &Lane) -> String {
    let counter = |name: &str| {
        let found = lane.counters.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| *value)
    };
    let mut parts = Vec::new();
    for (name, what) in [
        ("gil_switches", "switches"),
        ("gil_drop_requests", "drop requests"),
    ] {
        if let (Some(total), Some(rate)) = (counter(name), counter(&format!("{name}_per_s"))) {
            let (total, rate) = (figure::count(total), figure::count(rate.round()));
            parts.push(format!("{what} {total}, {rate}/s"));
        }
    }
    let lateness = ["p50", "p99", "max"].map(|which| counter(&format!("lateness_ms_{which}")));
    if let [Some(p50), Some(p99), Some(max)] = lateness.map(|ms| ms.map(figure::milliseconds)) {
        parts.push(format!("sleeps late p50 {p50}, p99 {p99}, worst {max}"));
    }
    parts.join(" · ")
}
