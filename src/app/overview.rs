//! The overview: all slides as tiles. Its geometry is here, so that the picture and the mouse agree.

use super::{Action, Effect, Mode, State};
use crate::layout::{Area, Size};

/// Columns of a tile, the gap to the next one included.
const TILE_WIDTH: u16 = 26;
/// Rows of a tile, the gap to the next one included.
const TILE_HEIGHT: u16 = 4;

/// Tiles in rows from left to right, as many pages as they need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverviewGrid {
    /// Tiles side by side.
    pub columns: usize,
    /// Rows of tiles on the screen.
    pub rows: usize,
    /// The first tile on the screen.
    pub first: usize,
    /// All tiles.
    pub total: usize,
    /// Columns of a tile, without the gap.
    pub tile_width: u16,
    /// Columns left of the tiles, which stand in the middle.
    pub left: u16,
    /// Rows above the tiles.
    pub top: u16,
}

impl OverviewGrid {
    /// The page of the overview on which the tile `selected` of `total` stands, on a screen of this
    /// size, whose last row is the status bar.
    pub fn new(size: Size, total: usize, selected: usize) -> Self {
        let columns = usize::from((size.width / TILE_WIDTH).max(1));
        let rows_free = size.height.saturating_sub(1);
        let top = u16::from(rows_free > TILE_HEIGHT);
        let rows = usize::from(((rows_free - top) / TILE_HEIGHT).max(1));
        let tiles_width = columns as u16 * TILE_WIDTH - 1;
        Self {
            columns,
            rows,
            first: selected / (columns * rows) * (columns * rows),
            total,
            tile_width: size.width.min(TILE_WIDTH).saturating_sub(1),
            left: size.width.saturating_sub(tiles_width) / 2,
            top,
        }
    }

    /// Tiles on the screen, by index.
    pub fn shown(&self) -> std::ops::Range<usize> {
        self.first..self.total.min(self.first + self.columns * self.rows)
    }

    /// Where a tile stands; `None` when it is not on this page.
    pub fn tile(&self, index: usize) -> Option<Area> {
        let at = index.checked_sub(self.first)?;
        self.shown().contains(&index).then(|| Area {
            x: self.left + (at % self.columns) as u16 * TILE_WIDTH,
            y: u32::from(self.top) + (at / self.columns) as u32 * u32::from(TILE_HEIGHT),
            width: self.tile_width,
            height: TILE_HEIGHT - 1,
        })
    }

    /// The tile at a cell.
    pub fn tile_at(&self, x: u16, y: u16) -> Option<usize> {
        self.shown().find(|&index| {
            self.tile(index)
                .is_some_and(|area| area.contains(x, u32::from(y)))
        })
    }
}

impl State {
    /// The overview's geometry with this tile chosen.
    pub fn overview_grid(&self, selected: usize) -> OverviewGrid {
        OverviewGrid::new(self.size, self.slides_total(), selected)
    }

    /// Opens the overview on the present slide, or closes it.
    pub(super) fn toggle_overview(&mut self, effects: &mut Vec<Effect>) {
        if let Mode::Overview { .. } = self.mode {
            return self.enter(Mode::Slide);
        }
        self.want_outline(effects);
        let selected = self.place.slide;
        self.enter(Mode::Overview { selected });
    }

    /// Chooses another tile.
    pub(super) fn move_selection(&mut self, selected: usize, action: Action) {
        let grid = self.overview_grid(selected);
        let last = grid.total.saturating_sub(1);
        let by = |tiles: usize, forward: bool| {
            let to = if forward {
                selected + tiles
            } else {
                selected.wrapping_sub(tiles)
            };
            if to <= last { to } else { selected }
        };
        let page = grid.columns * grid.rows;
        let selected = match action {
            Action::Next => by(1, true),
            Action::Previous => by(1, false),
            Action::Down => by(grid.columns, true),
            Action::Up => by(grid.columns, false),
            Action::NextSlide => (selected + page).min(last),
            Action::PreviousSlide => selected.saturating_sub(page),
            Action::First => 0,
            _ => last,
        };
        self.enter(Mode::Overview { selected });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_tile_where_it_stands() {
        for (width, height, total) in [
            (80, 24, 36),
            (20, 6, 5),
            (200, 60, 300),
            (0, 0, 3),
            (26, 5, 1),
        ] {
            let size = Size { width, height };
            for selected in 0..total {
                let grid = OverviewGrid::new(size, total, selected);
                assert!(grid.shown().contains(&selected), "{size:?} {selected}");
                for index in grid.shown() {
                    let area = grid.tile(index).expect("it is shown");
                    if area.width > 0 {
                        assert_eq!(grid.tile_at(area.x, area.y as u16), Some(index));
                    }
                }
            }
        }
    }

    #[test]
    fn fills_the_screen_row_by_row() {
        let grid = OverviewGrid::new(
            Size {
                width: 80,
                height: 24,
            },
            36,
            20,
        );
        assert_eq!((grid.columns, grid.rows, grid.shown()), (3, 5, 15..30));
        let area = |x, y| {
            Some(Area {
                x,
                y,
                width: 25,
                height: 3,
            })
        };
        assert_eq!(grid.tile(14), None);
        assert_eq!(grid.tile(15), area(1, 1));
        assert_eq!(grid.tile(19), area(27, 5));
        assert_eq!(grid.tile_at(26, 1), None, "the gap belongs to no tile");
    }
}
