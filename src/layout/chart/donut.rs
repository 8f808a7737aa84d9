//! Parts of a whole as a ring of block quadrants, with the figures in its middle and beside it.
//!
//! The parts differ in their fill as well as in colour: the first is solid, what is left of the
//! whole the lightest.

use super::{decimals, figure, finite, role};
use crate::deck::Chart;
use crate::layout::glyph::QUADRANTS;
use crate::layout::rows::{Rows, Writer};
use crate::layout::width::text_columns;
use crate::theme::{Ink, Role};

/// Fills of parts, taken in turn.
const FILLS: [&str; 3] = ["█", "▓", "▒"];
/// The fill of what is left of the whole.
const REST: &str = "░";
/// Columns of a part's line beside its label and its figure: fill, gaps, share of the whole.
const BESIDE_LABEL: u16 = 12;
/// A label wider than this is cut.
const LABEL_WIDTH_MAX: u16 = 40;
/// The ring's thickness as a fraction of its radius.
const THICKNESS: f64 = 0.38;

/// One part of the whole.
struct Part {
    label: String,
    value: f64,
    /// Where it ends, as a fraction of the whole, clockwise from the top.
    end: f64,
    fill: &'static str,
    role: Role,
}

/// The ring, and a line for each part beside it, or below where there is no room.
pub(super) fn draw(chart: &Chart, rows_max: u16, width: u16) -> Rows {
    let (parts, total) = parts(chart);
    let values = || parts.iter().map(|part| part.value);
    let decimals = decimals(values().chain([total]));
    let unit = chart.unit.as_deref();
    let with_unit = legend(&parts, total, decimals, unit, u16::MAX);
    let legend = if with_unit.width() <= width {
        with_unit
    } else {
        // The unit stands in the ring too; a label is cut only when this was not enough.
        legend(&parts, total, decimals, None, width)
    };
    let ring_rows = rows_max.clamp(8, 16).min(width / 2);
    let mut rows = ring(&parts, ring_rows, &centre(chart, &parts, total, decimals));
    let ring_width = 2 * ring_rows;
    let gap = 4;
    if ring_width + gap + legend.width() <= width {
        let y = rows.len().saturating_sub(legend.len()) / 2;
        rows.place(legend, ring_width + gap, y);
    } else {
        rows.blank(1);
        rows.append(legend);
    }
    rows
}

/// The parts, then what is left of the whole where it is more than their sum, and the whole.
fn parts(chart: &Chart) -> (Vec<Part>, f64) {
    let values = chart
        .series
        .first()
        .map_or(&[][..], |series| &series.values);
    let values: Vec<f64> = values
        .iter()
        .map(|value| finite(*value).unwrap_or(0.0).max(0.0))
        .collect();
    let sum: f64 = values.iter().sum();
    let total = finite(chart.total).unwrap_or(sum).max(sum);
    let mut end = 0.0;
    let mut parts: Vec<Part> = Vec::with_capacity(values.len() + 1);
    for (index, value) in values.into_iter().enumerate() {
        end += value;
        parts.push(Part {
            label: chart.labels.get(index).cloned().unwrap_or_default(),
            value,
            end: if total > 0.0 { end / total } else { 0.0 },
            fill: FILLS[index % FILLS.len()],
            role: role(index),
        });
    }
    if total > sum || parts.is_empty() {
        parts.push(Part {
            label: "others".into(),
            value: total - sum,
            end: 1.0,
            fill: REST,
            role: Role::Faint,
        });
    }
    (parts, total)
}

/// What stands in the ring's middle: a lone part against the whole, else the whole, and the unit.
fn centre(chart: &Chart, parts: &[Part], total: f64, decimals: usize) -> Vec<String> {
    let whole = figure(total, decimals, None);
    let first = match parts {
        [only, ..] if chart.labels.len() <= 1 => {
            format!("{} / {whole}", figure(only.value, decimals, None))
        }
        _ => whole,
    };
    [Some(first), chart.unit.clone()]
        .into_iter()
        .flatten()
        .collect()
}

/// A ring of so many rows and twice as many columns, with lines of text in its middle.
fn ring(parts: &[Part], ring_rows: u16, lines: &[String]) -> Rows {
    let hole = (f64::from(2 * ring_rows) * (1.0 - THICKNESS)) as usize;
    let lines = if lines
        .iter()
        .all(|line| usize::from(text_columns(line)) < hole)
    {
        lines
    } else {
        &[]
    };
    let top = usize::from(ring_rows).saturating_sub(lines.len()) / 2;
    let mut rows = Rows::default();
    for y in 0..ring_rows {
        let at = usize::from(y).checked_sub(top);
        let line = at.and_then(|at| Some((at, lines.get(at)?)));
        rows.push(ring_row(parts, ring_rows, y, line).runs());
    }
    rows
}

fn ring_row(parts: &[Part], ring_rows: u16, y: u16, line: Option<(usize, &String)>) -> Writer {
    let line_width = line.map_or(0, |(_, line)| text_columns(line));
    let line_start = ring_rows - line_width.div_ceil(2);
    let mut writer = Writer::default();
    while writer.x() < 2 * ring_rows {
        let x = writer.x();
        match line {
            Some((at, line)) if x == line_start && line_width > 0 => {
                let bold = at == 0;
                let role = if at == 0 { Role::Text } else { Role::Muted };
                writer.write(
                    line,
                    Ink {
                        bold,
                        ..role.into()
                    },
                );
            }
            _ => {
                let quadrants = [(0, 0), (1, 0), (0, 1), (1, 1)]
                    .map(|(right, below)| part_at(parts, ring_rows, 2 * x + right, 2 * y + below));
                let (sign, ink) = cell(parts, quadrants);
                writer.write(sign, ink);
            }
        }
    }
    writer
}

/// The part that a quadrant belongs to; columns and rows are counted in half cells.
fn part_at(parts: &[Part], ring_rows: u16, x: u16, y: u16) -> Option<usize> {
    // A cell is twice as high as wide, so a half cell is a half unit wide and a whole unit high.
    let radius = f64::from(ring_rows);
    let right = f64::from(x) / 2.0 + 0.25 - radius;
    let down = f64::from(y) + 0.5 - radius;
    let distance = right.hypot(down);
    if distance > radius || distance < radius * (1.0 - THICKNESS) {
        return None;
    }
    let turn = right.atan2(-down) / std::f64::consts::TAU;
    let turn = turn.rem_euclid(1.0);
    let at = parts.iter().position(|part| turn < part.end);
    Some(at.unwrap_or(parts.len() - 1))
}

/// The sign of a cell: the fill of the part that has most of it, or its outline at the ring's edge.
fn cell(parts: &[Part], quadrants: [Option<usize>; 4]) -> (&'static str, Ink) {
    let inside = quadrants.iter().flatten();
    let count = |part: usize| quadrants.iter().filter(|q| **q == Some(part)).count();
    let Some(most) = inside.copied().max_by_key(|part| count(*part)) else {
        return (" ", Ink::default());
    };
    let bits = (0..4).filter(|bit| quadrants[*bit].is_some());
    let shape = bits.map(|bit| 1 << bit).sum::<usize>();
    let part = &parts[most];
    let sign = if shape == 15 {
        part.fill
    } else {
        QUADRANTS[shape]
    };
    (sign, part.role.into())
}

/// A line for each part: fill, label, figure, share of the whole.
fn legend(parts: &[Part], total: f64, decimals: usize, unit: Option<&str>, width: u16) -> Rows {
    let figures: Vec<String> = parts
        .iter()
        .map(|part| figure(part.value, decimals, unit))
        .collect();
    let widest = |widths: &mut dyn Iterator<Item = u16>| widths.max().unwrap_or(0);
    let figure_width = widest(&mut figures.iter().map(|figure| text_columns(figure)));
    let labels = widest(&mut parts.iter().map(|part| text_columns(&part.label)));
    let label_width = labels
        .min(LABEL_WIDTH_MAX)
        .min(width.saturating_sub(figure_width + BESIDE_LABEL))
        .max(1);
    let mut rows = Rows::default();
    for (part, figure) in parts.iter().zip(&figures) {
        let share = if total > 0.0 { part.value / total } else { 0.0 };
        let mut writer = Writer::default();
        writer.write(&part.fill.repeat(2), part.role);
        writer.write(" ", Role::Text);
        writer.write_within(&part.label, label_width, Role::Text);
        let figure_end = 3 + label_width + 2 + figure_width;
        writer.fill(figure_end - text_columns(figure), Role::Text);
        writer.write(figure, Role::Text);
        writer.write(&format!("{:>5.0} %", 100.0 * share), Role::Muted);
        rows.push(writer.runs());
    }
    rows
}
