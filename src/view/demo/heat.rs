//! Many cores as a grid, a cell a core: its height is the load, its kind of sign says whose it is.

use parade_demos::snapshot::Core;

use crate::layout::HeatGrid;
use crate::theme::Role;
use crate::view::bar::level;
use crate::view::canvas::Canvas;
use crate::view::glyph::{SHADES, UP};

/// Draws the grid below its head.
pub(super) fn draw(
    cores: &[Core],
    grid: HeatGrid,
    (lane, taken): (Role, u16),
    canvas: &mut Canvas,
) {
    totals(cores, [UP[7], SHADES[1], SHADES[1]], lane, taken, canvas);
    let digits = cores.len().saturating_sub(1).checked_ilog10().unwrap_or(0) as u16 + 1;
    for (y, row) in (1..).zip(cores.chunks(grid.per_row * grid.share)) {
        let mut x = digits + 1;
        canvas.right(digits, y, &row[0].id.to_string(), Role::Muted);
        for (index, neighbours) in row.chunks(grid.share).enumerate() {
            if index > 0 && index % grid.group == 0 {
                x += 1;
            }
            let (sign, role) = cell(neighbours, lane);
            canvas.sign(x, y, sign, role);
            x += 1;
        }
        canvas.text(x + 1, y, &row[row.len() - 1].id.to_string(), Role::Muted);
        if grid.per_row == 32 {
            legend(usize::from(y - 1), x + 1 + digits + 3, y, lane, canvas);
        }
    }
}

/// The sign of the cores that share a cell. Whose load it is shows in its kind: a height for the
/// lane, a shade for the rest.
fn cell(cores: &[Core], lane: Role) -> (&'static str, Role) {
    if !cores.iter().any(|core| core.usable) {
        return ("×", Role::Faint);
    }
    let mean = |share: fn(&Core) -> f64| cores.iter().map(share).sum::<f64>() / cores.len() as f64;
    let of_lane = mean(|core| core.now.lane);
    let of_others = mean(|core| core.now.other + core.now.steal);
    match level(of_lane + of_others) {
        0 => ("·", Role::Faint),
        height if of_lane >= of_others => (UP[height], lane),
        height => (SHADES[(height - 1) / 3], Role::Other),
    }
}

/// What the signs mean, a line beside each of the first rows.
fn legend(row: usize, x: u16, y: u16, lane: Role, canvas: &mut Canvas) {
    let parts: &[(&str, Role, &str)] = match row {
        0 => &[("▁–▇", lane, "this lane"), ("·", Role::Faint, "idle")],
        1 => &[
            ("░–▓", Role::Other, "other"),
            ("×", Role::Faint, "not ours"),
        ],
        _ => &[],
    };
    let mut x = x;
    for (signs, role, meaning) in parts {
        x = canvas.text(x, y, signs, *role) + 1;
        x = canvas.text(x, y, meaning, Role::Muted) + 3;
    }
}

/// Cores' worth of each share, at the right of the head: as many as what is `taken` at its left leaves
/// room for, the lane's first.
pub(super) fn totals(
    cores: &[Core],
    signs: [&str; 3],
    lane: Role,
    taken: u16,
    canvas: &mut Canvas,
) {
    if cores.is_empty() {
        return;
    }
    let sum = |share: fn(&Core) -> f64| cores.iter().map(share).sum::<f64>();
    let mut parts = vec![
        (lane, "this lane", sum(|core| core.now.lane)),
        (Role::Other, "other", sum(|core| core.now.other)),
        (Role::Steal, "steal", sum(|core| core.now.steal)),
    ];
    // Sign, name and figure, and what is free around them.
    let width = |(_, what, _): &(Role, &str, f64)| what.len() as u16 + 10;
    let room = canvas.width().saturating_sub(taken);
    while parts.iter().map(width).sum::<u16>() > room {
        parts.pop();
    }
    let mut end = canvas.width();
    for ((role, what, value), sign) in parts.into_iter().zip(signs).rev() {
        let text = format!("{what} {value:>5.1}");
        canvas.right(end, 0, &text, Role::Muted);
        end = end.saturating_sub(text.len() as u16 + 2);
        canvas.sign(end, 0, sign, role);
        end = end.saturating_sub(2);
    }
}
