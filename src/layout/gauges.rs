//! How the gauges of a machine's cores stand in the rows there are. Pure geometry: no load, no colour.

/// How gauges stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GaugeShape {
    /// A core a row, with its history and figures.
    #[default]
    Rows,
    /// So many cores side by side, with the load alone.
    Columns(u16),
    /// A cell a core.
    Heat(HeatGrid),
}

/// A gauge among several in a row, at its narrowest: number, bar and percent.
const COLUMN_WIDTH_MIN: u16 = 16;

impl GaugeShape {
    /// The most telling form that `cores` have in so much room, a row of it for the head.
    pub fn of(cores: usize, width: u16, rows: u16) -> Self {
        let rows = usize::from(rows.saturating_sub(1));
        if cores <= rows {
            return Self::Rows;
        }
        let columns = cores.div_ceil(rows.max(1));
        if columns <= usize::from((width + 2) / (COLUMN_WIDTH_MIN + 2)) {
            Self::Columns(columns as u16)
        } else {
            Self::Heat(HeatGrid::of(cores, rows as u16))
        }
    }

    /// The rows it takes, the head included.
    pub fn rows(self, cores: usize) -> u16 {
        1 + match self {
            Self::Rows => cores as u16,
            Self::Columns(columns) => cores.div_ceil(usize::from(columns)) as u16,
            Self::Heat(grid) => grid.rows(cores),
        }
    }
}

/// How cores stand in the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeatGrid {
    /// Cells in a row.
    pub per_row: usize,
    /// Cells between two gaps.
    pub group: usize,
    /// Cores that share a cell.
    pub share: usize,
}

impl HeatGrid {
    /// The roomiest grid in which all cores fit into so many rows; with more cores than cells,
    /// neighbours share one.
    pub fn of(cores: usize, rows: u16) -> Self {
        let rows = usize::from(rows.max(1));
        if cores <= 32 * rows {
            return Self {
                per_row: 32,
                group: 8,
                share: 1,
            };
        }
        Self {
            per_row: 64,
            group: 16,
            share: cores.div_ceil(64 * rows),
        }
    }

    /// The rows it takes.
    pub fn rows(self, cores: usize) -> u16 {
        cores.div_ceil(self.per_row * self.share) as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_core_finds_a_cell() {
        for (cores, rows, expected) in [
            (64, 5, (2, 1)),
            (256, 5, (4, 1)),
            (1024, 5, (4, 4)),
            (33, 1, (1, 1)),
        ] {
            let grid = HeatGrid::of(cores, rows);
            assert_eq!(
                (grid.rows(cores), grid.share),
                expected,
                "{cores} cores in {rows} rows"
            );
        }
    }
}
