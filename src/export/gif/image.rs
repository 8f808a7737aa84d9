//! Images in a film of pixels: which colour each of their pixels has.

use crate::app::PlacedImage;
use crate::export::palette::{Rgb, mixed};
use crate::pixels::{Drawn, Pixels};

/// The bits of a colour that tell it from others: finer ones nobody sees, and they make many colours.
const BITS: u8 = 0b1111_1110;

/// An image's pixels, if it has them.
pub(super) fn pixels(placed: &PlacedImage) -> Option<&Pixels> {
    match &placed.image.fine {
        Some(Drawn::Pixels(pixels)) => Some(pixels),
        _ => None,
    }
}

/// What is seen of a pixel – red, green, blue and opacity – on the background.
pub(super) fn colour_on(background: Rgb, dot: &[u8]) -> Rgb {
    let &[red, green, blue, opacity] = dot else {
        return background;
    };
    if opacity == 0 {
        return background;
    }
    let (red, green, blue) = mixed((red, green, blue), background, f64::from(opacity) / 255.0);
    // The ends stay: black and white are what they were.
    let coarse = |part: u8| part & BITS | part >> 7;
    (coarse(red), coarse(green), coarse(blue))
}
