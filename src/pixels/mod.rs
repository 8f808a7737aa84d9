//! Image files → pixels, as large as they are wanted. Knows neither screens nor decks.
//!
//! [`size`] tells from a file's first bytes how large its image is: cheap, and safe with any bytes, so
//! that a slide is laid out before anything is decoded. Decoding takes time and memory that a hostile
//! file chooses, so the interface never does it: a child process does, through [`serve`], and ends
//! when its input ends.

mod decode;
mod dither;
mod form;
mod head;
mod palette;
mod service;
mod sixel;
#[cfg(test)]
mod sixel_tests;
#[cfg(test)]
mod tests;

pub use decode::draw;
pub use form::{Form, FormKind, Grid};
pub use head::{media_type, size};
pub use service::{Answer, Request, serve};

use serde::{Deserialize, Serialize};

/// The largest image file, in bytes.
pub const FILE_BYTES_MAX: u64 = 32 << 20;
/// How many of a file's first bytes tell its size.
pub const HEAD_BYTES: u64 = 512 << 10;
/// The most pixels of an image.
const PIXELS_MAX: u64 = 50_000_000;
/// Less opaque than this is not seen.
const OPAQUE_MIN: u8 = 128;

/// An image in the form in which it was wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Drawn {
    /// Pixel by pixel.
    Pixels(Pixels),
    /// A PNG file, in base 64.
    Png(String),
    /// The sequence that draws it on a terminal.
    Sixel(String),
}

/// Red, green, blue and opacity, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a pixel.
    #[serde(with = "in_base_64")]
    pub rgba: Vec<u8>,
}

impl Pixels {
    /// The colour of a pixel where a screen knows no more or less of opacity; `None` of one that is not seen.
    pub fn seen(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        let [red, green, blue, opacity] = self.at(x, y);
        (opacity >= OPAQUE_MIN).then_some([red, green, blue])
    }

    /// The pixel at a place; fully transparent beyond the edges.
    pub fn at(&self, x: u32, y: u32) -> [u8; 4] {
        let index = (y as usize * self.width as usize + x as usize) * 4;
        let found = self.rgba.get(index..index + 4).filter(|_| x < self.width);
        found
            .and_then(|pixel| pixel.try_into().ok())
            .unwrap_or_default()
    }
}

/// Bytes within JSON.
mod in_base_64 {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::base64;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&base64::encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        base64::decode(&text).ok_or_else(|| D::Error::custom("expected base 64"))
    }
}
