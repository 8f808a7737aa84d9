//! A file's first bytes → the size of its image, or why it can't be shown.
//!
//! Sources: PNG (W3C, 5.2 and 11.2.1), GIF (89a, 18), WebP container (RFC 9649), JPEG (ITU-T T.81, B.1
//! and B.2), Exif 2.3 (4.6.4, orientation).

use super::{HEAD_BYTES, PIXELS_MAX};

/// A kind of image file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Gif,
    WebP,
    Jpeg,
}

/// Width and height as the image is to be seen, in pixels.
///
/// # Errors
/// Finishes the sentence "failed to show it: …".
pub fn size(head: &[u8]) -> Result<(u32, u32), String> {
    let Some(kind) = Kind::of(head) else {
        return Err("it is no PNG, JPEG, GIF or WebP".to_owned());
    };
    match kind.size(head) {
        None if head.len() as u64 >= HEAD_BYTES => Err(format!(
            "its first {} KiB do not say how large it is",
            HEAD_BYTES >> 10
        )),
        None => Err("it is broken: it does not say how large it is".to_owned()),
        Some((0, _) | (_, 0)) => Err("it is broken: it has no pixels".to_owned()),
        Some((width, height)) if u64::from(width) * u64::from(height) > PIXELS_MAX => Err(format!(
            "it has {width}×{height} pixels, more than {} million",
            PIXELS_MAX / 1_000_000
        )),
        Some(size) => Ok(size),
    }
}

/// What kind of file it is, as browsers name it; `None` for one that is no image.
pub fn media_type(head: &[u8]) -> Option<&'static str> {
    Kind::of(head).map(|kind| match kind {
        Kind::Png => "image/png",
        Kind::Gif => "image/gif",
        Kind::WebP => "image/webp",
        Kind::Jpeg => "image/jpeg",
    })
}

impl Kind {
    /// What a file says that it is; `None` for anything else.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let begins = |bytes: &[u8]| head.starts_with(bytes);
        if begins(PNG) {
            Some(Self::Png)
        } else if begins(b"GIF87a") || begins(b"GIF89a") {
            Some(Self::Gif)
        } else if begins(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else if begins(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else {
            None
        }
    }

    /// Width and height; `None` where the file's beginning does not say.
    fn size(self, head: &[u8]) -> Option<(u32, u32)> {
        match self {
            Self::Png => png(head),
            Self::Gif => Some((little(head.get(6..8)?), little(head.get(8..10)?))),
            Self::WebP => webp(head),
            Self::Jpeg => jpeg(head),
        }
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn png(head: &[u8]) -> Option<(u32, u32)> {
    let chunk = head.get(PNG.len()..)?;
    let header = chunk.get(8..16).filter(|_| chunk[4..8] == *b"IHDR")?;
    let (width, height) = header.split_at(4);
    Some((big(width)?, big(height)?))
}

fn webp(head: &[u8]) -> Option<(u32, u32)> {
    let body = head.get(20..)?;
    match head.get(12..16)? {
        // Lossy: a key frame's header.
        b"VP8 " => {
            let side = |bytes: &[u8]| little(bytes) & 0x3fff;
            Some((side(body.get(6..8)?), side(body.get(8..10)?)))
        }
        // Lossless: 14 bits each, less one.
        b"VP8L" => {
            let bits = little(body.get(1..5)?);
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        // Extended: the canvas, less one.
        b"VP8X" => Some((little(body.get(4..7)?) + 1, little(body.get(7..10)?) + 1)),
        _ => None,
    }
}

fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let mut turned = false;
    let mut rest = head.get(2..)?;
    loop {
        let &[0xff, marker, ..] = rest else {
            return None;
        };
        let segment = match marker {
            // Fill bytes before a marker, and markers that stand alone.
            0xff => {
                rest = &rest[1..];
                continue;
            }
            0x01 | 0xd0..=0xd8 => {
                rest = &rest[2..];
                continue;
            }
            _ => rest.get(2..)?,
        };
        let length = big(segment.get(..2)?)? as usize;
        match marker {
            0xe1 => turned |= segment.get(2..length).is_some_and(is_turned),
            // A frame's header, in all its kinds; the others of the row are tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let height = big(segment.get(3..5)?)?;
                let width = big(segment.get(5..7)?)?;
                return Some(if turned {
                    (height, width)
                } else {
                    (width, height)
                });
            }
            // The image itself, or its end, without a header before it.
            0xd9 | 0xda => return None,
            _ => {}
        }
        rest = segment.get(length..)?;
    }
}

/// Whether Exif data has a camera held upright: rows and columns are exchanged.
fn is_turned(segment: &[u8]) -> bool {
    orientation(segment).is_some_and(|orientation| (5..=8).contains(&orientation))
}

fn orientation(segment: &[u8]) -> Option<u32> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let number = |at: usize, count: usize| {
        let bytes = tiff.get(at..at.checked_add(count)?)?;
        if tiff.starts_with(b"MM") {
            big(bytes)
        } else {
            Some(little(bytes))
        }
    };
    let directory = number(4, 4)? as usize;
    let entries = number(directory, 2)? as usize;
    let places = (0..entries).map(|entry| directory + 2 + entry * 12);
    let mut found = places.filter(|at| number(*at, 2) == Some(0x0112));
    number(found.next()? + 8, 2)
}

fn big(bytes: &[u8]) -> Option<u32> {
    let fold = |value: u32, byte: &u8| value.checked_mul(256)?.checked_add(u32::from(*byte));
    bytes.iter().try_fold(0, fold)
}

/// At most four bytes, the least significant first.
fn little(bytes: &[u8]) -> u32 {
    let bytes = bytes.iter().rev();
    bytes.fold(0, |value, byte| value << 8 | u32::from(*byte))
}
