//! Images on the screen: which are wanted, where they stand, and what is known of them.
//!
//! An image is wanted twice: as few pixels as half blocks show, for every screen; and as it suits a
//! terminal or a file that shows real pictures, where there is one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::slides::each_block;
use super::{Effect, ImageChoice, State};
use crate::deck::{BlockKind, ImageFile, Slide};
use crate::layout::{Area, ImageSpot, Page, layout};
use crate::pixels::{Drawn, Form, FormKind, Grid, Pixels};

/// The most images that are kept.
const IMAGES_KEPT_MAX: usize = 64;
/// The most images that are waited for at once.
pub const IMAGES_AWAITED_MAX: usize = 16;
/// The most bytes of images that are kept.
const BYTES_KEPT_MAX: usize = 64 << 20;

/// A cell where nobody said how large one is.
const CELL: (u16, u16) = (10, 20);
/// How large cells may be: a terminal may claim anything.
const CELL_MAX: u16 = 64;

/// How a screen shows images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Graphics {
    /// By what means.
    pub protocol: Protocol,
    /// A cell's width and height in pixels.
    cell: (u16, u16),
}

/// The means by which real pictures are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// kitty's graphics protocol.
    Kitty,
    /// Inline images, as iTerm2 has them.
    Iterm2,
    /// Sixels.
    Sixel,
    /// A file that takes pixels: a picture, a page.
    Pixels,
}

impl Graphics {
    /// With cells of this size, or of the usual one.
    pub fn new(protocol: Protocol, cell: Option<(u16, u16)>) -> Self {
        let sane = |side: u16| (1..=CELL_MAX).contains(&side);
        let cell = cell.filter(|(width, height)| sane(*width) && sane(*height));
        Self {
            protocol,
            cell: cell.unwrap_or(CELL),
        }
    }

    fn kind(self) -> FormKind {
        match self.protocol {
            Protocol::Kitty | Protocol::Iterm2 => FormKind::Png,
            Protocol::Sixel => FormKind::Sixel,
            Protocol::Pixels => FormKind::Pixels,
        }
    }
}

/// An image in its size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageKey {
    /// Which.
    pub file: ImageFile,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl ImageKey {
    fn of(spot: &ImageSpot) -> Self {
        Self {
            file: spot.file.clone(),
            width: spot.area.width,
            height: spot.area.height,
        }
    }
}

/// What became of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageState {
    /// Here it is.
    Ready(Arc<Image>),
    /// It can't be shown, and why.
    Failed(String),
}

/// An image, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Two pixels a cell, one above the other.
    pub halves: Pixels,
    /// As the screen's [`Graphics`] take it.
    pub fine: Option<Drawn>,
}

/// An image on the screen.
#[derive(Clone, Debug)]
pub struct PlacedImage {
    /// Where: it hides the cells there, which show it in half blocks.
    pub area: Area,
    /// Which.
    pub key: ImageKey,
    /// The image itself, with [`Image::fine`] in it.
    pub image: Arc<Image>,
}

/// The same image at the same place; how it was drawn is not compared.
impl PartialEq for PlacedImage {
    fn eq(&self, other: &Self) -> bool {
        (self.area, &self.key) == (other.area, &other.key)
    }
}

/// The images that are known, and those that are awaited.
#[derive(Clone, Debug, Default)]
pub struct Images {
    known: BTreeMap<ImageKey, ImageState>,
    awaited: BTreeSet<ImageKey>,
}

impl Images {
    /// What became of an image; `None` while it is being decoded.
    pub fn get(&self, spot: &ImageSpot) -> Option<&ImageState> {
        self.known.get(&ImageKey::of(spot))
    }

    /// Whether some are being decoded.
    pub fn are_awaited(&self) -> bool {
        !self.awaited.is_empty()
    }

    /// Whether an image is to be asked for, which is noted then.
    fn ask_for(&mut self, key: &ImageKey, fine: bool) -> bool {
        let enough = match self.known.get(key) {
            Some(ImageState::Ready(image)) => image.fine.is_some() || !fine,
            Some(ImageState::Failed(_)) => true,
            None => false,
        };
        !enough && self.awaited.len() < IMAGES_AWAITED_MAX && self.awaited.insert(key.clone())
    }

    /// Takes what became of an image, and forgets what is not among these once all is too much.
    fn take(&mut self, key: ImageKey, state: ImageState, shown: &BTreeSet<ImageKey>) {
        self.awaited.remove(&key);
        self.known.insert(key, state);
        let size = |state: &ImageState| match state {
            ImageState::Ready(image) => image.size(),
            ImageState::Failed(_) => 0,
        };
        let bytes: usize = self.known.values().map(size).sum();
        if self.known.len() > IMAGES_KEPT_MAX || bytes > BYTES_KEPT_MAX {
            self.known.retain(|key, _| shown.contains(key));
        }
    }

    /// The screen takes images in another form now.
    fn forget_fine(&mut self) {
        for state in self.known.values_mut() {
            if let ImageState::Ready(image) = state {
                Arc::make_mut(image).fine = None;
            }
        }
    }
}

impl Image {
    fn size(&self) -> usize {
        let fine = self.fine.as_ref().map_or(0, |fine| match fine {
            Drawn::Pixels(pixels) => pixels.rgba.len(),
            Drawn::Png(text) | Drawn::Sixel(text) => text.len(),
        });
        self.halves.rgba.len() + fine
    }
}

impl State {
    /// The images that can be seen whole and are there as [`State::graphics`] takes them. Whoever shows
    /// them leaves out the cells that they hide.
    pub fn placed_images(&self) -> Vec<PlacedImage> {
        let mut placed = Vec::new();
        if self.graphics.is_none() {
            return placed;
        }
        for shown in self.shown() {
            placed.extend(shown.page.images.iter().filter_map(|spot| {
                let image = match self.images.get(spot)? {
                    ImageState::Ready(image) => Arc::clone(image),
                    ImageState::Failed(_) => return None,
                };
                image.fine.as_ref()?;
                Some(PlacedImage {
                    area: shown.whole(spot.area)?,
                    key: ImageKey::of(spot),
                    image,
                })
            }));
        }
        placed
    }

    /// The screen shows images so.
    pub(super) fn take_graphics(&mut self, graphics: Graphics) {
        if self.graphics.replace(graphics) != Some(graphics) {
            self.images.forget_fine();
            self.dirty = true;
        }
    }

    /// Asks for the images on the screen that are not known yet.
    pub(super) fn want_images(&mut self, effects: &mut Vec<Effect>) {
        for page in self.pages() {
            self.want_images_of(&page, effects);
        }
    }

    /// The pages on the screen.
    fn pages(&self) -> Vec<Arc<Page>> {
        let console = self.console.as_ref();
        let next = console.and_then(|console| console.next.as_ref());
        let pages = [
            Some(&self.page),
            Some(&self.panel_page),
            next.map(|next| &next.page),
        ];
        pages.into_iter().flatten().map(Arc::clone).collect()
    }

    /// Asks for those of the next slide, as it will be laid out.
    pub(super) fn want_images_ahead(&mut self, slide: &Slide, effects: &mut Vec<Effect>) {
        if has_images(slide) && !self.too_small() {
            let page = layout(
                slide,
                slide.steps,
                self.body_size(),
                self.letters(),
                &self.highlights,
            );
            self.want_images_of(&page, effects);
        }
    }

    fn want_images_of(&mut self, page: &Page, effects: &mut Vec<Effect>) {
        if self.settings.images == ImageChoice::Off {
            return;
        }
        for spot in &page.images {
            let key = ImageKey::of(spot);
            if self.images.ask_for(&key, self.graphics.is_some()) {
                let forms = self.forms(&key);
                effects.push(Effect::Decode(key, forms));
            }
        }
    }

    /// As what an image is wanted.
    fn forms(&self, key: &ImageKey) -> Vec<Form> {
        let size = (key.file.width, key.file.height);
        let cell = self.graphics.map_or(CELL, |graphics| graphics.cell);
        let form = |kind, pixels| {
            let cells = (key.width, key.height);
            let grid = Grid {
                cells,
                cell,
                pixels,
            };
            Form::fitted(kind, size, grid)
        };
        let fine = self
            .graphics
            .map(|graphics| form(graphics.kind(), graphics.cell));
        [form(FormKind::Pixels, (1, 2))]
            .into_iter()
            .chain(fine)
            .collect()
    }

    /// An image was decoded.
    pub(super) fn take_image(&mut self, key: ImageKey, drawn: Result<Vec<Drawn>, String>) {
        let state = match drawn.map(read) {
            Ok(Some(image)) => ImageState::Ready(Arc::new(image)),
            Ok(None) => ImageState::Failed("it was decoded to something else".to_owned()),
            Err(why) => ImageState::Failed(why),
        };
        let pages = self.pages();
        let spots = pages.iter().flat_map(|page| &page.images);
        let shown: BTreeSet<ImageKey> = spots.map(ImageKey::of).collect();
        self.dirty |= shown.contains(&key);
        self.images.take(key, state, &shown);
    }
}

/// What the answers to [`State::forms`] say.
fn read(drawn: Vec<Drawn>) -> Option<Image> {
    let mut drawn = drawn.into_iter();
    match drawn.next() {
        Some(Drawn::Pixels(halves)) => Some(Image {
            halves,
            fine: drawn.next(),
        }),
        _ => None,
    }
}

fn has_images(slide: &Slide) -> bool {
    let mut found = false;
    for block in &slide.blocks {
        each_block(block, &mut |block| {
            found |= matches!(block.kind, BlockKind::Image(_));
        });
    }
    found
}
