//! Images in cells: two pixels a cell, one above the other, in as many colours as there are. Whoever
//! shows real pictures puts them over these cells.

use ratatui::buffer::Buffer;

use super::canvas::Canvas;
use super::words::lines;
use crate::app::{ImageState, State};
use crate::layout::{Area, ImageSpot, Page};
use crate::pixels::Pixels;
use crate::theme::{Depth, Role, Theme};

/// How bright a pixel must be where there are no colours to stand for light, by its place (Bayer's
/// matrix): of a grey, as many do as it is bright.
const THRESHOLDS: [[u16; 4]; 4] = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]];

/// Empties the cells that real pictures hide.
pub fn leave_out(buffer: &mut Buffer, areas: &[Area], theme: &Theme) {
    let mut canvas = Canvas::over(buffer, theme);
    for area in areas {
        canvas.area(*area).clear();
    }
}

/// Draws a page's images as far as they are scrolled into view.
pub(super) fn draw(state: &State, page: &Page, scroll: u32, canvas: &mut Canvas) {
    for spot in &page.images {
        let Some(seen) = spot.area.in_view(scroll, canvas.height()) else {
            continue;
        };
        let above = scroll.saturating_sub(spot.area.y) as u16;
        match state.images.get(spot) {
            Some(ImageState::Ready(image)) if !state.settings.ascii => {
                halves(&image.halves, above, state, &mut canvas.area(seen));
            }
            Some(ImageState::Failed(why)) => name(spot, why, seen, canvas),
            Some(ImageState::Ready(_)) | None => name(spot, "", seen, canvas),
        }
    }
}

/// What an image is called, in the middle of its room; and why it can't be shown, for which that room
/// has to be enough.
fn name(spot: &ImageSpot, why: &str, seen: Area, canvas: &mut Canvas) {
    let mut room = canvas.area(seen);
    let (width, height) = (room.width(), room.height());
    let mut told: Vec<(&str, Role)> = lines(why, width)
        .map(|line| (line, Role::Warning))
        .collect();
    if told.len() < height.into() {
        told.insert(0, (&spot.name, Role::Muted));
    }
    let above = height.saturating_sub(told.len() as u16) / 2;
    for (y, (line, role)) in (above..height).zip(told) {
        room.middle(0, y, width, line, role);
    }
}

/// Pixels from this row of cells on.
fn halves(pixels: &Pixels, above: u16, state: &State, canvas: &mut Canvas) {
    for y in 0..canvas.height() {
        for x in 0..canvas.width() {
            let at = |half: u16| seen(pixels, x, (above + y) * 2 + half, state);
            let (sign, ink, behind) = match (at(0), at(1)) {
                (None, None) => continue,
                (Some(upper), None) => ("▀", upper, None),
                (None, Some(lower)) => ("▄", lower, None),
                (Some(upper), Some(lower)) if state.depth == Depth::None && upper == lower => {
                    ("█", upper, None)
                }
                // A background has no seams, whatever the font.
                (Some(upper), Some(lower)) if upper == lower => (" ", upper, Some(lower)),
                (Some(upper), Some(lower)) => ("▀", upper, Some(lower)),
            };
            canvas.block(x, y, sign, ink, behind);
        }
    }
}

/// The colour of a pixel, if it is seen; where there are no colours, whether it is drawn: what is light
/// on a dark ground, and what is dark on a light one.
fn seen(pixels: &Pixels, x: u16, y: u16, state: &State) -> Option<(u8, u8, u8)> {
    let [red, green, blue] = pixels.seen(x.into(), y.into())?;
    if state.depth != Depth::None {
        return Some((red, green, blue));
    }
    // How bright the eye takes it to be: the weights of ITU-R BT.709, of 256.
    let brightness = (54 * u32::from(red) + 183 * u32::from(green) + 19 * u32::from(blue)) >> 8;
    let threshold = THRESHOLDS[usize::from(y % 4)][usize::from(x % 4)] * 16 + 8;
    let is_light = brightness >= u32::from(threshold);
    (is_light == state.theme.dark).then_some((255, 255, 255))
}
