//! A row of cells as SVG: what is behind the letters, blocks, and text.

use std::fmt::Write as _;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Modifier;

use super::{CELL_HEIGHT, CELL_WIDTH, PADDING};
use crate::export::palette::{Palette, Rgb, hex};
use crate::export::sign::{Sign, is_block, path, rulings, sign};

/// From a row's upper edge to the line on which letters stand.
const BASELINE: f64 = 15.0;

/// Cells side by side.
#[derive(Clone, Copy)]
pub(super) struct Span<'a> {
    pub(super) cells: &'a [Cell],
    /// The column of the first.
    pub(super) column: usize,
    /// Their upper edge in the drawing.
    pub(super) top: f64,
}

impl Span<'_> {
    /// All that has an area: columns of equal background in one rectangle, and signs that are drawn.
    pub(super) fn areas(&self, palette: &Palette, out: &mut String) {
        self.backgrounds(palette, out);
        self.signs(palette, out);
        self.rulings(palette, out);
    }

    fn backgrounds(&self, palette: &Palette, out: &mut String) {
        let mut x = 0;
        for same in self
            .cells
            .chunk_by(|a, b| palette.seen(a).1 == palette.seen(b).1)
        {
            let ground = palette.seen(&same[0]).1;
            if ground != palette.background {
                let whole = Sign::Areas(vec![(0.0, 0.0, 1.0, 1.0)], 1.0);
                let mut drawn = String::new();
                path(&whole, self.place(x as f64, same.len() as f64), &mut drawn);
                let _ = writeln!(out, "<path fill=\"{}\" d=\"{drawn}\"/>", hex(ground));
            }
            x += same.len();
        }
    }

    /// Signs that are drawn, as one path of all that look alike; equal ones side by side that fill their
    /// cells' width become one shape.
    fn signs(&self, palette: &Palette, out: &mut String) {
        let mut paths: Vec<(Paint, String)> = Vec::new();
        let mut x = 0;
        while let Some(cell) = self.cells.get(x) {
            let Some(sign) = sign(cell.symbol()) else {
                x += 1;
                continue;
            };
            let paint = Paint::of(cell, &sign, palette);
            let same = |other: &&Cell| {
                other.symbol() == cell.symbol() && palette.seen(other).0 == paint.ink
            };
            let count = if fills_width(&sign) {
                self.cells[x..].iter().take_while(same).count()
            } else {
                1
            };
            let known = paths.iter().position(|(known, _)| *known == paint);
            let known = known.unwrap_or_else(|| {
                paths.push((paint, String::new()));
                paths.len() - 1
            });
            path(
                &sign,
                self.place(x as f64, count as f64),
                &mut paths[known].1,
            );
            x += count;
        }
        for (paint, path) in paths {
            paint.write(&path, out);
        }
    }

    /// Lines under and through letters.
    fn rulings(&self, palette: &Palette, out: &mut String) {
        let mut x = 0;
        let style = |cell: &Cell| (palette.seen(cell).0, cell.modifier);
        for same in self.cells.chunk_by(|a, b| style(a) == style(b)) {
            let (ink, modifier) = style(&same[0]);
            let lines: Vec<_> = rulings(modifier).collect();
            if !lines.is_empty() {
                let mut drawn = String::new();
                let place = self.place(x as f64, same.len() as f64);
                path(&Sign::Areas(lines, 1.0), place, &mut drawn);
                let _ = writeln!(out, "<path fill=\"{}\" d=\"{drawn}\"/>", hex(ink));
            }
            x += same.len();
        }
    }

    /// So many columns of the span from one on, in the drawing's units.
    fn place(&self, column: f64, columns: f64) -> (f64, f64, f64, f64) {
        let left = PADDING + (self.column as f64 + column) * CELL_WIDTH;
        (left, self.top, columns * CELL_WIDTH, CELL_HEIGHT)
    }

    /// Stretches of text in one style. A character of two columns is a stretch of its own, so that
    /// what follows it stands right.
    pub(super) fn texts(&self, palette: &Palette, out: &mut String) {
        let mut x = 0;
        while let Some(cell) = self.cells.get(x) {
            let columns = usize::from(cell.symbol().cell_width().max(1));
            if is_blank(cell) {
                x += 1;
                continue;
            }
            let style = |cell: &Cell| (palette.seen(cell).0, cell.modifier);
            let goes_on = |other: &&Cell| {
                let fits = if is_plain(cell) {
                    is_plain(other) || other.symbol() == " "
                } else {
                    columns == 1 && other.symbol() == cell.symbol()
                };
                fits && style(other) == style(cell)
            };
            let count = self.cells[x..].iter().take_while(goes_on).count().max(1);
            let content: String = self.cells[x..x + count].iter().map(Cell::symbol).collect();
            let content = content.trim_end_matches(' ');
            let width = if count > 1 {
                content.chars().count()
            } else {
                columns
            };
            self.text(content, (x, width), cell, palette, out);
            x += count.max(columns);
        }
    }

    /// A stretch of text from this column on, so many columns wide.
    pub(super) fn text(
        &self,
        content: &str,
        (x, columns): (usize, usize),
        cell: &Cell,
        palette: &Palette,
        out: &mut String,
    ) {
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" fill=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"",
            left((self.column + x) as f64),
            short(self.top + BASELINE),
            hex(palette.seen(cell).0),
            short(columns as f64 * CELL_WIDTH),
        );
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
        ] {
            if cell.modifier.contains(modifier) {
                out.push_str(attribute);
            }
        }
        out.push('>');
        for character in content.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                // XML has neither.
                '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
                character => out.push(character),
            }
        }
        out.push_str("</text>\n");
    }
}

/// How a path is filled.
#[derive(PartialEq)]
struct Paint {
    ink: Rgb,
    /// 0…1.
    opacity: f64,
    /// With soft edges: lines that are thinner than a pixel are seen all the same.
    soft: bool,
}

impl Paint {
    fn of(cell: &Cell, sign: &Sign, palette: &Palette) -> Self {
        let opacity = match sign {
            Sign::Areas(_, opacity) => *opacity,
            Sign::Corner { .. } => 1.0,
        };
        Self {
            ink: palette.seen(cell).0,
            opacity,
            soft: !is_block(cell.symbol()),
        }
    }

    fn write(&self, path: &str, out: &mut String) {
        let _ = write!(out, "<path fill=\"{}\"", hex(self.ink));
        if self.opacity < 1.0 {
            let _ = write!(out, " fill-opacity=\"{}\"", self.opacity);
        }
        if self.soft {
            out.push_str(" shape-rendering=\"auto\"");
        }
        let _ = writeln!(out, " d=\"{path}\"/>");
    }
}

/// Whether equal ones side by side are as one that is wider.
fn fills_width(sign: &Sign) -> bool {
    matches!(sign, Sign::Areas(areas, _) if areas.iter().all(|area| area.2 >= 1.0))
}

/// Where a column begins.
pub(super) fn left(column: f64) -> f64 {
    short(PADDING + column * CELL_WIDTH)
}

/// As exact as a drawing needs it: a tenth.
pub(super) fn short(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// Nothing that text would show.
fn is_blank(cell: &Cell) -> bool {
    matches!(cell.symbol(), " " | "") || sign(cell.symbol()).is_some()
}

/// A character that every monospace font has in the one width.
fn is_plain(cell: &Cell) -> bool {
    let mut characters = cell.symbol().chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return false;
    };
    character != ' ' && (character as u32) < 0x250
}
