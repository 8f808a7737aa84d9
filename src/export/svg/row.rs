//! A row of cells as SVG: what is behind the letters, blocks, and text.

use std::fmt::Write as _;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::style::Modifier;

use super::{CELL_HEIGHT, CELL_WIDTH, PADDING};
use crate::export::palette::{Palette, Rgb, hex};
use crate::export::sign::block;

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
    /// All that has an area: columns of equal background in one rectangle, and blocks.
    pub(super) fn areas(&self, palette: &Palette, out: &mut String) {
        self.backgrounds(palette, out);
        self.blocks(palette, out);
    }

    fn backgrounds(&self, palette: &Palette, out: &mut String) {
        let mut x = 0;
        for same in self
            .cells
            .chunk_by(|a, b| palette.seen(a).1 == palette.seen(b).1)
        {
            let ground = palette.seen(&same[0]).1;
            if ground != palette.background {
                let mut path = String::new();
                self.rectangle((x as f64, 0.0, same.len() as f64, 1.0), &mut path);
                let _ = writeln!(out, "<path fill=\"{}\" d=\"{path}\"/>", hex(ground));
            }
            x += same.len();
        }
    }

    /// Block elements, as one path of all in a colour; equal ones side by side that fill their cells'
    /// width become one shape.
    fn blocks(&self, palette: &Palette, out: &mut String) {
        let mut paths: Vec<((Rgb, f64), String)> = Vec::new();
        let mut x = 0;
        while let Some(cell) = self.cells.get(x) {
            let Some((parts, opacity)) = block(cell.symbol()) else {
                x += 1;
                continue;
            };
            let ink = palette.seen(cell).0;
            let same =
                |other: &&Cell| other.symbol() == cell.symbol() && palette.seen(other).0 == ink;
            let count = if parts.iter().all(|part| part.2 < 1.0) {
                1
            } else {
                self.cells[x..].iter().take_while(same).count()
            };
            let known = paths.iter().position(|(paint, _)| *paint == (ink, opacity));
            let known = known.unwrap_or_else(|| {
                paths.push(((ink, opacity), String::new()));
                paths.len() - 1
            });
            for (left, top, width, height) in parts {
                let area = (x as f64 + left, top, width * count as f64, height);
                self.rectangle(area, &mut paths[known].1);
            }
            x += count;
        }
        for ((ink, opacity), path) in paths {
            let _ = write!(out, "<path fill=\"{}\"", hex(ink));
            if opacity < 1.0 {
                let _ = write!(out, " fill-opacity=\"{opacity}\"");
            }
            let _ = writeln!(out, " d=\"{path}\"/>");
        }
    }

    /// A rectangle, in cells from the span's corner, as a part of a path.
    fn rectangle(&self, (x, y, width, height): (f64, f64, f64, f64), path: &mut String) {
        let _ = write!(
            path,
            "M{} {}h{}v{}h-{}z",
            left(self.column as f64 + x),
            short(self.top + y * CELL_HEIGHT),
            short(width * CELL_WIDTH),
            short(height * CELL_HEIGHT),
            short(width * CELL_WIDTH),
        );
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
            (Modifier::DIM, " fill-opacity=\"0.6\""),
        ] {
            if cell.modifier.contains(modifier) {
                out.push_str(attribute);
            }
        }
        let lines = [
            (Modifier::UNDERLINED, "underline"),
            (Modifier::CROSSED_OUT, "line-through"),
        ];
        let drawn = lines.iter().filter(|line| cell.modifier.contains(line.0));
        let drawn: Vec<&str> = drawn.map(|line| line.1).collect();
        if !drawn.is_empty() {
            let _ = write!(out, " text-decoration=\"{}\"", drawn.join(" "));
        }
        out.push('>');
        for character in content.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                character => out.push(character),
            }
        }
        out.push_str("</text>\n");
    }
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
    let lined = Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    let nothing = matches!(cell.symbol(), " " | "");
    (nothing && !cell.modifier.intersects(lined)) || block(cell.symbol()).is_some()
}

/// A character that every monospace font has in the one width.
fn is_plain(cell: &Cell) -> bool {
    let mut characters = cell.symbol().chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return false;
    };
    character != ' ' && (character as u32) < 0x250
}
