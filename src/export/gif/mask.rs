//! Characters as pixels: how much of each is covered.

use std::collections::HashMap;
use std::rc::Rc;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Modifier;

use super::CELL;
use crate::export::font::{Fonts, Glyph, Outline, Segment};
use crate::export::sign::{Area, LINES, SLANT, Sign, rulings, sign};

/// From a row's upper edge to the line on which letters stand, in pixels.
const BASELINE: usize = 16;
/// What changes the pixels of a character.
const STYLES: Modifier = Modifier::BOLD
    .union(Modifier::ITALIC)
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT);

/// A character's pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mask {
    /// Columns of the character, which are those of the screen unless it is large.
    pub(super) columns: usize,
    /// How many cells high it is.
    scale: usize,
    /// How much of each pixel is covered, row by row.
    pub(super) coverage: Vec<u8>,
}

impl Mask {
    /// Pixels in a row.
    pub(super) fn width(&self) -> usize {
        self.columns * self.cell().0
    }

    /// A column's and a row's pixels.
    fn cell(&self) -> (usize, usize) {
        (CELL.0 * self.scale, CELL.1 * self.scale)
    }

    /// Whether nothing of it is seen.
    pub(super) fn is_blank(&self) -> bool {
        self.coverage.iter().all(|covered| *covered == 0)
    }

    /// Whether pixels are covered in part.
    pub(super) fn is_smooth(&self) -> bool {
        self.coverage
            .iter()
            .any(|covered| !matches!(*covered, 0 | u8::MAX))
    }

    fn empty(columns: usize, scale: usize) -> Self {
        Self {
            columns,
            scale,
            coverage: vec![0; columns * CELL.0 * CELL.1 * scale * scale],
        }
    }

    /// Covers a rectangle; its edges may lie outside.
    fn fill(&mut self, (left, right): (usize, usize), (top, bottom): (usize, usize), covered: u8) {
        let width = self.width();
        for y in top..bottom.min(self.cell().1) {
            for pixel in &mut self.coverage[y * width..][left.min(width)..right.min(width)] {
                *pixel = covered;
            }
        }
    }

    /// The frame that stands for what no font has.
    fn frame(&mut self) {
        let thick = self.scale;
        let (right, bottom) = (self.width() - 2 * thick, (BASELINE + 1) * thick);
        self.fill((2 * thick, right), (3 * thick, bottom), u8::MAX);
        self.fill((3 * thick, right - thick), (4 * thick, bottom - thick), 0);
    }

    fn sign(&mut self, sign: &Sign) {
        match sign {
            Sign::Areas(areas, opacity) => {
                let covered = (opacity * f64::from(u8::MAX)).round() as u8;
                for area in areas {
                    self.area(*area, self.cell().0, covered);
                }
            }
            Sign::Corner { right, down } => self.outline(&corner(*right, *down, self.cell())),
        }
    }

    /// Covers a part of what is so wide and a row high.
    fn area(&mut self, (left, top, width, height): Area, wide: usize, covered: u8) {
        let high = self.cell().1;
        let x = (edge(left, wide), edge(left + width, wide));
        let y = (edge(top, high), edge(top + height, high));
        self.fill(x, y, covered);
    }

    /// Covers what an outline in pixels winds around.
    fn outline(&mut self, outline: &[Segment]) {
        // With a cell around, for what reaches out of its own.
        let (across, down) = self.cell();
        let (wide, high) = (self.width(), down);
        let (width, height) = (wide + 2 * across, 3 * down);
        let mut rasterizer = Rasterizer::new(width, height);
        let inside = |x: f32, y: f32| {
            point(
                (x + across as f32).clamp(0.0, width as f32 - 1.0),
                (y + down as f32).clamp(0.0, height as f32),
            )
        };
        draw(outline, inside, &mut rasterizer);
        rasterizer.for_each_pixel_2d(|x, y, covered| {
            let x = (x as usize).checked_sub(across).filter(|x| *x < wide);
            let y = (y as usize).checked_sub(down).filter(|y| *y < high);
            if let (Some(x), Some(y)) = (x, y) {
                let pixel = &mut self.coverage[y * wide + x];
                let covered = (covered.clamp(0.0, 1.0) * f32::from(u8::MAX)).round() as u8;
                *pixel = (*pixel).max(covered);
            }
        });
    }
}

/// The masks of all characters that were asked for.
pub(super) struct Masks<'a> {
    fonts: &'a mut Fonts,
    known: HashMap<(String, Modifier, usize), Rc<Mask>>,
}

impl<'a> Masks<'a> {
    pub(super) fn new(fonts: &'a mut Fonts) -> Self {
        Self {
            fonts,
            known: HashMap::new(),
        }
    }

    /// The pixels of a cell and of the cells behind it that it takes.
    pub(super) fn of(&mut self, cell: &Cell) -> Rc<Mask> {
        self.scaled(cell, 1)
    }

    /// The pixels of a character that is so many cells high.
    pub(super) fn scaled(&mut self, cell: &Cell, scale: usize) -> Rc<Mask> {
        let key = (cell.symbol().to_owned(), cell.modifier & STYLES, scale);
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        let mask = Rc::new(self.make(cell, scale));
        self.known.insert(key, Rc::clone(&mask));
        mask
    }

    fn make(&mut self, cell: &Cell, scale: usize) -> Mask {
        let columns = cell.symbol().cell_width().max(1);
        let mut mask = Mask::empty(columns.into(), scale);
        if let Some(sign) = sign(cell.symbol()) {
            mask.sign(&sign);
        } else if cell.symbol() != " " {
            self.set(cell, columns, &mut mask);
        }
        for ruling in rulings(cell.modifier) {
            mask.area(ruling, mask.width(), u8::MAX);
        }
        mask
    }

    fn set(&mut self, cell: &Cell, columns: u16, mask: &mut Mask) {
        let is_bold = cell.modifier.contains(Modifier::BOLD);
        let slant = if cell.modifier.contains(Modifier::ITALIC) {
            SLANT as f32
        } else {
            0.0
        };
        let glyphs = self.fonts.set(cell.symbol(), columns, is_bold);
        if glyphs.is_empty() {
            mask.frame();
        }
        for glyph in glyphs {
            mask.outline(&self.outline(glyph, columns, slant, mask.scale as f32));
        }
    }

    /// A glyph's outline in the pixels of its cells.
    fn outline(&self, glyph: Glyph, columns: u16, slant: f32, times: f32) -> Outline {
        let fit = self.fonts.fit(glyph, columns);
        let column = CELL.0 as f32 * times;
        let scale = fit.scale as f32 * column;
        let left = fit.x as f32 * column;
        let place = |x: f32, y: f32| {
            let up = y * scale;
            (left + x * scale + slant * up, BASELINE as f32 * times - up)
        };
        let outline = self.fonts.face(glyph.face).outline(glyph.id);
        outline
            .into_iter()
            .map(|segment| segment.map(place))
            .collect()
    }
}

/// A part of a cell's side in whole pixels.
fn edge(part: f64, side: usize) -> usize {
    // Halves are rounded up wherever they come from.
    (part * side as f64 + 0.5 + 1e-9).floor() as usize
}

/// A thin line around a corner, in pixels, in the places of straight ones.
fn corner(right: bool, down: bool, (wide, high): (usize, usize)) -> Outline {
    let thin = LINES[0];
    let middle = |side: usize, width: f64| {
        let (from, to) = (edge(0.5 - width / 2.0, side), edge(0.5 + width / 2.0, side));
        ((from + to) as f32 / 2.0, (to - from) as f32 / 2.0)
    };
    let (x, half_x) = middle(wide, thin);
    let (y, half_y) = middle(high, thin / 2.0);
    let (to_x, end_x) = if right {
        (1.0, wide as f32)
    } else {
        (-1.0, 0.0)
    };
    let (to_y, end_y) = if down {
        (1.0, high as f32)
    } else {
        (-1.0, 0.0)
    };
    let bend_y = y + to_y * (end_x - x).abs();
    let (outer_x, outer_y) = (x - to_x * half_x, y - to_y * half_y);
    let (inner_x, inner_y) = (x + to_x * half_x, y + to_y * half_y);
    vec![
        Segment::Move(outer_x, end_y),
        Segment::Line(outer_x, bend_y),
        Segment::Quad(outer_x, outer_y, end_x, outer_y),
        Segment::Line(end_x, inner_y),
        Segment::Quad(inner_x, inner_y, inner_x, bend_y),
        Segment::Line(inner_x, end_y),
        Segment::Close,
    ]
}

fn draw(outline: &[Segment], inside: impl Fn(f32, f32) -> Point, rasterizer: &mut Rasterizer) {
    let mut begin = inside(0.0, 0.0);
    let mut at = begin;
    for segment in outline {
        match *segment {
            Segment::Move(x, y) => {
                begin = inside(x, y);
                at = begin;
            }
            Segment::Line(x, y) => {
                let to = inside(x, y);
                rasterizer.draw_line(at, to);
                at = to;
            }
            Segment::Quad(x1, y1, x, y) => {
                let to = inside(x, y);
                rasterizer.draw_quad(at, inside(x1, y1), to);
                at = to;
            }
            Segment::Cubic(x1, y1, x2, y2, x, y) => {
                let to = inside(x, y);
                rasterizer.draw_cubic(at, inside(x1, y1), inside(x2, y2), to);
                at = to;
            }
            Segment::Close => {
                rasterizer.draw_line(at, begin);
                at = begin;
            }
        }
    }
}
