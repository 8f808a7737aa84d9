//! Images: their room. What is drawn there belongs to the view.

use super::frame;
use super::rows::Rows;
use super::setter::{Column, Setter};
use super::{Area, ImageSpot, Page};
use crate::deck::{Image, ImageFile, ImageFound};

/// An image whose width nobody said has a column for so many of its pixels. The same on every
/// terminal, so that a deck looks the same on all of them.
pub const COLUMN_PIXELS: u32 = 10;
/// A cell is about so many times as high as it is wide. Where it isn't, the image has a margin.
const CELL_ASPECT: f64 = 2.0;
/// No image is made lower than this to fit.
const ROWS_MIN: u16 = 3;
/// Of a page that scrolls, the first and the last row say so.
const SIGN_ROWS: u16 = 2;

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
    fn reserve(&mut self, spot: ImageSpot) {
        self.blank(spot.area.height.into());
        self.widen(spot.area.width);
        self.images.push(spot);
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

/// A page for so many rows: with images as high as they can be so that all of it fits; where it is too
/// high all the same it scrolls, and an image is no higher than can be seen whole. `page` gives it with
/// images no higher than this, and the rows of the highest.
pub(super) fn fitted(rows: u16, page: impl Fn(u16) -> (Page, u16)) -> Page {
    let (whole, highest) = page(rows);
    if whole.rows.len() <= rows.into() || highest == 0 {
        return whole;
    }
    let fitting = |rows_max| Some(page(rows_max).0).filter(|page| page.rows.len() <= rows.into());
    let Some(mut best) = fitting(ROWS_MIN).filter(|_| ROWS_MIN < highest) else {
        let seen_whole = rows.saturating_sub(SIGN_ROWS).max(ROWS_MIN);
        return if highest > seen_whole {
            page(seen_whole).0
        } else {
            whole
        };
    };
    // Between what fits and what doesn't, by halves.
    let (mut fits, mut beyond) = (ROWS_MIN, highest);
    while fits + 1 < beyond {
        let middle = fits.midpoint(beyond);
        match fitting(middle) {
            Some(page) => (best, fits) = (page, middle),
            None => beyond = middle,
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Row;

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
    fn images_are_lower_only_where_that_helps_and_no_lower_than_that() {
        // Rows of text, what the images would like, and how high the page has them in 23 rows.
        for (text, wanted, expected) in [
            (5, &[10][..], &[10][..]),
            (13, &[10], &[10]),
            (15, &[10], &[8]),
            (30, &[10], &[10]),
            (30, &[23], &[21]),
            (5, &[10, 12], &[9, 9]),
            (13, &[2, 12], &[2, 8]),
            (40, &[], &[]),
        ] {
            let page = fitted(23, |rows_max| {
                let heights = wanted.iter().map(|wanted| rows_max.min(*wanted));
                let images: Vec<ImageSpot> = heights
                    .map(|height| ImageSpot {
                        area: Area {
                            height,
                            ..Area::default()
                        },
                        file: file(1, 1),
                        name: String::new(),
                    })
                    .collect();
                let heights = images.iter().map(|spot| spot.area.height);
                let (all, highest) = (heights.clone().sum::<u16>(), heights.max());
                let rows = vec![Row::default(); usize::from(text + all)];
                let page = Page {
                    rows,
                    images,
                    ..Page::default()
                };
                (page, highest.unwrap_or(0))
            });
            let heights = page.images.iter().map(|spot| spot.area.height);
            assert_eq!(heights.collect::<Vec<_>>(), expected, "{text} {wanted:?}");
        }
    }
}
