//! Horizontal bars, alone or in groups, that leave air to the row above.

use super::{decimals, figure, finite, role};
use crate::deck::Chart;
use crate::layout::glyph;
use crate::layout::rows::{Rows, Writer, run};
use crate::layout::width::text_columns;
use crate::theme::Role;

/// Bars beyond this many are not drawn; a note says so.
const BARS_MAX: usize = 500;
/// Columns between label, bar and figure.
const GAP: u16 = 2;
const BAR: &str = "▆";

/// What every bar of a chart shares.
struct Scale<'a> {
    unit: Option<&'a str>,
    label_width: u16,
    name_width: u16,
    bar_width: u16,
    figure_width: u16,
    decimals: usize,
    /// From the smallest value to the largest, and zero is among them.
    span: f64,
    /// Columns of a bar's room that are left of zero.
    zero: u16,
}

/// A row for each value: label, series, bar, figure.
pub(super) fn draw(chart: &Chart, width: u16) -> Rows {
    let scale = Scale::of(chart, width);
    let is_grouped = chart.series.len() > 1;
    let mut rows = Rows::default();
    let shown = (BARS_MAX / chart.series.len().max(1)).max(1);
    for (at, label) in chart.labels.iter().take(shown).enumerate() {
        if is_grouped && at > 0 {
            rows.blank(1);
        }
        for (index, series) in chart.series.iter().take(BARS_MAX).enumerate() {
            let label = if index == 0 { label } else { "" };
            let value = finite(series.values.get(at).copied().flatten());
            rows.push(scale.bar(label, &series.name, index, value).runs());
        }
    }
    if let more @ 1.. = chart.labels.len().saturating_sub(shown) {
        let text = format!("{} {more} more", glyph::CUT);
        rows.push(vec![run(0, text, Role::Warning)]);
    }
    rows
}

impl<'a> Scale<'a> {
    fn of(chart: &'a Chart, width: u16) -> Self {
        let values = || {
            let values = chart.series.iter().flat_map(|series| &series.values);
            values.filter_map(|value| finite(*value))
        };
        let unit = chart.unit.as_deref();
        let decimals = decimals(values());
        let widest = |texts: &mut dyn Iterator<Item = u16>| texts.max().unwrap_or(0);
        let labels = widest(&mut chart.labels.iter().map(|label| text_columns(label)));
        let names = widest(&mut chart.series.iter().map(|series| text_columns(&series.name)));
        let figures =
            widest(&mut values().map(|value| text_columns(&figure(value, decimals, unit))));
        let name_width = if chart.series.len() > 1 {
            names.min(width / 4)
        } else {
            0
        };
        let label_width = labels.min(width * 2 / 5);
        let gaps = GAP * (1 + u16::from(label_width > 0) + u16::from(name_width > 0));
        let bar_width = width
            .saturating_sub(label_width + name_width + figures + gaps)
            .max(1);
        let (least, most) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let span = most - least;
        let zero = (-least / span * f64::from(bar_width)).round() as u16;
        Self {
            unit,
            label_width,
            name_width,
            bar_width,
            figure_width: figures,
            decimals,
            span,
            // Either side has room for a bar.
            zero: zero.clamp(
                u16::from(least < 0.0),
                bar_width - u16::from(most > 0.0 && bar_width > 1),
            ),
        }
    }

    fn bar(&self, label: &str, name: &str, index: usize, value: Option<f64>) -> Writer {
        let mut writer = Writer::default();
        for (text, width, role) in [
            (label, self.label_width, Role::Text),
            (name, self.name_width, Role::Muted),
        ] {
            if width > 0 {
                let end = writer.x() + width + GAP;
                writer.write_within(text, width, role);
                writer.fill(end, Role::Text);
            }
        }
        let figure_at = writer.x() + self.bar_width + GAP;
        if let Some(value) = value {
            let bar_at = writer.x();
            let (from, cells) = self.extent(value);
            writer.fill(bar_at + from, Role::Text);
            writer.write(&BAR.repeat(cells.into()), role(index));
            let text = figure(value, self.decimals, self.unit);
            let indent = self.figure_width.saturating_sub(text_columns(&text));
            writer.fill(figure_at + indent, Role::Text);
            writer.write(&text, Role::Text);
        } else {
            writer.fill(figure_at + self.figure_width.saturating_sub(1), Role::Text);
            writer.write("–", Role::Muted);
        }
        writer
    }

    /// Where a value's bar begins, and its cells: from zero to the right, or to the left of one below it.
    /// None but zero's is invisible.
    fn extent(&self, value: f64) -> (u16, u16) {
        if value == 0.0 {
            return (self.zero, 0);
        }
        let cells = (value.abs() / self.span * f64::from(self.bar_width)).round() as u16;
        if value < 0.0 {
            let cells = cells.clamp(1, self.zero.max(1));
            (self.zero.saturating_sub(cells), cells)
        } else {
            let room = self.bar_width - self.zero;
            (self.zero, cells.clamp(1, room.max(1)))
        }
    }
}
