//! Lanes as a matrix: a row for each kind of lane, with figures of one thread and of many.

use std::fmt::Write as _;

use parade_demos::catalogue;
use parade_demos::report::{LaneReport, Report};
use parade_demos::spec::{DemoSpec, Show, Workers};

use super::super::style::name;
use super::super::text::words;
use super::figure::{Figure, Part, Scale, Unit, bar, value};
use super::table::sign;
use crate::layout::matrix;
use crate::view::{LogScale, figure, lane_colour};

/// A cost beyond this many times the baseline's runs out of its bar.
const COST_MAX: f64 = 4.0;

const COST: Figure = Figure::new("cost", Unit::Times);
const SPEEDUP: Figure = Figure::new("speedup", Unit::Times);
const MEMORY: Figure = Figure::new("memory", Unit::Mib);
/// What it costs to count a reference to each kind of object.
const COUNTS: [(&str, Figure); 3] = [
    ("private", Figure::new("private_ns", Unit::Nanoseconds)),
    ("shared", Figure::new("shared_ns", Unit::Nanoseconds)),
    ("immortal", Figure::new("immortal_ns", Unit::Nanoseconds)),
];

/// A figure of one half of a row, with its bar.
struct Column {
    head: &'static str,
    figure: Figure,
    scale: Scale,
}

/// The columns of one thread and of many.
fn halves(spec: &DemoSpec, report: &Report) -> [Vec<Column>; 2] {
    let values = |of: &'static str| report.lanes.iter().filter_map(move |lane| value(lane, of));
    if spec.show == Show::Counts {
        let all = COUNTS.iter().flat_map(|(_, figure)| values(figure.of));
        let scale = Scale::Log(LogScale::over(all));
        let half = || {
            let column = |&(head, figure): &(_, Figure)| Column {
                head,
                figure,
                scale,
            };
            COUNTS.iter().map(column).collect()
        };
        return [half(), half()];
    }
    let fastest = values("speedup").chain(report.ideal_speedup);
    let full = fastest.fold(1.0, f64::max);
    let column = |head, figure, full| Column {
        head,
        figure,
        scale: Scale::Full(full),
    };
    [
        vec![column("cost", COST, COST_MAX)],
        vec![column("speed-up", SPEEDUP, full)],
    ]
}

/// Writes the matrix as the run ended.
pub(super) fn write(spec: &DemoSpec, report: &Report, out: &mut String) {
    let halves = halves(spec, report);
    heads(spec, report, &halves, out);
    let lane = |index: Option<usize>| {
        let spec = &spec.lanes[index?];
        let lanes = || report.lanes.iter().enumerate();
        lanes().find(|(_, lane)| lane.name == spec.name)
    };
    for row in matrix(spec).unwrap_or_default() {
        let (one, many) = (lane(row.one), lane(row.many));
        let colour = one.or(many).map(|(_, lane)| lane_colour(spec, &lane.name));
        let _ = write!(
            out,
            "<tr style=\"--lane:var(--{})\"><th scope=\"row\">{}</th>",
            colour.map_or("accent", name),
            words(row.label)
        );
        match (one, many) {
            (Some((_, one)), Some((_, many))) if one.error.is_some() && one.error == many.error => {
                why(one, halves[0].len() + halves[1].len(), out);
            }
            _ => {
                for (lane, half) in [one, many].into_iter().zip(&halves) {
                    cells(lane, half, out);
                }
            }
        }
        if spec.show == Show::Attempts {
            reported(spec, many, row.one.or(row.many), out);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
    if spec.show == Show::Attempts {
        sources(spec, out);
    }
    if let Some(wrong) = wrong_counts(report) {
        let _ = writeln!(out, "<p class=\"verdict r-error\">{}</p>", words(&wrong));
    }
}

fn heads(spec: &DemoSpec, report: &Report, halves: &[Vec<Column>; 2], out: &mut String) {
    let many = spec.lanes.iter().find_map(|lane| match lane.workers {
        Workers::Count(1) => None,
        Workers::Count(count) => Some(count as usize),
        Workers::Cores | Workers::Items => Some(report.machine.usable),
    });
    let corner = match spec.show {
        Show::Counts => "ns a count",
        _ => "",
    };
    let _ = write!(
        out,
        "<div class=\"runs\"><table class=\"run matrix\"><thead><tr><td></td>"
    );
    for (half, threads) in halves.iter().zip([1, many.unwrap_or(1)]) {
        let _ = write!(
            out,
            "<th scope=\"colgroup\" colspan=\"{}\">{}</th>",
            half.len(),
            figure::counted(threads, "thread")
        );
    }
    let _ = write!(out, "</tr><tr><td class=\"r-muted\">{corner}</td>");
    for column in halves.iter().flatten() {
        let _ = write!(out, "<th scope=\"col\">{}</th>", column.head);
    }
    if spec.show == Show::Attempts {
        out.push_str("<th scope=\"col\">memory</th><th scope=\"col\">reported</th>");
    }
    out.push_str("</tr></thead><tbody>\n");
}

/// The figures of one half, or why there are none.
fn cells(lane: Option<(usize, &LaneReport)>, columns: &[Column], out: &mut String) {
    let Some((index, lane)) = lane else {
        let _ = write!(out, "<td colspan=\"{}\"></td>", columns.len());
        return;
    };
    if lane.error.is_some() {
        why(lane, columns.len(), out);
        return;
    }
    for column in columns {
        let _ = write!(out, "<td data-lane=\"{index}\"><div class=\"cell\">");
        column.figure.cell("span", lane, out);
        bar(lane, &[Part::of(column.figure.of, column.scale)], None, out);
        out.push_str("</div></td>");
    }
}

fn why(lane: &LaneReport, columns: usize, out: &mut String) {
    let (sign, role) = sign(lane);
    let error = lane.error.as_deref().unwrap_or_default();
    let _ = write!(
        out,
        "<td colspan=\"{columns}\" class=\"r-{role}\">{sign} {}</td>",
        words(error)
    );
}

/// The memory of many threads, and the figure that was reported of the real runtime.
fn reported(
    spec: &DemoSpec,
    many: Option<(usize, &LaneReport)>,
    lane: Option<usize>,
    out: &mut String,
) {
    match many {
        Some((index, lane)) if lane.error.is_none() => {
            let _ = write!(out, "<td data-lane=\"{index}\">");
            MEMORY.cell("span", lane, out);
            out.push_str("</td>");
        }
        _ => out.push_str("<td></td>"),
    }
    let model = lane.map(|index| spec.lanes[index].model.as_str());
    let first = model.and_then(|model| catalogue::reported(model).first());
    let _ = write!(
        out,
        "<td class=\"reported\">{}</td>",
        first.map_or(String::new(), |reported| words(reported.figure))
    );
}

/// All that was reported of the real runtimes, and who reported it.
fn sources(spec: &DemoSpec, out: &mut String) {
    out.push_str("<details class=\"sources\"><summary>Who reported what</summary><dl>");
    for row in matrix(spec).unwrap_or_default() {
        let _ = write!(out, "<dt>{}</dt>", words(row.label));
        let lane = row.one.or(row.many).map(|index| &spec.lanes[index]);
        for reported in lane.map_or(&[][..], |lane| catalogue::reported(&lane.model)) {
            let (figure, source) = (words(reported.figure), words(reported.source));
            let _ = write!(
                out,
                "<dd>{figure} <span class=\"r-muted\">{source}</span></dd>"
            );
        }
    }
    out.push_str("</dl></details>\n");
}

/// What is to be said of shared counts that came out wrong.
fn wrong_counts(report: &Report) -> Option<String> {
    let wrong = report.lanes.iter().filter_map(|lane| {
        let lost = value(lane, "lost").filter(|lost| *lost > 0.0)?;
        Some(format!("{} by {}", lane.label, figure::count(lost)))
    });
    let wrong: Vec<String> = wrong.collect();
    (!wrong.is_empty()).then(|| format!("✗ the shared count came out wrong: {}", wrong.join(" · ")))
}
