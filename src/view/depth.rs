//! Brings a finished buffer down to the colours that a terminal can show.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::canvas::ansi;
use crate::theme::{Depth, nearest_16, nearest_256};

/// Replaces every colour by the nearest that can be shown. Bold, underlined and reversed cells stay
/// so, whatever happens to their colours.
pub fn fit_colours(buffer: &mut Buffer, depth: Depth) {
    if depth == Depth::TrueColour {
        return;
    }
    for cell in &mut buffer.content {
        fit_cell(cell, depth);
    }
}

/// The same for one cell.
pub(super) fn fit_cell(cell: &mut Cell, depth: Depth) {
    cell.fg = fit(cell.fg, depth);
    cell.bg = fit(cell.bg, depth);
    cell.underline_color = fit(cell.underline_color, depth);
}

fn fit(colour: Color, depth: Depth) -> Color {
    match (colour, depth) {
        (_, Depth::None) => Color::Reset,
        (Color::Rgb(red, green, blue), Depth::Ansi256) => {
            Color::Indexed(nearest_256(red, green, blue))
        }
        (Color::Rgb(red, green, blue), Depth::Ansi16) => ansi(nearest_16(red, green, blue)),
        (colour, _) => colour,
    }
}

/// The index in the terminal's palette; `None` for its default and for what is not in the palette.
pub fn palette_index(colour: Color) -> Option<u8> {
    match colour {
        Color::Reset | Color::Rgb(..) => None,
        Color::Indexed(index) => Some(index),
        named => (0..16).find(|number| ansi(*number) == named),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Modifier, Style};

    use super::*;

    #[test]
    fn colours_fall_back_and_attributes_stay() {
        let style = Style::new()
            .fg(Color::Rgb(181, 23, 0))
            .bg(Color::Rgb(255, 255, 255))
            .add_modifier(Modifier::BOLD | Modifier::REVERSED);
        for (depth, fg, bg) in [
            (
                Depth::TrueColour,
                Color::Rgb(181, 23, 0),
                Color::Rgb(255, 255, 255),
            ),
            (Depth::Ansi256, Color::Indexed(124), Color::Indexed(231)),
            (Depth::Ansi16, Color::Red, Color::White),
            (Depth::None, Color::Reset, Color::Reset),
        ] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
            buffer.set_string(0, 0, "x", style);
            fit_colours(&mut buffer, depth);
            let cell = &buffer.content[0];
            assert_eq!((cell.fg, cell.bg), (fg, bg), "{depth:?}");
            assert_eq!(cell.modifier, Modifier::BOLD | Modifier::REVERSED);
        }
    }
}
