//! Rows under construction: a rectangle of runs that can be set beside and below others.

use super::width::{prefix, text_columns};
use super::{Area, ImageSpot, LargeText, Row, Run, Slot, glyph};
use crate::deck::Align;
use crate::theme::Ink;

/// Laid-out rows with the slots and images in them; columns and rows count from the rectangle's own corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) lines: Vec<Row>,
    pub(super) slots: Vec<Reserved>,
    /// What is revealed of images and large text.
    pub(super) images: Vec<ImageSpot>,
    pub(super) large: Vec<LargeText>,
    /// Columns up to the end of the widest row, whether it is seen or hidden.
    width: u16,
}

/// A slot's room; it is taken, and stretched, before the slot is revealed too.
#[derive(Clone, Debug)]
pub(super) struct Reserved {
    pub(super) slot: Slot,
    pub(super) shown: bool,
}

/// Those that are revealed.
pub(super) fn revealed(reserved: Vec<Reserved>) -> Vec<Slot> {
    let shown = reserved.into_iter().filter(|reserved| reserved.shown);
    shown.map(|reserved| reserved.slot).collect()
}

impl Rows {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a row.
    pub(super) fn push(&mut self, runs: Vec<Run>) {
        let row = Row { runs };
        self.width = self.width.max(row_end(&row));
        self.lines.push(row);
    }

    /// Adds empty rows.
    pub(super) fn blank(&mut self, count: usize) {
        self.lines.resize_with(self.len() + count, Row::default);
    }

    /// Sets other rows at a place, over what is there; rows are added where they are missing. What
    /// stands in one row is set from left to right.
    pub(super) fn place(&mut self, mut other: Self, x: u16, y: usize) {
        other.shift(x, y as u32);
        let missing = (y + other.len()).saturating_sub(self.len());
        self.blank(missing);
        self.width = self.width.max(other.width);
        for (row, placed) in self.lines[y..].iter_mut().zip(other.lines) {
            row.runs.extend(placed.runs);
        }
        self.slots.extend(other.slots);
        self.images.extend(other.images);
        self.large.extend(other.large);
    }

    /// Counts columns from so many further to the left, and the rows of areas from further above.
    fn shift(&mut self, x: u16, y: u32) {
        self.width = self.width.saturating_add(x);
        for run in self.lines.iter_mut().flat_map(|row| &mut row.runs) {
            run.x = run.x.saturating_add(x);
        }
        for area in self.areas() {
            area.x = area.x.saturating_add(x);
            area.y += y;
        }
    }

    /// The areas of all that is no run.
    fn areas(&mut self) -> impl Iterator<Item = &mut Area> {
        let slots = self
            .slots
            .iter_mut()
            .map(|reserved| &mut reserved.slot.area);
        let images = self.images.iter_mut().map(|spot| &mut spot.area);
        let large = self.large.iter_mut().map(|text| &mut text.area);
        slots.chain(images).chain(large)
    }

    /// Keeps so many rows, and what stands in them as a whole.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.lines.truncate(rows);
        self.slots
            .retain(|reserved| reserved.slot.area.end() <= rows);
        self.images.retain(|spot| spot.area.end() <= rows);
        self.large.retain(|text| text.area.end() <= rows);
    }

    /// Sets other rows below.
    pub(super) fn append(&mut self, other: Self) {
        self.place(other, 0, self.len());
    }

    /// Takes away all that is seen and leaves its room.
    pub(super) fn hide(&mut self) {
        for row in &mut self.lines {
            row.runs.clear();
        }
        for reserved in &mut self.slots {
            reserved.shown = false;
        }
        self.images.clear();
        self.large.clear();
    }

    /// Gives the rows that are missing to the slots that are as wide as the column, to each as many;
    /// where there is none, to one that is the last thing.
    pub(super) fn stretch(&mut self, room: usize, column_width: u16) {
        let mut extra = room.saturating_sub(self.len());
        let growing = self.growing(column_width);
        for (left, slot) in (1..=growing.len()).rev().zip(growing) {
            let share = extra / left;
            extra -= share;
            self.grow(slot, share);
        }
    }

    /// The slots that can take more rows.
    fn growing(&self, column_width: u16) -> Vec<usize> {
        let those = |is: &dyn Fn(Area) -> bool| -> Vec<usize> {
            let slots = self.slots.iter().enumerate();
            let slots = slots.filter(|(_, reserved)| is(reserved.slot.area));
            slots.map(|(slot, _)| slot).collect()
        };
        let wide = those(&|area| area.width == column_width);
        if !wide.is_empty() {
            return wide;
        }
        let last = those(&|area| area.end() == self.len());
        last.into_iter().next_back().into_iter().collect()
    }

    /// Gives a slot more rows; what stands below it moves.
    fn grow(&mut self, slot: usize, extra: usize) {
        let area = self.slots[slot].slot.area;
        let end = area.end();
        self.lines
            .splice(end..end, std::iter::repeat_n(Row::default(), extra));
        for other in self.areas() {
            if *other == area {
                other.height = other.height.saturating_add(extra as u16);
            } else if other.y as usize >= end {
                other.y += extra as u32;
            }
        }
    }

    /// Takes so many columns at least.
    pub(super) fn widen(&mut self, columns: u16) {
        self.width = self.width.max(columns);
    }

    /// Columns up to the end of the widest row. What is hidden counts too, so that a reveal moves
    /// nothing.
    pub(super) fn width(&self) -> u16 {
        self.width
    }

    /// Sets the whole between the margins of a column, as one thing.
    pub(super) fn align(&mut self, align: Align, column_width: u16) {
        if align == Align::Start {
            return;
        }
        let free = column_width.saturating_sub(self.width());
        self.indent(if align == Align::Center {
            free / 2
        } else {
            free
        });
    }

    /// Sets everything further to the right.
    pub(super) fn indent(&mut self, x: u16) {
        self.shift(x, 0);
    }
}

/// One row, written from left to right. Neighbours of the same ink become one run.
#[derive(Debug, Default)]
pub(super) struct Writer {
    runs: Vec<Run>,
    x: u16,
}

impl Writer {
    /// Writes on.
    pub(super) fn write(&mut self, text: &str, ink: impl Into<Ink>) {
        self.write_link(text, ink.into(), None, text_columns(text));
    }

    /// Writes on text of known width that may be part of a link.
    pub(super) fn write_link(&mut self, text: &str, ink: Ink, target: Option<u16>, width: u16) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(run) if run.ink == ink && run.link == target => run.text.push_str(text),
            _ => self.runs.push(Run {
                x: self.x,
                text: text.to_owned(),
                ink,
                link: target,
            }),
        }
        self.x = self.x.saturating_add(width);
    }

    /// Writes on, within so many columns: what is wider is cut with a sign.
    pub(super) fn write_within(&mut self, text: &str, width: u16, ink: impl Into<Ink>) {
        let ink = ink.into();
        if text_columns(text) <= width {
            self.write(text, ink);
        } else {
            self.write(prefix(text, width.saturating_sub(1)).0, ink);
            self.write(glyph::CUT, ink);
        }
    }

    /// Writes spaces up to a column.
    pub(super) fn fill(&mut self, to: u16, ink: impl Into<Ink>) {
        let free = to.saturating_sub(self.x);
        self.write(&" ".repeat(usize::from(free)), ink);
    }

    /// The column that is written next.
    pub(super) fn x(&self) -> u16 {
        self.x
    }

    /// What was written.
    pub(super) fn runs(self) -> Vec<Run> {
        self.runs
    }
}

/// A run without a link.
pub(super) fn run(x: u16, text: impl Into<String>, ink: impl Into<Ink>) -> Run {
    Run {
        x,
        text: text.into(),
        ink: ink.into(),
        link: None,
    }
}

/// One past the last column that a row's runs take.
pub(super) fn row_end(row: &Row) -> u16 {
    row.runs
        .last()
        .map_or(0, |run| run.x.saturating_add(text_columns(&run.text)))
}
