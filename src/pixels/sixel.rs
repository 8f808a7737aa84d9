//! Pixels as sixels: six rows at a time, one colour after the other (DEC STD 070, chapter 9).

use std::fmt::Write as _;

use super::Pixels;
use super::palette::Palette;

/// Less opaque than this is left out.
const OPAQUE_MIN: u8 = 128;
/// Rows of a band.
const BAND: u32 = 6;
/// Fewer equal sixels are written out.
const REPEAT_MIN: usize = 4;

/// The sequence that draws the image at the cursor. What is transparent stays as it is.
pub(super) fn encode(image: &Pixels) -> String {
    let palette = Palette::of(seen(image));
    let mut out = format!("\x1bP0;1;0q\"1;1;{};{}", image.width, image.height);
    for (index, colour) in palette.colours().iter().enumerate() {
        let [red, green, blue] = colour.map(|part| (u32::from(part) * 100 + 127) / 255);
        // A String takes every write.
        let _ = write!(out, "#{index};2;{red};{green};{blue}");
    }
    for top in (0..image.height).step_by(BAND as usize) {
        band(image, top, &palette, &mut out);
        out.push('-');
    }
    out.push_str("\x1b\\");
    out
}

/// The colours that are seen.
fn seen(image: &Pixels) -> impl Iterator<Item = [u8; 3]> {
    let pixels = image.rgba.chunks_exact(4);
    let opaque = pixels.filter(|pixel| pixel[3] >= OPAQUE_MIN);
    opaque.map(|pixel| [pixel[0], pixel[1], pixel[2]])
}

fn band(image: &Pixels, top: u32, palette: &Palette, out: &mut String) {
    let mut of_colour: Vec<Option<Vec<u8>>> = vec![None; palette.colours().len()];
    for y in top..image.height.min(top + BAND) {
        for x in 0..image.width {
            let [red, green, blue, opacity] = image.at(x, y);
            if opacity >= OPAQUE_MIN {
                let index = usize::from(palette.index([red, green, blue]));
                let row = of_colour[index].get_or_insert_with(|| vec![0; image.width as usize]);
                row[x as usize] |= 1 << (y - top);
            }
        }
    }
    let used = of_colour.iter().enumerate();
    let used = used.filter_map(|(index, row)| Some((index, row.as_ref()?)));
    for (at, (index, row)) in used.enumerate() {
        if at > 0 {
            out.push('$');
        }
        let _ = write!(out, "#{index}");
        let end = row
            .iter()
            .rposition(|sixel| *sixel != 0)
            .map_or(0, |last| last + 1);
        for run in row[..end].chunk_by(|one, other| one == other) {
            repeat(char::from(run[0] + b'?'), run.len(), out);
        }
    }
}

fn repeat(sixel: char, count: usize, out: &mut String) {
    if count < REPEAT_MIN {
        out.extend(std::iter::repeat_n(sixel, count));
    } else {
        let _ = write!(out, "!{count}{sixel}");
    }
}
