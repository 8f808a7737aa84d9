//! A talk as PDF: a page for each picture, its cells exactly where a terminal has them, its text real
//! text that can be searched and copied, its links live, and its slides in the outline.
//!
//! [`letters`] knows fonts, [`draw`] makes a page's content, [`frame`] all that stands around the pages.
//! Knows no clock: the same pages are the same bytes.

mod draw;
mod frame;
mod images;
mod letters;
mod text;

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::{Filter, Finish, Pdf as File, Ref};

use super::Shot;
use super::font::Fonts;
use super::palette::Palette;
use crate::app::Link;
use crate::theme::Theme;
use images::Images;
use letters::Letters;

/// A cell's columns and rows, in points.
const CELL: (f64, f64) = (10.0, 20.0);
/// What stands around the cells, in points.
const PADDING: f64 = 16.0;

/// The longest side that readers show, in points.
const SIDE_MAX: f64 = 14_400.0;
/// The most rows of a page.
pub const PDF_ROWS_MAX: u16 = ((SIDE_MAX - 2.0 * PADDING) / CELL.1) as u16;

/// The most pages.
const PAGES_MAX: usize = 20_000;
/// The largest file, in bytes.
const BYTES_MAX: usize = 256 << 20;

/// Why a talk does not become a PDF. Finishes the sentence "failed to draw the PDF: …".
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PdfTooLarge {
    /// Too many pages.
    #[error("it would have more than {PAGES_MAX} pages; choose some of the slides with --slides")]
    Pages,
    /// Too many bytes.
    #[error("it would be larger than {} MiB; choose some of the slides with --slides", BYTES_MAX >> 20)]
    Bytes,
}

/// What is said of the whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct PdfAbout<'a> {
    /// The talk's title.
    pub title: Option<&'a str>,
    /// The language, as `de-CH`, in which it is read aloud.
    pub lang: Option<&'a str>,
    /// Who speaks.
    pub authors: &'a [String],
    /// When it was made, in seconds since 1970; nothing is said without it.
    pub made_s: Option<u64>,
}

/// A page.
#[derive(Clone, Copy, Debug)]
pub struct PdfPage<'a> {
    /// What is on it, its images as pixels.
    pub shot: &'a Shot,
    /// The links on it, in cells.
    pub links: &'a [Link],
    /// The id of its slide. The first page of each is in the outline, and is where links to it lead.
    pub slide: &'a str,
    /// The slide's name in the outline.
    pub name: &'a str,
    /// What a reader calls the page, in the place of its number.
    pub label: &'a str,
}

/// A PDF that grows page by page.
pub struct Pdf<'a> {
    file: File,
    letters: Letters<'a>,
    images: Images,
    palette: Palette,
    pages: Vec<Leaf>,
    newest: Ref,
}

/// What is kept of a page until the end.
struct Leaf {
    page: Ref,
    content: Ref,
    width: f64,
    height: f64,
    links: Vec<Link>,
    label: String,
    /// The slide's id and name, where it begins on this page.
    begins: Option<(String, String)>,
    slide: String,
}

impl<'a> Pdf<'a> {
    /// One without pages, in the theme's colours.
    pub fn new(theme: &Theme, fonts: &'a mut Fonts) -> Self {
        Self {
            file: File::new(),
            letters: Letters::new(fonts),
            images: Images::default(),
            palette: Palette::of(theme),
            pages: Vec::new(),
            newest: Ref::new(frame::FIXED),
        }
    }

    /// Adds a page.
    ///
    /// # Errors
    /// If that makes it too large to be of use.
    pub fn page(&mut self, page: &PdfPage<'_>) -> Result<(), PdfTooLarge> {
        if self.pages.len() >= PAGES_MAX {
            return Err(PdfTooLarge::Pages);
        }
        let mut images = Vec::new();
        for placed in &page.shot.images {
            let next = || next(&mut self.newest);
            let number = self.images.number(placed, &mut self.file, next);
            images.extend(number.map(|number| (number, placed.area)));
        }
        let drawn = draw::content(page, &images, &self.palette, &mut self.letters);
        let (leaf, content) = (self.next(), self.next());
        stream(&mut self.file, content, &drawn);
        if self.file.len() > BYTES_MAX {
            return Err(PdfTooLarge::Bytes);
        }
        let before = self.pages.last().map(|before| before.slide.as_str());
        let begins = before != Some(page.slide);
        let area = page.shot.cells.area;
        self.pages.push(Leaf {
            page: leaf,
            content,
            width: f64::from(area.width) * CELL.0 + 2.0 * PADDING,
            height: f64::from(area.height) * CELL.1 + 2.0 * PADDING,
            links: page.links.to_vec(),
            label: page.label.to_owned(),
            begins: begins.then(|| (page.slide.to_owned(), page.name.to_owned())),
            slide: page.slide.to_owned(),
        });
        Ok(())
    }

    /// The file.
    pub fn finish(mut self, about: &PdfAbout<'_>) -> Vec<u8> {
        let mut newest = self.newest;
        let mut next = || next(&mut newest);
        let (fonts, shapes) = self.letters.write(&mut self.file, &mut next);
        frame::resources(&mut self.file, &fonts, &shapes, &self.images.written);
        frame::write(&mut self.file, &self.pages, about, &mut next);
        self.file.finish()
    }

    fn next(&mut self) -> Ref {
        next(&mut self.newest)
    }
}

/// The number of another object.
fn next(newest: &mut Ref) -> Ref {
    *newest = Ref::new(newest.get() + 1);
    *newest
}

/// Adds a packed stream.
fn stream(file: &mut File, id: Ref, bytes: &[u8]) {
    let packed = packed(bytes);
    file.stream(id, &packed)
        .filter(Filter::FlateDecode)
        .finish();
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("a Vec takes every write")
}

/// From cells to the page's points, whose rows count upwards.
#[derive(Clone, Copy, Debug)]
struct Grid {
    height: f64,
}

impl Grid {
    fn x(column: f64) -> f64 {
        PADDING + column * CELL.0
    }

    /// The height of a row's upper edge.
    fn y(self, row: f64) -> f64 {
        self.height - PADDING - row * CELL.1
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::theme::builtin;

    #[test]
    fn pages_beyond_measure_are_refused() {
        let theme = builtin("dark").expect("built in");
        let mut fonts = Fonts::new(Box::new(|_| None));
        let mut pdf = Pdf::new(&theme, &mut fonts);
        let page = PdfPage {
            shot: &Shot::from(Buffer::with_lines(["a"])),
            links: &[],
            slide: "one",
            name: "1. One",
            label: "1",
        };
        for _ in 0..PAGES_MAX {
            assert_eq!(pdf.page(&page), Ok(()));
        }
        assert_eq!(pdf.page(&page), Err(PdfTooLarge::Pages));
        assert!(pdf.finish(&PdfAbout::default()).len() < BYTES_MAX);
    }
}
