//! The table of lanes: a sign, a bar, and figures that stand in the same columns from the first
//! moment to the last. The bar is progress while a run goes on, and speed-up against the ideal once
//! it is over.

use parade_demos::spec::{Baseline, Show};

use super::lane::{LaneRow, Sign};
use super::{Scene, Stage};
use crate::app::DemoFocus;
use crate::layout::{LaneRows, text_width};
use crate::theme::{Ink, Role};
use crate::view::bar::{bar, cells, track};
use crate::view::canvas::Canvas;
use crate::view::figure;
use crate::view::glyph::{BAR, SHADES, STEAL};

/// A column of figures.
struct Column {
    head: &'static str,
    width: u16,
    /// Those with the highest go first where there is no room for all.
    rank: u8,
    figure: fn(&LaneRow) -> Option<String>,
}

/// More than the highest rank.
const RANKS: u8 = 6;

/// The column that a demo without a baseline has no use for.
const SPEEDUP: &str = "speed-up";

/// Those that every table of lanes begins with, in the order in which they stand.
static COMMON: [Column; 4] = [
    Column {
        head: "wall",
        width: 9,
        rank: 0,
        figure: |lane| lane.wall_s.map(figure::seconds),
    },
    Column {
        head: "CPU",
        width: 9,
        rank: 4,
        figure: |lane| lane.cpu_s.map(figure::seconds),
    },
    Column {
        head: "cores",
        width: 7,
        rank: 2,
        figure: |lane| lane.cores_used.map(|cores| format!("{cores:.2}")),
    },
    Column {
        head: SPEEDUP,
        width: 10,
        rank: 1,
        figure: |lane| lane.speedup.map(figure::times),
    },
];

/// What the operating system counted besides.
static SYSTEM: [Column; 2] = [
    Column {
        head: "memory",
        width: 10,
        rank: 3,
        figure: |lane| lane.pss_mib.map(figure::mib),
    },
    Column {
        head: "switches",
        width: 10,
        rank: 5,
        figure: |lane| {
            lane.switches
                .map(|(own, forced)| figure::count((own + forced) as f64))
        },
    },
];

/// What an interpreter's lock counted, where the demo is about it.
static LOCK: [Column; 2] = [
    Column {
        head: "switch/s",
        width: 10,
        rank: 3,
        figure: |lane| rate(lane, "gil_switches_per_s"),
    },
    Column {
        head: "request/s",
        width: 11,
        rank: 5,
        figure: |lane| rate(lane, "gil_drop_requests_per_s"),
    },
];

fn rate(lane: &LaneRow, counter: &str) -> Option<String> {
    lane.counter(counter)
        .map(|rate| figure::count(rate.round()))
}

/// A bar shorter than this says little: columns give way.
const BAR_WIDTH_MIN: u16 = 18;
const BAR_WIDTH_MAX: u16 = 64;
/// What a program counted and then lost, and the columns for how much that is.
const LOST: &str = SHADES[0];
const LOST_WIDTH: u16 = 7;
/// The lane's number, its sign and spaces.
const NAME_X: u16 = 4;

/// Where everything stands; the same for every lane.
struct Grid {
    bar_x: u16,
    bar_width: u16,
    shown: Vec<&'static Column>,
}

impl Grid {
    fn of(scene: &Scene, width: u16) -> Self {
        let compared = scene.demo.spec.baseline != Baseline::None;
        let of_picture: &'static [Column] = match scene.demo.spec.show {
            Show::Gil => &LOCK,
            _ => &SYSTEM,
        };
        let columns = || {
            let of_comparison = |column: &&Column| column.head == SPEEDUP;
            COMMON
                .iter()
                .chain(of_picture)
                .filter(move |column| compared || !of_comparison(column))
        };
        let bar_x = NAME_X + name_width(&scene.lanes, width) + 2;
        let room = width.saturating_sub(bar_x);
        let mut rank_max = RANKS;
        let figures = |rank_max: u8| -> u16 {
            columns()
                .filter(|column| column.rank < rank_max)
                .map(|column| column.width)
                .sum()
        };
        while rank_max > 1 && room < figures(rank_max) + BAR_WIDTH_MIN {
            rank_max -= 1;
        }
        Self {
            bar_x,
            bar_width: room.saturating_sub(figures(rank_max)).min(BAR_WIDTH_MAX),
            shown: columns().filter(|column| column.rank < rank_max).collect(),
        }
    }

    /// The columns that are shown, each with the column after its last.
    fn columns(&self) -> impl Iterator<Item = (&'static Column, u16)> {
        let mut end = self.bar_x + self.bar_width;
        self.shown.iter().map(move |column| {
            end += column.width;
            (*column, end)
        })
    }
}

/// Columns for the lanes' names: the longest, within reason.
fn name_width(lanes: &[LaneRow], width: u16) -> u16 {
    let longest = lanes.iter().map(|lane| text_width(lane.label)).max();
    (longest.unwrap_or(0) as u16).clamp(10, (width / 4).max(10))
}

/// Whether the table has a column for this figure in so much width.
pub(super) fn shows_switches(scene: &Scene, width: u16) -> bool {
    Grid::of(scene, width)
        .shown
        .iter()
        .any(|column| column.head == "switches")
}

/// Where bars stand beside the lanes' names, when figures take so many columns to their right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bars {
    pub(super) x: u16,
    pub(super) width: u16,
}

/// The bars' place in a picture with figures of its own.
pub(super) fn bars(scene: &Scene, width: u16, figures_width: u16) -> Bars {
    let x = NAME_X + name_width(&scene.lanes, width) + 2;
    Bars {
        x,
        width: width.saturating_sub(x + figures_width).min(BAR_WIDTH_MAX),
    }
}

/// A lane's row, its name already drawn.
pub(super) struct Line<'a, 'b, 'c> {
    pub(super) lane: &'a LaneRow<'a>,
    pub(super) colour: Role,
    pub(super) row: &'b mut Canvas<'c>,
}

/// Draws the table's head and as many lanes as there are rows for.
pub(super) fn draw(scene: &Scene, pitch: u16, canvas: &mut Canvas) {
    let grid = Grid::of(scene, canvas.width());
    let scale = Scale::of(scene);
    head(scene, &grid, scale, canvas);
    each(scene, pitch, canvas, |Line { lane, colour, row }| {
        figures(scene, &grid, scale, (lane, colour), row);
    });
}

/// Draws number, sign and name of each lane that has a row, and leaves the rest of the row to `draw`,
/// unless there is a reason to be told instead.
pub(super) fn each(scene: &Scene, pitch: u16, canvas: &mut Canvas, draw: impl Fn(Line)) {
    let name_width = name_width(&scene.lanes, canvas.width());
    let at_work = scene.source.lane_at_work().unwrap_or(0);
    let rows = LaneRows::of(scene.lanes.len(), at_work, canvas.height(), pitch);
    for (index, y) in rows.each() {
        let lane = &scene.lanes[index];
        let colour = lane.colour;
        let mut row = canvas.rows(y, 1);
        label(scene, name_width, (lane, colour), &mut row);
        match lane.reason {
            Some(reason) => told(reason, lane.sign, NAME_X + name_width + 2, &mut row),
            None => draw(Line {
                lane,
                colour,
                row: &mut row,
            }),
        }
    }
    let hidden = scene.lanes.len() - rows.shown;
    if hidden > 0 {
        canvas.text(NAME_X, 0, &format!("{hidden} more"), Role::Warning);
    }
}

/// Why a lane has no figures.
fn told(reason: &str, sign: Sign, x: u16, row: &mut Canvas) {
    let role = if sign == Sign::Failed {
        Role::Error
    } else {
        Role::Warning
    };
    row.cut(x, 0, row.width().saturating_sub(x), reason, role);
}

fn head(scene: &Scene, grid: &Grid, scale: Scale, canvas: &mut Canvas) {
    for (column, end) in grid.columns() {
        canvas.right(end, 0, column.head, Role::Muted);
    }
    let bars = match scene.stage {
        Stage::Over => scale.head(),
        Stage::Ready | Stage::Running => "progress".to_owned(),
    };
    canvas.cut(grid.bar_x, 0, grid.bar_width, &bars, Role::Muted);
}

/// A lane's number for the keys, its sign and its name.
fn label(scene: &Scene, name_width: u16, (lane, colour): (&LaneRow, Role), row: &mut Canvas) {
    let (sign, role) = lane.sign.drawn(colour);
    let own = scene
        .demo
        .spec
        .lanes
        .iter()
        .position(|own| own.name == lane.name);
    let chosen = own.is_some_and(|own| scene.demo.focus == DemoFocus::Lane(own));
    if let Some(own) = own.filter(|own| *own < 9) {
        let role = if chosen { Role::Selected } else { Role::Faint };
        row.text(0, 0, &(own + 1).to_string(), role);
    }
    row.sign(2, 0, sign, role);
    let role = match lane.sign {
        Sign::Waiting | Sign::Cancelled | Sign::Refused => Role::Muted,
        _ => Role::Text,
    };
    let bold = chosen || lane.sign == Sign::Running;
    row.cut(
        NAME_X,
        0,
        name_width,
        lane.label,
        Ink {
            bold,
            ..role.into()
        },
    );
}

/// A lane's bar and figures.
fn figures(
    scene: &Scene,
    grid: &Grid,
    scale: Scale,
    (lane, colour): (&LaneRow, Role),
    row: &mut Canvas,
) {
    match (lane.sign, scene.stage) {
        (Sign::Waiting, Stage::Ready) => {}
        (Sign::Waiting, Stage::Running) => {
            row.cut(grid.bar_x, 0, grid.bar_width, "waiting", Role::Muted);
        }
        (Sign::Done, Stage::Over) => scale.draw(grid, lane, colour, row),
        _ => {
            if let Some(progress) = lane.progress {
                bar(row, grid.bar_x, 0, grid.bar_width, progress, colour);
            }
        }
    }
    let soft = lane.sign == Sign::Running;
    for (column, end) in grid.columns() {
        if let Some(figure) = (column.figure)(lane) {
            let role = if soft && column.head == SPEEDUP {
                Role::Muted
            } else {
                Role::Text
            };
            row.right(end, 0, &figure, role);
        }
    }
}

/// What the bars of a finished run tell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// Speed-up, up to this value, and where the ideal's mark stands while it is on the bars.
    Speedup { full: f64, ideal: Option<f64> },
    /// Updates that were counted, and those that got lost.
    Lost,
    /// Wall time and CPU time, up to so many seconds.
    Wall { full: f64 },
}

impl Scale {
    fn of(scene: &Scene) -> Self {
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
    fn head(self) -> String {
        match self {
            Self::Speedup {
                ideal: Some(ideal), ..
            } => format!("speed-up, ideal {} ┆", figure::times(ideal)),
            Self::Speedup { ideal: None, .. } => "speed-up".to_owned(),
            Self::Lost => format!("counted {BAR}, lost {LOST}"),
            Self::Wall { .. } => format!("wall time {STEAL}, CPU time {BAR}"),
        }
    }

    fn draw(self, grid: &Grid, lane: &LaneRow, colour: Role, row: &mut Canvas) {
        let (x, width) = (grid.bar_x, grid.bar_width);
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
