//! A picture's pixels, each a place in the palette, and how far the next picture differs.

use ratatui::buffer::Cell;

use super::colours::{Colours, seen};
use super::image::{colour_on, pixels};
use super::mask::{Mask, Masks};
use super::{CELL, PADDING};
use crate::app::PlacedImage;
use crate::export::Shot;
use crate::export::palette::Palette;
use crate::export::shot::row_of;
use crate::layout::Area;
use crate::view::LargeText;

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
    shown: Option<&'a Shot>,
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
    pub(super) fn whole(&mut self, shot: &'a Shot, masks: &mut Masks<'_>) -> Change {
        self.show(shot, masks);
        Change {
            left: 0,
            top: 0,
            width: self.width,
            pixels: self.pixels.clone(),
        }
    }

    /// Shows a picture, and gives what of it is seen to be another than before.
    pub(super) fn change(&mut self, shot: &'a Shot, masks: &mut Masks<'_>) -> Option<Change> {
        let before = self.pixels.clone();
        self.show(shot, masks);
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

    /// Draws the rows that are others than before, and what lies over them.
    fn show(&mut self, shot: &'a Shot, masks: &mut Masks<'_>) {
        let columns = usize::from(shot.cells.area.width).max(1);
        let before = self.shown.replace(shot);
        // What no longer lies over a row may have covered it.
        let before =
            before.filter(|before| before.large == shot.large && before.images == shot.images);
        for (y, row) in shot.cells.content.chunks(columns).enumerate() {
            let known = before.and_then(|before| before.cells.content.chunks(columns).nth(y));
            if known != Some(row) {
                self.row(row, (0, y), 1, masks);
            }
        }
        for text in &shot.large {
            self.large(text, masks);
        }
        for image in &shot.images {
            self.image(image);
        }
    }

    /// Draws cells from this one on, each as many times as large.
    fn row(&mut self, row: &[Cell], (x, y): (usize, usize), scale: usize, masks: &mut Masks<'_>) {
        let (left, top) = place((x, y));
        let cell = CELL.0 * scale;
        let mut x = 0;
        while let Some(one) = row.get(x) {
            let mask = masks.scaled(one, scale);
            let ramp = self.colours.ramp(seen(one, &mask, self.own));
            let room = (row.len() - x) * cell;
            stamp(
                &mut self.pixels[top * self.width..],
                (self.width, left + x * cell),
                &mask,
                (ramp, room),
            );
            x += mask.columns;
        }
    }

    fn large(&mut self, text: &LargeText, masks: &mut Masks<'_>) {
        let at = (usize::from(text.area.x), text.area.y as usize);
        self.row(&row_of(text), at, usize::from(text.scale), masks);
    }

    /// Draws an image, which brings its own transparent margins.
    fn image(&mut self, placed: &PlacedImage) {
        let Some(pixels) = pixels(placed) else {
            return;
        };
        let Area {
            x,
            y,
            width,
            height,
        } = placed.area;
        let (left, top) = place((usize::from(x), y as usize));
        let (wide, high) = (usize::from(width) * CELL.0, usize::from(height) * CELL.1);
        let part = |at: usize, all: usize, of: u32| (at * of as usize / all.max(1)) as u32;
        for down in 0..high {
            for across in 0..wide {
                let dot = pixels.at(
                    part(across, wide, pixels.width),
                    part(down, high, pixels.height),
                );
                let colour = colour_on(self.own.background, &dot);
                self.pixels[(top + down) * self.width + left + across] =
                    self.colours.of_image(colour);
            }
        }
    }
}

/// The upper left pixel of a cell.
fn place((x, y): (usize, usize)) -> (usize, usize) {
    (PADDING + x * CELL.0, PADDING + y * CELL.1)
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
