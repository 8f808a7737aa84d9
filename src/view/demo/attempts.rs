//! `show: attempts`: every runtime on one program. A row for each: what one thread costs against the
//! baseline, how much faster many threads are, the memory, and beside what was measured here the figure
//! that was reported of the real thing.

use parade_demos::catalogue::{self, Reported};

use super::Scene;
use super::lane::{LaneRow, Sign};
use super::matrix::{self, Cell, Grid};
use crate::app::DemoFocus;
use crate::layout::matrix as matrix_rows;
use crate::theme::Role;
use crate::view::bar::{cells, track};
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::BAR;

/// Columns of a factor.
const FACTOR_WIDTH: u16 = 7;
const MEMORY_WIDTH: u16 = 9;
/// Columns of what was reported; with more of them its source stands beside it.
const REPORTED_WIDTH: u16 = 18;
const REPORTED_WIDTH_MAX: u16 = 46;
const GAP: u16 = 2;
/// A cost beyond this many times the baseline's runs out of its bar.
const COST_MAX: f64 = 4.0;

/// Draws the heads and a row for each runtime.
pub(super) fn draw(scene: &Scene, pitch: u16, canvas: &mut Canvas) {
    let width = canvas.width();
    let reported_width = REPORTED_WIDTH
        .max(width.saturating_sub(80))
        .min(REPORTED_WIDTH_MAX);
    let grid = Grid::beside(scene, width, MEMORY_WIDTH + GAP + reported_width);
    let memory_end = grid.halves[1].x + grid.halves[1].width + MEMORY_WIDTH;
    let reported_x = memory_end + GAP;
    heads(scene, &grid, (memory_end, reported_x), canvas);
    let fastest = scene.lanes.iter().filter_map(|lane| lane.speedup);
    let full = fastest.chain(scene.ideal()).fold(1.0, f64::max);
    matrix::each(scene, &grid, pitch, canvas, |lane, colour, cell, row| {
        if cell == grid.halves[0] {
            factor(cost(scene, lane), COST_MAX, colour, cell, row);
        } else {
            factor(lane.speedup, full, colour, cell, row);
            if let Some(memory) = lane.pss_mib {
                row.right(memory_end, 0, &figure::mib(memory), Role::Text);
            }
        }
    });
    reports(scene, pitch, (reported_x, reported_width), canvas);
}

fn heads(scene: &Scene, grid: &Grid, (memory_end, reported_x): (u16, u16), canvas: &mut Canvas) {
    let what = ["cost", "speed-up"];
    for ((half, title), what) in grid.halves.into_iter().zip(matrix::titles(scene)).zip(what) {
        canvas.cut(half.x, 0, half.width, &title, Role::Muted);
        canvas.cut(half.x, 1, half.width, what, Role::Muted);
    }
    canvas.right(memory_end, 1, "memory", Role::Muted);
    canvas.text(reported_x, 1, "reported", Role::Muted);
}

/// What one thread takes against one under the baseline, which itself takes as long as it does.
fn cost(scene: &Scene, lane: &LaneRow) -> Option<f64> {
    let mut own = scene.demo.spec.lanes.iter();
    let own = own.find(|own| own.name == lane.name());
    if lane.sign == Sign::Done && own.is_some_and(catalogue::is_baseline) {
        return Some(1.0);
    }
    lane.speedup.map(|speedup| 1.0 / speedup)
}

/// A factor and its bar; one that runs out of its bar ends in a sign.
fn factor(value: Option<f64>, full: f64, colour: Role, cell: Cell, row: &mut Canvas) {
    let Some(value) = value else {
        return;
    };
    let x = cell.x + GAP;
    row.right(x + FACTOR_WIDTH - 1, 0, &figure::times(value), Role::Text);
    let bar_x = x + FACTOR_WIDTH;
    let bar_width = (cell.x + cell.width).saturating_sub(bar_x + GAP);
    track(row, bar_x, 0, bar_width);
    row.repeat(bar_x, 0, cells(bar_width, value / full), BAR, colour);
    if value > full * 1.001 && bar_width > 0 {
        row.sign(bar_x + bar_width - 1, 0, "▸", colour);
    }
}

/// What was reported of each row's runtime.
fn reports(scene: &Scene, pitch: u16, (x, width): (u16, u16), canvas: &mut Canvas) {
    let rows = matrix_rows(&scene.demo.spec).unwrap_or_default();
    let places = (2..canvas.height()).step_by(pitch.max(1).into());
    for (row, y) in rows.iter().zip(places) {
        let lane = row
            .one
            .or(row.many)
            .map(|index| &scene.demo.spec.lanes[index]);
        let Some(reported) = lane.and_then(|lane| catalogue::reported(&lane.model).first()) else {
            continue;
        };
        let end = canvas.cut(x, y, width, reported.figure, Role::Text);
        let room = (x + width).saturating_sub(end + 1);
        if room > 12 {
            canvas.cut(end + 1, y, room, reported.source, Role::Muted);
        }
    }
}

/// All that was reported of the runtime in focus, or at work, with its sources; a line each.
pub(super) fn sources(scene: &Scene) -> Vec<String> {
    let lanes = &scene.demo.spec.lanes;
    let at_work = || {
        let name = scene
            .lanes
            .get(scene.source.lane_at_work()?)
            .map(LaneRow::name)?;
        lanes.iter().find(|lane| lane.name == name)
    };
    let lane = match scene.demo.focus {
        DemoFocus::Lane(index) => lanes.get(index),
        DemoFocus::All => at_work(),
    };
    let reported = lane.map_or(&[][..], |lane| catalogue::reported(&lane.model));
    let told = |reported: &Reported| format!("reported: {} ({})", reported.figure, reported.source);
    reported.iter().map(told).collect()
}
