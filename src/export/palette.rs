//! The colours of a picture where no terminal gives them: red, green and blue of every cell.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::deck::Colour;
use crate::theme::{Role, Theme, xterm_256};
use crate::view::palette_index;

/// Red, green, blue.
pub(super) type Rgb = (u8, u8, u8);

/// How much of a dim letter's colour is its own, and not its ground's.
const DIM: f64 = 0.6;

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
        let (fg, bg) = (rgb(cell.fg, self.foreground), rgb(cell.bg, self.background));
        let (ink, ground) = if cell.modifier.contains(Modifier::REVERSED) {
            (bg, fg)
        } else {
            (fg, bg)
        };
        if cell.modifier.contains(Modifier::DIM) {
            (mixed(ink, ground, DIM), ground)
        } else {
            (ink, ground)
        }
    }
}

fn rgb(colour: Color, own: Rgb) -> Rgb {
    match colour {
        Color::Rgb(red, green, blue) => (red, green, blue),
        colour => palette_index(colour).map_or(own, xterm_256),
    }
}

/// Between a colour and what is behind it, 0…1.
pub(super) fn mixed(colour: Rgb, behind: Rgb, part: f64) -> Rgb {
    let mix = |own: u8, other: u8| {
        (f64::from(own) * part + f64::from(other) * (1.0 - part)).round() as u8
    };
    (
        mix(colour.0, behind.0),
        mix(colour.1, behind.1),
        mix(colour.2, behind.2),
    )
}

/// As it is written in SVG and CSS: `#13161b`.
pub(super) fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
