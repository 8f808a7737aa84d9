//! A film as GIF: the pictures as pixels, each only as far as it differs from the one before.
//!
//! [`mask`] sets characters, [`colours`] chooses the palette, [`canvas`] fills and compares pixels.
//! Every colour of the theme is exact; edges of letters are as smooth as the palette has room for, and
//! images take what room is left.

mod canvas;
mod colours;
mod gather;
mod image;
mod mask;
#[cfg(test)]
mod tests;

use std::time::Duration;

use ::gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::font::Fonts;
use super::palette::Palette;
use super::{Film, Picture};
use crate::theme::Theme;
use canvas::{Canvas, Change};
use colours::Colours;
use mask::Masks;

/// A cell's size in pixels.
const CELL: (usize, usize) = (10, 20);
/// What stands around the cells, in pixels.
const PADDING: usize = 12;
/// The most pixels in a picture; two of them are held.
const PIXELS_MAX: usize = 32 << 20;
/// The largest file, in bytes.
const BYTES_MAX: usize = 32 << 20;

/// Why a film is not drawn. Finishes the sentence "failed to draw the GIF: …".
#[derive(Debug, thiserror::Error)]
pub enum GifError {
    /// A picture has too many cells.
    #[error("a picture would have {0} × {1} pixels")]
    TooManyPixels(usize, usize),
    /// The file grows too large to be of use.
    #[error("it would be larger than {} MiB", BYTES_MAX >> 20)]
    TooLarge,
    /// What encodes it refuses.
    #[error(transparent)]
    Encoding(#[from] ::gif::EncodingError),
}

/// The film in the theme's colours, which begins anew at its end.
///
/// # Errors
/// If its pictures or the file become too large.
pub fn gif(film: &Film, theme: &Theme, fonts: &mut Fonts) -> Result<Vec<u8>, GifError> {
    let frames = film.frames();
    let (width, height) = size(&frames[0].shot.cells)?;
    let own = Palette::of(theme);
    let mut masks = Masks::new(fonts);
    let shots = frames.iter().map(|frame| &frame.shot);
    let colours = Colours::of(shots, &own, &mut masks);
    let mut encoder = Encoder::new(Vec::new(), width, height, &colours.table())?;
    if frames.len() > 1 {
        encoder.set_repeat(Repeat::Infinite)?;
    }
    let mut canvas = Canvas::new((width.into(), height.into()), &colours, &own);
    let mut waiting = canvas.whole(&frames[0].shot, &mut masks);
    let mut since = Duration::ZERO;
    for frame in &frames[1..] {
        let Some(change) = canvas.change(&frame.shot, &mut masks) else {
            continue;
        };
        write(&mut encoder, waiting, (since, frame.at), &colours)?;
        (waiting, since) = (change, frame.at);
    }
    write(&mut encoder, waiting, (since, film.length()), &colours)?;
    Ok(encoder.into_inner()?)
}

/// The picture's size in pixels.
fn size(picture: &Picture) -> Result<(u16, u16), GifError> {
    let side = |cells: u16, cell: usize| usize::from(cells) * cell + 2 * PADDING;
    let width = side(picture.area.width, CELL.0);
    let height = side(picture.area.height, CELL.1);
    match (u16::try_from(width), u16::try_from(height)) {
        (Ok(across), Ok(down)) if width * height <= PIXELS_MAX => Ok((across, down)),
        _ => Err(GifError::TooManyPixels(width, height)),
    }
}

/// A picture that is seen from one moment to another. Times are counted in hundredths of a second, and
/// rounded before they are subtracted, so that they add up.
fn write(
    encoder: &mut Encoder<Vec<u8>>,
    change: Change,
    (from, until): (Duration, Duration),
    colours: &Colours,
) -> Result<(), GifError> {
    let hundredths = |at: Duration| (at.as_millis() + 5) / 10;
    let mut rest = hundredths(until).saturating_sub(hundredths(from));
    let mut change = Some(change);
    while let Some(Change {
        left,
        top,
        width,
        pixels,
    }) = change.take()
    {
        let delay = rest.min(u16::MAX.into()) as u16;
        rest -= u128::from(delay);
        let frame = Frame {
            delay,
            dispose: DisposalMethod::Keep,
            transparent: Some(colours.transparent()),
            left: left as u16,
            top: top as u16,
            width: width as u16,
            height: (pixels.len() / width) as u16,
            buffer: pixels.into(),
            ..Frame::default()
        };
        encoder.write_frame(&frame)?;
        // No frame may stand longer, so one that changes nothing goes on with it.
        change = (rest > 0).then(|| Change::nothing(colours.transparent()));
    }
    if encoder.get_ref().len() > BYTES_MAX {
        return Err(GifError::TooLarge);
    }
    Ok(())
}
