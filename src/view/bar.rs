//! Bars across: blocks that leave air above them, so that bars in neighbouring rows stay apart, on a
//! thin track that shows how long a full bar is.

use super::canvas::Canvas;
use super::glyph::{BAR, TRACK};
use crate::theme::Role;

/// A bar of `fraction` (0…1) of the width, on its track.
pub(super) fn bar(canvas: &mut Canvas, x: u16, y: u16, width: u16, fraction: f64, role: Role) {
    track(canvas, x, y, width);
    canvas.repeat(x, y, cells(width, fraction), BAR, role);
}

/// The track alone.
pub(super) fn track(canvas: &mut Canvas, x: u16, y: u16, width: u16) {
    canvas.repeat(x, y, width, TRACK, Role::Track);
}

/// How many cells a fraction of the width takes. What isn't nothing takes at least one.
pub(super) fn cells(width: u16, fraction: f64) -> u16 {
    let exact = fraction.clamp(0.0, 1.0) * f64::from(width);
    if exact > 0.0 {
        (exact.round() as u16).max(1)
    } else {
        0
    }
}

/// The index of a sign among eight for a fraction: 0 only for nothing, 7 only for nearly all.
pub(super) fn level(fraction: f64) -> usize {
    match fraction {
        f if f.is_nan() || f < 0.02 => 0,
        f => ((f * 7.0).round() as usize).clamp(1, 7),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_true_to_a_cell() {
        for (fraction, expected) in [
            (0.0, 0),
            (0.001, 1),
            (0.5, 20),
            (0.98, 39),
            (1.0, 40),
            (7.0, 40),
            (f64::NAN, 0),
        ] {
            assert_eq!(cells(40, fraction), expected, "{fraction}");
        }
    }

    #[test]
    fn a_level_is_nothing_only_when_there_is_nothing() {
        for (fraction, expected) in [(0.0, 0), (0.02, 1), (0.5, 4), (0.95, 7), (1.5, 7)] {
            assert_eq!(level(fraction), expected, "{fraction}");
        }
    }
}
