//! What lies over the cells: large text as text of that size, and images; and in a film, when.

use std::fmt::Write as _;
use std::time::Duration;

use super::row::{Span, left, short};
use super::{CELL_HEIGHT, CELL_WIDTH, PADDING, top};
use crate::app::PlacedImage;
use crate::export::Film;
use crate::export::palette::Palette;
use crate::export::shot::row_of;
use crate::pixels::Drawn;
use crate::view::LargeText;

/// Writes large text.
pub(super) fn large(text: &LargeText, palette: &Palette, out: &mut String) {
    let scale = f64::from(text.scale);
    let _ = writeln!(
        out,
        "<g transform=\"translate({} {}) scale({})\">",
        short(left(f64::from(text.area.x)) - scale * PADDING),
        short(top(text.area.y as usize)),
        text.scale,
    );
    let row = row_of(text);
    let span = Span {
        cells: &row,
        column: 0,
        top: 0.0,
    };
    span.areas(palette, out);
    span.texts(palette, out);
    out.push_str("</g>\n");
}

/// Writes an image, which brings its own transparent margins.
pub(super) fn image(placed: &PlacedImage, out: &mut String) {
    let Some(Drawn::Png(png)) = &placed.image.fine else {
        return;
    };
    let area = placed.area;
    let _ = writeln!(
        out,
        "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" \
         href=\"data:image/png;base64,{png}\"/>",
        left(f64::from(area.x)),
        top(area.y as usize),
        short(f64::from(area.width) * CELL_WIDTH),
        f64::from(area.height) * CELL_HEIGHT,
    );
}

/// A thing of a film that lies over its cells.
pub(super) struct Layer<'a> {
    thing: Thing<'a>,
    /// From when on it is seen, and from when on it is not.
    changes: Vec<(Duration, bool)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Thing<'a> {
    Image(&'a PlacedImage),
    Large(&'a LargeText),
}

impl<'a> Layer<'a> {
    /// All of a film, each once.
    pub(super) fn all(film: &'a Film) -> Vec<Self> {
        let mut layers: Vec<Self> = Vec::new();
        for frame in film.frames() {
            let images = frame.shot.images.iter().map(Thing::Image);
            let things: Vec<Thing<'_>> = images
                .chain(frame.shot.large.iter().map(Thing::Large))
                .collect();
            for thing in &things {
                if !layers.iter().any(|layer| layer.thing == *thing) {
                    let changes = vec![(Duration::ZERO, false)];
                    layers.push(Self {
                        thing: *thing,
                        changes,
                    });
                }
            }
            for layer in &mut layers {
                layer.is_seen(frame.at, things.contains(&layer.thing));
            }
        }
        layers
    }

    fn is_seen(&mut self, at: Duration, seen: bool) {
        if self.changes.last().is_some_and(|last| last.0 == at) {
            self.changes.pop();
        }
        if self.changes.last().is_none_or(|last| last.1 != seen) {
            self.changes.push((at, seen));
        }
    }

    /// When it is seen; `None` if it always is.
    pub(super) fn changes(&self) -> Option<&[(Duration, bool)]> {
        let always = matches!(self.changes[..], [(_, true)]);
        (!always).then_some(&self.changes)
    }

    /// Writes it, for those who want no motion as it is at the end.
    pub(super) fn draw(&self, number: usize, palette: &Palette, out: &mut String) {
        if let Some(changes) = self.changes() {
            let seen = changes.last().is_some_and(|last| last.1);
            let _ = writeln!(out, "<g id=\"o{number}\" opacity=\"{}\">", u8::from(seen));
        }
        match self.thing {
            Thing::Image(placed) => image(placed, out),
            Thing::Large(text) => large(text, palette, out),
        }
        if self.changes().is_some() {
            out.push_str("</g>\n");
        }
    }
}
