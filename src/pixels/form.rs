//! How large an image is wanted, and as what: its pixels fitted into cells of a screen.

use serde::{Deserialize, Serialize};

/// An image as it is wanted: of so many pixels, the rest of its frame transparent around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// As what.
    pub kind: FormKind,
    /// Width and height of the frame, in pixels.
    pub frame: (u32, u32),
    /// Width and height of the image in its midst.
    pub image: (u32, u32),
}

/// As what an image is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FormKind {
    /// Pixel by pixel.
    Pixels,
    /// A PNG file.
    Png,
    /// Sixels.
    Sixel,
}

/// Cells, and how many pixels each has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Columns and rows.
    pub cells: (u16, u16),
    /// Width and height of a cell, in any one unit.
    pub cell: (u16, u16),
    /// Pixels of a cell across and down.
    pub pixels: (u16, u16),
}

impl Form {
    /// An image of this size as large as it can be in a grid, as wide to its height as it is.
    pub fn fitted(kind: FormKind, (width, height): (u32, u32), grid: Grid) -> Self {
        let room = |cells: u16, cell: u16| f64::from(cells) * f64::from(cell);
        let wide = room(grid.cells.0, grid.cell.0) / f64::from(width.max(1));
        let high = room(grid.cells.1, grid.cell.1) / f64::from(height.max(1));
        let scale = wide.min(high);
        let side = |cells: u16, cell: u16, pixels: u16, side: u32| {
            let frame = u32::from(cells) * u32::from(pixels);
            let of_cells = f64::from(side) * scale / f64::from(cell.max(1));
            let image = (of_cells * f64::from(pixels)).round() as u32;
            (frame, image.clamp(1, frame.max(1)))
        };
        let across = side(grid.cells.0, grid.cell.0, grid.pixels.0, width);
        let down = side(grid.cells.1, grid.cell.1, grid.pixels.1, height);
        Self {
            kind,
            frame: (across.0, down.0),
            image: (across.1, down.1),
        }
    }
}
