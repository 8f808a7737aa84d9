//! The timeline: which worker ran on which core when. A row a core, time from left to right; height
//! is how busy the worker was, letters say who it is.

use std::time::Duration;

use parade_demos::snapshot::{Snapshot, Stretch};

use super::Scene;
use crate::layout::round_span;
use crate::theme::{Ink, Role};
use crate::view::bar::{self, level};
use crate::view::canvas::Canvas;
use crate::view::glyph::UP;

/// Rows for the axis and for the names of the lanes.
const FOOT_ROWS: u16 = 2;

/// Draws rows of cores, the axis below them, and the lanes' letters.
pub(super) fn draw(scene: &Scene, canvas: &mut Canvas) {
    let Some(snapshot) = scene.snapshot else {
        canvas.text(0, 0, "nothing ran yet", Role::Muted);
        return;
    };
    let rows = usize::from(canvas.height().saturating_sub(FOOT_ROWS));
    let cores = cores(snapshot);
    let shown = &cores[..cores.len().min(rows)];
    let id_width = shown
        .iter()
        .map(|id| id.to_string().len())
        .max()
        .unwrap_or(1);
    let x = 5 + id_width as u16 + 2;
    let axis = Axis {
        end: round_span(snapshot.elapsed),
        width: canvas.width().saturating_sub(x),
    };
    let pitch = if 2 * shown.len() <= rows { 2 } else { 1 };
    for (index, core) in shown.iter().enumerate() {
        let mut row = canvas.rows((index * pitch) as u16, 1);
        row.text(0, 0, &format!("core {core:>id_width$}"), Role::Text);
        let mut track = row.part(x, 0, axis.width, 1);
        bar::track(&mut track, 0, 0, axis.width);
        stretches(scene, (snapshot, *core), &axis, &mut track);
    }
    let below = ((shown.len() * pitch) as u16).min(canvas.height().saturating_sub(FOOT_ROWS));
    axis.draw(&mut canvas.part(x, below, axis.width, 1));
    let mut legend_row = canvas.part(x, below + 1, axis.width, 1);
    legend(scene, &mut legend_row);
    if shown.len() < cores.len() {
        let hidden = format!("{} more cores", cores.len() - shown.len());
        legend_row.right(axis.width, 0, &hidden, Role::Warning);
    }
}

/// The cores to show: all while they are few, else those that a worker was seen on.
fn cores(snapshot: &Snapshot) -> Vec<usize> {
    const FEW: usize = 8;
    let mut cores: Vec<usize> = if snapshot.cores.len() <= FEW {
        snapshot.cores.iter().map(|core| core.id).collect()
    } else {
        snapshot
            .timeline
            .iter()
            .map(|stretch| stretch.core)
            .collect()
    };
    cores.sort_unstable();
    cores.dedup();
    cores
}

/// Time along a row.
struct Axis {
    end: Duration,
    width: u16,
}

impl Axis {
    /// The column in which a moment stands.
    fn x(&self, at: Duration) -> u16 {
        let fraction = at.as_secs_f64() / self.end.as_secs_f64();
        (fraction * f64::from(self.width)).round() as u16
    }

    fn draw(&self, row: &mut Canvas) {
        const STEPS: u32 = 5;
        for step in 0..=STEPS {
            let at = self.end * step / STEPS;
            let text = match step {
                STEPS => format!("{} s", at.as_secs_f64()),
                _ => format!("{}", at.as_secs_f64()),
            };
            let end = (self.x(at) + text.len() as u16).min(self.width);
            row.right(end, 0, &text, Role::Muted);
        }
    }
}

/// The stretches of one core, each with its worker's letters where they fit.
fn stretches(scene: &Scene, (snapshot, core): (&Snapshot, usize), axis: &Axis, row: &mut Canvas) {
    for stretch in snapshot
        .timeline
        .iter()
        .filter(|stretch| stretch.core == core)
    {
        let (first, last) = (axis.x(stretch.from), axis.x(stretch.until));
        let lane = snapshot.lanes.get(stretch.lane);
        let role = lane.map_or(Role::Lane(0), |lane| scene.colour_of(&lane.name));
        let width = last.saturating_sub(first).max(1);
        row.repeat(first, 0, width, UP[level(stretch.busy).max(1)], role);
        let name = name(snapshot, stretch);
        let room = (name.len() + 2) as u16;
        if width >= room {
            row.text(
                first,
                0,
                &name,
                Ink {
                    bold: true,
                    ..role.into()
                },
            );
            row.sign(first + name.len() as u16, 0, " ", role);
        }
    }
}

/// `c` for a lane's only worker, `c0` and `c1` for two.
fn name(snapshot: &Snapshot, stretch: &Stretch) -> String {
    let lane = letter(stretch.lane);
    match snapshot.lanes.get(stretch.lane) {
        Some(lane_of) if lane_of.workers_total > 1 => format!("{lane}{}", stretch.worker),
        _ => lane.to_string(),
    }
}

/// A lane's letter, by its place in the table.
fn letter(lane: usize) -> char {
    char::from(b'a' + (lane % 26) as u8)
}

fn legend(scene: &Scene, row: &mut Canvas) {
    let mut x = 0;
    for (index, lane) in scene.lanes.iter().enumerate() {
        let after = row.text(
            x,
            0,
            &letter(index).to_string(),
            Ink {
                bold: true,
                ..lane.colour.into()
            },
        );
        x = row.text(after + 1, 0, lane.label, Role::Muted) + 3;
    }
}
