//! `show: counts`: what it costs to count a reference. A row for each protocol; for one thread and for
//! many, a cell for each kind of object, with the nanoseconds of one operation and a bar on a scale of
//! powers of ten.

use super::Scene;
use super::lane::{LaneRow, Sign};
use super::matrix::{self, Cell};
use super::scale::LogScale;
use crate::theme::Role;
use crate::view::bar::bar;
use crate::view::canvas::Canvas;
use crate::view::figure;

/// The kinds of objects, and the counter of each.
const KINDS: [(&str, &str); 3] = [
    ("private", "private_ns"),
    ("shared", "shared_ns"),
    ("immortal", "immortal_ns"),
];
/// The kind whose count can come out wrong, by its place.
const SHARED: usize = 1;
/// A figure with its mark, and the gap before it.
const FIGURE_WIDTH: u16 = 6;
/// The gap before a bar.
const GAP: u16 = 1;

/// Draws the heads and a row for each protocol.
pub(super) fn draw(scene: &Scene, pitch: u16, canvas: &mut Canvas) {
    let values = scene.lanes.iter().flat_map(costs).flatten();
    let scale = LogScale::over(values);
    let grid = matrix::Grid::of(scene, canvas.width());
    canvas.cut(0, 1, grid.label_width, "ns a count", Role::Muted);
    for (half, title) in grid.halves.into_iter().zip(matrix::titles(scene)) {
        canvas.cut(half.x, 0, half.width, &title, Role::Muted);
        for (part, (kind, _)) in parts(half).into_iter().zip(KINDS) {
            canvas.right(part.x + part.width, 1, kind, Role::Muted);
        }
    }
    matrix::each(scene, &grid, pitch, canvas, |lane, colour, cell, row| {
        for (index, part) in parts(cell).into_iter().enumerate() {
            one_cost(lane, index, colour, scale, part, row);
        }
    });
}

/// Where the three kinds stand.
fn parts(cell: Cell) -> [Cell; KINDS.len()] {
    let width = cell.width / KINDS.len() as u16;
    [0, 1, 2].map(|index| Cell {
        x: cell.x + index * width,
        width,
    })
}

fn one_cost(
    lane: &LaneRow,
    kind: usize,
    colour: Role,
    scale: LogScale,
    part: Cell,
    row: &mut Canvas,
) {
    let Some(cost) = costs(lane)[kind] else {
        return;
    };
    let bar_width = part.width.saturating_sub(GAP + FIGURE_WIDTH);
    bar(
        row,
        part.x + GAP,
        0,
        bar_width,
        scale.fraction(cost),
        colour,
    );
    let is_wrong = kind == SHARED && lane.counter("lost").is_some_and(|lost| lost > 0.0);
    let (mark, role) = if is_wrong {
        ("✗", Role::Error)
    } else {
        ("", Role::Text)
    };
    let text = format!("{mark}{}", figure::nanoseconds(cost));
    row.right(part.x + part.width, 0, &text, role);
}

/// What an operation cost a lane, for each kind that it has come to.
fn costs(lane: &LaneRow) -> [Option<f64>; KINDS.len()] {
    match lane.sign {
        Sign::Running | Sign::Done => KINDS.map(|(_, counter)| lane.counter(counter)),
        _ => [None; KINDS.len()],
    }
}

/// What is to be said of counts that came out wrong.
pub(super) fn wrong_counts(scene: &Scene) -> Option<String> {
    let wrong = scene.lanes.iter().filter_map(|lane| {
        let lost = lane.counter("lost").filter(|lost| *lost > 0.0)?;
        Some(format!("{} by {}", lane.label, figure::count(lost)))
    });
    let wrong: Vec<String> = wrong.collect();
    (!wrong.is_empty()).then(|| format!("✗ the shared count came out wrong: {}", wrong.join(" · ")))
}
