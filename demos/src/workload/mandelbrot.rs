//! Escape times of the Mandelbrot set, a row of points at a time.
//!
//! Rows through the set's middle cost a hundred times those at its edge. So row number n is taken at
//! the height of n golden ratios, modulo the picture's: any stretch of rows is then an even sample
//! of the picture, and a calibration on few rows holds for many.

use std::ops::Range;
use std::sync::Arc;

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry, int, mix};
use crate::parameter::{Kind, Parameter};
use crate::run::protocol::LaneOrder;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "mandelbrot",
    about: "escape times of the Mandelbrot set, a row at a time",
    bound: Bound::Cpu,
    nature: Nature::Chunks,
    unit: "rows",
    amount: None,
    parameters: &[Parameter {
        name: "iterations",
        about: "steps after which a point counts as inside",
        kind: Kind::Int {
            min: 10,
            max: 10_000,
            default: 500,
        },
        live: false,
    }],
    build: |order| Ok(Arc::new(Mandelbrot::new(order))),
};

/// Points in a row.
const WIDTH: u32 = 512;

/// The picture: from the left, over so many units; the same below and above the real axis.
const LEFT: f64 = -2.0;
const RIGHT: f64 = 0.6;
const TOP: f64 = 1.2;

/// Golden ratio less 1, whose multiples spread most evenly.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// Computes rows of the picture.
#[derive(Debug)]
pub struct Mandelbrot {
    cut: Cut,
    iterations_max: u32,
    /// Where in the picture the rows begin, in turns.
    start: f64,
}

impl Mandelbrot {
    /// As many rows as the order has units; the seed says at which height the first one lies.
    pub fn new(order: &LaneOrder) -> Self {
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: 2,
            },
            iterations_max: int(order, "iterations") as u32,
            start: mix(order.seed, 0) as f64 / u64::MAX as f64,
        }
    }

    fn row(&self, row: u64) -> u64 {
        let height = (self.start + row as f64 * GOLDEN).fract();
        let imaginary = TOP - 2.0 * TOP * height;
        let escapes = (0..WIDTH).map(|column| {
            let real = LEFT + (RIGHT - LEFT) * f64::from(column) / f64::from(WIDTH);
            escape_time(real, imaginary, self.iterations_max)
        });
        escapes.fold(row, |hash, steps| mix(hash, u64::from(steps)))
    }
}

impl Workload for Mandelbrot {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        Ok(Output::Share(
            units.fold(0, |sum, row| sum.wrapping_add(self.row(row))),
        ))
    }
}

/// Steps of z ← z² + c until |z| > 2, at most `limit`.
fn escape_time(real: f64, imaginary: f64, limit: u32) -> u32 {
    let (mut x, mut y) = (0.0, 0.0);
    for step in 0..limit {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 4.0 {
            return step;
        }
        y = 2.0 * x * y + imaginary;
        x = xx - yy + real;
    }
    limit
}

#[cfg(test)]
mod tests {
    use super::escape_time;

    #[test]
    fn tells_inside_from_outside() {
        for (real, imaginary, steps) in [
            (0.0, 0.0, 100),
            (-1.0, 0.0, 100),
            (2.0, 2.0, 1),
            (1.0, 0.0, 3),
            (-2.0, 0.0, 100),
        ] {
            assert_eq!(
                escape_time(real, imaginary, 100),
                steps,
                "{real} {imaginary}"
            );
        }
    }
}
