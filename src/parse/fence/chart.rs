//! `chart` fences: figures inline or from a CSV file beside the deck. Timelines, which have days in
//! place of figures, are read by [`super::timeline`].

use crate::deck::{BlockKind, Chart, ChartKind, Series, Timeline};
use crate::parse::slide::Builder;
use crate::parse::yaml::{Fields, Node, Reading, Value};

use super::{csv, timeline};

const KEYS: &[&str] = &[
    "kind", "title", "unit", "total", "labels", "values", "series", "data", "columns", "source",
    "height",
];
const TIMELINE_KEYS: &[&str] = &["kind", "title", "events", "data", "highlight", "source"];
const SERIES_KEYS: &[&str] = &["name", "values"];

/// All that a chart can be told, its kinds included.
#[cfg(test)]
pub(super) fn names() -> Vec<&'static str> {
    let kinds = KINDS.iter().map(|(name, _)| *name);
    let keys = [KEYS, TIMELINE_KEYS, SERIES_KEYS, timeline::EVENT_KEYS];
    kinds.chain(keys.into_iter().flatten().copied()).collect()
}

/// Most labels and most series that a chart has.
pub(super) const LABELS_MAX: usize = 500;
pub(super) const SERIES_MAX: usize = 8;

/// How much of a sum may be due to the fractions that binary numbers lack.
const ROUNDING: f64 = 1e-9;

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
    let Some(kind) = node.get("kind") else {
        let help = "it takes kind: donut, bar, line or timeline";
        let start = node.range.start;
        reading.report_with_help(start..start, "this chart has no kind", help);
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
    let mut fields = reading.fields(node, KEYS);
    let title = fields.text("title");
    let unit = fields.text("unit");
    let source = fields.text("source");
    let total = fields.number("total");
    let height = fields.read("height", height);
    let (labels, series) = if let Some(data) = fields.take("data") {
        let columns = fields
            .take("columns")
            .map(|node| fields.reading.texts("columns", &node));
        from_file(builder, fields.reading, &data, columns.as_deref())?
    } else {
        let (labels, values) = (fields.texts("labels"), fields.take("values"));
        let series = fields.take("series");
        (labels, inline(fields.reading, values, series))
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
    fits(&mut fields, &chart)?;
    Some(BlockKind::Chart(Box::new(chart)))
}

/// A timeline.
fn events(builder: &Builder<'_>, reading: &mut Reading<'_>, node: Node) -> Option<BlockKind> {
    let mut fields = reading.fields(node, TIMELINE_KEYS);
    let (title, source) = (fields.text("title"), fields.text("source"));
    let events = if let Some(data) = fields.take("data") {
        let named = fields.reading.text("data", &data)?;
        used(builder, &named, timeline::from_file)
            .map_err(|message| fields.reading.report(data.range.clone(), message))
            .ok()?
    } else {
        let events = fields.take("events");
        events.map_or_else(Vec::new, |events| timeline::inline(fields.reading, events))
    };
    timeline::fits(&mut fields, &events)?;
    let highlight = fields.read("highlight", |reading, _, node| {
        timeline::highlight(reading, node, &events)
    });
    Some(BlockKind::Timeline(Box::new(Timeline {
        title,
        events,
        highlight,
        source,
    })))
}

/// A part of the page's rows, written `30%`.
fn height(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<f64> {
    let text = reading.text(key, node)?;
    let percent = text
        .strip_suffix('%')
        .and_then(|digits| digits.trim().parse::<u8>().ok());
    let height = percent.filter(|percent| (10..=90).contains(percent));
    if height.is_none() {
        reading.expected(node, key, "a part of the page's rows between 10% and 90%");
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
        let expected = "a list: series: [{name: tested, values: [76, 96]}]";
        reading.expected(&series, "series", expected);
        return all;
    };
    for item in items {
        let mut fields = reading.fields(item, SERIES_KEYS);
        let name = fields.text("name").unwrap_or_default();
        let values = fields.take("values");
        let values = values.map_or_else(Vec::new, |node| numbers(fields.reading, &node));
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
fn fits(fields: &mut Fields<'_, '_>, chart: &Chart) -> Option<()> {
    let Some((message, help)) = unfit(chart) else {
        return Some(());
    };
    if fields.reading.problems.is_empty() {
        fields.lack(message, help);
    }
    None
}

/// Why it can't be drawn, and what to do.
fn unfit(chart: &Chart) -> Option<(String, String)> {
    let labels = chart.labels.len();
    let uneven = |series: &&Series| series.values.len() != labels;
    let told = |message: &str, help: &str| Some((message.to_owned(), help.to_owned()));
    if chart.series.iter().all(|series| series.values.is_empty()) {
        told(
            "this chart has no values",
            "give values: [1, 2], series, or data: file.csv",
        )
    } else if labels > LABELS_MAX || chart.series.len() > SERIES_MAX {
        let help = format!("at most {LABELS_MAX} labels and {SERIES_MAX} series");
        told("this chart has too much to show", &help)
    } else if let Some(series) = chart.series.iter().find(uneven) {
        let message = format!("{labels} labels, but {} values", series.values.len());
        told(&message, "there must be as many of each")
    } else if chart.kind == ChartKind::Donut {
        unfit_as_donut(chart)
    } else {
        None
    }
}

/// Why its figures are no parts of a whole.
fn unfit_as_donut(chart: &Chart) -> Option<(String, String)> {
    let values = || chart.series.iter().flat_map(|series| &series.values);
    let sum: f64 = values().flatten().sum();
    let total = chart.total.unwrap_or(sum);
    let (message, help) = if chart.series.len() > 1 {
        (
            "a donut has one row of values",
            "use a bar chart for several series",
        )
    } else if values().flatten().any(|value| *value < 0.0) {
        ("a donut's parts can't be negative", "use a bar chart")
    } else if total <= 0.0 {
        let help = "give total, or a part that is more than 0";
        ("all parts of this donut are nothing", help)
    } else if sum * (1.0 - ROUNDING) > total {
        let help = "leave total out, and the parts are all there is";
        ("the parts of this donut are more than its total", help)
    } else {
        return None;
    };
    Some((message.to_owned(), help.to_owned()))
}
