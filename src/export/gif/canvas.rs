//! A picture's pixels, each a place in the palette, and how far the next picture differs.

use super::colours::{Colours, seen};
use super::mask::{Mask, Masks};
use super::{CELL, PADDING};
use crate::export::Picture;
use crate::export::palette::Palette;

/// The part of a picture that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// From the left edge.
    pub(super) left: usize,
    /// From the upper edge.
    pub(super) top: usize,
    /// Pixels in a row.
    pub(super) width: usize,
    /// Row by row.
    pub(super) pixels: Vec<u8>,
}

impl Change {
    /// The smallest that changes nothing.
    pub(super) fn nothing(transparent: u8) -> Self {
        Self {
            left: 0,
            top: 0,
            width: 1,
            pixels: vec![transparent],
        }
    }
}

/// What is seen.
pub(super) struct Canvas<'a> {
    width: usize,
    pixels: Vec<u8>,
    shown: Option<&'a Picture>,
    colours: &'a Colours,
    own: &'a Palette,
}

impl<'a> Canvas<'a> {
    /// Nothing but the background.
    pub(super) fn new(
        (width, height): (usize, usize),
        colours: &'a Colours,
        own: &'a Palette,
    ) -> Self {
        let background = colours.ramp((own.background, own.background))[0];
        Self {
            width,
            pixels: vec![background; width * height],
            shown: None,
            colours,
            own,
        }
    }

    /// Shows a picture, and gives all of it.
    pub(super) fn whole(&mut self, picture: &'a Picture, masks: &mut Masks<'_>) -> Change {
        self.show(picture, masks);
        Change {
            left: 0,
            top: 0,
            width: self.width,
            pixels: self.pixels.clone(),
        }
    }

    /// Shows a picture, and gives what of it is seen to be another than before.
    pub(super) fn change(&mut self, picture: &'a Picture, masks: &mut Masks<'_>) -> Option<Change> {
        let before = self.pixels.clone();
        self.show(picture, masks);
        let rows = || {
            before
                .chunks(self.width)
                .zip(self.pixels.chunks(self.width))
        };
        let differs = |(old, new): (&[u8], &[u8])| old != new;
        let top = rows().position(differs)?;
        let bottom = rows().rposition(differs)?;
        let changed = |x: &usize| {
            (top..=bottom).any(|y| before[y * self.width + x] != self.pixels[y * self.width + x])
        };
        let left = (0..self.width).find(changed)?;
        let right = (0..self.width).rev().find(changed)?;
        let transparent = self.colours.transparent();
        let pixels = (top..=bottom).flat_map(|y| {
            let row = y * self.width + left..=y * self.width + right;
            let pixels = before[row.clone()].iter().zip(&self.pixels[row]);
            pixels.map(|(old, new)| if old == new { transparent } else { *new })
        });
        Some(Change {
            left,
            top,
            width: right + 1 - left,
            pixels: pixels.collect(),
        })
    }

    /// Draws the rows that are others than before.
    fn show(&mut self, picture: &'a Picture, masks: &mut Masks<'_>) {
        let columns = usize::from(picture.area.width).max(1);
        let before = self.shown.replace(picture);
        for (y, row) in picture.content.chunks(columns).enumerate() {
            let known = before.and_then(|before| before.content.chunks(columns).nth(y));
            if known == Some(row) {
                continue;
            }
            let mut x = 0;
            while let Some(cell) = row.get(x) {
                let mask = masks.of(cell);
                let ramp = self.colours.ramp(seen(cell, &mask, self.own));
                let place = (PADDING + x * CELL.0, PADDING + y * CELL.1);
                let room = (columns - x) * CELL.0;
                stamp(
                    &mut self.pixels[place.1 * self.width..],
                    (self.width, place.0),
                    &mask,
                    (ramp, room),
                );
                x += mask.columns;
            }
        }
    }
}

/// Draws a character from the first of these rows on.
fn stamp(
    rows: &mut [u8],
    (width, left): (usize, usize),
    mask: &Mask,
    (ramp, room): (&[u8], usize),
) {
    let steps = ramp.len() - 1;
    let shade = |covered: &u8| ramp[(usize::from(*covered) * steps + 127) / 255];
    let pixels = mask.coverage.chunks(mask.width());
    for (row, covered) in rows.chunks_mut(width).zip(pixels) {
        for (pixel, covered) in row[left..]
            .iter_mut()
            .zip(&covered[..room.min(covered.len())])
        {
            *pixel = shade(covered);
        }
    }
}
