//! The palette: which colours a film has, and which of them stand between letters and their ground.
//!
//! Pictures of a terminal have few colours, and all of them are exact, with as many shades between
//! letters and what is behind them as there is room for. Only where images bring too many are the
//! rarer ones gathered.

use std::collections::{BTreeMap, HashMap};

use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use super::gather::{gather, nearest};
use super::mask::{Mask, Masks};
use crate::export::Picture;
use crate::export::palette::{Palette, Rgb};

/// The most colours; one more is transparent.
const COLOURS_MAX: usize = 255;
/// How many of the most frequent stay exact where there are too many.
const EXACT: usize = 96;
/// Shades from the ground to the ink, the finest first.
const STEPS: [u16; 4] = [8, 4, 2, 1];
/// How much of a dim letter's colour is seen, in tenths.
const DIM: u16 = 6;

/// Letters' and ground's colour.
pub(super) type Pair = (Rgb, Rgb);

/// The colours of a film.
pub(super) struct Colours {
    palette: Vec<Rgb>,
    /// From the ground to the ink, each a place in the palette.
    ramps: BTreeMap<Pair, Vec<u8>>,
}

/// How a pair of colours is used.
#[derive(Clone, Copy, Default)]
struct Used {
    cells: usize,
    /// With pixels that are covered in part.
    smooth: bool,
}

type Pairs = BTreeMap<Pair, Used>;

impl Colours {
    /// The colours of these pictures.
    pub(super) fn of<'a>(
        pictures: impl Iterator<Item = &'a Picture>,
        own: &Palette,
        masks: &mut Masks<'_>,
    ) -> Self {
        let pairs = pairs(pictures, own, masks);
        let exact = STEPS.into_iter().find_map(|steps| {
            let weights = weights(&pairs, steps);
            (weights.len() <= COLOURS_MAX).then(|| (weights.into_keys().collect(), steps))
        });
        let (palette, steps) = exact.unwrap_or_else(|| {
            let steps = STEPS[1];
            (gather(weights(&pairs, steps), EXACT, COLOURS_MAX), steps)
        });
        let places: HashMap<Rgb, u8> = (0..).zip(&palette).map(|(at, rgb)| (*rgb, at)).collect();
        let place = |rgb: Rgb| match places.get(&rgb) {
            Some(place) => *place,
            None => nearest(&palette, rgb),
        };
        let ramp =
            |(pair, used): (Pair, Used)| (pair, shades(pair, used, steps).map(place).collect());
        Self {
            ramps: pairs.into_iter().map(ramp).collect(),
            palette,
        }
    }

    /// The palette as red, green, blue; the transparent one is the last.
    pub(super) fn table(&self) -> Vec<u8> {
        let colours = self.palette.iter().chain([&(0, 0, 0)]);
        colours
            .flat_map(|(red, green, blue)| [*red, *green, *blue])
            .collect()
    }

    /// What leaves a pixel as it is.
    pub(super) fn transparent(&self) -> u8 {
        self.palette.len() as u8
    }

    /// From the ground to the ink, in even steps, each a place in the palette.
    pub(super) fn ramp(&self, pair: Pair) -> &[u8] {
        self.ramps.get(&pair).map_or(&[0], Vec::as_slice)
    }
}

/// Letters' and ground's colour of a cell as they are seen; what shows no ink has none.
pub(super) fn seen(cell: &Cell, mask: &Mask, own: &Palette) -> Pair {
    let (ink, ground) = own.seen(cell);
    if mask.is_blank() {
        (ground, ground)
    } else if cell.modifier.contains(Modifier::DIM) {
        (mix(ground, ink, DIM, 10), ground)
    } else {
        (ink, ground)
    }
}

/// The pairs of colours in the pictures, and how often each is seen anew.
fn pairs<'a>(
    pictures: impl Iterator<Item = &'a Picture>,
    own: &Palette,
    masks: &mut Masks<'_>,
) -> Pairs {
    let mut pairs = Pairs::new();
    // Around the cells.
    pairs.insert((own.background, own.background), Used::default());
    let mut before: Option<&Picture> = None;
    for picture in pictures {
        for (at, cell) in picture.content.iter().enumerate() {
            if before.is_some_and(|before| before.content.get(at) == Some(cell)) {
                continue;
            }
            let mask = masks.of(cell);
            let used = pairs.entry(seen(cell, &mask, own)).or_default();
            used.cells += 1;
            used.smooth |= mask.is_smooth();
        }
        before = Some(picture);
    }
    pairs
}

/// Every colour that the pairs need, and in how many cells.
fn weights(pairs: &Pairs, steps: u16) -> BTreeMap<Rgb, usize> {
    let mut weights = BTreeMap::new();
    for (pair, used) in pairs {
        for rgb in shades(*pair, *used, steps) {
            *weights.entry(rgb).or_default() += used.cells;
        }
    }
    weights
}

/// The colours from the ground to the ink.
fn shades((ink, ground): Pair, used: Used, steps: u16) -> impl Iterator<Item = Rgb> {
    let steps = if used.smooth { steps } else { 1 };
    (0..=steps).map(move |step| mix(ground, ink, step, steps))
}

/// So many parts of `ink`, the rest of all parts `ground`.
fn mix(ground: Rgb, ink: Rgb, part: u16, parts: u16) -> Rgb {
    let mix = |ground: u8, ink: u8| {
        let sum = u16::from(ink) * part + u16::from(ground) * (parts - part);
        ((sum + parts / 2) / parts) as u8
    };
    (
        mix(ground.0, ink.0),
        mix(ground.1, ink.1),
        mix(ground.2, ink.2),
    )
}
