//! Pixels as sixels: six rows at a time, one colour after the other (DEC STD 070, chapter 9).

use std::fmt::Write as _;

use super::Pixels;
use super::dither::dithered;
use super::palette::Palette;

/// Rows of a band.
const BAND: u32 = 6;
/// Fewer equal sixels are written out.
const REPEAT_MIN: usize = 4;

/// The sequence that draws the image at the cursor. What is transparent stays as it is.
pub(super) fn encode(image: &Pixels) -> String {
    let places = (0..image.height).flat_map(|y| (0..image.width).map(move |x| (x, y)));
    let mut palette = Palette::of(places.filter_map(|(x, y)| image.seen(x, y)));
    let mut out = format!("\x1bP0;1;0q\"1;1;{};{}", image.width, image.height);
    for (index, colour) in palette.colours().iter().enumerate() {
        let [red, green, blue] = colour.map(|part| (u32::from(part) * 100 + 127) / 255);
        // A String takes every write.
        let _ = write!(out, "#{index};2;{red};{green};{blue}");
    }
    let rows = dithered(image, &mut palette);
    for (at, rows) in rows.chunks(BAND as usize).enumerate() {
        // Not behind the last one: it would move the cursor below the image, and perhaps the screen.
        if at > 0 {
            out.push('-');
        }
        band(rows, palette.colours().len(), &mut out);
    }
    out.push_str("\x1b\\");
    out
}

/// Rows of colours' numbers, one colour after the other.
fn band(rows: &[Vec<Option<u8>>], colours: usize, out: &mut String) {
    let mut of_colour: Vec<Option<Vec<u8>>> = vec![None; colours];
    for (y, row) in rows.iter().enumerate() {
        for (x, index) in row.iter().enumerate() {
            if let Some(index) = index {
                let sixels =
                    of_colour[usize::from(*index)].get_or_insert_with(|| vec![0; row.len()]);
                sixels[x] |= 1 << y;
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
