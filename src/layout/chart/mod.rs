//! Charts: a title, the picture, and where the figures come from. Each tells its figures in words
//! beside the picture, so that none needs colour.

mod bar;
mod donut;
mod line;

use super::frame::plain;
use super::rows::Rows;
use super::setter::Column;
use crate::deck::{Align, Chart, ChartKind};
use crate::theme::Role;

/// A chart on a page of so many rows.
pub(super) fn draw(chart: &Chart, page_rows: u16, column: Column) -> Rows {
    let mut rows = Rows::default();
    if let Some(title) = &chart.title {
        rows.append(plain(title, Role::Heading, column.width, Align::Start));
        rows.blank(1);
    }
    rows.append(match chart.kind {
        ChartKind::Donut => donut::draw(chart, page_rows, column.width),
        ChartKind::Bar => bar::draw(chart, column.width),
        ChartKind::Line => line::draw(chart, page_rows, column.width),
    });
    if let Some(source) = &chart.source {
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
