//! `show: transfer`: what it takes to bring a result back, a line for each lane and payload.

use super::Scene;
use super::lane::LaneRow;
use super::scale::LogScale;
use super::table::{self, Line};
use crate::theme::Role;
use crate::view::bar::bar;
use crate::view::canvas::Canvas;
use crate::view::figure;

const TIME_WIDTH: u16 = 11;
const RATE_WIDTH: u16 = 14;
const WALL_WIDTH: u16 = 9;

/// Draws the head and a line for each lane. The bar is the rate, on a scale of powers of ten.
pub(super) fn draw(scene: &Scene, pitch: u16, canvas: &mut Canvas) {
    let scale = LogScale::over(scene.lanes.iter().filter_map(rate));
    let bars = table::bars(scene, canvas.width(), TIME_WIDTH + RATE_WIDTH + WALL_WIDTH);
    let ends =
        [TIME_WIDTH, RATE_WIDTH, WALL_WIDTH]
            .iter()
            .scan(bars.x + bars.width, |end, width| {
                *end += width;
                Some(*end)
            });
    let ends: Vec<u16> = ends.collect();
    canvas.cut(bars.x, 0, bars.width, "rate, each step ×10", Role::Muted);
    for (end, head) in ends.iter().zip(["a result", "rate", "wall"]) {
        canvas.right(*end, 0, head, Role::Muted);
    }
    table::each(scene, pitch, canvas, |Line { lane, colour, row }| {
        let rate = rate(lane);
        bar(
            row,
            bars.x,
            0,
            bars.width,
            rate.map_or(0.0, |rate| scale.fraction(rate)),
            colour,
        );
        for (_, at) in scale.ticks().filter(|(_, at)| *at > 0.0 && *at < 1.0) {
            let x = (at * f64::from(bars.width)).round() as u16;
            row.mark(bars.x + x, 0, "┆", Role::Faint);
        }
        let figures = [
            lane.counter("transfer_us_mean").map(figure::microseconds),
            rate.map(|rate| format!("{} MB/s", figure::count(rate.round()))),
            lane.wall_s.map(figure::seconds),
        ];
        for (end, figure) in ends.iter().zip(figures) {
            row.right(*end, 0, &figure.unwrap_or_default(), Role::Text);
        }
    });
}

fn rate(lane: &LaneRow) -> Option<f64> {
    lane.counter("usable_mb_per_s")
}
