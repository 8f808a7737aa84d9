//! The table of lanes: a sign, a bar, and figures that stand in the same columns from the first
//! moment to the last. The bar is progress while a run goes on, and speed-up against the ideal once
//! it is over.

use parade_demos::spec::{Baseline, Show};

use super::lane::{LaneRow, Sign};
use super::result_bar::ResultBar;
use super::{Scene, Stage};
use crate::app::DemoFocus;
use crate::layout::{LaneRows, text_width};
use crate::theme::{Ink, Role};
use crate::view::bar::bar;
use crate::view::canvas::Canvas;
use crate::view::figure;

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
    let kind = ResultBar::of(scene);
    head(scene, &grid, kind, canvas);
    each(scene, pitch, canvas, |Line { lane, colour, row }| {
        figures(scene, &grid, kind, (lane, colour), row);
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

fn head(scene: &Scene, grid: &Grid, kind: ResultBar, canvas: &mut Canvas) {
    for (column, end) in grid.columns() {
        canvas.right(end, 0, column.head, Role::Muted);
    }
    let bars = match scene.stage {
        Stage::Over => kind.head(),
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
    kind: ResultBar,
    (lane, colour): (&LaneRow, Role),
    row: &mut Canvas,
) {
    match (lane.sign, scene.stage) {
        (Sign::Waiting, Stage::Ready) => {}
        (Sign::Waiting, Stage::Running) => {
            row.cut(grid.bar_x, 0, grid.bar_width, "waiting", Role::Muted);
        }
        (Sign::Done, Stage::Over) => kind.draw((grid.bar_x, grid.bar_width), lane, colour, row),
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
