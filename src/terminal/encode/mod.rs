//! The difference of two pictures → the fewest bytes that turn one into the other.
//!
//! Pure: knows a terminal's language and what the terminal shows, not the terminal.

mod images;
#[cfg(test)]
mod images_tests;
mod large;
mod link;
mod picture;
#[cfg(test)]
mod tests;

use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

pub(super) use images::FORGET_ALL;
use images::Sent;
pub(super) use large::PROBE;
pub(super) use picture::Picture;
use picture::Row;

use crate::app::Protocol;
use crate::view::palette_index;

/// Unchanged cells are written again rather than jumped over up to this many: a jump costs as much.
const REWRITE_CELLS_MAX: u16 = 4;
/// A blank rest of a row is erased rather than written from this many cells.
const ERASE_CELLS_MIN: usize = 4;
/// Attributes that can be seen on a blank.
const SEEN_ON_BLANK: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// What the terminal's pen is set to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Pen {
    foreground: Color,
    background: Color,
    underline: Color,
    modifier: Modifier,
}

impl Pen {
    fn of(cell: &Cell) -> Self {
        Self {
            foreground: cell.fg,
            background: cell.bg,
            underline: cell.underline_color,
            modifier: cell.modifier,
        }
    }
}

/// Where the terminal's pen and cursor are, and what it has yet to be told.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    pen: Pen,
    /// Column and row; unknown at first and after text whose width terminals disagree on.
    cursor: Option<(u16, u16)>,
    /// Where what is written leads. Nowhere between two pictures.
    link: Option<String>,
    /// How the terminal shows real pictures, if it does.
    protocol: Option<Protocol>,
    /// The images that it has.
    sent: Sent,
    out: String,
}

impl Encoder {
    /// The terminal shows nothing that is known: clears it.
    pub(super) fn clear(&mut self) {
        self.pen = Pen::default();
        self.cursor = None;
        self.out.push_str("\x1b[0m\x1b[2J");
        self.forget_images();
    }

    /// Turns what is shown into what is wanted; both have the same area.
    pub(super) fn draw<'a>(
        &mut self,
        shown: impl Into<Picture<'a>>,
        wanted: impl Into<Picture<'a>>,
    ) {
        let (shown, wanted) = (shown.into(), wanted.into());
        self.remove_images(shown, wanted);
        for (y, (shown, wanted)) in (0..).zip(shown.rows().zip(wanted.rows())) {
            if shown != wanted {
                self.row(y, &shown, &wanted);
            }
        }
        self.set_link(None);
        self.place_images(shown, wanted);
    }

    /// The bytes since the last call.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    fn row(&mut self, y: u16, shown: &Row<'_>, wanted: &Row<'_>) {
        let tail = blank_tail(wanted);
        let is_shown = |x: usize| {
            same(&shown.cells[x], &wanted.cells[x])
                && shown.link(x) == wanted.link(x)
                && shown.large(x) == wanted.large(x)
                && shown.keeps_image(x, wanted)
        };
        let mut x = 0;
        while x < wanted.cells.len() {
            if let Some(text) = wanted.large(x) {
                if shown.large(x) != Some(text) || shown.link(x) != wanted.link(x) {
                    self.put_large(text, y, wanted.link(x));
                }
                x = usize::from(text.area.x + text.area.width);
                continue;
            }
            let cell = &wanted.cells[x];
            let width = width_of(cell);
            let end = (x + width).min(wanted.cells.len());
            if (x..end).all(is_shown) && !torn(shown.cells, wanted.cells, x) {
                x = end;
                continue;
            }
            let last_changed = (x..wanted.cells.len()).rfind(|x| !is_shown(*x));
            let cells = last_changed.map_or(0, |last| last + 1 - x);
            let free = x >= tail && !wanted.has_image_from(x);
            if free && self.erase(x as u16, y, cells, &wanted.cells[x]) {
                return;
            }
            self.reach(x as u16, y, wanted);
            self.set_link(wanted.link(x));
            self.put(cell, width as u16);
            x = end;
        }
    }

    /// Erases a blank rest of a row, if that is shorter than to write so many cells of it.
    fn erase(&mut self, x: u16, y: u16, cells: usize, blank: &Cell) -> bool {
        // Not every terminal erases with the pen's background.
        let plain = blank.bg == Color::Reset;
        if cells < ERASE_CELLS_MIN || !plain {
            return false;
        }
        self.set_link(None);
        self.jump(x, y);
        self.set_pen(self.pen_for(blank));
        self.out.push_str("\x1b[K");
        true
    }

    /// Brings the cursor to a cell, by writing what lies between again where that is short.
    fn reach(&mut self, x: u16, y: u16, wanted: &Row<'_>) {
        if let Some((from, row)) = self.cursor
            && row == y
            && (from..=from + REWRITE_CELLS_MAX).contains(&x)
        {
            let mut between = usize::from(from)..usize::from(x);
            let cells = &wanted.cells[between.clone()];
            let plain = |cell: &Cell| cell.symbol().len() == 1 && self.pen_for(cell) == self.pen;
            let link = self.link.as_deref();
            let mut is_free =
                |x| wanted.link(x) == link && wanted.large(x).is_none() && !wanted.has_image(x);
            if cells.iter().all(plain) && between.all(&mut is_free) {
                self.out.extend(cells.iter().map(Cell::symbol));
                self.cursor = Some((x, y));
            }
        }
        self.jump(x, y);
    }

    /// Moves the cursor, in the shortest way.
    fn jump(&mut self, x: u16, y: u16) {
        match self.cursor {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y && from < x => forward(&mut self.out, x - from),
            Some((_, row)) if row + 1 == y && x == 0 => self.out.push_str("\r\n"),
            _ if (x, y) == (0, 0) => self.out.push_str("\x1b[H"),
            _ if x == 0 => write_to(&mut self.out, format_args!("\x1b[{}H", y + 1)),
            _ => write_to(&mut self.out, format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.cursor = Some((x, y));
    }

    fn put(&mut self, cell: &Cell, width: u16) {
        self.set_pen(self.pen_for(cell));
        let symbol = printable(cell.symbol());
        // Terminals disagree on the width of what is made of several characters: where one takes
        // less room, nothing of what stood there before may stay beside it.
        let several = symbol.chars().nth(1).is_some();
        let sure = symbol == cell.symbol() && !several;
        let at = self.cursor.take();
        if let Some((x, y)) = at.filter(|_| several && width > 1) {
            self.out.extend(std::iter::repeat_n(' ', width.into()));
            self.jump(x, y);
        }
        self.out.push_str(symbol);
        self.cursor = at.filter(|_| sure).map(|(x, y)| (x + width, y));
    }

    /// The pen that a cell needs: on a blank, the colour of letters can stay as it is.
    fn pen_for(&self, cell: &Cell) -> Pen {
        if !is_blank(cell) {
            return Pen::of(cell);
        }
        Pen {
            background: cell.bg,
            modifier: self.pen.modifier - SEEN_ON_BLANK,
            ..self.pen
        }
    }

    fn set_pen(&mut self, pen: Pen) {
        if pen != self.pen {
            let change = codes(self.pen, pen);
            let anew = format!("0;{}", codes(Pen::default(), pen));
            let shorter = if anew.len() < change.len() {
                anew
            } else {
                change
            };
            write_to(
                &mut self.out,
                format_args!("\x1b[{}m", shorter.trim_end_matches(';')),
            );
            self.pen = pen;
        }
    }
}

/// Nothing but a background can be seen of it.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANK)
}

/// Whether the two look the same.
fn same(one: &Cell, other: &Cell) -> bool {
    if is_blank(one) && is_blank(other) {
        one.bg == other.bg
    } else {
        one == other
    }
}

/// Whether the cell is blank on the terminal because a wide character that reached into it goes.
fn torn(shown: &[Cell], wanted: &[Cell], x: usize) -> bool {
    x > 0 && width_of(&shown[x - 1]) > 1 && !same(&shown[x - 1], &wanted[x - 1])
}

/// From where on a row is blank in one background.
fn blank_tail(row: &Row<'_>) -> usize {
    let Some(last) = row.cells.last() else {
        return 0;
    };
    let is_tail = |x: usize| {
        let cell = &row.cells[x];
        is_blank(cell) && cell.bg == last.bg && row.large(x).is_none()
    };
    let before = (0..row.cells.len()).rfind(|x| !is_tail(*x));
    before.map_or(0, |x| x + 1)
}

fn width_of(cell: &Cell) -> usize {
    match cell.symbol() {
        symbol if symbol.len() == 1 => 1,
        symbol => symbol.width().max(1),
    }
}

/// The last gate: whatever a picture holds, no control character gets to the terminal.
fn printable(symbol: &str) -> &str {
    if symbol.chars().any(char::is_control) {
        "\u{fffd}"
    } else {
        symbol
    }
}

fn forward(out: &mut String, columns: u16) {
    match columns {
        1 => out.push_str("\x1b[C"),
        columns => write_to(out, format_args!("\x1b[{columns}C")),
    }
}

/// The codes of "select graphic rendition" (ECMA-48, 8.3.117) from one pen to another, each with a
/// semicolon behind it.
fn codes(from: Pen, to: Pen) -> String {
    let mut out = String::new();
    let mut kept = from.modifier;
    for (off, attributes) in OFF {
        if (kept - to.modifier).intersects(attributes) {
            kept -= attributes;
            write_to(&mut out, format_args!("{off};"));
        }
    }
    for (on, attribute) in ON {
        if (to.modifier - kept).contains(attribute) {
            write_to(&mut out, format_args!("{on};"));
        }
    }
    if from.foreground != to.foreground {
        colour(&mut out, to.foreground, 30);
    }
    if from.background != to.background {
        colour(&mut out, to.background, 40);
    }
    if from.underline != to.underline {
        underline_colour(&mut out, to.underline);
    }
    out
}

/// What switches attributes off; bold and dim share one.
const OFF: [(u8, Modifier); 7] = [
    (22, Modifier::BOLD.union(Modifier::DIM)),
    (23, Modifier::ITALIC),
    (24, Modifier::UNDERLINED),
    (25, Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK)),
    (27, Modifier::REVERSED),
    (28, Modifier::HIDDEN),
    (29, Modifier::CROSSED_OUT),
];
const ON: [(u8, Modifier); 9] = [
    (1, Modifier::BOLD),
    (2, Modifier::DIM),
    (3, Modifier::ITALIC),
    (4, Modifier::UNDERLINED),
    (5, Modifier::SLOW_BLINK),
    (6, Modifier::RAPID_BLINK),
    (7, Modifier::REVERSED),
    (8, Modifier::HIDDEN),
    (9, Modifier::CROSSED_OUT),
];

/// A colour's code: `base` is 30 for letters and 40 for what is behind them.
fn colour(out: &mut String, colour: Color, base: u8) {
    let (bright, extended, default) = (base + 60, base + 8, base + 9);
    match colour {
        Color::Rgb(r, g, b) => write_to(out, format_args!("{extended};2;{r};{g};{b};")),
        other => match palette_index(other) {
            None => write_to(out, format_args!("{default};")),
            Some(index @ 0..8) => write_to(out, format_args!("{};", base + index)),
            Some(index @ 8..16) => write_to(out, format_args!("{};", bright + index - 8)),
            Some(index) => write_to(out, format_args!("{extended};5;{index};")),
        },
    }
}

fn underline_colour(out: &mut String, colour: Color) {
    match colour {
        Color::Rgb(r, g, b) => write_to(out, format_args!("58;2;{r};{g};{b};")),
        other => match palette_index(other) {
            None => out.push_str("59;"),
            Some(index) => write_to(out, format_args!("58;5;{index};")),
        },
    }
}

fn write_to(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    out.write_fmt(arguments)
        .expect("a String takes every write");
}
