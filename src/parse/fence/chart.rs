//! `chart` fences: figures inline or from a CSV file beside the deck. Timelines, which have days in
//! place of figures, are read by [`super::timeline`].

use crate::deck::{BlockKind, Chart, ChartKind, Series, Timeline};
use crate::parse::slide::Builder;
use crate::parse::yaml::{Node, Reading, Value};

use super::{csv, timeline};

const KEYS: &[&str] = &[
    "kind", "title", "unit", "total", "labels", "values", "series", "data", "columns", "source",
    "height",
];
const TIMELINE_KEYS: &[&str] = &["kind", "title", "events", "data", "highlight", "source"];
const SERIES_KEYS: &[&str] = &["name", "values"];

/// Most labels and most series that a chart has.
pub(super) const LABELS_MAX: usize = 500;
pub(super) const SERIES_MAX: usize = 8;

/// The kinds, and how each is drawn; `None` is a timeline.
const KINDS: [(&str, Option<ChartKind>); 4] = [
    ("donut", Some(ChartKind::Donut)),
    ("bar", Some(ChartKind::Bar)),
    ("line", Some(ChartKind::Line)),
    ("timeline", None),
];

pub(super) fn read(
    builder: &mut Builder<'_>,
    reading: &mut Reading<'_>,
    node: Node,
) -> Option<BlockKind> {
    let start = node.range.start;
    let Some(kind) = node.get("kind") else {
        reading.report_with_help(
            start..start,
            "this chart has no kind",
            "it takes kind: donut, bar, line or timeline",
        );
        return None;
    };
    match reading.choice("kind", kind, &KINDS)? {
        Some(kind) => figures(builder, reading, node, kind),
        None => events(builder, reading, node),
    }
}

/// A chart of figures.
fn figures(
    builder: &Builder<'_>,
    reading: &mut Reading<'_>,
    node: Node,
    kind: ChartKind,
) -> Option<BlockKind> {
    let start = node.range.start;
    let mut fields = reading.fields(node, KEYS);
    let mut text = |reading: &mut Reading<'_>, key: &str| {
        let node = fields.take(key)?;
        reading.text(key, &node)
    };
    let title = text(reading, "title");
    let unit = text(reading, "unit");
    let source = text(reading, "source");
    let total = fields
        .take("total")
        .and_then(|node| reading.number("total", &node));
    let height = fields
        .take("height")
        .and_then(|node| height(reading, &node));
    let (labels, series) = if let Some(data) = fields.take("data") {
        let columns = fields
            .take("columns")
            .map(|node| reading.texts("columns", &node));
        from_file(builder, reading, &data, columns.as_deref())?
    } else {
        let labels = fields
            .take("labels")
            .map(|node| reading.texts("labels", &node));
        let series = inline(reading, fields.take("values"), fields.take("series"));
        (labels.unwrap_or_default(), series)
    };
    let chart = Chart {
        kind,
        title,
        unit,
        total,
        labels,
        series,
        source,
        height,
    };
    fits(reading, &chart, start)?;
    Some(BlockKind::Chart(Box::new(chart)))
}

/// A timeline.
fn events(builder: &Builder<'_>, reading: &mut Reading<'_>, node: Node) -> Option<BlockKind> {
    let start = node.range.start;
    let mut fields = reading.fields(node, TIMELINE_KEYS);
    let mut text = |reading: &mut Reading<'_>, key: &str| {
        let node = fields.take(key)?;
        reading.text(key, &node)
    };
    let (title, source) = (text(reading, "title"), text(reading, "source"));
    let events = if let Some(data) = fields.take("data") {
        let named = reading.text("data", &data)?;
        used(builder, &named, timeline::from_file)
            .map_err(|message| reading.report(data.range.clone(), message))
            .ok()?
    } else {
        let events = fields.take("events");
        events.map_or_else(Vec::new, |events| timeline::inline(reading, events))
    };
    timeline::fits(reading, &events, start)?;
    let highlight = fields.take("highlight");
    let highlight = highlight.and_then(|node| timeline::highlight(reading, &node, &events));
    Some(BlockKind::Timeline(Box::new(Timeline {
        title,
        events,
        highlight,
        source,
    })))
}

/// A part of the page's rows, written `30%`.
fn height(reading: &mut Reading<'_>, node: &Node) -> Option<f64> {
    let text = reading.text("height", node)?;
    let percent = text
        .strip_suffix('%')
        .and_then(|digits| digits.trim().parse::<u8>().ok());
    let height = percent.filter(|percent| (10..=90).contains(percent));
    if height.is_none() {
        reading.report_with_help(
            node.range.clone(),
            "`height` with a value that it doesn't take",
            "it takes a part of the page's rows between 10% and 90%",
        );
    }
    height.map(|percent| f64::from(percent) / 100.0)
}

fn from_file(
    builder: &Builder<'_>,
    reading: &mut Reading<'_>,
    data: &Node,
    columns: Option<&[String]>,
) -> Option<(Vec<String>, Vec<Series>)> {
    let named = reading.text("data", data)?;
    used(builder, &named, |text| csv::read(text, columns))
        .map_err(|message| reading.report(data.range.clone(), message))
        .ok()
}

/// What is made of a file beside the deck.
fn used<T>(
    builder: &Builder<'_>,
    named: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, String> {
    let path = builder.beside(named);
    let text = builder.files.read(&path);
    let text = text.map_err(|reason| format!("failed to read {}: {reason}", path.display()))?;
    read(&text).map_err(|reason| format!("failed to use {}: {reason}", path.display()))
}

fn inline(reading: &mut Reading<'_>, values: Option<Node>, series: Option<Node>) -> Vec<Series> {
    let mut all = Vec::new();
    if let Some(values) = values {
        all.push(Series {
            name: String::new(),
            values: numbers(reading, &values),
        });
    }
    let Some(series) = series else {
        return all;
    };
    let Value::List(items) = series.value else {
        let help = "it takes a list: series: [{name: tested, values: [76, 96]}]";
        reading.report_with_help(
            series.range,
            "`series` with a value that it doesn't take",
            help,
        );
        return all;
    };
    for item in items {
        let mut fields = reading.fields(item, SERIES_KEYS);
        let name = fields
            .take("name")
            .and_then(|node| reading.text("name", &node))
            .unwrap_or_default();
        let values = fields
            .take("values")
            .map(|node| numbers(reading, &node))
            .unwrap_or_default();
        all.push(Series { name, values });
    }
    all
}

fn numbers(reading: &mut Reading<'_>, node: &Node) -> Vec<Option<f64>> {
    let Value::List(items) = &node.value else {
        return vec![reading.number("values", node)];
    };
    let number = |item: &Node| match item.value {
        Value::Null => None,
        _ => reading.number("values", item),
    };
    items.iter().map(number).collect()
}

/// Whether there is something to draw, and it belongs together.
fn fits(reading: &mut Reading<'_>, chart: &Chart, at: usize) -> Option<()> {
    let labels = chart.labels.len();
    let wrong = if chart.series.iter().all(|series| series.values.is_empty()) {
        Some((
            "this chart has no values".to_owned(),
            "give values: [1, 2], series, or data: file.csv".to_owned(),
        ))
    } else if labels > LABELS_MAX || chart.series.len() > SERIES_MAX {
        Some((
            "this chart has too much to show".into(),
            format!("at most {LABELS_MAX} labels and {SERIES_MAX} series"),
        ))
    } else if chart.kind == ChartKind::Donut && chart.series.len() > 1 {
        Some((
            "a donut has one row of values".into(),
            "use a bar chart for several series".into(),
        ))
    } else if chart.kind == ChartKind::Donut
        && chart
            .series
            .iter()
            .flat_map(|series| &series.values)
            .flatten()
            .any(|value| *value < 0.0)
    {
        Some((
            "a donut's parts can't be negative".into(),
            "use a bar chart".into(),
        ))
    } else {
        let uneven = chart
            .series
            .iter()
            .find(|series| series.values.len() != labels);
        uneven.map(|series| {
            (
                format!("{labels} labels, but {} values", series.values.len()),
                "there must be as many of each".into(),
            )
        })
    };
    let Some((message, help)) = wrong else {
        return Some(());
    };
    if reading.problems.is_empty() {
        reading.report_with_help(at..at, message, help);
    }
    None
}
