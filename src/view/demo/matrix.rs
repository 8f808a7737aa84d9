//! What pictures have in common that show lanes as a matrix: a row for each kind of lane, a cell for one
//! thread and a cell for many.

use parade_demos::spec::Workers;

use super::Scene;
use super::lane::{LaneRow, Sign};
use crate::app::DemoFocus;
use crate::layout::{MatrixRow, matrix, text_width};
use crate::theme::{Ink, Role};
use crate::view::canvas::Canvas;
use crate::view::figure;

/// Rows above the first of the matrix.
const HEAD_ROWS: u16 = 2;
const GAP: u16 = 2;

/// Columns of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) x: u16,
    pub(super) width: u16,
}

/// Where the rows' names and cells stand.
pub(super) struct Grid {
    pub(super) label_width: u16,
    /// One thread's cell, and that of many.
    pub(super) halves: [Cell; 2],
}

impl Grid {
    /// With the whole width for the cells.
    pub(super) fn of(scene: &Scene, width: u16) -> Self {
        Self::beside(scene, width, 0)
    }

    /// With so many columns left free at the right.
    pub(super) fn beside(scene: &Scene, width: u16, taken: u16) -> Self {
        let rows = matrix(&scene.demo.spec).unwrap_or_default();
        let longest = rows.iter().map(|row| text_width(row.label)).max();
        let label_width = (longest.unwrap_or(0) as u16).clamp(10, (width / 3).max(10));
        let x = label_width + GAP;
        let half = width.saturating_sub(x + taken) / 2;
        Self {
            label_width,
            halves: [0, half].map(|offset| Cell {
                x: x + offset,
                width: half,
            }),
        }
    }
}

impl Grid {
    /// Both halves as one cell.
    fn both(&self) -> Cell {
        let [one, many] = self.halves;
        Cell {
            x: one.x,
            width: one.width + many.width,
        }
    }

    /// Columns for the reason why neither of a row's lanes ran.
    pub(super) fn reason_width(&self) -> u16 {
        reason_room(self.both())
    }
}

/// Columns of a cell for a reason, behind its sign.
fn reason_room(cell: Cell) -> u16 {
    cell.width.saturating_sub(GAP + 1)
}

/// What stands above each half.
pub(super) fn titles(scene: &Scene) -> [String; 2] {
    let spec = &scene.demo.spec;
    let many = spec.lanes.iter().find_map(|lane| match lane.workers {
        Workers::Count(1) => None,
        Workers::Count(count) => Some(count as usize),
        Workers::Cores | Workers::Items => {
            let measured = scene.snapshot.map(|snapshot| snapshot.machine.usable);
            Some(measured.unwrap_or(scene.state.cores as usize))
        }
    });
    [1, many.unwrap_or(1)].map(|threads| figure::counted(threads, "thread"))
}

/// Draws the name of each row for which there is room, and has `draw` fill its cells; one that has
/// nothing to show yet gets its sign, one that never will its reason.
pub(super) fn each(
    scene: &Scene,
    grid: &Grid,
    pitch: u16,
    canvas: &mut Canvas,
    draw: impl Fn(&LaneRow, Role, Cell, &mut Canvas),
) {
    let rows = matrix(&scene.demo.spec).unwrap_or_default();
    let places = (HEAD_ROWS..canvas.height()).step_by(pitch.max(1).into());
    for (row, y) in rows.iter().zip(places) {
        let mut strip = canvas.rows(y, 1);
        name(scene, grid, row, &mut strip);
        let lane = |index: Option<usize>| index.and_then(|index| scene.lane(index));
        match (lane(row.one), lane(row.many)) {
            (Some(one), Some(many)) if one.reason.is_some() && one.reason == many.reason => {
                one_cell(one, grid.both(), &mut strip, &draw);
            }
            lanes => {
                for (lane, cell) in [lanes.0, lanes.1].into_iter().zip(grid.halves) {
                    if let Some(lane) = lane {
                        one_cell(lane, cell, &mut strip, &draw);
                    }
                }
            }
        }
    }
}

/// What is drawn of a lane: its sign before it runs, why there will be nothing, or its figures.
fn one_cell(
    lane: &LaneRow,
    cell: Cell,
    strip: &mut Canvas,
    draw: impl Fn(&LaneRow, Role, Cell, &mut Canvas),
) {
    let (sign, role) = lane.sign.drawn(lane.colour);
    match (lane.sign, lane.reason) {
        (_, Some(reason)) => {
            strip.sign(cell.x, 0, sign, role);
            strip.cut(cell.x + GAP, 0, reason_room(cell), reason, role);
        }
        (Sign::Waiting | Sign::Cancelled, None) => strip.sign(cell.x, 0, sign, role),
        _ => {
            if lane.sign == Sign::Running {
                strip.sign(cell.x, 0, sign, role);
            }
            draw(lane, lane.colour, cell, strip);
        }
    }
}

fn name(scene: &Scene, grid: &Grid, row: &MatrixRow, strip: &mut Canvas) {
    let is_chosen = match scene.demo.focus {
        DemoFocus::All => false,
        DemoFocus::Lane(lane) => row.has(lane),
    };
    let lanes = [row.one, row.many].into_iter().flatten();
    let is_running = lanes
        .filter_map(|index| scene.lane(index))
        .any(|lane| lane.sign == Sign::Running);
    let role = if is_chosen {
        Role::Selected
    } else {
        Role::Text
    };
    let bold = is_chosen || is_running;
    strip.cut(
        0,
        0,
        grid.label_width,
        row.label,
        Ink {
            bold,
            ..role.into()
        },
    );
}
