//! Real pictures over cells. Where one stands the cells are blank; it comes after them, and goes with
//! them: kitty takes an image once and is then told where it stands, and where no more; the others
//! draw it on the cells, and lose it where cells are written again.

use ratatui::buffer::Buffer;

use super::picture::is_in;
use super::{Encoder, Picture, Row, same, write_to};
use crate::app::{ImageKey, PlacedImage, Protocol};
use crate::layout::Area;
use crate::pixels::Drawn;

/// The most images that the terminal is left with.
pub(super) const SENT_MAX: usize = 16;
/// Numbers that no other program takes for its images: they begin with the letters "par".
const FIRST_ID: u32 = 0x7061_7200;
/// How much of an image goes into one sequence.
const CHUNK_BYTES: usize = 4096;
/// Takes all images away from a kitty's screen. Those that stand nowhere its memory loses with the
/// alternate screen.
pub(in crate::terminal) const FORGET_ALL: &str = "\x1b_Ga=d,d=A,q=2\x1b\\";

/// The images that a kitty has, the newest last, each with its number.
#[derive(Debug, Default)]
pub(super) struct Sent {
    images: Vec<(ImageKey, u32)>,
    /// How many there were.
    count: u32,
}

impl<'a> Row<'a> {
    /// Whether an image stands over the cell of that column.
    pub(super) fn has_image(&self, x: usize) -> bool {
        self.image(x).is_some()
    }

    /// Whether one stands over it or right of it.
    pub(super) fn has_image_from(&self, x: usize) -> bool {
        let ends = self
            .images
            .iter()
            .map(|image| image.area.x + image.area.width);
        ends.into_iter().any(|end| usize::from(end) > x)
    }

    /// Whether the image over the cell of that column, if there is one, stays.
    pub(super) fn keeps_image(&self, x: usize, wanted: &Self) -> bool {
        self.image(x)
            .is_none_or(|image| wanted.images.contains(&image))
    }

    fn image(&self, x: usize) -> Option<&'a PlacedImage> {
        let mut images = self.images.iter();
        images.find(|image| is_in(image.area, x)).copied()
    }
}

impl Encoder {
    /// The terminal shows real pictures by this protocol.
    pub(in crate::terminal) fn show_images_by(&mut self, protocol: Protocol) {
        self.protocol = Some(protocol);
    }

    /// Nothing is known of the terminal's images: it is to have none.
    pub(super) fn forget_images(&mut self) {
        self.sent.images.clear();
        if self.protocol == Some(Protocol::Kitty) {
            self.out.push_str(FORGET_ALL);
        }
    }

    /// Takes away the images that are wanted no more, where blank cells don't.
    pub(super) fn remove_images(&mut self, shown: Picture<'_>, wanted: Picture<'_>) {
        if self.protocol != Some(Protocol::Kitty) {
            return;
        }
        for image in shown.images {
            let stays = wanted.images.contains(image);
            if let Some(id) = self.sent.id(&image.key).filter(|_| !stays) {
                let place = placement(image.area);
                write_to(
                    &mut self.out,
                    format_args!("\x1b_Ga=d,d=i,i={id},p={place},q=2\x1b\\"),
                );
            }
        }
    }

    /// Draws the images that are new, and those on whose cells something was written.
    pub(super) fn place_images(&mut self, shown: Picture<'_>, wanted: Picture<'_>) {
        for image in wanted.images {
            let stays = shown.images.contains(image);
            if stays && is_untouched(shown.cells, wanted.cells, image.area) {
                continue;
            }
            match (self.protocol, &image.image.fine) {
                (Some(Protocol::Kitty), Some(Drawn::Png(file))) if !stays => {
                    let id = self.send(&image.key, file, wanted.images);
                    self.place(id, image.area);
                }
                (Some(Protocol::Iterm2), Some(Drawn::Png(file))) => self.inline(file, image.area),
                (Some(Protocol::Sixel), Some(Drawn::Sixel(sixels))) => {
                    self.jump(image.area.x, image.area.y as u16);
                    self.out.push_str(sixels);
                    self.cursor = None;
                }
                _ => {}
            }
        }
    }

    /// The number of an image that a kitty has, after this at the latest.
    fn send(&mut self, key: &ImageKey, file: &str, wanted: &[PlacedImage]) -> u32 {
        if let Some(id) = self.sent.id(key) {
            return id;
        }
        while let Some(old) = self.sent.take_oldest(wanted) {
            write_to(
                &mut self.out,
                format_args!("\x1b_Ga=d,d=I,i={old},q=2\x1b\\"),
            );
        }
        let id = self.sent.number(key);
        let chunks = file.as_bytes().chunks(CHUNK_BYTES);
        let last = chunks.len().saturating_sub(1);
        for (index, chunk) in chunks.enumerate() {
            self.out.push_str("\x1b_G");
            if index == 0 {
                write_to(&mut self.out, format_args!("a=t,f=100,i={id},q=2,"));
            }
            write_to(&mut self.out, format_args!("m={};", u8::from(index < last)));
            // Base 64 is ASCII.
            self.out.push_str(&String::from_utf8_lossy(chunk));
            self.out.push_str("\x1b\\");
        }
        id
    }

    /// Lets an image stand over its cells.
    fn place(&mut self, id: u32, area: Area) {
        self.jump(area.x, area.y as u16);
        let (place, width, height) = (placement(area), area.width, area.height);
        write_to(
            &mut self.out,
            format_args!("\x1b_Ga=p,i={id},p={place},c={width},r={height},C=1,q=2\x1b\\"),
        );
    }

    /// As iTerm2 takes it; not every terminal that does leaves the cursor where it was.
    fn inline(&mut self, file: &str, area: Area) {
        self.jump(area.x, area.y as u16);
        let (width, height) = (area.width, area.height);
        write_to(
            &mut self.out,
            format_args!(
                "\x1b]1337;File=inline=1;width={width};height={height};preserveAspectRatio=0;\
                 doNotMoveCursor=1:{file}\x07"
            ),
        );
        self.cursor = None;
    }
}

impl Sent {
    fn id(&self, key: &ImageKey) -> Option<u32> {
        let found = self.images.iter().find(|(known, _)| known == key);
        found.map(|(_, id)| *id)
    }

    /// A number for one more.
    fn number(&mut self, key: &ImageKey) -> u32 {
        self.count = (self.count + 1) % 256;
        let id = FIRST_ID + self.count;
        self.images.push((key.clone(), id));
        id
    }

    /// The oldest that is not wanted, if there are too many.
    fn take_oldest(&mut self, wanted: &[PlacedImage]) -> Option<u32> {
        if self.images.len() < SENT_MAX {
            return None;
        }
        let is_wanted = |key: &ImageKey| wanted.iter().any(|image| image.key == *key);
        let at = self.images.iter().position(|(key, _)| !is_wanted(key))?;
        Some(self.images.remove(at).1)
    }
}

/// The number of the place, so that an image can stand at several.
fn placement(area: Area) -> u32 {
    (area.y + 1) << 12 | u32::from(area.x)
}

/// Whether nothing is written on an area's cells.
fn is_untouched(shown: &Buffer, wanted: &Buffer, area: Area) -> bool {
    let rows = area.y as u16..area.y as u16 + area.height;
    let columns = area.x..area.x + area.width;
    rows.into_iter().all(|y| {
        let mut cells = columns
            .clone()
            .map(|x| (shown.cell((x, y)), wanted.cell((x, y))));
        cells.all(|cells| matches!(cells, (Some(one), Some(other)) if same(one, other)))
    })
}
