//! The signs that pictures draw, and the ASCII twin of each.
//!
//! Pictures draw Unicode; where only ASCII is wanted, the finished screen is exchanged cell by cell,
//! so that nothing moves. Layout does the same for the signs that it draws.

use ratatui::buffer::Buffer;

use crate::layout;

/// Eighths of a cell from the left.
pub(super) const ACROSS: [&str; 9] = [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
/// Eighths of a cell from below; the first is what stands for nothing at all.
pub(super) const UP: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// Thirds of a load that isn't the lane's.
pub(super) const SHADES: [&str; 3] = ["░", "▒", "▓"];

/// Signs that only pictures draw, and the ASCII twin of each. A height becomes a digit, so that a row
/// of them still reads as a curve.
const TWINS: [(&str, &str); 6] = [
    ("▁▂▃▄▅▆▇", "1234567"),
    ("░▒▓", ".%@"),
    ("▕▏┆▍▎", "[]|  "),
    ("▶→←↑↓▼", ">><^vv"),
    ("·’±≥≤µ", ".'~><u"),
    ("╭╮╰╯━", "++++="),
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
