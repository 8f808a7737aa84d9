//! `show: heartbeat`: how late a heartbeat comes under each lane, on a scale of powers of ten. One bar
//! a lane tells three figures by its height: to the median, to the 99th percentile, to the worst.

use super::Scene;
use super::lane::LaneRow;
use super::scale::LogScale;
use super::table::{self, Line};
use crate::theme::Role;
use crate::view::bar::track;
use crate::view::canvas::Canvas;
use crate::view::figure;

/// The counters, their heads, and the sign of the bar up to each.
const FIGURES: [(&str, &str, &str); 3] = [
    ("lateness_ms_p50", "▆ p50", "▆"),
    ("lateness_ms_p99", "▄ p99", "▄"),
    ("lateness_ms_max", "▂ worst", "▂"),
];
const FIGURE_WIDTH: u16 = 10;

/// Draws the head with its scale and a line for each lane.
pub(super) fn draw(scene: &Scene, pitch: u16, canvas: &mut Canvas) {
    let figures_width = FIGURE_WIDTH * FIGURES.len() as u16;
    let all = scene.lanes.iter().flat_map(lateness).flatten();
    let scale = LogScale::over(all);
    let bars = table::bars(scene, canvas.width(), figures_width);
    for (value, at) in scale.ticks() {
        let x = (at * f64::from(bars.width.saturating_sub(1))).round() as u16;
        let tick = value.to_string();
        let end = (x + tick.len() as u16).min(bars.width);
        canvas.right(bars.x + end, 0, &tick, Role::Muted);
    }
    for (index, (_, head, _)) in FIGURES.iter().enumerate() {
        canvas.right(
            bars.x + bars.width + FIGURE_WIDTH * (index as u16 + 1),
            0,
            head,
            Role::Muted,
        );
    }
    table::each(scene, pitch, canvas, |Line { lane, colour, row }| {
        track(row, bars.x, 0, bars.width);
        let mut x = 0;
        for (index, (value, (_, _, fill))) in lateness(lane).into_iter().zip(FIGURES).enumerate() {
            let Some(value) = value else { continue };
            let end = (scale.fraction(value) * f64::from(bars.width)).round() as u16;
            let end = end.max(x);
            row.repeat(bars.x + x, 0, end - x, fill, colour);
            x = end;
            let column = bars.x + bars.width + FIGURE_WIDTH * (index as u16 + 1);
            row.right(column, 0, &figure::milliseconds(value), Role::Text);
        }
    });
}

fn lateness(lane: &LaneRow) -> [Option<f64>; 3] {
    FIGURES.map(|(counter, _, _)| lane.counter(counter))
}
