//! One font: its bytes, its measures, its glyphs' outlines.

use std::borrow::Cow;
use std::io::Read;
use std::sync::LazyLock;

use flate2::read::ZlibDecoder;
use ttf_parser::{GlyphId, OutlineBuilder};

use super::{FaceId, Glyph};

static REGULAR: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(REGULAR_PACKED));
static BOLD: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(BOLD_PACKED));
static EMOJI: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(EMOJI_PACKED));

const REGULAR_PACKED: &[u8] = include_bytes!("mono.ttf.z");
const BOLD_PACKED: &[u8] = include_bytes!("mono-bold.ttf.z");
const EMOJI_PACKED: &[u8] = include_bytes!("emoji.ttf.z");

/// A font.
#[derive(Debug)]
pub struct Face {
    bytes: Cow<'static, [u8]>,
    index: u32,
    packed: Option<&'static [u8]>,
}

/// A glyph's outline in units of its face, upwards from the line on which letters stand. What it
/// winds around, in either direction, is filled.
pub type Outline = Vec<Segment>;

/// A piece of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins a contour here.
    Move(f32, f32),
    /// Straight to here.
    Line(f32, f32),
    /// Curves towards the first point, to the last.
    Quad(f32, f32, f32, f32),
    /// Curves towards the first, then the second point, to the last.
    Cubic(f32, f32, f32, f32, f32, f32),
    /// Back to the beginning of the contour.
    Close,
}

impl Segment {
    /// With all its points elsewhere.
    #[must_use]
    pub fn map(self, place: impl Fn(f32, f32) -> (f32, f32)) -> Self {
        match self {
            Self::Move(x, y) => {
                let (x, y) = place(x, y);
                Self::Move(x, y)
            }
            Self::Line(x, y) => {
                let (x, y) = place(x, y);
                Self::Line(x, y)
            }
            Self::Quad(x1, y1, x, y) => {
                let ((x1, y1), (x, y)) = (place(x1, y1), place(x, y));
                Self::Quad(x1, y1, x, y)
            }
            Self::Cubic(x1, y1, x2, y2, x, y) => {
                let ((x1, y1), (x2, y2), (x, y)) = (place(x1, y1), place(x2, y2), place(x, y));
                Self::Cubic(x1, y1, x2, y2, x, y)
            }
            Self::Close => Self::Close,
        }
    }
}

impl Face {
    /// Letters, bold letters, emoji.
    pub(super) fn compiled_in() -> [Self; 3] {
        let face = |bytes: &'static LazyLock<Vec<u8>>, packed| Self {
            bytes: Cow::Borrowed(bytes),
            index: 0,
            packed: Some(packed),
        };
        [
            face(&REGULAR, REGULAR_PACKED),
            face(&BOLD, BOLD_PACKED),
            face(&EMOJI, EMOJI_PACKED),
        ]
    }

    /// Out of a file; `None` if it is no font.
    pub(super) fn found(bytes: Vec<u8>, index: u32) -> Option<Self> {
        ttf_parser::Face::parse(&bytes, index).ok()?;
        Some(Self {
            bytes: Cow::Owned(bytes),
            index,
            packed: None,
        })
    }

    /// The font's file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The font's file as a zlib stream, where it is compiled in.
    pub fn packed(&self) -> Option<&'static [u8]> {
        self.packed
    }

    /// The font's name as PostScript has it.
    pub fn name(&self) -> Option<String> {
        let names = self.font().names();
        let name = |name: ttf_parser::name::Name<'_>| {
            let is_it = name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME;
            is_it.then(|| name.to_string()).flatten()
        };
        names.into_iter().find_map(name)
    }

    /// Units of the outlines to the font's size.
    pub fn units_per_em(&self) -> u16 {
        self.font().units_per_em()
    }

    /// Units above the line on which letters stand.
    pub fn ascent(&self) -> i16 {
        self.font().ascender()
    }

    /// Units below that line.
    pub fn descent(&self) -> i16 {
        -self.font().descender()
    }

    /// A glyph's width in units.
    pub fn advance(&self, glyph: u16) -> f64 {
        let advance = self.font().glyph_hor_advance(GlyphId(glyph));
        advance.map_or(0.0, f64::from)
    }

    /// A glyph's outline; nothing for a space.
    pub fn outline(&self, glyph: u16) -> Outline {
        let mut pen = Pen::default();
        self.font().outline_glyph(GlyphId(glyph), &mut pen);
        pen.0
    }

    /// The width of a digit, and so of every letter if it is monospace.
    pub(super) fn advance_of_zero(&self) -> f64 {
        let zero = self.font().glyph_index('0');
        zero.map_or(0.0, |zero| self.advance(zero.0)).max(1.0)
    }

    /// The glyph of a character, if it can be drawn: pictures in place of outlines can't.
    pub(super) fn glyph(&self, character: char, face: FaceId) -> Option<Glyph> {
        let id = self.font().glyph_index(character)?.0;
        let drawn = character.is_whitespace() || !self.outline(id).is_empty();
        drawn.then_some(Glyph { face, id })
    }

    fn font(&self) -> ttf_parser::Face<'_> {
        ttf_parser::Face::parse(&self.bytes, self.index).expect("parsed when it was taken in")
    }
}

/// Writes down an outline.
#[derive(Default)]
struct Pen(Outline);

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Move(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Line(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(Segment::Quad(x1, y1, x, y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(Segment::Cubic(x1, y1, x2, y2, x, y));
    }

    fn close(&mut self) {
        self.0.push(Segment::Close);
    }
}

fn unpack(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(packed).read_to_end(&mut bytes);
    read.expect("packed by make.py, and unpacked by a test");
    bytes
}
