//! What the terminal shows, and the frame that is on its way there.
//!
//! A frame is one write in a synchronized update. What a slow terminal does not take waits here and
//! nowhere else: until all of it is written no other frame is made, so the next one is the newest.

use std::io;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Tty;
use super::encode::{Encoder, Picture};
use crate::app::{Link, PlacedImage, Protocol};
use crate::layout::Size;
use crate::view::LargeText;

const BEGIN_UPDATE: &str = "\x1b[?2026h";
const END_UPDATE: &str = "\x1b[?2026l";

/// The picture that a terminal shows.
#[derive(Debug)]
pub(super) struct Screen {
    shown: Buffer,
    next: Buffer,
    encoder: Encoder,
    /// What belongs to the cells that are shown.
    over: Over,
    /// What the terminal shows is unknown: all is drawn.
    unknown: bool,
    /// The frame on its way, and how much of it is written.
    frame: String,
    written: usize,
}

/// What belongs to cells and is none.
#[derive(Debug, Default)]
pub(super) struct Over {
    /// Where cells lead.
    pub(super) links: Vec<Link>,
    /// Text that stands in place of cells.
    pub(super) large: Vec<LargeText>,
    /// Real pictures.
    pub(super) images: Vec<PlacedImage>,
}

impl Over {
    fn with<'a>(&'a self, cells: &'a Buffer) -> Picture<'a> {
        Picture {
            cells,
            links: &self.links,
            large: &self.large,
            images: &self.images,
        }
    }
}

impl Screen {
    pub(super) fn new(size: Size) -> Self {
        let empty = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        Self {
            shown: empty.clone(),
            next: empty,
            encoder: Encoder::default(),
            over: Over::default(),
            unknown: true,
            frame: String::new(),
            written: 0,
        }
    }

    /// Takes a new size; what the terminal made of the old picture is unknown.
    pub(super) fn resize(&mut self, size: Size) {
        let area = Rect::new(0, 0, size.width, size.height);
        if area != self.next.area {
            self.next.resize(area);
            self.shown.resize(area);
        }
        self.unknown = true;
    }

    /// Shows real pictures by this protocol from now on.
    pub(super) fn show_images_by(&mut self, protocol: Protocol) {
        self.encoder.show_images_by(protocol);
    }

    /// Forgets what the terminal shows: the next frame draws all of it.
    pub(super) fn forget(&mut self) {
        self.unknown = true;
    }

    /// What the terminal shows, where that is known and made of cells alone.
    pub(super) fn seen_in_cells(&self) -> Option<&Buffer> {
        let is_cells = self.over.large.is_empty() && self.over.images.is_empty();
        (is_cells && !self.unknown).then_some(&self.shown)
    }

    /// Drops a frame on its way, after the terminal was given back in its midst.
    pub(super) fn abandon(&mut self) {
        self.unknown = true;
        self.frame.clear();
        self.written = 0;
    }

    /// Whether a frame is still on its way.
    pub(super) fn is_busy(&self) -> bool {
        self.written < self.frame.len()
    }

    /// Draws a picture and writes what differs from the one before: nothing, if nothing does.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn show(
        &mut self,
        tty: &Tty,
        over: Over,
        draw: impl FnOnce(&mut Buffer),
    ) -> io::Result<()> {
        self.next.reset();
        draw(&mut self.next);
        if self.unknown {
            self.unknown = false;
            self.shown.reset();
            self.over = Over::default();
            self.encoder.clear();
        }
        self.encoder
            .draw(self.over.with(&self.shown), over.with(&self.next));
        self.over = over;
        std::mem::swap(&mut self.shown, &mut self.next);
        let change = self.encoder.take();
        if change.is_empty() {
            return Ok(());
        }
        self.frame = [BEGIN_UPDATE, &change, END_UPDATE].concat();
        self.written = 0;
        self.go_on(tty)
    }

    /// Asks whether the terminal scales text, and gives the cell to which the answer refers; `None`
    /// where there is no room to ask.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn ask_for_scaling(&mut self, tty: &Tty) -> io::Result<Option<(u16, u16)>> {
        let asked_at = self.encoder.ask_for_scaling(&self.shown);
        let question = self.encoder.take();
        self.send(tty, &question)?;
        Ok(asked_at)
    }

    /// Sends what is no picture, after the frame that is on its way.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn send(&mut self, tty: &Tty, sequence: &str) -> io::Result<()> {
        if !self.is_busy() {
            self.frame.clear();
            self.written = 0;
        }
        self.frame.push_str(sequence);
        self.go_on(tty)
    }

    /// Writes as much of the frame as the terminal takes now.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn go_on(&mut self, tty: &Tty) -> io::Result<()> {
        if self.is_busy() {
            self.written += tty.write(&self.frame.as_bytes()[self.written..])?;
        }
        Ok(())
    }
}
