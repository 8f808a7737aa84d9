//! What only cells can draw, charts and codes: a drawing for those who see it, and what it says for
//! those who don't.

use std::fmt::Write as _;

use super::attributes::attributes;
use super::text::escaped;
use super::{PAGE, cells, inline};
use crate::deck::{
    Align, Block, BlockKind, Chart, Inline, Place, Slide, Timeline, TimelineEvent, When,
};
use crate::highlight::Highlights;
use crate::layout::{Letters, Row, Size, layout};

/// Writes a chart, a timeline or a code that may be so many columns wide.
pub(super) fn write(block: &Block, width: u16, highlights: &Highlights, out: &mut String) {
    let width = match block.kind {
        // A page draws it as small as there is room.
        BlockKind::Qr { .. } => PAGE.width,
        _ => width,
    };
    let (title, kind, says) = match &block.kind {
        BlockKind::Chart(chart) => (chart.title.as_deref(), "chart", chart_data(chart)),
        BlockKind::Timeline(timeline) => {
            let title = timeline.title.as_deref();
            (title, "timeline", timeline_data(timeline))
        }
        BlockKind::Qr { data, .. } => (None, "QR code", address(data)),
        _ => return,
    };
    let _ = write!(
        out,
        "<figure{} role=\"group\" aria-label=\"{}\">",
        attributes(block).with(""),
        escaped(title.unwrap_or(kind))
    );
    cells::draw(&rows(block, width, highlights), out);
    let _ = writeln!(out, "{says}</figure>");
}

/// The rows that a block takes alone on a page, without what is empty around it.
fn rows(block: &Block, width: u16, highlights: &Highlights) -> Vec<Row> {
    let alone = Block {
        step: 0,
        align: Align::Start,
        kind: match block.kind.clone() {
            BlockKind::Qr { data, caption, .. } => BlockKind::Qr {
                data,
                caption,
                place: Place::Flow,
            },
            kind => kind,
        },
        ..block.clone()
    };
    let slide = Slide {
        blocks: vec![alone],
        ..Slide::default()
    };
    let mut rows = layout(
        &slide,
        0,
        Size { width, ..PAGE },
        Letters::Plain,
        highlights,
    )
    .rows;
    let is_full = |row: &Row| !row.runs.is_empty();
    let end = rows.iter().rposition(is_full).map_or(0, |last| last + 1);
    rows.truncate(end);
    rows.drain(..rows.iter().position(is_full).unwrap_or(0));
    let left = rows.iter().flat_map(|row| &row.runs).map(|run| run.x).min();
    for run in rows.iter_mut().flat_map(|row| &mut row.runs) {
        run.x -= left.unwrap_or(0);
    }
    rows
}

/// Where a code leads, as a link.
fn address(data: &str) -> String {
    let link = [Inline::Link {
        url: data.to_owned(),
        content: vec![Inline::Text(data.to_owned())],
    }];
    let mut says = String::from("<p class=\"unseen\">");
    inline::write(&link, &mut says);
    says + "</p>"
}

/// The figures of a chart as a table.
fn chart_data(chart: &Chart) -> String {
    let mut out = String::from("<table class=\"unseen\"><tr><td></td>");
    for series in &chart.series {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(&series.name));
    }
    let unit = chart.unit.as_deref().unwrap_or_default();
    for (index, label) in chart.labels.iter().enumerate() {
        let _ = write!(out, "</tr><tr><th scope=\"row\">{}</th>", escaped(label));
        for series in &chart.series {
            let value = series.values.get(index).copied().flatten();
            let value = value.map_or(String::new(), |value| format!("{value} {unit}"));
            let _ = write!(out, "<td>{}</td>", escaped(value.trim_end()));
        }
    }
    out + "</tr></table>"
}

/// What happened when as a list.
fn timeline_data(timeline: &Timeline) -> String {
    let item = |event: &TimelineEvent| {
        let when = match event.when {
            When::On(day) => day.to_string(),
            When::During(from, until) => format!("{from} to {until}"),
            When::Since(from) => format!("since {from}"),
            When::Someday => "some day".to_owned(),
        };
        format!("<li>{}: {when}</li>", escaped(&event.label))
    };
    let items: String = timeline.events.iter().map(item).collect();
    format!("<ul class=\"unseen\">{items}</ul>")
}
