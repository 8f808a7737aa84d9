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

/// Exchanges every sign that has an ASCII twin.
pub(super) fn to_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        if let Some(twin) = twin(cell.symbol()) {
            cell.set_symbol(twin);
        }
    }
}

/// The ASCII twin of a sign, in as many columns.
fn twin(sign: &str) -> Option<&'static str> {
    Some(match sign {
        // Loads and progress: height becomes a digit, so that a row of them still reads as a curve.
        "▁" => "1",
        "▂" => "2",
        "▃" => "3",
        "▄" => "4",
        "▅" => "5",
        "▆" => "6",
        "▇" => "7",
        "░" => ".",
        "▒" => "%",
        "▓" => "@",
        "▕" => "[",
        "▎" | "▍" => " ",
        "▏" => "]",
        "┆" => "|",
        "·" => ".",
        "×" => "x",
        "▶" | "▸" | "→" => ">",
        "←" => "<",
        "↑" => "^",
        "↓" | "▼" => "v",
        "–" => "-",
        "’" => "'",
        "±" => "~",
        "≥" => ">",
        "≤" => "<",
        "µ" => "u",
        "╭" | "╮" | "╰" | "╯" => "+",
        "━" | "═" => "=",
        other => return layout::ascii(other),
    })
}
