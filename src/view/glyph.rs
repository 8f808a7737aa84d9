//! The signs that pictures draw, and the ASCII twin of each.
//!
//! Pictures draw Unicode; where only ASCII is wanted, the finished screen is exchanged cell by cell,
//! so that nothing moves. Layout does the same for the signs that it draws.

use ratatui::buffer::Buffer;

use crate::layout;

/// A bar, and what a lane has of a core.
pub(super) const BAR: &str = "▆";
/// What something else has of a core; lower, so that it is told from the lane without colours.
pub(super) const OTHER: &str = "▄";
/// What the hypervisor took of a core.
pub(super) const STEAL: &str = "▂";
/// The empty part of a bar.
pub(super) const TRACK: &str = "▁";
/// Heights; the first is what stands for nothing at all, and the highest leaves air to the row above.
pub(super) const UP: [&str; 8] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"];
/// Thirds of a load that isn't the lane's.
pub(super) const SHADES: [&str; 3] = ["░", "▒", "▓"];

/// Signs that only pictures draw, and the ASCII twin of each. A height becomes a sign of that
/// darkness, so that a row of them still reads as a curve, and a bar as a bar.
const TWINS: [(&str, &str); 6] = [
    ("▁▂▃▄▅▆▇", ".:-=+#@"),
    ("░▒▓", ".%@"),
    ("▕▏┆▍▎", "[]|  "),
    ("▶→←↑↓▼", ">><^vv"),
    ("·’±≥≤µ", ".'~><u"),
    ("╭╮╰╯", "++++"),
];

/// Exchanges every sign that has an ASCII twin.
pub(super) fn to_ascii(buffer: &mut Buffer) {
    let mut bytes = [0; 4];
    for cell in &mut buffer.content {
        let mut characters = cell.symbol().chars();
        let (Some(sign), None) = (characters.next(), characters.next()) else {
            continue;
        };
        if let Some(twin) = twin(sign) {
            cell.set_symbol(twin.encode_utf8(&mut bytes));
        }
    }
}

/// The ASCII twin of a sign.
fn twin(sign: char) -> Option<char> {
    if sign.is_ascii() {
        return None;
    }
    let own = TWINS.iter().find_map(|(signs, twins)| {
        let at = signs.chars().position(|known| known == sign)?;
        twins.chars().nth(at)
    });
    own.or_else(|| layout::ascii(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_one_twin() {
        for (signs, twins) in TWINS {
            assert_eq!(signs.chars().count(), twins.chars().count(), "{signs}");
            assert!(twins.is_ascii(), "{twins}");
        }
    }
}
