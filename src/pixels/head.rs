//! A file's first bytes → the size of its image, or why it can't be shown.
//!
//! Sources: PNG (W3C, 5.2 and 11.2.1), GIF (89a, 18), WebP container (RFC 9649), JPEG (ITU-T T.81, B.1
//! and B.2), Exif 2.3 (4.6.4, orientation).

use super::PIXELS_MAX;

/// Width and height as the image is to be seen, in pixels.
///
/// # Errors
/// Finishes the sentence "failed to show it: …".
pub fn size(head: &[u8]) -> Result<(u32, u32), String> {
    let known = png(head)
        .or_else(|| gif(head))
        .or_else(|| webp(head))
        .or_else(|| jpeg(head));
    let Some(found) = known else {
        return Err("it is no PNG, JPEG, GIF or WebP".to_owned());
    };
    match found {
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
    png(head)
        .map(|_| "image/png")
        .or_else(|| gif(head).map(|_| "image/gif"))
        .or_else(|| webp(head).map(|_| "image/webp"))
        .or_else(|| is_jpeg(head).then_some("image/jpeg"))
}

/// Whether it is a JPEG: the one kind whose orientation is heeded.
pub(super) fn is_jpeg(head: &[u8]) -> bool {
    head.starts_with(&[0xff, 0xd8, 0xff])
}

/// `None` for another kind of file, `Some(None)` for one of this kind that is cut short.
type Found = Option<Option<(u32, u32)>>;

fn png(head: &[u8]) -> Found {
    let rest = head.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    Some(|| -> Option<(u32, u32)> {
        let header = rest.get(8..16).filter(|_| rest[4..8] == *b"IHDR")?;
        let (width, height) = header.split_at(4);
        Some((big(width)?, big(height)?))
    }())
}

fn gif(head: &[u8]) -> Found {
    let known = head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a");
    known.then(|| Some((little(head.get(6..8)?), little(head.get(8..10)?))))
}

fn webp(head: &[u8]) -> Found {
    if !head.starts_with(b"RIFF") || head.get(8..12) != Some(b"WEBP") {
        return None;
    }
    let body = head.get(20..).unwrap_or_default();
    Some(match head.get(12..16) {
        // Lossy: a key frame's header.
        Some(b"VP8 ") => body.get(6..10).map(|sides| {
            let side = |bytes: &[u8]| little(bytes) & 0x3fff;
            (side(&sides[..2]), side(&sides[2..]))
        }),
        // Lossless: 14 bits each, less one.
        Some(b"VP8L") => body.get(1..5).map(|bits| {
            let bits = little(bits);
            ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
        }),
        // Extended: the canvas, less one.
        Some(b"VP8X") => body
            .get(4..10)
            .map(|sides| (little(&sides[..3]) + 1, little(&sides[3..]) + 1)),
        _ => None,
    })
}

fn jpeg(head: &[u8]) -> Found {
    is_jpeg(head).then(|| {
        let mut turned = false;
        let mut rest = &head[2..];
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
    })
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
