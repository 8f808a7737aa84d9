//! Rows under construction: a rectangle of runs that can be set beside and below others.

use super::width::text_width;
use super::{Row, Run, Slot};
use crate::deck::Align;
use crate::theme::Ink;

/// Laid-out rows with the slots in them; columns and rows count from the rectangle's own corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    pub(super) slots: Vec<Reserved>,
}

/// A slot's room; it is taken before the slot is revealed too.
#[derive(Clone, Debug)]
pub(super) struct Reserved {
    pub(super) slot: Slot,
    pub(super) shown: bool,
}

impl Rows {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a row.
    pub(super) fn push(&mut self, runs: Vec<Run>) {
        self.rows.push(Row { runs });
    }

    /// Adds empty rows.
    pub(super) fn blank(&mut self, count: usize) {
        self.rows.resize_with(self.len() + count, Row::default);
    }

    /// Sets other rows at a place, over what is there; rows are added where they are missing. What
    /// stands in one row is set from left to right.
    pub(super) fn place(&mut self, other: Self, x: u16, y: usize) {
        let missing = (y + other.len()).saturating_sub(self.len());
        self.blank(missing);
        for (row, placed) in self.rows[y..].iter_mut().zip(other.rows) {
            row.runs.extend(placed.runs.into_iter().map(|mut run| {
                run.x += x;
                run
            }));
        }
        self.slots
            .extend(other.slots.into_iter().map(|mut reserved| {
                reserved.slot.area.x += x;
                reserved.slot.area.y += y as u32;
                reserved
            }));
    }

    /// Sets other rows below.
    pub(super) fn append(&mut self, other: Self) {
        self.place(other, 0, self.len());
    }

    /// Takes away all that is seen and leaves its room.
    pub(super) fn hide(&mut self) {
        for row in &mut self.rows {
            row.runs.clear();
        }
        for reserved in &mut self.slots {
            reserved.shown = false;
        }
    }

    /// Gives the rows that are missing to a slot, if one is as wide as the column or the last thing.
    pub(super) fn stretch(&mut self, room: usize, column_width: u16) {
        let extra = room.saturating_sub(self.len());
        let rows = self.len();
        let mut areas = self.slots.iter().map(|reserved| reserved.slot.area);
        let stretched = areas.rfind(|area| area.width == column_width || area.end() == rows);
        let (Some(area), 1..) = (stretched, extra) else {
            return;
        };
        let end = area.end();
        self.rows
            .splice(end..end, std::iter::repeat_n(Row::default(), extra));
        for Reserved { slot, .. } in &mut self.slots {
            if slot.area == area {
                slot.area.height += extra as u16;
            } else if slot.area.y as usize >= end {
                slot.area.y += extra as u32;
            }
        }
    }

    /// Columns up to the end of the widest row.
    pub(super) fn width(&self) -> u16 {
        self.rows.iter().map(row_end).max().unwrap_or(0)
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
        for run in self.rows.iter_mut().flat_map(|row| &mut row.runs) {
            run.x += x;
        }
        for reserved in &mut self.slots {
            reserved.slot.area.x += x;
        }
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
        self.write_link(text, ink.into(), None, text_width(text) as u16);
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
        self.x += width;
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
        .map_or(0, |run| run.x + text_width(&run.text) as u16)
}
