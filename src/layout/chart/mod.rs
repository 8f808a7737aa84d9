//! Charts: a title, the picture, and where the figures come from. Each tells its figures in words
//! beside the picture, so that none needs colour.

mod bar;
mod donut;
mod line;
mod timeline;

use super::frame::plain;
use super::rows::Rows;
use super::setter::Column;
use crate::deck::{Align, Chart, ChartKind, Timeline};
use crate::theme::Role;

/// A chart on a page of so many rows.
pub(super) fn draw(chart: &Chart, page_rows: u16, column: Column) -> Rows {
    let share = chart.height.unwrap_or(0.5);
    let rows_max = (f64::from(page_rows) * share) as u16;
    let picture = match chart.kind {
        ChartKind::Donut => donut::draw(chart, rows_max, column.width),
        ChartKind::Bar => bar::draw(chart, column.width),
        ChartKind::Line => line::draw(chart, rows_max, column.width),
    };
    framed(
        chart.title.as_deref(),
        picture,
        chart.source.as_deref(),
        column,
    )
}

/// A timeline on a page of so many rows.
pub(super) fn draw_timeline(timeline: &Timeline, page_rows: u16, column: Column) -> Rows {
    let picture = timeline::draw(timeline, page_rows, column.width);
    framed(
        timeline.title.as_deref(),
        picture,
        timeline.source.as_deref(),
        column,
    )
}

/// A picture between its title and where it comes from.
fn framed(title: Option<&str>, picture: Rows, source: Option<&str>, column: Column) -> Rows {
    let mut rows = Rows::default();
    if let Some(title) = title {
        rows.append(plain(title, Role::Heading, column.width, Align::Start));
        rows.blank(1);
    }
    rows.append(picture);
    if let Some(source) = source {
        rows.blank(1);
        let text = format!("Source: {source}");
        rows.append(plain(&text, Role::Muted, column.width, Align::Start));
    }
    rows.align(column.align, column.width);
    rows
}

/// The colour of a part, a series; the first has the talk's accent.
fn role(index: usize) -> Role {
    match index.checked_sub(1) {
        None => Role::Accent,
        Some(lane) => Role::Lane((lane % usize::from(u8::MAX)) as u8),
    }
}

/// A figure, if it is one.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// How many decimals figures need to be told apart: the most that any of them has, 2 at most.
fn decimals(values: impl Iterator<Item = f64>) -> usize {
    let needed = |value: f64| {
        let rounds = |decimals: i32| {
            let scaled = value * 10_f64.powi(decimals);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
        };
        (0..2).find(|decimals| rounds(*decimals)).unwrap_or(2) as usize
    };
    values.map(needed).max().unwrap_or(0)
}

/// A figure with its unit.
fn figure(value: f64, decimals: usize, unit: Option<&str>) -> String {
    match unit {
        Some(unit) => format!("{value:.decimals$} {unit}"),
        None => format!("{value:.decimals$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn give_all_figures_the_decimals_that_one_needs() {
        for (values, expected) in [
            (&[107.0, 360.0][..], 0),
            (&[1.5, 2.0], 1),
            (&[1.25, 2.0], 2),
            (&[1.0 / 3.0], 2),
            (&[1e300], 0),
            (&[], 0),
        ] {
            assert_eq!(decimals(values.iter().copied()), expected, "{values:?}");
        }
    }
}
