//! The letters of a PDF: each character that its pages show, as a code of an embedded font or as a shape,
//! and the fonts themselves.
//!
//! A character that is one glyph of a compiled-in font is a code of it. What takes several glyphs, comes
//! from a font of the system, or is a box, is drawn as a shape; a code that shows nothing lies over it,
//! so that it can be searched and copied all the same. Each code stands for one character as the reader
//! sees it, so what is copied is what the deck says.

use std::collections::HashMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf as File, Rect, Ref, Str};

use super::frame::number;
use super::{CELL, packed, stream};
use crate::export::font::{Face, FaceId, Fonts, Glyph, Outline, Segment};

/// The most codes of a font: two bytes, of which 0 is no letter.
const CODES_MAX: usize = u16::MAX as usize;

/// How codes are to be read: as they stand.
const IDENTITY: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// How a character is drawn.
#[derive(Clone, Debug)]
pub(super) enum Set {
    /// As a letter.
    Letter(Letter),
    /// As shapes, and what lies over them.
    Shapes {
        /// None, if it is a box.
        shapes: Vec<Shape>,
        /// What stands for it in the text.
        hidden: Option<Letter>,
    },
}

/// A code of a font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letter {
    /// The font's place.
    pub(super) font: usize,
    /// Its code in it.
    pub(super) code: u16,
    /// The font's size, in points.
    pub(super) size: f64,
    /// From the left edge of its first column, in points.
    pub(super) x: f64,
    /// Whether it fills its one column, so that the next letter can follow without being placed.
    pub(super) even: bool,
}

/// A glyph's outline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Its place among the shapes.
    pub(super) index: usize,
    /// Points for each unit of the outline.
    pub(super) scale: f64,
    /// From the left edge of its first column, in points.
    pub(super) x: f64,
}

/// All that is in use.
pub(super) struct Letters<'a> {
    fonts: &'a mut Fonts,
    /// By character; regular and bold.
    known: [HashMap<Box<str>, Set>; 2],
    used: Vec<Font>,
    shapes: Vec<Glyph>,
    /// From a row's upper edge to the line on which letters stand, in points.
    pub(super) baseline: f64,
}

/// A font that is embedded.
struct Font {
    face: FaceId,
    /// Of each code from 1 on, its glyph and what it says.
    codes: Vec<(u16, Box<str>)>,
}

impl<'a> Letters<'a> {
    pub(super) fn new(fonts: &'a mut Fonts) -> Self {
        let glyph = fonts.set("0", 1, false);
        let scale = glyph
            .first()
            .map_or(1.0, |glyph| fonts.fit(*glyph, 1).scale * CELL.0);
        let (up, down) = (
            f64::from(fonts.regular().ascent()),
            f64::from(fonts.regular().descent()),
        );
        Self {
            fonts,
            known: [HashMap::new(), HashMap::new()],
            used: Vec::new(),
            shapes: Vec::new(),
            baseline: f64::midpoint(CELL.1, (up - down) * scale),
        }
    }

    /// How a character, as the reader sees it, is drawn on so many columns.
    pub(super) fn set(&mut self, grapheme: &str, columns: u16, bold: bool) -> Set {
        if let Some(known) = self.known[usize::from(bold)].get(grapheme) {
            return known.clone();
        }
        let glyphs = self.fonts.set(grapheme, columns, bold);
        let set = match glyphs[..] {
            [glyph] => self.letter(glyph, columns, grapheme),
            _ => None,
        };
        let set = set.map_or_else(|| self.drawn(&glyphs, columns, grapheme), Set::Letter);
        self.known[usize::from(bold)].insert(grapheme.into(), set.clone());
        set
    }

    fn drawn(&mut self, glyphs: &[Glyph], columns: u16, grapheme: &str) -> Set {
        let blank = self.fonts.set(" ", 1, false);
        let hidden = blank
            .first()
            .and_then(|blank| self.letter(*blank, 1, grapheme));
        let shape = |glyph: &Glyph| {
            let fit = self.fonts.fit(*glyph, columns);
            let known = self.shapes.iter().position(|known| known == glyph);
            Shape {
                index: known.unwrap_or_else(|| {
                    self.shapes.push(*glyph);
                    self.shapes.len() - 1
                }),
                scale: fit.scale * CELL.0,
                x: fit.x * CELL.0,
            }
        };
        Set::Shapes {
            shapes: glyphs.iter().map(shape).collect(),
            hidden,
        }
    }

    /// A glyph as a code, if its font is embedded and has room.
    fn letter(&mut self, glyph: Glyph, columns: u16, text: &str) -> Option<Letter> {
        let face = self.fonts.face(glyph.face);
        face.packed()?;
        let fit = self.fonts.fit(glyph, columns);
        let advance = fit.scale * face.advance(glyph.id);
        let size = fit.scale * f64::from(face.units_per_em()) * CELL.0;
        let used = self.used.iter().position(|used| used.face == glyph.face);
        let font = used.unwrap_or_else(|| {
            self.used.push(Font {
                face: glyph.face,
                codes: Vec::new(),
            });
            self.used.len() - 1
        });
        let codes = &mut self.used[font].codes;
        if codes.len() + 1 >= CODES_MAX {
            return None;
        }
        codes.push((glyph.id, text.into()));
        Some(Letter {
            font,
            code: codes.len() as u16,
            size,
            x: fit.x * CELL.0,
            even: columns == 1 && fit.x.abs() < 1e-6 && (advance - 1.0).abs() < 1e-6,
        })
    }

    /// Writes fonts and shapes, and tells where they are.
    pub(super) fn write(
        &self,
        file: &mut File,
        next: &mut impl FnMut() -> Ref,
    ) -> (Vec<Ref>, Vec<Ref>) {
        let fonts = self.used.iter();
        let fonts = fonts.map(|font| font.write(self.fonts.face(font.face), file, next));
        let fonts = fonts.collect();
        let shapes = self.shapes.iter().map(|glyph| {
            let id = next();
            let outline = self.fonts.face(glyph.face).outline(glyph.id);
            let content = packed(&path(&outline));
            file.form_xobject(id, &content)
                .bbox(bounds(&outline))
                .filter(Filter::FlateDecode);
            id
        });
        (fonts, shapes.collect())
    }
}

/// What a page calls a font.
pub(super) fn font_name(index: usize) -> String {
    format!("F{index}")
}

/// What a page calls a shape.
pub(super) fn shape_name(index: usize) -> String {
    format!("G{index}")
}

impl Font {
    fn write(&self, face: &Face, file: &mut File, next: &mut impl FnMut() -> Ref) -> Ref {
        let [font, cid, descriptor, bytes, glyphs, texts] = std::array::from_fn(|_| next());
        let name = face.name().unwrap_or_else(|| "Parade".to_owned());
        let name = Name(name.as_bytes());
        file.type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(texts);
        let per_em = 1000.0 / f64::from(face.units_per_em());
        let width = |(glyph, _): &(u16, _)| (face.advance(*glyph) * per_em) as f32;
        let mut cid_font = file.cid_font(cid);
        cid_font
            .subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(IDENTITY)
            .font_descriptor(descriptor)
            .default_width(0.0)
            .cid_to_gid_map_stream(glyphs);
        cid_font
            .widths()
            .consecutive(1, self.codes.iter().map(width));
        cid_font.finish();
        let (ascent, descent) = (f64::from(face.ascent()), f64::from(face.descent()));
        let (ascent, descent) = ((ascent * per_em) as f32, (descent * per_em) as f32);
        file.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(0.0, -descent, 1000.0, ascent))
            .italic_angle(0.0)
            .ascent(ascent)
            .descent(-descent)
            .cap_height(ascent)
            .stem_v(80.0)
            .font_file2(bytes);
        let font_file = face.packed().unwrap_or_default();
        let mut embedded = file.stream(bytes, font_file);
        embedded.filter(Filter::FlateDecode);
        embedded.pair(Name(b"Length1"), number(face.bytes().len()));
        embedded.finish();
        let ids = std::iter::once(0).chain(self.codes.iter().map(|code| code.0));
        let ids: Vec<u8> = ids.flat_map(u16::to_be_bytes).collect();
        stream(file, glyphs, &ids);
        let mut unicode = UnicodeCmap::<u16>::new(Name(b"Characters"), IDENTITY);
        for (code, (_, text)) in (1..).zip(&self.codes) {
            unicode.pair_with_multiple(code, text.chars());
        }
        stream(file, texts, unicode.finish().as_slice());
        font
    }
}

/// The outline as a shape that is filled.
fn path(outline: &Outline) -> Vec<u8> {
    let mut content = Content::new();
    let mut at = (0.0, 0.0);
    for segment in outline {
        match *segment {
            Segment::Move(x, y) => {
                content.move_to(x, y);
                at = (x, y);
            }
            Segment::Line(x, y) => {
                content.line_to(x, y);
                at = (x, y);
            }
            Segment::Quad(x1, y1, x, y) => {
                // The cubic curve of the same form.
                let third = |from: f32, to: f32| from + (to - from) * 2.0 / 3.0;
                content.cubic_to(
                    third(at.0, x1),
                    third(at.1, y1),
                    third(x, x1),
                    third(y, y1),
                    x,
                    y,
                );
                at = (x, y);
            }
            Segment::Cubic(x1, y1, x2, y2, x, y) => {
                content.cubic_to(x1, y1, x2, y2, x, y);
                at = (x, y);
            }
            Segment::Close => {
                content.close_path();
            }
        }
    }
    content.fill_nonzero();
    content.finish().to_vec()
}

/// What the outline's points lie in.
fn bounds(outline: &Outline) -> Rect {
    let mut bounds = Rect::new(0.0, 0.0, 0.0, 0.0);
    let mut include = |points: &[(f32, f32)]| {
        for (x, y) in points {
            bounds.x1 = bounds.x1.min(*x);
            bounds.y1 = bounds.y1.min(*y);
            bounds.x2 = bounds.x2.max(*x);
            bounds.y2 = bounds.y2.max(*y);
        }
    };
    for segment in outline {
        match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => include(&[(x, y)]),
            Segment::Quad(x1, y1, x, y) => include(&[(x1, y1), (x, y)]),
            Segment::Cubic(x1, y1, x2, y2, x, y) => include(&[(x1, y1), (x2, y2), (x, y)]),
            Segment::Close => {}
        }
    }
    bounds
}
