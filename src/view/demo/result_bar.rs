//! The bar of a lane that is done: speed-up against the ideal, updates counted and lost, or time.

use super::Scene;
use super::lane::LaneRow;
use crate::theme::Role;
use crate::view::bar::{cells, track};
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::{BAR, SHADES, STEAL};

/// The sign of updates that got lost.
const LOST: &str = SHADES[0];
/// The columns for how many they are.
const LOST_WIDTH: u16 = 7;

/// What the bars of a finished run tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ResultBar {
    /// Speed-up, up to this value, and where the ideal's mark stands while it is on the bars.
    Speedup { full: f64, ideal: Option<f64> },
    /// Updates that were counted, and those that got lost.
    Lost,
    /// Wall time and CPU time, up to so many seconds.
    Wall { full: f64 },
}

impl ResultBar {
    /// What a run's figures can be told by.
    pub(super) fn of(scene: &Scene) -> Self {
        let largest = |figure: fn(&LaneRow) -> Option<f64>| {
            scene.lanes.iter().filter_map(figure).fold(0.0, f64::max)
        };
        let speedup = largest(|lane| lane.speedup);
        if scene.lanes.iter().any(|lane| lost(lane).is_some()) {
            Self::Lost
        } else if speedup > 0.0 {
            // The ideal is of computing: where waiting overlaps, speed-ups leave it far behind.
            let ideal = scene.ideal().filter(|ideal| speedup < 2.0 * ideal);
            Self::Speedup {
                full: speedup.max(ideal.unwrap_or(1.0)),
                ideal,
            }
        } else {
            Self::Wall {
                full: largest(|lane| lane.wall_s),
            }
        }
    }

    /// What stands above the bars.
    pub(super) fn head(self) -> String {
        match self {
            Self::Speedup {
                ideal: Some(ideal), ..
            } => format!("speed-up, ideal {} ┆", figure::times(ideal)),
            Self::Speedup { ideal: None, .. } => "speed-up".to_owned(),
            Self::Lost => format!("counted {BAR}, lost {LOST}"),
            Self::Wall { .. } => format!("wall time {STEAL}, CPU time {BAR}"),
        }
    }

    /// One lane's bar, in the columns from `x`.
    pub(super) fn draw(
        self,
        (x, width): (u16, u16),
        lane: &LaneRow,
        colour: Role,
        row: &mut Canvas,
    ) {
        if width == 0 {
            return;
        }
        if self == Self::Lost {
            return lost_part(lane, (x, width), colour, row);
        }
        track(row, x, 0, width);
        let mut part = |value: Option<f64>, full: f64, sign: &str| {
            let fraction = value.unwrap_or(0.0) / full;
            row.repeat(x, 0, cells(width, fraction), sign, colour);
        };
        match self {
            Self::Speedup { full, ideal } => {
                part(lane.speedup, full, BAR);
                if let Some(ideal) = ideal {
                    let at = (ideal / full * f64::from(width)).ceil() as u16;
                    row.mark(x + at.clamp(1, width) - 1, 0, "┆", Role::Text);
                }
            }
            Self::Wall { full } => {
                // A lane that waits shows it: most of its wall time is a thin line.
                part(lane.wall_s, full, STEAL);
                let cpu = lane.cpu_s.zip(lane.wall_s).map(|(cpu, wall)| cpu.min(wall));
                part(cpu, full, BAR);
            }
            Self::Lost => {}
        }
    }
}

/// The part of a program's updates that got lost, 0…1, where it tells how many it has counted and how
/// many are missing.
fn lost(lane: &LaneRow) -> Option<f64> {
    let (counted, lost) = (lane.counter("counted")?, lane.counter("lost")?);
    let all = counted + lost;
    (all > 0.0).then(|| (lost / all).clamp(0.0, 1.0))
}

/// The updates that were counted, those that got lost, and how many that is; what isn't nothing takes a
/// cell.
fn lost_part(lane: &LaneRow, (x, width): (u16, u16), colour: Role, row: &mut Canvas) {
    let Some(lost) = lost(lane) else {
        return;
    };
    let width = width.saturating_sub(LOST_WIDTH);
    let missing = cells(width, lost);
    row.repeat(x, 0, width - missing, BAR, colour);
    row.repeat(x + width - missing, 0, missing, LOST, Role::Error);
    let (text, role) = if lost > 0.0 {
        (figure::share(lost), Role::Error)
    } else {
        ("none".to_owned(), Role::Good)
    };
    row.right(x + width + LOST_WIDTH, 0, &text, role);
}
