//! The palette: which colours a film has, and which of them stand between letters and their ground.
//!
//! Pictures of a terminal have few colours, and all of them are exact, with as many shades between
//! letters and what is behind them as there is room for. Images share what room is left; only where there
//! are too many without them are the rarer ones gathered.

use std::collections::{BTreeMap, HashMap, HashSet};

use ratatui::buffer::Cell;

use super::gather::{gather, nearest};
use super::image::{colour_on, pixels};
use super::mask::{Mask, Masks};
use crate::export::Shot;
use crate::export::palette::{Palette, Rgb, mixed};
use crate::export::shot::row_of;

/// The most colours; one more is transparent.
const COLOURS_MAX: usize = 255;
/// How many of the most frequent stay exact where there are too many.
const EXACT: usize = 96;
/// Shades from the ground to the ink, the finest first.
const STEPS: [u16; 4] = [8, 4, 2, 1];
/// The most colours of all else, where there are images.
const BESIDE_IMAGES_MAX: usize = 128;

/// Letters' and ground's colour.
pub(super) type Pair = (Rgb, Rgb);

/// The colours of a film.
pub(super) struct Colours {
    palette: Vec<Rgb>,
    /// From the ground to the ink, each a place in the palette.
    ramps: BTreeMap<Pair, Vec<u8>>,
    /// The places of images' colours.
    of_images: HashMap<Rgb, u8>,
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
        shots: impl Iterator<Item = &'a Shot> + Clone,
        own: &Palette,
        masks: &mut Masks<'_>,
    ) -> Self {
        let pairs = pairs(shots.clone(), own, masks);
        let images = image_colours(shots, own.background);
        let room = if images.is_empty() {
            COLOURS_MAX
        } else {
            BESIDE_IMAGES_MAX
        };
        let exact = STEPS.into_iter().find_map(|steps| {
            let weights = weights(&pairs, steps);
            (weights.len() <= room).then(|| (weights.into_keys().collect(), steps))
        });
        let (mut palette, steps): (Vec<Rgb>, u16) = exact.unwrap_or_else(|| {
            let steps = STEPS[1];
            (gather(weights(&pairs, steps), EXACT, room), steps)
        });
        let free = COLOURS_MAX - palette.len();
        palette.extend(gather(images.clone(), 0, free));
        let places: HashMap<Rgb, u8> = (0..).zip(&palette).map(|(at, rgb)| (*rgb, at)).collect();
        let place = |rgb: Rgb| match places.get(&rgb) {
            Some(place) => *place,
            None => nearest(&palette, rgb),
        };
        let ramp =
            |(pair, used): (Pair, Used)| (pair, shades(pair, used, steps).map(place).collect());
        Self {
            ramps: pairs.into_iter().map(ramp).collect(),
            of_images: images.into_keys().map(|rgb| (rgb, place(rgb))).collect(),
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

    /// The place of an image's colour.
    pub(super) fn of_image(&self, rgb: Rgb) -> u8 {
        self.of_images.get(&rgb).copied().unwrap_or_default()
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

/// Every colour of the images, and of how many pixels.
fn image_colours<'a>(
    shots: impl Iterator<Item = &'a Shot>,
    background: Rgb,
) -> BTreeMap<Rgb, usize> {
    let mut dots: BTreeMap<Rgb, usize> = BTreeMap::new();
    let mut known = HashSet::new();
    for image in shots.flat_map(|shot| &shot.images) {
        if known.insert(std::ptr::from_ref(&*image.image)) {
            for dot in pixels(image)
                .into_iter()
                .flat_map(|it| it.rgba.chunks_exact(4))
            {
                *dots.entry(colour_on(background, dot)).or_default() += 1;
            }
        }
    }
    dots
}

/// Letters' and ground's colour of a cell as they are seen; what shows no ink has none.
pub(super) fn seen(cell: &Cell, mask: &Mask, own: &Palette) -> Pair {
    let (ink, ground) = own.seen(cell);
    if mask.is_blank() {
        (ground, ground)
    } else {
        (ink, ground)
    }
}

/// The pairs of colours in the pictures, and how often each is seen anew.
fn pairs<'a>(shots: impl Iterator<Item = &'a Shot>, own: &Palette, masks: &mut Masks<'_>) -> Pairs {
    let mut pairs = Pairs::new();
    // Around the cells.
    pairs.insert((own.background, own.background), Used::default());
    let mut use_in = |cell: &Cell, mask: &Mask, cells: usize| {
        let used = pairs.entry(seen(cell, mask, own)).or_default();
        used.cells += cells;
        used.smooth |= mask.is_smooth();
    };
    let mut before: Option<&Shot> = None;
    for shot in shots {
        for (at, cell) in shot.cells.content.iter().enumerate() {
            if before.is_none_or(|before| before.cells.content.get(at) != Some(cell)) {
                use_in(cell, &masks.of(cell), 1);
            }
        }
        for text in &shot.large {
            let scale = usize::from(text.scale);
            for cell in row_of(text) {
                use_in(&cell, &masks.scaled(&cell, scale), scale * scale);
            }
        }
        before = Some(shot);
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
    let part = move |step: u16| f64::from(step) / f64::from(steps);
    (0..=steps).map(move |step| mixed(ink, ground, part(step)))
}
