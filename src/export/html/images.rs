//! Images: within the file itself, each once, and on the slides as wide as the deck says.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::attributes::Attributes;
use super::text::{escaped, words};
use crate::deck::{Image, ImageFound};
use crate::layout::COLUMN_PIXELS;

/// Writes the images that slides show.
pub(super) fn hold(known: &BTreeMap<PathBuf, String>, out: &mut String) {
    if known.is_empty() {
        return;
    }
    out.push_str("<svg class=\"held\" aria-hidden=\"true\">\n");
    for (number, address) in known.values().enumerate() {
        let _ = writeln!(
            out,
            "<image id=\"image:{number}\" href=\"{address}\" width=\"100%\" height=\"100%\" \
             preserveAspectRatio=\"xMinYMid\"/>"
        );
    }
    out.push_str("</svg>\n");
}

/// Writes where an image is shown; in place of one that is not there, what it is called.
pub(super) fn write(
    image: &Image,
    place: &Attributes,
    known: &BTreeMap<PathBuf, String>,
    out: &mut String,
) {
    let name = image.name();
    let held = match &image.file {
        ImageFound::Known(file) => {
            let number = known.keys().position(|path| *path == file.path);
            number.map(|number| (file, number))
        }
        ImageFound::Refused(_) | ImageFound::Unread => None,
    };
    let Some((file, number)) = held else {
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
        "<p{}><svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" style=\"width:{width}\">\
         <use href=\"#image:{number}\"/></svg></p>",
        place.with("image"),
        escaped(name),
        file.width,
        file.height,
    );
}
