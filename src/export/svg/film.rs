//! A film as SVG that plays by itself, also where a page shows it as an image: no script, styles alone.
//!
//! What never changes is drawn once. Each row's part that does is a strip: its looks one below the
//! other, of which a window shows one, and an animation moves the strip by whole rows. Equal looks
//! are drawn once however often they come back. A strip stands with its last look in the window: that
//! is what a reader sees who wants no motion, or whose viewer knows none. What lies over the cells comes
//! and goes as a whole.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::time::Duration;

use ratatui::buffer::{Cell, CellWidth};

use super::over::Layer;
use super::{CELL_HEIGHT, draw, open, row::Span, top};
use crate::export::palette::Palette;
use crate::export::{Film, Picture};
use crate::theme::Theme;

/// The largest document: hosts of READMEs hand out no larger image.
const BYTES_MAX: usize = 5 << 20;

/// Why a film is not drawn. Finishes the sentence "failed to draw the animation: …".
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("it would be larger than {} MiB", BYTES_MAX >> 20)]
pub struct SvgTooLarge;

/// The film as an SVG document in the theme's colours, which begins anew at its end.
///
/// # Errors
/// If it becomes too large to be of use.
pub fn animated_svg(film: &Film, theme: &Theme) -> Result<String, SvgTooLarge> {
    let palette = Palette::of(theme);
    let last = &film.frames()[film.frames().len() - 1].shot.cells;
    let strips: Vec<Strip<'_>> = (0..last.area.height)
        .filter_map(|row| Strip::of(film, row))
        .collect();
    let layers = Layer::all(film);
    let mut out = String::new();
    open(last.area, &palette, &mut out);
    style(&strips, &layers, film.length(), &mut out);
    draw(&without(last, &strips), &palette, &mut out);
    for strip in &strips {
        strip.draw(&palette, &mut out);
        if out.len() > BYTES_MAX {
            return Err(SvgTooLarge);
        }
    }
    for (number, layer) in layers.iter().enumerate() {
        layer.draw(number, &palette, &mut out);
        if out.len() > BYTES_MAX {
            return Err(SvgTooLarge);
        }
    }
    out.push_str("</svg>\n");
    Ok(out)
}

/// What never changes.
fn without(picture: &Picture, strips: &[Strip<'_>]) -> Picture {
    let mut still = picture.clone();
    for strip in strips {
        for cell in &mut still.content[strip.cells(picture)] {
            cell.reset();
        }
    }
    still
}

/// When each strip shows what, and what lies over them. A percentage of the whole stands for a moment, as
/// keyframes have it.
fn style(strips: &[Strip<'_>], layers: &[Layer<'_>], length: Duration, out: &mut String) {
    let coming = || {
        let layers = layers.iter().enumerate();
        layers.filter_map(|(number, layer)| Some((number, layer.changes()?)))
    };
    if strips.is_empty() && coming().next().is_none() {
        return;
    }
    let percent = |at: &Duration| {
        let part = at.as_secs_f64() / length.as_secs_f64().max(f64::MIN_POSITIVE);
        format!("{}%", (part * 1e5).round() / 1e3)
    };
    let _ = write!(
        out,
        "<style>\ng{{animation:{}s step-end infinite}}\n",
        length.as_millis() as f64 / 1000.0
    );
    for strip in strips {
        let looks = strip.shown.iter().enumerate().map(|(look, moments)| {
            let moments: Vec<String> = moments.iter().map(percent).collect();
            let up = look as f64 * CELL_HEIGHT;
            (moments.join(","), format!("transform:translateY(-{up}px)"))
        });
        keyframes(&format!("r{}", strip.row), looks, out);
    }
    for (number, changes) in coming() {
        let looks = changes.iter();
        let looks = looks.map(|(at, seen)| (percent(at), format!("opacity:{}", u8::from(*seen))));
        keyframes(&format!("o{number}"), looks, out);
    }
    out.push_str("@media (prefers-reduced-motion:reduce){g{animation:none!important}}\n</style>\n");
}

/// What an element looks like, and when.
fn keyframes(id: &str, looks: impl Iterator<Item = (String, String)>, out: &mut String) {
    let _ = write!(out, "#{id}{{animation-name:{id}}}@keyframes {id}{{");
    for (moments, look) in looks {
        let _ = write!(out, "{moments}{{{look}}}");
    }
    out.push_str("}\n");
}

/// The part of a row that changes.
struct Strip<'a> {
    row: u16,
    columns: Range<usize>,
    /// Each look once, the last first.
    looks: Vec<&'a [Cell]>,
    /// Of each look the moments from which on it is shown.
    shown: Vec<Vec<Duration>>,
}

impl<'a> Strip<'a> {
    /// Of this row, if it changes at all.
    fn of(film: &'a Film, row: u16) -> Option<Self> {
        let frames = film.frames();
        let whole = |picture: &'a Picture| {
            let width = usize::from(picture.area.width);
            &picture.content[usize::from(row) * width..][..width]
        };
        let columns = changing(&frames.iter().map(|frame| whole(&frame.shot.cells)))?;
        let mut strip = Self {
            row,
            columns: columns.clone(),
            looks: Vec::new(),
            shown: Vec::new(),
        };
        let mut known: HashMap<&[Cell], usize> = HashMap::new();
        let mut newest = None;
        strip.look(
            &whole(&frames[frames.len() - 1].shot.cells)[columns.clone()],
            &mut known,
        );
        for frame in frames {
            let look = strip.look(&whole(&frame.shot.cells)[columns.clone()], &mut known);
            if newest.replace(look) != Some(look) {
                strip.shown[look].push(frame.at);
            }
        }
        Some(strip)
    }

    /// The number of a look.
    fn look(&mut self, cells: &'a [Cell], known: &mut HashMap<&'a [Cell], usize>) -> usize {
        *known.entry(cells).or_insert_with(|| {
            self.looks.push(cells);
            self.shown.push(Vec::new());
            self.looks.len() - 1
        })
    }

    /// Its place in a picture's cells.
    fn cells(&self, picture: &Picture) -> Range<usize> {
        let first = usize::from(self.row) * usize::from(picture.area.width);
        first + self.columns.start..first + self.columns.end
    }

    /// The window, and the strip behind it.
    fn draw(&self, palette: &Palette, out: &mut String) {
        let _ = writeln!(
            out,
            "<svg y=\"{}\" width=\"100%\" height=\"{CELL_HEIGHT}\"><g id=\"r{}\">",
            top(usize::from(self.row)),
            self.row,
        );
        for (look, cells) in self.looks.iter().enumerate() {
            let span = Span {
                cells,
                column: self.columns.start,
                top: look as f64 * CELL_HEIGHT,
            };
            span.areas(palette, out);
            span.texts(palette, out);
        }
        out.push_str("</g></svg>\n");
    }
}

/// The columns from the first that changes to the last, whole characters.
fn changing<'a>(rows: &(impl Iterator<Item = &'a [Cell]> + Clone)) -> Option<Range<usize>> {
    let first = rows.clone().next()?;
    let mut columns: Option<Range<usize>> = None;
    for row in rows.clone() {
        let differs = |x: &usize| row[*x] != first[*x];
        let (Some(from), Some(to)) = (
            (0..row.len()).find(differs),
            (0..row.len()).rev().find(differs),
        ) else {
            continue;
        };
        columns = Some(columns.map_or(from..to + 1, |known| {
            known.start.min(from)..known.end.max(to + 1)
        }));
    }
    let mut columns = columns?;
    let is_wide = |x: usize| rows.clone().any(|row| row[x].symbol().cell_width() > 1);
    while columns.start > 0 && is_wide(columns.start - 1) {
        columns.start -= 1;
    }
    while columns.end < first.len() && is_wide(columns.end - 1) {
        columns.end += 1;
    }
    Some(columns)
}
