//! Tables: columns as wide as their text where there is room, else shrunk fairly and wrapped; what still
//! has no room goes on below.

use std::ops::Range;

use super::glyph;
use super::inline::Piece;
use super::rows::{Rows, run};
use super::setter::{Column, Setter};
use super::wrap::{Extent, extent, wrap};
use crate::deck::{Align, Inlines, Table};
use crate::theme::{Ink, Role};

/// Rows beyond this many are not laid out; a note says so.
const TABLE_ROWS_MAX: usize = 2_000;
/// So many cells a column gets at least on average, where a table must go on below itself.
const READABLE: usize = 4;

/// A row's cells, and the step from which it is shown.
struct Cells<'a> {
    step: u16,
    cells: Vec<Vec<Piece<'a>>>,
}

impl<'a> Cells<'a> {
    /// Those of some columns, as far as the row has them.
    fn within(&self, band: &Range<usize>) -> &[Vec<Piece<'a>>] {
        let end = band.end.min(self.cells.len());
        self.cells.get(band.start..end).unwrap_or_default()
    }
}

impl Setter<'_> {
    /// A table; one of more columns than the page has room for goes on below itself.
    pub(super) fn table(&mut self, table: &Table, column: Column) -> Rows {
        let head_ink = Ink {
            role: Role::Heading,
            bold: true,
            ..column.ink
        };
        let head = self.cells(0, &table.head, head_ink);
        let shown = table.rows.iter().take(TABLE_ROWS_MAX);
        let body: Vec<Cells<'_>> = shown
            .map(|(step, row)| self.cells(*step, row, column.ink))
            .collect();
        let count = std::iter::once(&head).chain(&body);
        let count = count.map(|row| row.cells.len()).max().unwrap_or(0);

        let mut rows = Rows::default();
        for (index, band) in bands(count, column.width).into_iter().enumerate() {
            rows.blank(usize::from(index > 0));
            rows.append(self.band(&head, &body, &table.aligns, band, column.width));
        }
        if let more @ 1.. = table.rows.len().saturating_sub(TABLE_ROWS_MAX) {
            let text = format!("{} {more} more rows", glyph::CUT);
            rows.push(vec![run(0, text, Role::Warning)]);
        }
        rows.align(column.align, column.width);
        rows
    }

    /// Some of a table's columns: the head above a rule, then the rows, with blank rows between them where
    /// one wraps.
    fn band(
        &self,
        head: &Cells<'_>,
        body: &[Cells<'_>],
        aligns: &[Align],
        band: Range<usize>,
        width: u16,
    ) -> Rows {
        let aligns = aligns.get(band.start..).unwrap_or_default();
        let (widths, gap) = widths(std::iter::once(head).chain(body), &band, width);
        let mut rows = Rows::default();
        if !head.within(&band).iter().all(Vec::is_empty) {
            rows.append(set_row(head.within(&band), &widths, gap, aligns));
            rows.append(rules(&widths, gap));
        }
        let set: Vec<Rows> = body
            .iter()
            .map(|row| set_row(row.within(&band), &widths, gap, aligns))
            .collect();
        let between = usize::from(set.iter().any(|row| row.len() > 1));
        for (index, (mut set, row)) in set.into_iter().zip(body).enumerate() {
            if row.step > self.step {
                set.hide();
            }
            if index > 0 {
                rows.blank(between);
            }
            rows.append(set);
        }
        rows
    }

    fn cells<'a>(&mut self, step: u16, cells: &'a [Inlines], ink: Ink) -> Cells<'a> {
        let cells = cells.iter().map(|cell| self.pieces(cell, ink)).collect();
        Cells { step, cells }
    }
}

/// Which columns stand beside each other: all, or where not even a letter of each has room, as many as
/// can be read.
fn bands(columns: usize, width: u16) -> Vec<Range<usize>> {
    let width = usize::from(width);
    let most = if 2 * columns <= width + 1 {
        columns
    } else {
        (width + 1) / (READABLE + 1)
    };
    let most = most.max(1);
    (0..columns)
        .step_by(most)
        .map(|first| first..columns.min(first + most))
        .collect()
}

/// The widths of some columns and the room between them.
fn widths<'a>(
    rows: impl Iterator<Item = &'a Cells<'a>>,
    band: &Range<usize>,
    width: u16,
) -> (Vec<u16>, u16) {
    let mut extents: Vec<Extent> = vec![Extent::default(); band.len()];
    for row in rows {
        for (widest, cell) in extents.iter_mut().zip(row.within(band)) {
            let cell = extent(cell);
            widest.natural = widest.natural.max(cell.natural);
            widest.word = widest.word.max(cell.word);
        }
    }
    let between = extents.len().saturating_sub(1) as u16;
    let gap = if width >= 60 { 3 } else { 2 };
    let room = |gap: u16| width.saturating_sub(between.saturating_mul(gap));
    let gap = if usize::from(room(gap)) < 4 * extents.len() {
        1
    } else {
        gap
    };
    (fit(&extents, room(gap)), gap)
}

/// Shares room fairly: no column gets more than it wants, none less than its longest word while that
/// is possible, and what must be given up is given up by the widest.
fn fit(extents: &[Extent], room: u16) -> Vec<u16> {
    let room = usize::from(room);
    let words: usize = extents.iter().map(|extent| extent.word).sum();
    let at_level = |level: usize| {
        let share = move |extent: &Extent| {
            if words <= room {
                extent.natural.min(level).max(extent.word)
            } else {
                extent.word.min(level)
            }
        };
        extents.iter().map(move |extent| share(extent).max(1))
    };
    let mut level = 1;
    while level < room && at_level(level + 1).sum::<usize>() <= room {
        level += 1;
    }
    let mut widths: Vec<u16> = at_level(level)
        .map(|width| width.min(usize::from(u16::MAX / 4)) as u16)
        .collect();
    let free = room.saturating_sub(widths.iter().map(|width| usize::from(*width)).sum());
    let missing = |index: usize| {
        extents[index]
            .natural
            .saturating_sub(usize::from(widths[index]))
    };
    // The last cells go to the columns that need the fewest.
    let mut needy: Vec<usize> = (0..extents.len())
        .filter(|index| missing(*index) > 0)
        .collect();
    needy.sort_by_key(|index| missing(*index));
    for index in needy.into_iter().take(free) {
        widths[index] += 1;
    }
    widths
}

fn set_row(cells: &[Vec<Piece<'_>>], widths: &[u16], gap: u16, aligns: &[Align]) -> Rows {
    let mut rows = Rows::default();
    let mut x = 0;
    for (index, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let align = aligns.get(index).copied().unwrap_or_default();
        rows.place(wrap(cell, *width, align), x, 0);
        x = x.saturating_add(width + gap);
    }
    if rows.is_empty() {
        rows.blank(1);
    }
    rows
}

fn rules(widths: &[u16], gap: u16) -> Rows {
    let mut runs = Vec::with_capacity(widths.len());
    let mut x = 0;
    for width in widths {
        let line = glyph::RULE.repeat(usize::from(*width));
        runs.push(run(x, line, Role::Faint));
        x = x.saturating_add(width + gap);
    }
    let mut rows = Rows::default();
    rows.push(runs);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_room_fairly() {
        let extent = |natural, word| Extent { natural, word };
        for (extents, room, expected) in [
            // All fit.
            (vec![extent(5, 5), extent(10, 4)], 20, vec![5, 10]),
            // The widest gives way.
            (vec![extent(5, 5), extent(40, 6)], 20, vec![5, 15]),
            (vec![extent(30, 6), extent(40, 6)], 21, vec![11, 10]),
            // None less than its longest word.
            (vec![extent(30, 14), extent(40, 6)], 21, vec![14, 7]),
            // Longest words don't fit either.
            (vec![extent(30, 30), extent(3, 3)], 13, vec![10, 3]),
            // Not even one cell each.
            (vec![extent(3, 3); 3], 1, vec![1, 1, 1]),
        ] {
            assert_eq!(fit(&extents, room), expected, "{extents:?} in {room}");
        }
    }
}
