//! The lanes as a table: a sign, a name, a bar, and the figures that the demo's picture is about.

use std::fmt::Write as _;

use parade_demos::report::{LaneReport, Outcome, Report};
use parade_demos::spec::{Baseline, DemoSpec, Show};

use super::super::style::name;
use super::super::text::words;
use super::figure::{Figure, Part, Scale, Unit, bar, value};
use crate::view::{LogScale, lane_colour};

/// A column of figures and its head.
type Column = (&'static str, Figure);

const WALL: Column = ("wall", Figure::new("wall", Unit::Seconds));
const CPU: Column = ("CPU", Figure::new("cpu", Unit::Seconds));
const CORES: Column = ("cores", Figure::new("cores", Unit::Cores));
const SPEEDUP: Column = ("speed-up", Figure::new("speedup", Unit::Times));
const MEMORY: Column = ("memory", Figure::new("memory", Unit::Mib));
const SWITCHES: Column = ("switches", Figure::new("switches", Unit::Count));
/// What an interpreter's lock counted.
const LOCK: [Column; 2] = [
    ("switch/s", Figure::new("gil_switches_per_s", Unit::Count)),
    (
        "request/s",
        Figure::new("gil_drop_requests_per_s", Unit::Count),
    ),
];
/// How late a heartbeat came.
const LATENESS: [Column; 3] = [
    ("p50", Figure::new("lateness_ms_p50", Unit::Milliseconds)),
    ("p99", Figure::new("lateness_ms_p99", Unit::Milliseconds)),
    ("worst", Figure::new("lateness_ms_max", Unit::Milliseconds)),
];
/// What it took to bring results back.
const TRANSFER: [Column; 3] = [
    (
        "a result",
        Figure::new("transfer_us_mean", Unit::Microseconds),
    ),
    ("rate", Figure::new("usable_mb_per_s", Unit::Rate)),
    WALL,
];

/// The columns of a demo's table.
fn columns(spec: &DemoSpec) -> Vec<Column> {
    let of_picture = match spec.show {
        Show::Heartbeat => return LATENESS.to_vec(),
        Show::Transfer => return TRANSFER.to_vec(),
        Show::Gil => LOCK,
        _ => [MEMORY, SWITCHES],
    };
    let mut columns = vec![WALL, CPU, CORES];
    if spec.baseline != Baseline::None {
        columns.push(SPEEDUP);
    }
    columns.extend(of_picture);
    columns
}

/// The bar of each lane: its head while the run goes on and once it is over, its parts, and where
/// perfect scaling is.
struct Bars {
    during: &'static str,
    over: &'static str,
    parts: Vec<Part>,
    ideal: Option<f64>,
}

impl Bars {
    fn of(spec: &DemoSpec, report: &Report) -> Self {
        match spec.show {
            Show::Heartbeat => Self::of_powers(report, "late, ms", &LATENESS),
            Show::Transfer => Self::of_powers(report, "MB/s", &TRANSFER[1..2]),
            _ => Self::of_progress(spec, report),
        }
    }

    fn of_powers(report: &Report, head: &'static str, columns: &[Column]) -> Self {
        let figures = columns.iter().map(|(_, figure)| figure.of);
        let values = |of: &'static str| report.lanes.iter().filter_map(move |lane| value(lane, of));
        let scale = Scale::Log(LogScale::over(figures.clone().flat_map(values)));
        Self {
            during: head,
            over: head,
            parts: figures.map(|of| Part::of(of, scale)).collect(),
            ideal: None,
        }
    }

    /// Progress on the way, and what came of it against what was possible.
    fn of_progress(spec: &DemoSpec, report: &Report) -> Self {
        let progress = Scale::Full(1.0);
        let ideal = report.ideal_speedup;
        let speedups = report.lanes.iter().filter_map(|lane| lane.speedup);
        let full = speedups.chain(ideal).fold(1.0, f64::max);
        let compared = spec.baseline != Baseline::None;
        let (over, head, scale_over) = if compared {
            ("speedup", "speed-up", Scale::Full(full))
        } else {
            ("progress", "progress", progress)
        };
        Self {
            during: "progress",
            over: head,
            parts: vec![Part {
                during: "progress",
                scale_during: progress,
                over,
                scale_over,
            }],
            ideal: ideal.filter(|_| compared),
        }
    }
}

/// Writes the table as the run ended.
pub(super) fn write(spec: &DemoSpec, report: &Report, out: &mut String) {
    let columns = columns(spec);
    let bars = Bars::of(spec, report);
    out.push_str("<div class=\"runs\"><table class=\"run\"><thead><tr><td></td><td></td>");
    let _ = write!(
        out,
        "<th scope=\"col\"><span data-during=\"{}\">{}</span>",
        bars.during, bars.over
    );
    if let Some(part) = bars.parts.first() {
        part.scale_over.axis(out);
    }
    out.push_str("</th>");
    for (head, _) in &columns {
        let _ = write!(out, "<th scope=\"col\">{head}</th>");
    }
    out.push_str("</tr></thead><tbody>\n");
    for (index, lane) in report.lanes.iter().enumerate() {
        row(spec, (index, lane), &bars, &columns, out);
    }
    out.push_str("</tbody></table></div>\n");
}

/// A lane as it came out: its figures, or why there are none.
fn row(
    spec: &DemoSpec,
    (index, lane): (usize, &LaneReport),
    bars: &Bars,
    columns: &[Column],
    out: &mut String,
) {
    let (sign, role) = sign(lane);
    let _ = write!(
        out,
        "<tr data-lane=\"{index}\" style=\"--lane:var(--{})\"><td class=\"sign r-{role}\">{sign}</td>\
         <th scope=\"row\">{}</th>",
        name(lane_colour(spec, &lane.name)),
        words(&lane.label),
    );
    let wide = columns.len() + 1;
    match &lane.error {
        Some(error) if lane.wall_s.is_none() => {
            let _ = write!(
                out,
                "<td colspan=\"{wide}\" class=\"r-{role}\">{}</td>",
                words(error)
            );
        }
        error => {
            out.push_str("<td>");
            bar(lane, &bars.parts, bars.ideal, out);
            out.push_str("</td>");
            for (_, figure) in columns {
                figure.cell("td", lane, out);
            }
            if let Some(error) = error {
                let _ = write!(
                    out,
                    "</tr><tr class=\"why\"><td></td><td></td><td colspan=\"{wide}\" class=\"r-{role}\">{}</td>",
                    words(error)
                );
            }
        }
    }
    out.push_str("</tr>\n");
}

/// How a lane ended, and the role of the sign's colour.
pub(super) fn sign(lane: &LaneReport) -> (&'static str, &'static str) {
    match lane.outcome {
        Outcome::Done => ("✓", "good"),
        Outcome::Failed | Outcome::TimedOut => ("✗", "error"),
        Outcome::Cancelled => ("■", "muted"),
        Outcome::Refused | Outcome::Unavailable => ("–", "warning"),
    }
}
