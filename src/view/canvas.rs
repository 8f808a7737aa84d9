//! A rectangle of the screen to draw on, in words of roles: the one place where a theme becomes
//! terminal styles. Whatever is drawn outside the rectangle is cut off.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::glyph::TRACK;
use crate::deck::Colour;
use crate::layout::{Area, prefix, text_width};
use crate::theme::{Ink, Look, Role, Theme};

/// Part of a buffer, with columns and rows counted from its own upper left corner.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    area: Rect,
}

impl<'a> Canvas<'a> {
    /// The whole screen, emptied and painted with the theme's background.
    pub(super) fn screen(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        let plain = plain(theme);
        for cell in &mut buffer.content {
            cell.reset();
            cell.set_style(plain);
        }
        Self::over(buffer, theme)
    }

    /// The whole screen as it is.
    pub(super) fn over(buffer: &'a mut Buffer, theme: &'a Theme) -> Self {
        let area = buffer.area;
        Self {
            buffer,
            theme,
            area,
        }
    }

    /// A part of this canvas; what reaches beyond is cut off.
    pub(super) fn part(&mut self, x: u16, y: u16, width: u16, height: u16) -> Canvas<'_> {
        let wanted = Rect {
            x: self.area.x.saturating_add(x),
            y: self.area.y.saturating_add(y),
            width,
            height,
        };
        Canvas {
            area: wanted.intersection(self.area),
            buffer: self.buffer,
            theme: self.theme,
        }
    }

    /// The part of this canvas that an area takes.
    pub(super) fn area(&mut self, area: Area) -> Canvas<'_> {
        self.part(area.x, area.y as u16, area.width, area.height)
    }

    /// Some rows over the whole width.
    pub(super) fn rows(&mut self, y: u16, height: u16) -> Canvas<'_> {
        self.part(0, y, self.area.width, height)
    }

    pub(super) fn width(&self) -> u16 {
        self.area.width
    }

    pub(super) fn height(&self) -> u16 {
        self.area.height
    }

    /// Writes text and gives the column after it.
    pub(super) fn text(&mut self, x: u16, y: u16, text: &str, ink: impl Into<Ink>) -> u16 {
        if y >= self.area.height || x >= self.area.width {
            return x;
        }
        let style = style(self.theme, ink.into());
        let (left, top) = (self.area.x + x, self.area.y + y);
        let room = usize::from(self.area.width - x);
        let (end, _) = self.buffer.set_stringn(left, top, text, room, style);
        end - self.area.x
    }

    /// Writes text in `width` columns; what doesn't fit ends in `…`.
    pub(super) fn cut(
        &mut self,
        x: u16,
        y: u16,
        width: u16,
        text: &str,
        ink: impl Into<Ink>,
    ) -> u16 {
        let ink = ink.into();
        let width = width.min(self.area.width.saturating_sub(x));
        if text_width(text) <= usize::from(width) {
            return self.text(x, y, text, ink);
        }
        if width == 0 {
            return x;
        }
        let (start, _) = prefix(text, width - 1);
        let end = self.text(x, y, start, ink);
        self.text(end, y, "…", ink)
    }

    /// Writes text that ends before column `end`.
    pub(super) fn right(&mut self, end: u16, y: u16, text: &str, ink: impl Into<Ink>) {
        let start = end.saturating_sub(text_width(text) as u16);
        self.text(start, y, text, ink);
    }

    /// Writes text in the middle between two columns.
    pub(super) fn middle(&mut self, x: u16, y: u16, width: u16, text: &str, ink: impl Into<Ink>) {
        let free = width.saturating_sub(text_width(text) as u16);
        self.cut(x + free / 2, y, width, text, ink);
    }

    /// Repeats a sign of one column.
    pub(super) fn repeat(&mut self, x: u16, y: u16, width: u16, sign: &str, role: Role) {
        let style = style(self.theme, role.into());
        for x in x..x.saturating_add(width).min(self.area.width) {
            self.set(x, y, sign, style);
        }
    }

    /// One cell.
    pub(super) fn sign(&mut self, x: u16, y: u16, sign: &str, role: Role) {
        let style = style(self.theme, role.into());
        self.set(x, y, sign, style);
    }

    /// One cell in colours of its own; behind it stands what stood there, where nothing is said.
    pub(super) fn block(
        &mut self,
        x: u16,
        y: u16,
        sign: &str,
        ink: (u8, u8, u8),
        behind: Option<(u8, u8, u8)>,
    ) {
        let colour = |(red, green, blue)| Color::Rgb(red, green, blue);
        let style = Style {
            fg: Some(colour(ink)),
            bg: behind.map(colour),
            ..Style::default()
        };
        self.set(x, y, sign, style);
    }

    /// Exchanges the letters and the ground of one cell: a cursor.
    pub(super) fn cursor(&mut self, x: u16, y: u16) {
        if let Some(cell) = self.cell(x, y) {
            cell.modifier.toggle(Modifier::REVERSED);
        }
    }

    /// One cell of a track, unless a bar covers it.
    pub(super) fn mark(&mut self, x: u16, y: u16, sign: &str, role: Role) {
        if self.cell(x, y).is_some_and(|cell| cell.symbol() == TRACK) {
            self.sign(x, y, sign, role);
        }
    }

    /// Empties everything.
    pub(super) fn clear(&mut self) {
        let plain = plain(self.theme);
        for y in 0..self.area.height {
            for x in 0..self.area.width {
                if let Some(cell) = self.cell(x, y) {
                    cell.reset();
                    cell.set_style(plain);
                }
            }
        }
    }

    fn set(&mut self, x: u16, y: u16, sign: &str, style: Style) {
        if let Some(cell) = self.cell(x, y) {
            cell.set_symbol(sign).set_style(style);
        }
    }

    fn cell(&mut self, x: u16, y: u16) -> Option<&mut ratatui::buffer::Cell> {
        if x >= self.area.width || y >= self.area.height {
            return None;
        }
        self.buffer.cell_mut((self.area.x + x, self.area.y + y))
    }
}

/// A cell that nothing is drawn on.
fn plain(theme: &Theme) -> Style {
    Style {
        bg: theme
            .background
            .and_then(|ground| theme.resolve_behind(ground))
            .and_then(terminal_colour),
        ..style(theme, Role::Text.into())
    }
}

/// A blank cell in this ink.
pub(super) fn look(theme: &Theme, ink: Ink) -> Cell {
    let mut cell = Cell::default();
    cell.set_style(plain(theme)).set_style(style(theme, ink));
    cell
}

/// How the terminal shows this ink, whatever the cell showed before; only a background stays where
/// the ink has none.
fn style(theme: &Theme, ink: Ink) -> Style {
    let look = theme.look(ink.role);
    let letters = ink.foreground.or(look.foreground);
    let behind = ink.background.or(look.background);
    let look = Look {
        bold: look.bold || ink.bold,
        dim: look.dim || ink.dim,
        italic: look.italic || ink.italic,
        underline: look.underline || ink.underline,
        strike: look.strike || ink.strike,
        reverse: look.reverse || ink.reverse,
        ..look
    };
    let modifiers = modifiers(look);
    Style {
        fg: letters
            .and_then(|colour| theme.resolve(colour))
            .and_then(terminal_colour)
            .or(Some(Color::Reset)),
        bg: behind
            .and_then(|colour| theme.resolve_behind(colour))
            .and_then(terminal_colour),
        add_modifier: modifiers,
        sub_modifier: Modifier::all() - modifiers,
        ..Style::default()
    }
}

fn modifiers(look: Look) -> Modifier {
    [
        (look.bold, Modifier::BOLD),
        (look.dim, Modifier::DIM),
        (look.italic, Modifier::ITALIC),
        (look.underline, Modifier::UNDERLINED),
        (look.strike, Modifier::CROSSED_OUT),
        (look.reverse, Modifier::REVERSED),
    ]
    .into_iter()
    .filter_map(|(on, modifier)| on.then_some(modifier))
    .collect()
}

fn terminal_colour(colour: Colour) -> Option<Color> {
    Some(match colour {
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
        Colour::Ansi(number) => ansi(number),
        // A role whose own colour names a role again: none of ours does.
        Colour::Role(_) => return None,
    })
}

/// The first sixteen by the names that ratatui writes as short sequences.
pub(super) fn ansi(number: u8) -> Color {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    NAMED[usize::from(number % 16)]
}
