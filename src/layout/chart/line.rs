//! Values over ordered labels, in braille dots. Each line is named at its end, and further lines are
//! dashed, so that they can be told apart without colour.

use super::{decimals, figure, finite, role};
use crate::deck::{Chart, Date, Series};
use crate::layout::rows::{Rows, Writer, run};
use crate::layout::width::{text_columns, text_width};
use crate::layout::{Run, glyph};
use crate::theme::Role;

/// A plot narrower than this many columns has its lines' names below rather than beside it.
const PLOT_WIDTH_MIN: u16 = 20;
/// Lines beyond this many are not drawn; a note says so.
const LINES_MAX: usize = 8;
/// Where a figure was known.
const KNOWN: &str = "●";
/// Columns that each known figure needs to stand out.
const KNOWN_PITCH_MIN: usize = 4;
/// The bit of each dot of a braille cell, by column and row.
const DOTS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// The plot: which dots of which line each cell has.
struct Canvas {
    columns: usize,
    rows: usize,
    cells: Vec<Cell>,
    low: f64,
    high: f64,
}

/// One cell of the plot.
#[derive(Clone, Copy, Default)]
struct Cell {
    dots: u8,
    /// Whether a figure stands here, which was known and not drawn between others.
    known: bool,
    /// The line that drew last.
    line: usize,
}

/// The plot between its axes, and the names of its lines.
pub(super) fn draw(chart: &Chart, rows_max: u16, width: u16) -> Rows {
    let series = &chart.series[..chart.series.len().min(LINES_MAX)];
    let values = || {
        let values = series.iter().flat_map(|series| &series.values);
        values.filter_map(|value| finite(*value))
    };
    let low = values().fold(0.0, f64::min);
    let high = values().fold(low, f64::max);
    let high = if high > low {
        round_up(high)
    } else {
        low + 1.0
    };
    let unit = chart.unit.as_deref();
    let ticks = [high, f64::midpoint(low, high), low];
    let tick_decimals = decimals(ticks.into_iter());
    let ticks = ticks.map(|tick| figure(tick, tick_decimals, None));
    let tick_width = ticks
        .iter()
        .map(|tick| text_columns(tick))
        .max()
        .unwrap_or(0);
    let names = names(series, decimals(values()), unit);
    let name_width = names
        .iter()
        .map(|name| text_columns(name))
        .max()
        .unwrap_or(0);

    let room = width.saturating_sub(tick_width + 2);
    let beside = room.saturating_sub(name_width + 1);
    let is_beside = beside >= PLOT_WIDTH_MIN;
    let columns = if is_beside { beside } else { room }.max(1);
    let places = places(&chart.labels);
    let mut canvas = Canvas::new(columns, rows_max.clamp(4, 16), low, high);
    for (index, series) in series.iter().enumerate() {
        canvas.line(index, &series.values, &places);
    }

    let mut rows = canvas.rows(&ticks, tick_width);
    rows.append(axis(&chart.labels, &places, tick_width, columns));
    if is_beside {
        canvas.name_ends(series, &names, tick_width + 2 + columns, &mut rows);
    } else {
        for (index, name) in names.iter().enumerate() {
            rows.push(vec![run(0, name.trim_start(), role(index))]);
        }
    }
    if let more @ 1.. = chart.series.len().saturating_sub(LINES_MAX) {
        let text = format!("{} {more} more lines", glyph::CUT);
        rows.push(vec![run(0, text, Role::Warning)]);
    }
    rows
}

/// The end of an axis: the next number above that is easy to halve.
fn round_up(value: f64) -> f64 {
    const ROUND: [f64; 10] = [1.0, 1.2, 1.4, 1.6, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0];
    if value <= 0.0 {
        return value;
    }
    let power = 10f64.powf(value.log10().floor());
    let round = ROUND.into_iter().map(|round| round * power);
    round
        .into_iter()
        .find(|round| *round >= value)
        .unwrap_or(value)
}

/// Where each label stands, 0…1 from the left: at equal steps, or, where all are dates, at their
/// distances in time.
fn places(labels: &[String]) -> Vec<f64> {
    let days: Option<Vec<i32>> = labels
        .iter()
        .map(|label| Date::read(label).map(Date::days))
        .collect();
    let rises = |days: &Vec<i32>| days.is_sorted_by(|a, b| a < b) && days.len() > 1;
    if let Some(days) = days.filter(rises) {
        let (first, last) = (days[0], days[days.len() - 1]);
        let place = |day: i32| f64::from(day - first) / f64::from(last - first);
        return days.into_iter().map(place).collect();
    }
    let last = labels.len().saturating_sub(1).max(1) as f64;
    (0..labels.len()).map(|at| at as f64 / last).collect()
}

/// Each line's name with its last figure.
fn names(series: &[Series], decimals: usize, unit: Option<&str>) -> Vec<String> {
    let name = |series: &Series| {
        let last = last_value(series).map_or_else(
            || "–".to_owned(),
            |(_, value)| figure(value, decimals, unit),
        );
        format!(" {} {last}", series.name).replace("  ", " ")
    };
    series.iter().map(name).collect()
}

/// A line's last figure and its place.
fn last_value(series: &Series) -> Option<(usize, f64)> {
    let values = series.values.iter().enumerate().rev();
    let mut known = values.filter_map(|(at, value)| Some((at, finite(*value)?)));
    known.next()
}

impl Canvas {
    fn new(columns: u16, rows: u16, low: f64, high: f64) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self {
            columns,
            rows,
            cells: vec![Cell::default(); columns * rows],
            low,
            high,
        }
    }

    /// The dot row of a value, from the top.
    fn dot_row(&self, value: f64) -> usize {
        let last = (self.rows * 4 - 1) as f64;
        let height = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        (last - height * last).round() as usize
    }

    /// Draws through the values; a missing one leaves a gap.
    fn line(&mut self, index: usize, values: &[Option<f64>], places: &[f64]) {
        let last_dot = (self.columns * 2 - 1) as f64;
        let mut before: Option<(usize, usize)> = None;
        for (value, place) in values.iter().zip(places) {
            let x = (place * last_dot) as usize;
            let here = finite(*value).map(|value| (x, self.dot_row(value)));
            match (before, here) {
                (Some(from), Some(to)) => self.stroke(index, from, to),
                (None, Some((x, y))) => self.dot(index, x, y),
                (_, None) => {}
            }
            before = here;
        }
        // Where there is room between them, known figures stand out from what is drawn through them.
        let is_sparse = values.len() * KNOWN_PITCH_MIN <= self.columns;
        for (value, place) in values.iter().zip(places).filter(|_| is_sparse) {
            if let Some(value) = finite(*value) {
                let x = (place * last_dot) as usize;
                let cell = self.cell(x, self.dot_row(value));
                (cell.known, cell.line) = (true, index);
            }
        }
    }

    fn stroke(&mut self, index: usize, from: (usize, usize), to: (usize, usize)) {
        let dots = to.0.abs_diff(from.0).max(to.1.abs_diff(from.1)).max(1);
        for dot in 0..=dots {
            let share = dot as f64 / dots as f64;
            let between =
                |a: usize, b: usize| (a as f64 + (b as f64 - a as f64) * share).round() as usize;
            let (x, y) = (between(from.0, to.0), between(from.1, to.1));
            if index == 0 || (x + y) % (2 * index + 1) <= index {
                self.dot(index, x, y);
            }
        }
    }

    fn dot(&mut self, index: usize, x: usize, y: usize) {
        let cell = self.cell(x, y);
        cell.dots |= DOTS[x % 2][y % 4];
        if !cell.known {
            cell.line = index;
        }
    }

    /// The cell of a dot.
    fn cell(&mut self, x: usize, y: usize) -> &mut Cell {
        &mut self.cells[y / 4 * self.columns + x / 2]
    }

    /// The plot's rows behind the vertical axis, with a tick above, half-way and below.
    fn rows(&self, ticks: &[String; 3], tick_width: u16) -> Rows {
        let mut rows = Rows::default();
        for (y, cells) in self.cells.chunks(self.columns).enumerate() {
            let tick = match y {
                0 => Some(&ticks[0]),
                _ if y == self.rows - 1 => Some(&ticks[2]),
                _ if y == self.rows / 2 => Some(&ticks[1]),
                _ => None,
            };
            let mut writer = Writer::default();
            if let Some(tick) = tick {
                writer.fill(tick_width - text_columns(tick), Role::Text);
                writer.write(tick, Role::Muted);
            }
            writer.fill(tick_width + 1, Role::Text);
            writer.write(if tick.is_some() { "┤" } else { "│" }, Role::Faint);
            for Cell { dots, known, line } in cells {
                let braille = char::from_u32(0x2800 + u32::from(*dots)).unwrap_or(' ');
                match (known, dots) {
                    (true, _) => writer.write(KNOWN, role(*line)),
                    (false, 0) => writer.write(" ", Role::Text),
                    _ => writer.write(braille.encode_utf8(&mut [0; 4]), role(*line)),
                }
            }
            rows.push(writer.runs());
        }
        rows
    }

    /// Writes each name beside its line's end, or in the nearest free row.
    fn name_ends(&self, series: &[Series], names: &[String], x: u16, rows: &mut Rows) {
        let mut taken = vec![false; self.rows];
        for (index, (series, name)) in series.iter().zip(names).enumerate() {
            let wanted = last_value(series).map_or(0, |(_, value)| self.dot_row(value) / 4);
            let free = (0..self.rows).filter(|row| !taken[*row]);
            let Some(row) = free.min_by_key(|row| (row.abs_diff(wanted), *row < wanted)) else {
                break;
            };
            taken[row] = true;
            let mut label = Rows::default();
            label.push(vec![run(0, name, role(index))]);
            rows.place(label, x, row);
        }
    }
}

/// The horizontal axis, and as many of its labels as have room: the first and the last always.
fn axis(labels: &[String], places: &[f64], tick_width: u16, columns: u16) -> Rows {
    let line = glyph::RULE.repeat(usize::from(columns));
    let mut rows = Rows::default();
    rows.push(vec![run(tick_width + 1, format!("└{line}"), Role::Faint)]);
    let (first_column, columns) = (usize::from(tick_width) + 2, usize::from(columns));
    let last = labels.len().saturating_sub(1);
    let place = |(at, label): (usize, &'_ String)| {
        let width = text_width(label);
        let centre = (places[at] * columns.saturating_sub(1) as f64) as usize;
        let most = columns.saturating_sub(width);
        let start = first_column + centre.saturating_sub(width / 2).min(most);
        (start, start + width)
    };
    let last_start = labels.last().map_or(0, |label| place((last, label)).0);
    let mut runs: Vec<Run> = Vec::new();
    let mut free_from = 0;
    for (at, label) in labels.iter().enumerate() {
        let (start, end) = place((at, label));
        let leaves_the_last = at == 0 || at == last || end < last_start;
        if start >= free_from && leaves_the_last {
            runs.push(run(start as u16, label, Role::Muted));
            free_from = end + 1;
        }
    }
    rows.push(runs);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number() {
        for (high, end) in [
            (119.0, 120.0),
            (149.0, 160.0),
            (1.97, 2.0),
            (100.0, 100.0),
            (101.0, 120.0),
            (0.031, 0.04),
            (-3.0, -3.0),
        ] {
            assert!(
                (round_up(high) - end).abs() < 1e-9,
                "{high}: {}",
                round_up(high)
            );
        }
    }
}
