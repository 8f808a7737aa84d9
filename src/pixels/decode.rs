//! An image file's bytes → the image in the forms that are wanted. Only a child process calls this:
//! what it takes is the file's to say.

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{self, FilterType as Scaling};
use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    RgbaImage,
};

use super::head::{Kind, size};
use super::{Drawn, Form, FormKind, PIXELS_MAX, Pixels, sixel};
use crate::base64;

/// What decoding may take: an image of as many pixels as there may be, twice.
const BYTES_MAX: u64 = PIXELS_MAX * 8;

/// The image in each of the forms. Of what moves, it is the first frame.
///
/// # Errors
/// Finishes the sentence "failed to show it: …".
pub fn draw(bytes: &[u8], forms: &[Form]) -> Result<Vec<Drawn>, String> {
    let image = decode(bytes)?;
    forms.iter().map(|form| form.draw(&image)).collect()
}

fn decode(bytes: &[u8]) -> Result<RgbaImage, String> {
    // Whatever a decoder makes of a size, no more pixels come than were laid out.
    size(bytes)?;
    let kind = Kind::of(bytes).ok_or("it is no image")?;
    let broken = |error: image::ImageError| format!("it is broken: {error}");
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind.format());
    let mut limits = Limits::default();
    limits.max_alloc = Some(BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    // The one kind in which a camera says how it was held.
    let orientation = match kind {
        Kind::Jpeg => decoder.orientation().map_err(broken)?,
        _ => Orientation::NoTransforms,
    };
    let mut image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    image.apply_orientation(orientation);
    Ok(image.into_rgba8())
}

impl Kind {
    fn format(self) -> ImageFormat {
        match self {
            Self::Png => ImageFormat::Png,
            Self::Gif => ImageFormat::Gif,
            Self::WebP => ImageFormat::WebP,
            Self::Jpeg => ImageFormat::Jpeg,
        }
    }
}

impl Form {
    fn draw(&self, image: &RgbaImage) -> Result<Drawn, String> {
        let framed = self.framed(image);
        Ok(match self.kind {
            FormKind::Pixels => Drawn::Pixels(pixels(framed)),
            FormKind::Png => Drawn::Png(base64::encode(&png(framed)?)),
            FormKind::Sixel => Drawn::Sixel(sixel::encode(&pixels(framed))),
        })
    }

    /// The image in its size, in the middle of its frame.
    fn framed(&self, image: &RgbaImage) -> RgbaImage {
        let scaled = scaled(image, self.image);
        if self.image == self.frame {
            return scaled;
        }
        let mut framed = RgbaImage::new(self.frame.0, self.frame.1);
        let (x, y) = (
            self.frame.0.saturating_sub(self.image.0) / 2,
            self.frame.1.saturating_sub(self.image.1) / 2,
        );
        imageops::replace(&mut framed, &scaled, x.into(), y.into());
        framed
    }
}

/// Scaled; a transparent pixel's colour has no part in its neighbours'.
fn scaled(image: &RgbaImage, (width, height): (u32, u32)) -> RgbaImage {
    if image.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        return imageops::resize(image, width, height, Scaling::Triangle);
    }
    let mut weighted = image.clone();
    for pixel in weighted.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let weigh = |part: u8| (u16::from(part) * u16::from(alpha) / 255) as u8;
        pixel.0 = [weigh(red), weigh(green), weigh(blue), alpha];
    }
    let mut scaled = imageops::resize(&weighted, width, height, Scaling::Triangle);
    for pixel in scaled.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let unweigh = |part: u8| (u16::from(part) * 255 / u16::from(alpha.max(1))).min(255) as u8;
        pixel.0 = [unweigh(red), unweigh(green), unweigh(blue), alpha];
    }
    scaled
}

fn pixels(image: RgbaImage) -> Pixels {
    Pixels {
        width: image.width(),
        height: image.height(),
        rgba: image.into_raw(),
    }
}

fn png(image: RgbaImage) -> Result<Vec<u8>, String> {
    let (width, height) = image.dimensions();
    let opaque = image.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let (bytes, colours) = if opaque {
        let image = DynamicImage::ImageRgba8(image).into_rgb8();
        (image.into_raw(), ExtendedColorType::Rgb8)
    } else {
        (image.into_raw(), ExtendedColorType::Rgba8)
    };
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&bytes, width, height, colours)
        .map_err(|error| error.to_string())?;
    Ok(file)
}
