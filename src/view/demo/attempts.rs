//! `show: attempts`: every runtime on one program. A row for each: what one thread costs against the
//! baseline, how much faster many threads are, the memory, and beside what was measured here the figure
//! that was reported of the real thing.

use parade_demos::catalogue::{self, Reported, reported::FIGURE_COLUMNS_MAX};

use super::Scene;
use super::lane::{LaneRow, Sign};
use super::matrix::{self, Cell, Grid};
use crate::app::DemoFocus;
use crate::layout::{matrix as matrix_rows, text_width};
use crate::theme::Role;
use crate::view::bar::{cells, track};
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::BAR;
use crate::view::words::lines;

/// Columns of a factor and of the sign before it.
const FACTOR_WIDTH: u16 = 6;
/// Columns of a lane's memory, and the width from which on it has them.
const MEMORY_WIDTH: u16 = 10;
const WITH_MEMORY: u16 = 92;
/// Columns of what was reported; with more of them its source stands beside it.
const REPORTED_WIDTH: u16 = FIGURE_COLUMNS_MAX as u16;
const REPORTED_WIDTH_MAX: u16 = 46;
const GAP: u16 = 2;
/// A cost beyond this many times the baseline's runs out of its bar.
const COST_MAX: f64 = 4.0;

/// Where everything stands.
struct Columns {
    grid: Grid,
    /// The column after a lane's memory, where there is room for it.
    memory_end: Option<u16>,
    reported: Cell,
}

impl Columns {
    fn of(scene: &Scene, width: u16) -> Self {
        let memory_width = if width >= WITH_MEMORY {
            MEMORY_WIDTH
        } else {
            0
        };
        let reported_width = REPORTED_WIDTH
            .max(width.saturating_sub(80))
            .min(REPORTED_WIDTH_MAX);
        let grid = Grid::beside(scene, width, memory_width + GAP + reported_width);
        let memory_end = grid.halves[1].x + grid.halves[1].width + memory_width;
        Self {
            memory_end: (memory_width > 0).then_some(memory_end),
            reported: Cell {
                x: memory_end + GAP,
                width: reported_width,
            },
            grid,
        }
    }
}

/// Draws the heads and a row for each runtime.
pub(super) fn draw(scene: &Scene, pitch: u16, canvas: &mut Canvas) {
    let columns = Columns::of(scene, canvas.width());
    heads(scene, &columns, canvas);
    let fastest = scene.lanes.iter().filter_map(|lane| lane.speedup);
    let full = fastest.chain(scene.ideal()).fold(1.0, f64::max);
    let grid = &columns.grid;
    matrix::each(scene, grid, pitch, canvas, |lane, colour, cell, row| {
        if cell == grid.halves[0] {
            factor(cost(scene, lane), COST_MAX, colour, cell, row);
        } else {
            factor(lane.speedup, full, colour, cell, row);
            if let (Some(end), Some(memory)) = (columns.memory_end, lane.pss_mib) {
                row.right(end, 0, &figure::mib(memory), Role::Text);
            }
        }
    });
    reports(scene, pitch, columns.reported, canvas);
}

/// Each figure's name begins where the widest figure does.
fn heads(scene: &Scene, columns: &Columns, canvas: &mut Canvas) {
    let titles = matrix::titles(scene);
    let halves = columns.grid.halves.into_iter();
    for ((half, title), what) in halves.zip(titles).zip(["cost", "speed-up"]) {
        let room = half.width.saturating_sub(1);
        canvas.cut(half.x + 1, 0, room, &title, Role::Muted);
        canvas.cut(half.x + 1, 1, room, what, Role::Muted);
    }
    if let Some(end) = columns.memory_end {
        canvas.right(end, 1, "memory", Role::Muted);
    }
    canvas.text(columns.reported.x, 1, "reported", Role::Muted);
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
    let end = cell.x + FACTOR_WIDTH;
    row.right(end, 0, &figure::times(value), Role::Text);
    let bar_x = end + 1;
    let bar_width = (cell.x + cell.width).saturating_sub(bar_x + GAP);
    track(row, bar_x, 0, bar_width);
    row.repeat(bar_x, 0, cells(bar_width, value / full), BAR, colour);
    if value > full * 1.001 && bar_width > 0 {
        row.sign(bar_x + bar_width - 1, 0, "▸", colour);
    }
}

/// What was reported of each row's runtime.
fn reports(scene: &Scene, pitch: u16, place: Cell, canvas: &mut Canvas) {
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
        canvas.cut(place.x, y, place.width, reported.figure, Role::Text);
        let source_x = place.x + REPORTED_WIDTH + 1;
        let room = (place.x + place.width).saturating_sub(source_x);
        if room > 12 {
            canvas.cut(source_x, y, room, reported.source, Role::Muted);
        }
    }
}

/// What the rows had no room for: why a runtime did not run the program, and how much memory they took.
pub(super) fn remarks(scene: &Scene, width: u16) -> Vec<String> {
    let columns = Columns::of(scene, width);
    let rows = matrix_rows(&scene.demo.spec).unwrap_or_default();
    let lane = |index: Option<usize>| index.and_then(|index| scene.lane(index));
    let room = usize::from(columns.grid.reason_width());
    let refusals = rows.iter().filter_map(|row| {
        let reason = lane(row.one).or(lane(row.many))?.reason?;
        (text_width(reason) > room).then(|| format!("{}: {reason}", row.label))
    });
    let mut remarks = Vec::new();
    for refusal in refusals {
        remarks.extend(lines(&refusal, width).map(str::to_owned));
    }
    if columns.memory_end.is_none() {
        let measured = rows.iter().filter_map(|row| {
            let memory = lane(row.many.or(row.one))?.pss_mib?;
            Some((row.label, memory))
        });
        remarks.extend(memory(measured.collect()));
    }
    remarks
}

/// `memory 2.1 MiB (GIL) to 48 MiB (PyParallel)`.
fn memory(mut measured: Vec<(&str, f64)>) -> Option<String> {
    measured.sort_by(|one, other| one.1.total_cmp(&other.1));
    let [(least, least_mib), .., (most, most_mib)] = measured.as_slice() else {
        return None;
    };
    Some(format!(
        "memory {} ({least}) to {} ({most})",
        figure::mib(*least_mib),
        figure::mib(*most_mib)
    ))
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
