//! A plain table: columns as wide as their widest cell, figures to the right.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

/// How a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Rows of cells, the heading first.
#[derive(Debug)]
pub(super) struct Table<'a> {
    columns: &'a [Column],
    rows: Vec<Vec<String>>,
}

/// Between two columns.
const GAP: &str = "  ";

impl<'a> Table<'a> {
    /// An empty table.
    pub(super) fn new(columns: &'a [Column]) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    /// Adds a row; cells beyond the columns are not shown, missing ones are empty.
    pub(super) fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// Writes the table, each line after an indent, without spaces at its end.
    pub(super) fn write(&self, out: &mut dyn Write, indent: &str) -> io::Result<()> {
        let widths = self.widths();
        for row in &self.rows {
            let mut line = String::from(indent);
            for (index, (column, width)) in self.columns.iter().zip(&widths).enumerate() {
                if *width == 0 {
                    continue;
                }
                let cell = row.get(index).map_or("", String::as_str);
                let blank = " ".repeat(width - cell.width());
                match column {
                    Column::Left => line.extend([cell, &blank, GAP]),
                    Column::Right => line.extend([&blank, cell, GAP]),
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// The widest cell of each column; a column that is empty but for its heading counts nothing.
    fn widths(&self) -> Vec<usize> {
        let wide = |index: usize, row: &Vec<String>| row.get(index).map_or(0, |cell| cell.width());
        (0..self.columns.len())
            .map(|index| {
                let body = self
                    .rows
                    .iter()
                    .skip(1)
                    .map(|row| wide(index, row))
                    .max()
                    .unwrap_or(0);
                if body == 0 && self.rows.len() > 1 {
                    0
                } else {
                    body.max(self.rows.first().map_or(0, |row| wide(index, row)))
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_left_figures_right_and_empty_columns_vanish() {
        let mut table = Table::new(&[Column::Left, Column::Right, Column::Right]);
        table.row(["lane", "wall", "empty"]);
        table.row(["async", "4.1 s", ""]);
        table.row(["processes 🧵", "12.0 s", ""]);
        let mut written = Vec::new();
        table.write(&mut written, "  ").unwrap();
        let expected = "  lane            wall\n  async          4.1 s\n  processes 🧵  12.0 s\n";
        assert_eq!(String::from_utf8(written).unwrap(), expected);
    }
}
