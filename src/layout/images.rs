//! Images: their room. What is drawn there belongs to the view.

use super::frame;
use super::rows::{Reserved, Rows};
use super::setter::{Column, Setter};
use super::{Area, ImageSpot};
use crate::deck::{Image, ImageFile, ImageFound};

/// An image whose width nobody said has a column for so many of its pixels. The same on every
/// terminal, so that a deck looks the same on all of them.
pub const COLUMN_PIXELS: u32 = 10;
/// A cell is about so many times as high as it is wide. Where it isn't, the image has a margin.
const CELL_ASPECT: f64 = 2.0;
/// No image is made lower than this to fit.
const ROWS_MIN: u16 = 3;

impl Setter<'_> {
    /// An image's room; in place of one that can't be shown, the reason.
    pub(super) fn image(&mut self, image: &Image, column: Column) -> Rows {
        let file = match &image.file {
            ImageFound::Known(file) => file,
            ImageFound::Refused(why) => return frame::no_image(image.name(), why, column),
            ImageFound::Unread => return frame::no_image(image.name(), "", column),
        };
        let (width, height) = cells(file, wanted_width(image, file, column), self.image_rows_max);
        self.image_rows = self.image_rows.max(height);
        let mut rows = Rows::default();
        rows.reserve(ImageSpot {
            area: Area {
                x: 0,
                y: 0,
                width,
                height,
            },
            file: file.clone(),
            name: image.name().to_owned(),
        });
        rows.align(column.align, column.width);
        rows
    }
}

impl Rows {
    /// Takes the room of an image.
    fn reserve(&mut self, slot: ImageSpot) {
        self.blank(slot.area.height.into());
        self.widen(slot.area.width);
        self.images.push(Reserved { slot, shown: true });
    }
}

/// As wide as the deck says, else as its pixels are; never wider than the column.
fn wanted_width(image: &Image, file: &ImageFile, column: Column) -> u16 {
    let columns = u32::from(column.width);
    let wanted = match image.width_percent {
        Some(percent) => columns * u32::from(percent) / 100,
        None => file.width.div_ceil(COLUMN_PIXELS),
    };
    wanted.clamp(1, columns.max(1)) as u16
}

/// Columns and rows of an image of this width, or of the width that it has where it may be no higher.
fn cells(file: &ImageFile, width: u16, rows_max: u16) -> (u16, u16) {
    let aspect = f64::from(file.width.max(1)) / f64::from(file.height.max(1)) * CELL_ASPECT;
    let rows = (f64::from(width) / aspect).round().max(1.0);
    if rows <= f64::from(rows_max.max(1)) {
        return (width, rows as u16);
    }
    let columns = (f64::from(rows_max.max(1)) * aspect).round().max(1.0);
    ((columns as u16).min(width), rows_max.max(1))
}

/// How high images may be, so that a page of so many rows fits; `None` where it does, or where lower
/// images would not help.
pub(super) fn lower(rows: usize, room: u16, highest: u16) -> Option<u16> {
    let beyond = rows.checked_sub(room.into()).filter(|beyond| *beyond > 0)?;
    let lower = usize::from(highest).saturating_sub(beyond) as u16;
    let lower = lower.max(ROWS_MIN);
    (lower < highest).then_some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(width: u32, height: u32) -> ImageFile {
        ImageFile {
            width,
            height,
            ..ImageFile::default()
        }
    }

    #[test]
    fn an_image_is_as_wide_as_it_should_be_and_no_higher_than_it_may_be() {
        let image = |percent| Image {
            width_percent: percent,
            ..Image::default()
        };
        for (size, percent, column, rows_max, expected) in [
            ((400, 200), None, 76, 20, (40, 10)),
            ((400, 200), Some(50), 76, 20, (38, 10)),
            ((400, 200), Some(100), 76, 20, (76, 19)),
            ((400, 200), Some(100), 76, 10, (40, 10)),
            ((4000, 200), None, 76, 20, (76, 2)),
            ((200, 4000), None, 76, 20, (2, 20)),
            ((1, 1), None, 76, 20, (1, 1)),
            ((1, 50_000_000), None, 76, 20, (1, 20)),
            ((50_000_000, 1), Some(1), 10, 20, (1, 1)),
        ] {
            let file = file(size.0, size.1);
            let wanted = wanted_width(&image(percent), &file, Column::new(column));
            assert_eq!(cells(&file, wanted, rows_max), expected, "{size:?}");
        }
    }

    #[test]
    fn images_are_lower_only_where_that_helps() {
        for (rows, room, highest, expected) in [
            (20, 23, 10, None),
            (23, 23, 10, None),
            (25, 23, 10, Some(8)),
            (40, 23, 10, Some(3)),
            (40, 23, 3, None),
            (40, 23, 0, None),
        ] {
            assert_eq!(lower(rows, room, highest), expected);
        }
    }
}
