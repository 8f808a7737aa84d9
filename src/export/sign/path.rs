//! Signs as the path of an SVG.

use std::fmt::Write as _;

use super::{ASPECT, LINES, Sign};

/// A part of a drawing: left, top, width, height, in its units.
type Place = (f64, f64, f64, f64);

/// Adds the sign, drawn at this place, to a path that is filled. What fills its cell's width may fill
/// that of several.
pub(in crate::export) fn path(sign: &Sign, place: Place, path: &mut String) {
    let (x, y, wide, high) = place;
    match sign {
        Sign::Areas(areas, _) => {
            for (left, top, width, height) in areas {
                let area = (x + left * wide, y + top * high, width * wide, height * high);
                rectangle(area, path);
            }
        }
        Sign::Corner { right, down } => corner(*right, *down, place, path),
    }
}

/// Adds a rectangle.
fn rectangle((left, top, width, height): Place, path: &mut String) {
    let (left, top, width, height) = (short(left), short(top), short(width), short(height));
    let _ = write!(path, "M{left} {top}h{width}v{height}h-{width}z");
}

/// Adds a thin line around a corner: the outer edge there, and the inner one back.
fn corner(right: bool, down: bool, (x, y, wide, high): Place, path: &mut String) {
    let across = if right { 1.0 } else { -1.0 };
    let along = if down { 1.0 } else { -1.0 };
    let point = |right: f64, down: f64| {
        let left = x + (0.5 + across * right) * wide;
        let top = y + (0.5 + along * down / ASPECT) * high;
        format!("{} {}", short(left), short(top))
    };
    let half = LINES[0] / 2.0;
    let _ = write!(
        path,
        "M{}L{}Q{} {}L{}Q{} {}L{}z",
        point(-half, ASPECT / 2.0),
        point(-half, 0.5),
        point(-half, -half),
        point(0.5, -half),
        point(0.5, half),
        point(half, half),
        point(half, 0.5),
        point(half, ASPECT / 2.0),
    );
}

/// As exact as a drawing needs it: a twentieth of a column is no more.
fn short(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}
