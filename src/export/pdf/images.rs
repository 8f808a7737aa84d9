//! Images on the pages of a PDF: each is in the file once, as the pixels that it has and how opaque they
//! are.

use std::collections::BTreeMap;

use pdf_writer::{Filter, Finish, Pdf as File, Ref};

use super::frame::number;
use super::packed;
use crate::app::{ImageKey, PlacedImage};
use crate::pixels::{Drawn, Pixels};

/// Those that are in the file.
#[derive(Debug, Default)]
pub(super) struct Images {
    known: BTreeMap<ImageKey, usize>,
    pub(super) written: Vec<Ref>,
}

impl Images {
    /// The number of an image among them; `None` if its pixels are not known.
    pub(super) fn number(
        &mut self,
        placed: &PlacedImage,
        file: &mut File,
        mut next: impl FnMut() -> Ref,
    ) -> Option<usize> {
        if let Some(known) = self.known.get(&placed.key) {
            return Some(*known);
        }
        let Some(Drawn::Pixels(pixels)) = &placed.image.fine else {
            return None;
        };
        let (image, mask) = (next(), next());
        write(file, image, mask, pixels);
        self.written.push(image);
        let number = self.written.len() - 1;
        self.known.insert(placed.key.clone(), number);
        Some(number)
    }
}

/// What a page calls an image.
pub(super) fn image_name(number: usize) -> String {
    format!("I{number}")
}

fn write(file: &mut File, image: Ref, mask: Ref, pixels: &Pixels) {
    let (width, height) = (
        number(pixels.width as usize),
        number(pixels.height as usize),
    );
    let dots = || pixels.rgba.chunks_exact(4);
    let colours: Vec<u8> = dots().flat_map(|dot| &dot[..3]).copied().collect();
    let colours = packed(&colours);
    let mut object = file.image_xobject(image, &colours);
    object.width(width).height(height).bits_per_component(8);
    object.color_space().device_rgb();
    object.s_mask(mask).filter(Filter::FlateDecode);
    object.finish();
    let opacities: Vec<u8> = dots().map(|dot| dot[3]).collect();
    let opacities = packed(&opacities);
    let mut object = file.image_xobject(mask, &opacities);
    object.width(width).height(height).bits_per_component(8);
    object.color_space().device_gray();
    object.filter(Filter::FlateDecode);
}
