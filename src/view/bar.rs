//! Bars across: eighths of a cell on a track that keeps its length.

use super::canvas::Canvas;
use super::glyph::ACROSS;
use crate::theme::Role;

/// A bar of `fraction` (0…1) of the width, on its track.
pub(super) fn bar(canvas: &mut Canvas, x: u16, y: u16, width: u16, fraction: f64, role: Role) {
    canvas.shade(x, y, width, Role::Track);
    fill(canvas, x, y, width, fraction, role);
}

/// The bar alone.
pub(super) fn fill(canvas: &mut Canvas, x: u16, y: u16, width: u16, fraction: f64, role: Role) {
    let eighths = eighths(width, fraction);
    canvas.repeat(x, y, eighths / 8, "█", role);
    let rest = usize::from(eighths % 8);
    if rest > 0 {
        canvas.sign(x + eighths / 8, y, ACROSS[rest], role);
    }
}

/// How many eighths of a cell a fraction of the width takes. What isn't nothing shows at least one.
fn eighths(width: u16, fraction: f64) -> u16 {
    let exact = fraction.clamp(0.0, 1.0) * f64::from(width) * 8.0;
    if exact > 0.0 {
        (exact.round() as u16).max(1)
    } else {
        0
    }
}

/// The index of a sign among nine for a fraction: 0 only for nothing, 8 only for nearly all.
pub(super) fn level(fraction: f64) -> usize {
    match fraction {
        f if f.is_nan() || f < 0.02 => 0,
        f => ((f * 8.0).round() as usize).clamp(1, 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_true_to_an_eighth_of_a_cell() {
        for (fraction, expected) in [
            (0.0, 0),
            (0.001, 1),
            (0.5, 40),
            (0.99, 79),
            (1.0, 80),
            (7.0, 80),
            (f64::NAN, 0),
        ] {
            assert_eq!(eighths(10, fraction), expected, "{fraction}");
        }
    }

    #[test]
    fn a_level_is_nothing_only_when_there_is_nothing() {
        for (fraction, expected) in [(0.0, 0), (0.02, 1), (0.5, 4), (0.95, 8), (1.5, 8)] {
            assert_eq!(level(fraction), expected, "{fraction}");
        }
    }
}
