//! A gauge for every core: this lane's share, everything else, and what the hypervisor took, each
//! with its own fill. Beyond the rows there are, gauges stand side by side; beyond that, in a grid.

use std::fmt::Write as _;

use parade_demos::snapshot::{Core, Load};

use super::{Scene, Stage, heat};
use crate::layout::GaugeShape;
use crate::theme::Role;
use crate::view::bar::{level, track};
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::{BAR, OTHER, STEAL, UP};

/// Draws the head and the gauges.
pub(super) fn draw(scene: &Scene, shape: GaugeShape, canvas: &mut Canvas) {
    let lane = scene.colour_at_work();
    let cores = scene.snapshot.map_or(&[][..], |snapshot| &snapshot.cores);
    let taken = canvas.text(0, 0, &machine(scene), Role::Muted);
    match shape {
        GaugeShape::Rows => rows(scene, cores, (lane, taken), canvas),
        GaugeShape::Columns(columns) => {
            heat::totals(cores, [BAR, OTHER, STEAL], lane, taken, canvas);
            side_by_side(scene, cores, (lane, columns), canvas);
        }
        GaugeShape::Heat(grid) => heat::draw(cores, grid, (lane, taken), canvas),
    }
}

/// `64 cores, 32 usable, quota 1.5`.
fn machine(scene: &Scene) -> String {
    let mut text = figure::counted(scene.cores(), "core");
    if let Some(snapshot) = scene.snapshot {
        let machine = &snapshot.machine;
        if machine.usable < machine.cores {
            let _ = write!(text, ", {} usable", machine.usable);
        }
        if let Some(quota) = machine.quota_cores {
            let _ = write!(text, ", quota {quota}");
        }
    }
    if scene.stage == Stage::Over {
        text += ", as the run ended";
    }
    text
}

/// Columns of the form with a core a row.
struct Grid {
    id_width: usize,
    bar_width: u16,
    history_width: u16,
    figures: bool,
}

/// Widths of this lane's share, the rest's, and steal, each with its legend above.
const FIGURES: [(&str, &str, u16); 3] =
    [(BAR, "lane", 8), (OTHER, "other", 9), (STEAL, "steal", 9)];
const FIGURES_WIDTH: u16 = 26;
const PERCENT_WIDTH: u16 = 6;

impl Grid {
    fn of(cores: &[Core], width: u16) -> Self {
        let id_width = digits(cores.iter().map(|core| core.id).max().unwrap_or(0));
        let figures = width >= 56;
        let taken =
            5 + id_width as u16 + 3 + PERCENT_WIDTH + if figures { FIGURES_WIDTH } else { 0 };
        let room = width.saturating_sub(taken);
        let history_width = if room >= 28 { (room / 3).min(24) } else { 0 };
        let gap = if history_width > 0 { 2 } else { 0 };
        Self {
            id_width,
            bar_width: room.saturating_sub(history_width + gap).min(60),
            history_width,
            figures,
        }
    }

    fn bar_x(&self) -> u16 {
        5 + self.id_width as u16 + 2
    }

    fn percent_end(&self) -> u16 {
        self.bar_x() + self.bar_width + 1 + PERCENT_WIDTH
    }

    fn history_x(&self) -> u16 {
        self.percent_end() + if self.history_width > 0 { 2 } else { 0 }
    }
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().unwrap_or(0) as usize + 1
}

/// A core a row, below headings as far as the machine's words leave their columns free.
fn rows(scene: &Scene, cores: &[Core], (lane, taken): (Role, u16), canvas: &mut Canvas) {
    let grid = Grid::of(cores, canvas.width());
    if taken + 4 < grid.percent_end() {
        canvas.right(grid.percent_end(), 0, "load", Role::Muted);
    }
    let has_history = grid.history_width > 0 && taken < grid.history_x();
    if let Some(snapshot) = scene.snapshot.filter(|_| has_history) {
        let span = snapshot.window * u32::from(grid.history_width);
        let head = format!("last {:.1} s", span.as_secs_f64());
        canvas.cut(grid.history_x(), 0, grid.history_width, &head, Role::Muted);
    }
    if grid.figures {
        let mut end = grid.history_x() + grid.history_width;
        let roles = [lane, Role::Other, Role::Steal];
        for ((sign, head, width), role) in FIGURES.into_iter().zip(roles) {
            end += width;
            canvas.right(end, 0, head, Role::Muted);
            canvas.sign(end - head.len() as u16 - 2, 0, sign, role);
        }
    }
    if cores.is_empty() {
        for index in 0..scene.cores() {
            unmeasured(index, &grid, &mut canvas.rows(1 + index as u16, 1));
        }
        // A bar without a load would say that the core is idle.
        if scene
            .snapshot
            .is_some_and(|snapshot| !snapshot.elapsed.is_zero())
        {
            canvas.text(grid.bar_x(), 1, UNTOLD, Role::Warning);
        }
    }
    for (y, core) in (1..).zip(cores) {
        one_row(core, &grid, lane, &mut canvas.rows(y, 1));
    }
}

/// Where the bars would be while something runs.
const UNTOLD: &str = "this system does not tell how busy its cores are";

/// A core before the first run: nothing is measured while nothing runs.
fn unmeasured(index: usize, grid: &Grid, row: &mut Canvas) {
    row.text(0, 0, &format!("core {index}"), Role::Muted);
    track(row, grid.bar_x(), 0, grid.bar_width);
}

fn one_row(core: &Core, grid: &Grid, lane: Role, row: &mut Canvas) {
    let name = format!("core {:>1$}", core.id, grid.id_width);
    row.text(
        0,
        0,
        &name,
        if core.usable { Role::Text } else { Role::Muted },
    );
    if !core.usable {
        row.sign(grid.bar_x() - 2, 0, "×", Role::Warning);
    }
    shares(core.now, (grid.bar_x(), grid.bar_width), lane, row);
    let busy = format!("{} %", figure::percent(core.now.busy() + core.now.steal));
    row.right(grid.percent_end(), 0, &busy, Role::Text);
    history(&core.history, grid.history_x(), grid.history_width, row);
    if grid.figures {
        let mut end = grid.history_x() + grid.history_width;
        let shares = [core.now.lane, core.now.other, core.now.steal];
        for ((_, _, width), share) in FIGURES.into_iter().zip(shares) {
            end += width;
            let role = if share < 0.005 {
                Role::Faint
            } else {
                Role::Text
            };
            row.right(end, 0, &figure::percent(share), role);
        }
    }
}

/// The three shares from the left, each lower than the one before: the lane's, the rest's, steal.
/// Their sum is true to half a cell.
fn shares(load: Load, (x, width): (u16, u16), lane: Role, row: &mut Canvas) {
    let cells = |share: f64| (share.clamp(0.0, 1.0) * f64::from(width)).round() as u16;
    let lane_end = cells(load.lane);
    let other_end = cells(load.busy()).max(lane_end);
    let steal_end = cells(load.busy() + load.steal).max(other_end);
    track(row, x, 0, width);
    row.repeat(x, 0, lane_end, BAR, lane);
    row.repeat(x + lane_end, 0, other_end - lane_end, OTHER, Role::Other);
    row.repeat(x + other_end, 0, steal_end - other_end, STEAL, Role::Steal);
}

/// The newest windows, the last at the right edge.
fn history(windows: &[Load], x: u16, width: u16, row: &mut Canvas) {
    let shown = windows.len().min(usize::from(width));
    let x = x + width - shown as u16;
    for (x, load) in (x..).zip(&windows[windows.len() - shown..]) {
        row.sign(x, 0, UP[level(load.busy() + load.steal)], Role::Muted);
    }
}

fn side_by_side(scene: &Scene, cores: &[Core], (lane, columns): (Role, u16), canvas: &mut Canvas) {
    let highest = cores.iter().map(|core| core.id).max();
    let id_width = digits(highest.unwrap_or(scene.cores().saturating_sub(1)));
    let pitch = (canvas.width() + 2) / columns;
    let rows = scene.cores().div_ceil(usize::from(columns));
    // Number and mark before the bar, percent after it.
    let bar_x = id_width as u16 + 2;
    let bar_width = pitch.saturating_sub(2 + bar_x + 1 + PERCENT_WIDTH);
    for index in 0..scene.cores() {
        let (column, y) = (index / rows, 1 + index % rows);
        let mut cell = canvas.part(column as u16 * pitch, y as u16, pitch.saturating_sub(2), 1);
        let core = cores.get(index);
        let id = core.map_or(index, |core| core.id);
        cell.right(id_width as u16, 0, &id.to_string(), Role::Muted);
        let Some(core) = core else {
            track(&mut cell, bar_x, 0, bar_width);
            continue;
        };
        if !core.usable {
            cell.sign(id_width as u16, 0, "×", Role::Warning);
        }
        shares(core.now, (bar_x, bar_width), lane, &mut cell);
        let busy = format!("{} %", figure::percent(core.now.busy() + core.now.steal));
        cell.right(bar_x + bar_width + 1 + PERCENT_WIDTH, 0, &busy, Role::Text);
    }
}
