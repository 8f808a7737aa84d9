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
    value_max: f64,
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
        Self {
            unit,
            label_width,
            name_width,
            bar_width: width
                .saturating_sub(label_width + name_width + figures + gaps)
                .max(1),
            figure_width: figures,
            decimals,
            value_max: values().fold(0.0, f64::max),
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
            writer.write(&self.blocks(value), role(index));
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

    /// A value's bar; the largest takes the whole width, and none above zero is invisible.
    fn blocks(&self, value: f64) -> String {
        if value <= 0.0 || self.value_max <= 0.0 {
            return String::new();
        }
        let cells = value / self.value_max * f64::from(self.bar_width);
        BAR.repeat((cells.round() as usize).max(1))
    }
}
