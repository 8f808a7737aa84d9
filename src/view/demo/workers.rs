//! The workers of the lane that runs: a row each while there are rows, then a cell each. What serves
//! the lane without being a worker (the echo server) has a row of its own below them.

use parade_demos::snapshot::{Lane, LaneState, Worker};

use super::Scene;
use crate::theme::Role;
use crate::view::bar::{bar, level};
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::UP;

/// Draws the first lane that runs.
pub(super) fn draw(scene: &Scene, canvas: &mut Canvas) {
    let lanes = scene.snapshot.map_or(&[][..], |snapshot| &snapshot.lanes);
    let running = |lane: &Lane| lane.state == LaneState::Running;
    let Some(index) = lanes.iter().position(running) else {
        return;
    };
    let (lane, role) = (&lanes[index], scene.colour_of(&lanes[index].name));
    let (workers, servers) = split(lane);
    let rows = usize::from(canvas.height()).saturating_sub(servers.len());
    let used = if lane.workers_total <= rows {
        for (y, worker) in (0..).zip(workers) {
            one_row(worker, role, &mut canvas.rows(y, 1));
        }
        workers.len()
    } else {
        crowd(lane, workers, role, &mut canvas.rows(0, rows as u16))
    };
    for (y, server) in (used.min(rows) as u16..).zip(servers) {
        one_row(server, Role::Other, &mut canvas.rows(y, 1));
    }
    let taken = used.min(rows) + servers.len();
    output(
        &lane.output,
        &mut canvas.rows(taken as u16, canvas.height() - taken as u16),
    );
}

/// The last lines of what the lane's program wrote, as many as there is room for.
fn output(lines: &[String], canvas: &mut Canvas) {
    let room = usize::from(canvas.height());
    let last = &lines[lines.len().saturating_sub(room)..];
    for (y, line) in (0..).zip(last) {
        canvas.cut(4, y, canvas.width().saturating_sub(4), line, Role::Text);
    }
}

/// Workers and tasks first, then what serves them.
fn split(lane: &Lane) -> (&[Worker], &[Worker]) {
    let first_server = lane.workers.iter().position(|worker| worker.server);
    lane.workers
        .split_at(first_server.unwrap_or(lane.workers.len()))
}

fn one_row(worker: &Worker, role: Role, row: &mut Canvas) {
    const AFTER_BAR: u16 = 24;
    // A program's own names are long, and where no bar follows there is room.
    let bare = worker.progress.is_none() && worker.pid.is_none();
    let name_width = if bare { 32 } else { 13 };
    row.cut(4, 0, name_width, &worker.name, Role::Muted);
    let mut bar_x = 18;
    if let Some(pid) = worker.pid.filter(|_| row.width() >= 66) {
        row.text(bar_x, 0, &format!("pid {pid}"), Role::Muted);
        bar_x += 12;
    }
    let bar_width = row.width().saturating_sub(bar_x + AFTER_BAR).min(40);
    if let Some(progress) = worker.progress.filter(|_| role != Role::Other) {
        bar(row, bar_x, 0, bar_width, progress, role);
    }
    let after = bar_x + bar_width + 2;
    if let Some(core) = worker.core {
        row.text(after, 0, &format!("core {core}"), Role::Muted);
    }
    if let Some(cpu) = worker.cpu {
        row.right(
            after + 22,
            0,
            &format!("{} CPU", figure::duration(cpu)),
            Role::Muted,
        );
    }
}

/// Too many for a row each: a cell each, several to a cell where even that is too much. Gives the
/// rows taken.
fn crowd(lane: &Lane, workers: &[Worker], role: Role, canvas: &mut Canvas) -> usize {
    let kind = if workers
        .first()
        .is_some_and(|worker| worker.name.starts_with("task"))
    {
        "task"
    } else {
        "worker"
    };
    let done = workers
        .iter()
        .filter(|worker| worker.progress.is_some_and(|progress| progress >= 1.0))
        .count();
    let head = format!("{}, {done} done", figure::counted(lane.workers_total, kind));
    canvas.text(4, 0, &head, Role::Muted);
    let width = usize::from(canvas.width().saturating_sub(4));
    let cells = (width * usize::from(canvas.height().saturating_sub(1))).max(1);
    let share = workers.len().div_ceil(cells).max(1);
    for (index, group) in workers.chunks(share).enumerate() {
        let (x, y) = (4 + index % width.max(1), 1 + index / width.max(1));
        let sum: f64 = group.iter().filter_map(|worker| worker.progress).sum();
        let progress = sum / group.len() as f64;
        let (sign, role) = match level(progress) {
            0 => ("·", Role::Faint),
            height => (UP[height], role),
        };
        canvas.sign(x as u16, y as u16, sign, role);
    }
    1 + workers.len().div_ceil(share).div_ceil(width.max(1))
}
