//! Text in letters of several cells each way.
//!
//! The room that it takes is the same on every terminal: `scale` rows, and `scale` columns for each
//! of the text's own. What can scale text does so there ([`LargeText`]); for all others the rows hold
//! the letters, drawn in quarters of cells. Letters are drawn at one size; a smaller one, and text
//! with anything that the font has not, stands there in plain letters.

use unicode_segmentation::UnicodeSegmentation;

use super::font::{self, Bitmap, POINTS};
use super::glyph::QUADRANTS;
use super::inline::Piece;
use super::rows::{Rows, row_end};
use super::setter::{Column, Setter};
use super::width::text_columns;
use super::wrap::{extent, wrap};
use super::{Area, LargeText, Row, Run};
use crate::deck::{Align, Inline};
use crate::theme::Ink;

/// Which text may stand in large letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    /// None.
    Plain,
    /// What the deck gives a font size.
    Sized,
    /// That, and a title that stands in the middle of its slide.
    #[default]
    Titles,
}

/// Cells of a drawn letter, each way: a cell has two points across and two down.
const DRAWN: u8 = (POINTS / 2) as u8;
/// Large text has no more lines than this: it is read at a glance, or it is too long for it.
const LINES_MAX: usize = 3;

impl Setter<'_> {
    /// Running text in the font size that the deck gives it, as far as there is room for it.
    pub(super) fn sized(&mut self, content: &[Inline], font_size: u8, column: Column) -> Rows {
        let plain = self.text(content, column);
        if font_size == 1 || column.depth > 0 || self.letters == Letters::Plain {
            return plain;
        }
        let pieces = self.pieces(content, column.ink);
        let rows_max = usize::from(self.page_rows / 2);
        let mut scales = (2..=font_size).rev();
        let fitting = scales.find_map(|scale| {
            let lines = lines(&pieces, scale, rows_max, column.width)?;
            Some((scale, lines))
        });
        match fitting {
            Some((scale, lines)) if scale >= DRAWN && is_drawable(&lines) => {
                with_drawn(&lines, scale, column)
            }
            Some((scale, lines)) => with_plain(&lines, scale, plain, column),
            None => plain,
        }
    }

    /// A title in drawn letters; `None` where there is no room for them, or no letter for some sign.
    pub(super) fn large_title(
        &mut self,
        content: &[Inline],
        rows_max: usize,
        column: Column,
    ) -> Option<Rows> {
        if self.letters != Letters::Titles {
            return None;
        }
        let column = column.of_title();
        let pieces = self.pieces(content, column.ink);
        let lines = lines(&pieces, DRAWN, rows_max, column.width)?;
        is_drawable(&lines).then(|| with_drawn(&lines, DRAWN, column))
    }
}

/// The lines of some text in letters of so many cells, none much longer than another; `None` where
/// they have no room.
fn lines(pieces: &[Piece<'_>], scale: u8, rows_max: usize, width: u16) -> Option<Vec<Row>> {
    let width = width / u16::from(scale);
    let word = extent(pieces).word;
    if word == 0 || word > usize::from(width) {
        return None;
    }
    let lines_in = |width| wrap(pieces, width, Align::Start).lines;
    let count = lines_in(width).len();
    if count > LINES_MAX || count * usize::from(scale) > rows_max {
        return None;
    }
    // The narrowest that are no more.
    let mut widths = word as u16..=width;
    let narrow = widths.find(|width| lines_in(*width).len() == count);
    Some(lines_in(narrow.unwrap_or(width)))
}

/// Large text, and in its place on other terminals the drawn letters.
fn with_drawn(lines: &[Row], scale: u8, column: Column) -> Rows {
    let mut rows = Rows::default();
    for line in lines {
        let mut set = scaled(line, scale);
        let letters = drawn(line);
        let x = place(column.align, width(line, scale), width(line, DRAWN));
        set.place(letters, x, usize::from(scale - DRAWN) / 2);
        let x = place(column.align, column.width, width(line, scale));
        rows.place(set, x, rows.len());
    }
    rows
}

/// Large text, and in its place on other terminals plain text in the middle of its rows.
fn with_plain(lines: &[Row], scale: u8, plain: Rows, column: Column) -> Rows {
    let mut rows = Rows::default();
    for line in lines {
        let x = place(column.align, column.width, width(line, scale));
        rows.place(scaled(line, scale), x, rows.len());
    }
    let y = rows.len().saturating_sub(plain.len()) / 2;
    rows.place(plain, 0, y);
    rows
}

/// Columns of a line in letters of so many cells.
fn width(line: &Row, scale: u8) -> u16 {
    row_end(line) * u16::from(scale)
}

/// Where something begins that is so wide and stands so aligned in this room.
fn place(align: Align, room: u16, width: u16) -> u16 {
    let free = room.saturating_sub(width);
    match align {
        Align::Start => 0,
        Align::Center => free / 2,
        Align::End => free,
    }
}

/// A line's room, and what a terminal that scales text writes in it.
fn scaled(line: &Row, scale: u8) -> Rows {
    let mut rows = Rows::default();
    rows.blank(scale.into());
    rows.large = line
        .runs
        .iter()
        .map(|run| LargeText {
            area: Area {
                x: run.x * u16::from(scale),
                y: 0,
                width: text_columns(&run.text) * u16::from(scale),
                height: scale.into(),
            },
            text: run.text.clone(),
            scale,
            ink: run.ink,
        })
        .collect();
    rows
}

/// Whether there is a letter for each sign of them.
fn is_drawable(lines: &[Row]) -> bool {
    let texts = lines.iter().flat_map(|line| &line.runs);
    let mut clusters = texts.flat_map(|run| run.text.graphemes(true));
    clusters.all(|cluster| font::bitmap(cluster).is_some())
}

/// A line's letters in quarters of cells.
fn drawn(line: &Row) -> Rows {
    let mut rows = Rows::default();
    for y in 0..usize::from(DRAWN) {
        let runs = line.runs.iter().map(|run| Run {
            x: run.x * u16::from(DRAWN),
            text: quarters(&run.text, run.ink, y),
            // Their lines are drawn, and blocks can't lean.
            ink: Ink {
                italic: false,
                underline: false,
                strike: false,
                ..run.ink
            },
            link: run.link,
        });
        rows.push(runs.collect());
    }
    rows
}

/// One row of cells of a text's letters.
fn quarters(text: &str, ink: Ink, y: usize) -> String {
    let mut cells = String::new();
    for cluster in text.graphemes(true) {
        let bitmap = lined(font::bitmap(cluster).unwrap_or_default(), ink);
        let (upper, lower) = (bitmap[2 * y], bitmap[2 * y + 1]);
        for x in (0..POINTS).step_by(2) {
            let points = (upper >> x & 3) | (lower >> x & 3) << 2;
            cells.push_str(QUADRANTS[usize::from(points)]);
        }
    }
    cells
}

/// A letter with the lines through and below it that its ink has.
fn lined(mut bitmap: Bitmap, ink: Ink) -> Bitmap {
    for (is_there, row) in [(ink.strike, 4), (ink.underline, POINTS - 1)] {
        if is_there {
            bitmap[row] = u8::MAX;
        }
    }
    bitmap
}
