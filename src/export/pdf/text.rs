//! A row's letters as text of a page: pieces of one style, and shapes with text that shows nothing over them.

use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Name, Str};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Modifier;

use super::Grid;
use super::draw::{Sheet, short};
use super::letters::{Letter, Letters, Set, Shape, font_name, shape_name};
use crate::export::palette::Rgb;
use crate::export::sign::{SLANT, sign};

impl Sheet<'_> {
    /// A row's text: letters that follow each other in one style are one piece of it, with the spaces
    /// between them.
    pub(super) fn letters(&mut self, row: &[Cell], y: usize, letters: &mut Letters<'_>) {
        let baseline = self.grid.y(y as f64) - letters.baseline;
        let mut piece: Option<Piece> = None;
        let mut x = 0;
        while let Some(cell) = row.get(x) {
            let columns = cell.symbol().cell_width().max(1);
            let place = x;
            x += usize::from(columns);
            if matches!(cell.symbol(), "" | " ") || sign(cell.symbol()).is_some() {
                continue;
            }
            let bold = cell.modifier.contains(Modifier::BOLD);
            let set = letters.set(cell.symbol(), columns, bold);
            let style = Style {
                colour: self.palette.seen(cell).0,
                slanted: cell.modifier.contains(Modifier::ITALIC),
            };
            match set {
                Set::Letter(letter) if letter.even => {
                    let blank = letters.set(" ", 1, bold);
                    let goes_on = piece
                        .as_mut()
                        .is_some_and(|piece| piece.add(letter, place, style, &blank));
                    if !goes_on {
                        self.show(piece.replace(Piece::new(letter, place, style)), baseline);
                    }
                }
                Set::Letter(letter) => {
                    self.show(piece.take(), baseline);
                    self.show(Some(Piece::new(letter, place, style)), baseline);
                }
                Set::Shapes { shapes, hidden } => {
                    self.show(piece.take(), baseline);
                    self.shapes(&shapes, (place, y), columns, (style.colour, baseline));
                    self.hidden(hidden, place, columns, baseline);
                }
            }
        }
        self.show(piece, baseline);
    }

    /// Writes a piece of text.
    fn show(&mut self, piece: Option<Piece>, baseline: f64) {
        let Some(piece) = piece else {
            return;
        };
        self.paint(piece.style.colour);
        let slant = if piece.style.slanted { SLANT } else { 0.0 };
        let left = Grid::x(piece.column as f64) + piece.first.x;
        self.content
            .begin_text()
            .set_font(
                Name(font_name(piece.first.font).as_bytes()),
                piece.first.size as f32,
            )
            .set_text_matrix([1.0, 0.0, short(slant), 1.0, short(left), short(baseline)])
            .show(Str(&piece.codes))
            .end_text();
    }

    /// Draws shapes, or a box where there are none.
    fn shapes(
        &mut self,
        shapes: &[Shape],
        place: (usize, usize),
        columns: u16,
        (colour, baseline): (Rgb, f64),
    ) {
        self.paint(colour);
        if shapes.is_empty() {
            let outer = self.part(place, (0.1, 0.15, f64::from(columns) - 0.2, 0.7));
            let (left, bottom, width, height) = outer;
            self.content
                .rect(short(left), short(bottom), short(width), short(height))
                .rect(
                    short(left + 1.0),
                    short(bottom + 1.0),
                    short(width - 2.0),
                    short(height - 2.0),
                )
                .fill_even_odd();
        }
        for shape in shapes {
            let left = Grid::x(place.0 as f64) + shape.x;
            let scale = shape.scale as f32;
            self.content
                .save_state()
                .transform([scale, 0.0, 0.0, scale, short(left), short(baseline)])
                .x_object(Name(shape_name(shape.index).as_bytes()))
                .restore_state();
        }
    }

    /// Text that shows nothing, over so many columns.
    fn hidden(&mut self, letter: Option<Letter>, column: usize, columns: u16, baseline: f64) {
        let Some(letter) = letter else {
            return;
        };
        let (left, wide) = (Grid::x(column as f64), f32::from(columns));
        self.content
            .save_state()
            .begin_text()
            .set_text_rendering_mode(TextRenderingMode::Invisible)
            .set_font(Name(font_name(letter.font).as_bytes()), letter.size as f32)
            .set_text_matrix([wide, 0.0, 0.0, 1.0, short(left), short(baseline)])
            .show(Str(&letter.code.to_be_bytes()))
            .end_text()
            .restore_state();
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Style {
    colour: Rgb,
    slanted: bool,
}

/// Letters side by side.
struct Piece {
    first: Letter,
    column: usize,
    style: Style,
    codes: Vec<u8>,
}

impl Piece {
    fn new(first: Letter, column: usize, style: Style) -> Self {
        Self {
            first,
            column,
            style,
            codes: first.code.to_be_bytes().to_vec(),
        }
    }

    /// Adds a letter of the same style, and the blanks before it; tells whether it is of that style.
    fn add(&mut self, letter: Letter, column: usize, style: Style, blank: &Set) -> bool {
        let Set::Letter(blank) = blank else {
            return false;
        };
        if !self.first.even || letter.font != self.first.font || style != self.style {
            return false;
        }
        let end = self.column + self.codes.len() / 2;
        for _ in end..column {
            self.codes.extend(blank.code.to_be_bytes());
        }
        self.codes.extend(letter.code.to_be_bytes());
        true
    }
}
