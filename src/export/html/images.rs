//! Images: within the file itself, as wide as the deck says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::attributes::Attributes;
use super::text::{escaped, words};
use crate::deck::{Image, ImageFound};
use crate::layout::COLUMN_PIXELS;

/// Writes an image; in place of one that is not there, what it is called.
pub(super) fn write(
    image: &Image,
    place: &Attributes,
    known: &BTreeMap<PathBuf, String>,
    out: &mut String,
) {
    let name = image.name();
    let held = match &image.file {
        ImageFound::Known(file) => known.get(&file.path).map(|address| (file, address)),
        ImageFound::Refused(_) | ImageFound::Unread => None,
    };
    let Some((file, address)) = held else {
        let class = place.with("image r-muted");
        let _ = writeln!(out, "<p{class}>[{}]</p>", words(name));
        return;
    };
    let width = match image.width_percent {
        Some(percent) => format!("{percent}%"),
        None => format!("{}ch", file.width.div_ceil(COLUMN_PIXELS)),
    };
    let _ = writeln!(
        out,
        "<p{}><img src=\"{address}\" alt=\"{}\" style=\"width:{width}\"></p>",
        place.with("image"),
        escaped(name),
    );
}
