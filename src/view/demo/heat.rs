//! Many cores as a grid, a cell a core: its height is the load, its kind of sign says whose it is.

use parade_demos::snapshot::Core;

use crate::theme::Role;
use crate::view::bar::level;
use crate::view::canvas::Canvas;
use crate::view::glyph::{SHADES, UP};

/// Cores stand in groups of so many.
const GROUP: usize = 8;

/// Cores in a row of the grid.
fn per_row(cores: usize) -> usize {
    if cores <= 256 { 32 } else { 64 }
}

/// The rows of the grid.
pub(super) fn rows(cores: usize) -> u16 {
    cores.div_ceil(per_row(cores)) as u16
}

/// Draws the grid below its head.
pub(super) fn draw(cores: &[Core], lane: Role, canvas: &mut Canvas) {
    totals(cores, lane, canvas);
    let per_row = per_row(cores.len());
    let digits = cores.len().saturating_sub(1).checked_ilog10().unwrap_or(0) as u16 + 1;
    for (y, row) in (1..).zip(cores.chunks(per_row)) {
        let mut x = digits + 1;
        canvas.right(digits, y, &row[0].id.to_string(), Role::Muted);
        for (index, core) in row.iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                x += 1;
            }
            let (sign, role) = cell(core, lane);
            canvas.sign(x, y, sign, role);
            x += 1;
        }
        canvas.text(x + 1, y, &row[row.len() - 1].id.to_string(), Role::Muted);
        legend(usize::from(y - 1), x + 1 + digits + 3, y, lane, canvas);
    }
}

/// A core's sign. Whose load it is shows in its kind: a height for the lane, a shade for the rest.
fn cell(core: &Core, lane: Role) -> (&'static str, Role) {
    let load = core.now;
    if !core.usable {
        return ("×", Role::Faint);
    }
    match level(load.busy() + load.steal) {
        0 => ("·", Role::Faint),
        height if load.lane >= load.other + load.steal => (UP[height], lane),
        height => (SHADES[(height - 1) / 3], Role::Other),
    }
}

/// What the signs mean, a line beside each of the first rows.
fn legend(row: usize, x: u16, y: u16, lane: Role, canvas: &mut Canvas) {
    let parts: &[(&str, Role, &str)] = match row {
        0 => &[("▁–█", lane, "this lane"), ("·", Role::Faint, "idle")],
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

/// Cores' worth of each share, at the right of the head.
pub(super) fn totals(cores: &[Core], lane: Role, canvas: &mut Canvas) {
    if cores.is_empty() {
        return;
    }
    let sum = |share: fn(&Core) -> f64| cores.iter().map(share).sum::<f64>();
    let mut end = canvas.width();
    for (sign, role, what, value) in [
        ("░", Role::Steal, "steal", sum(|core| core.now.steal)),
        ("▒", Role::Other, "other", sum(|core| core.now.other)),
        ("█", lane, "this lane", sum(|core| core.now.lane)),
    ] {
        let text = format!("{what} {value:>5.1}");
        canvas.right(end, 0, &text, Role::Muted);
        end = end.saturating_sub(text.len() as u16 + 2);
        canvas.sign(end, 0, sign, role);
        end = end.saturating_sub(2);
    }
}
