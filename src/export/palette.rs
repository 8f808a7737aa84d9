//! The colours of a picture where no terminal gives them: red, green and blue of every cell.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::deck::Colour;
use crate::theme::{Role, Theme, xterm_256};
use crate::view::palette_index;

/// Red, green, blue.
pub(super) type Rgb = (u8, u8, u8);

/// What stands for the terminal's own colours.
pub(super) struct Palette {
    pub(super) foreground: Rgb,
    pub(super) background: Rgb,
}

impl Palette {
    pub(super) fn of(theme: &Theme) -> Self {
        let rgb = |colour: Option<Colour>, own: Rgb| match colour {
            Some(Colour::Rgb(red, green, blue)) => (red, green, blue),
            Some(Colour::Ansi(number)) => xterm_256(number),
            Some(Colour::Role(_)) | None => own,
        };
        let (ink, paper) = if theme.dark || theme.background.is_none() {
            ((230, 232, 235), (19, 22, 27))
        } else {
            ((29, 31, 35), (255, 255, 255))
        };
        Self {
            foreground: rgb(theme.look(Role::Text).foreground, ink),
            background: rgb(theme.background, paper),
        }
    }

    /// Letters' and background's colour as they are seen.
    pub(super) fn seen(&self, cell: &Cell) -> (Rgb, Rgb) {
        let colours = (rgb(cell.fg, self.foreground), rgb(cell.bg, self.background));
        if cell.modifier.contains(Modifier::REVERSED) {
            (colours.1, colours.0)
        } else {
            colours
        }
    }
}

fn rgb(colour: Color, own: Rgb) -> Rgb {
    match colour {
        Color::Rgb(red, green, blue) => (red, green, blue),
        colour => palette_index(colour).map_or(own, xterm_256),
    }
}

/// As it is written in SVG and CSS: `#13161b`.
pub(super) fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
