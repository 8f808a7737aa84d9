//! A picture as the content of a page.
//!
//! Grounds first, then signs that fill their cells, then letters ([`super::text`]). Areas of one colour are one path, so
//! that those side by side show no seam at any size.

use std::collections::BTreeMap;

use pdf_writer::{Content, Name};
use ratatui::buffer::Cell;

use super::images::image_name;
use super::letters::Letters;
use super::{CELL, Grid, PADDING, PdfPage};
use crate::export::palette::{Palette, Rgb, mixed};
use crate::export::shot::row_of;
use crate::export::sign::{LINES, Sign, rulings, sign};
use crate::layout::Area as Cells;
use crate::view::LargeText;

/// Half of a circle's radius, about, for the curve around a corner.
const BEND: f64 = 0.552;

/// Left, bottom, width, height, in points.
type Area = (f64, f64, f64, f64);

/// The operators that draw a page, with the images of these numbers.
pub(super) fn content(
    page: &PdfPage<'_>,
    images: &[(usize, Cells)],
    palette: &Palette,
    letters: &mut Letters<'_>,
) -> Vec<u8> {
    let picture = &page.shot.cells;
    let rows = f64::from(picture.area.height);
    let grid = Grid {
        height: rows * CELL.1 + 2.0 * PADDING,
    };
    let mut sheet = Sheet {
        content: Content::new(),
        grid,
        palette,
        ink: None,
        areas: BTreeMap::new(),
    };
    let width = usize::from(picture.area.width).max(1);
    let whole = (0.0, 0.0, width as f64 * CELL.0 + 2.0 * PADDING, grid.height);
    sheet.area(palette.background, whole);
    sheet.fill();
    for (y, row) in picture.content.chunks(width).enumerate() {
        sheet.grounds(row, y);
    }
    sheet.fill();
    for (number, area) in images {
        sheet.image(*number, *area);
    }
    for (y, row) in picture.content.chunks(width).enumerate() {
        sheet.signs(row, y);
    }
    sheet.fill();
    for (y, row) in picture.content.chunks(width).enumerate() {
        sheet.letters(row, y, letters);
    }
    for text in &page.shot.large {
        sheet.large(text, letters);
    }
    sheet.content.finish().to_vec()
}

pub(super) struct Sheet<'a> {
    pub(super) content: Content,
    pub(super) grid: Grid,
    pub(super) palette: &'a Palette,
    /// The colour that fills now.
    ink: Option<Rgb>,
    /// What is to be filled.
    areas: BTreeMap<Rgb, Vec<Area>>,
}

impl Sheet<'_> {
    fn area(&mut self, colour: Rgb, area: Area) {
        self.areas.entry(colour).or_default().push(area);
    }

    /// Fills all areas that were told.
    fn fill(&mut self) {
        for (colour, areas) in std::mem::take(&mut self.areas) {
            self.paint(colour);
            for (left, bottom, width, height) in areas {
                self.content
                    .rect(short(left), short(bottom), short(width), short(height));
            }
            self.content.fill_nonzero();
        }
    }

    pub(super) fn paint(&mut self, colour: Rgb) {
        if self.ink.replace(colour) != Some(colour) {
            let [red, green, blue] = parts(colour);
            self.content.set_fill_rgb(red, green, blue);
        }
    }

    /// A part of a cell, in points.
    pub(super) fn part(&self, (x, y): (usize, usize), part: (f64, f64, f64, f64)) -> Area {
        let (left, top, width, height) = part;
        (
            Grid::x(x as f64 + left),
            self.grid.y(y as f64 + top + height),
            width * CELL.0,
            height * CELL.1,
        )
    }

    fn grounds(&mut self, row: &[Cell], y: usize) {
        let mut x = 0;
        let palette = self.palette;
        for same in row.chunk_by(|a, b| palette.seen(a).1 == palette.seen(b).1) {
            let ground = palette.seen(&same[0]).1;
            if ground != palette.background {
                let area = self.part((x, y), (0.0, 0.0, same.len() as f64, 1.0));
                self.area(ground, area);
            }
            x += same.len();
        }
    }

    /// Signs that fill their cells, and lines under and through letters.
    fn signs(&mut self, row: &[Cell], y: usize) {
        for (x, cell) in row.iter().enumerate() {
            let (colour, ground) = self.palette.seen(cell);
            for ruling in rulings(cell.modifier) {
                let area = self.part((x, y), ruling);
                self.area(colour, area);
            }
            match sign(cell.symbol()) {
                Some(Sign::Areas(parts, opacity)) => {
                    let colour = mixed(colour, ground, opacity);
                    for part in parts {
                        let area = self.part((x, y), part);
                        self.area(colour, area);
                    }
                }
                Some(Sign::Corner { right, down }) => self.corner((x, y), right, down, colour),
                None => {}
            }
        }
    }

    /// A line from one side of a cell to another.
    fn corner(&mut self, (x, y): (usize, usize), right: bool, down: bool, colour: Rgb) {
        let (across, along) = (
            if right { 1.0 } else { -1.0 },
            if down { -1.0 } else { 1.0 },
        );
        let (middle_x, middle_y) = (Grid::x(x as f64 + 0.5), self.grid.y(y as f64 + 0.5));
        let radius = CELL.0 / 2.0;
        let [red, green, blue] = parts(colour);
        let point = |right: f64, up: f64| {
            (
                short(middle_x + across * right),
                short(middle_y + along * up),
            )
        };
        let near = radius * (1.0 - BEND);
        let (from, bend_from) = (point(radius, 0.0), point(near, 0.0));
        let (bend_to, to, end) = (
            point(0.0, near),
            point(0.0, radius),
            point(0.0, CELL.1 / 2.0),
        );
        self.content
            .set_stroke_rgb(red, green, blue)
            .set_line_width(short(LINES[0] * CELL.0))
            .move_to(from.0, from.1)
            .cubic_to(bend_from.0, bend_from.1, bend_to.0, bend_to.1, to.0, to.1)
            .line_to(end.0, end.1)
            .stroke();
    }

    /// A line of large text: as one of cells, many times as large.
    fn large(&mut self, text: &LargeText, letters: &mut Letters<'_>) {
        let row = row_of(text);
        let scale = f64::from(text.scale);
        let (left, top) = (
            Grid::x(f64::from(text.area.x)),
            self.grid.y(f64::from(text.area.y)),
        );
        let place = [left - scale * PADDING, top - scale * self.grid.y(0.0)];
        let scale = f32::from(text.scale);
        self.content.save_state().transform([
            scale,
            0.0,
            0.0,
            scale,
            short(place[0]),
            short(place[1]),
        ]);
        self.ink = None;
        self.signs(&row, 0);
        self.fill();
        self.letters(&row, 0, letters);
        self.content.restore_state();
        self.ink = None;
    }

    /// An image, which brings its own transparent margins.
    fn image(&mut self, number: usize, area: Cells) {
        let place = (usize::from(area.x), area.y as usize);
        let cells = (0.0, 0.0, f64::from(area.width), f64::from(area.height));
        let (left, bottom, width, height) = self.part(place, cells);
        self.content
            .save_state()
            .transform([
                short(width),
                0.0,
                0.0,
                short(height),
                short(left),
                short(bottom),
            ])
            .x_object(Name(image_name(number).as_bytes()))
            .restore_state();
    }
}

/// As a page has it, 0…1.
fn parts((red, green, blue): Rgb) -> [f32; 3] {
    [red, green, blue].map(|part| (f64::from(part) / 255.0 * 1e4).round() as f32 / 1e4)
}

/// As exact as a page needs it: a thousandth of a point.
pub(super) fn short(length: f64) -> f32 {
    ((length * 1000.0).round() / 1000.0) as f32
}
