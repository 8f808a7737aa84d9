//! Fonts for pictures that carry their own letters: a character on the screen → glyphs, and each
//! glyph's outline.
//!
//! Two monospace faces and the emoji that decks like to show are compiled in; `make.py` cuts them, and
//! their licences stand beside it. What they lack is asked of whoever made the [`Fonts`], who may look
//! among the system's fonts; what nobody has is remembered. Knows neither pixels nor files.

mod emoji;
mod face;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};

pub use face::{Face, Outline, Segment};

/// A font outside the program: its bytes, and which of the fonts in them it is.
pub type FoundFont = (Vec<u8>, u32);

/// Finds a font that has a character.
pub type FontFinder = Box<dyn FnMut(char) -> Option<FoundFont>>;

/// The place of a face in its [`Fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(usize);

/// A glyph of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Glyph {
    /// The face.
    pub face: FaceId,
    /// The glyph's number in it.
    pub id: u16,
}

/// How a glyph stands in the columns that a terminal gives it, in columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Columns for each unit of the glyph's outline.
    pub scale: f64,
    /// From the left edge of its first column to the glyph's origin.
    pub x: f64,
}

const REGULAR: FaceId = FaceId(0);
const BOLD: FaceId = FaceId(1);
const EMOJI: FaceId = FaceId(2);

/// What is compiled in, and under which licence.
pub const LICENCES: [(&str, &str); 2] = [
    ("DejaVu Sans Mono", include_str!("LICENSE-DejaVu")),
    ("Noto Emoji", include_str!("LICENSE-NotoEmoji")),
];

/// The most fonts that are taken from outside.
const FOUND_MAX: usize = 32;

/// Every face that is in use.
pub struct Fonts {
    faces: Vec<Face>,
    finder: FontFinder,
    /// Characters that were asked of the finder.
    asked: HashMap<char, Option<Glyph>>,
    missing: BTreeSet<String>,
}

impl Fonts {
    /// Those that are compiled in, and what is found where they lack a character.
    pub fn new(finder: FontFinder) -> Self {
        Self {
            faces: Face::compiled_in().into(),
            finder,
            asked: HashMap::new(),
            missing: BTreeSet::new(),
        }
    }

    /// The glyphs, drawn one over the other, of a character as the reader sees it, which takes so many
    /// columns. None if no font has it; then it is [missing](Self::missing).
    pub fn set(&mut self, grapheme: &str, columns: u16, bold: bool) -> Vec<Glyph> {
        let plain = emoji::without_presentation(grapheme);
        let mut characters = plain.chars();
        let Some(first) = characters.next() else {
            return Vec::new();
        };
        if let Some(joined) = emoji::joined(&plain) {
            return self.faces[EMOJI.0]
                .glyph(joined, EMOJI)
                .into_iter()
                .collect();
        }
        let Some(base) = self
            .glyph(first, columns, bold)
            .filter(|_| !emoji::is_joined(&plain))
        else {
            self.missing.insert(grapheme.to_owned());
            return Vec::new();
        };
        let mut glyphs = vec![base];
        for mark in characters {
            match self.glyph(mark, 1, bold) {
                Some(glyph) => glyphs.push(glyph),
                None => drop(self.missing.insert(grapheme.to_owned())),
            }
        }
        glyphs
    }

    /// A face.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0]
    }

    /// The face whose columns all others are fitted to.
    pub fn regular(&self) -> &Face {
        self.face(REGULAR)
    }

    /// How a glyph stands in so many columns: as large as the letters around it, unless it is too wide.
    pub fn fit(&self, glyph: Glyph, columns: u16) -> Fit {
        let (face, regular) = (self.face(glyph.face), self.regular());
        let em = f64::from(regular.units_per_em()) / regular.advance_of_zero();
        let natural = em / f64::from(face.units_per_em());
        let (advance, columns) = (face.advance(glyph.id), f64::from(columns));
        let scale = natural.min(columns / advance.max(1.0));
        Fit {
            scale,
            x: (columns - scale * advance) / 2.0,
        }
    }

    /// What no font has, each once.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.missing.iter().map(String::as_str)
    }

    /// What takes two columns is an emoji, where both fonts have it.
    fn glyph(&mut self, character: char, columns: u16, bold: bool) -> Option<Glyph> {
        let letters = if bold { BOLD } else { REGULAR };
        let order = if columns > 1 {
            [EMOJI, letters]
        } else {
            [letters, EMOJI]
        };
        let known = order
            .into_iter()
            .find_map(|face| self.faces[face.0].glyph(character, face));
        known.or_else(|| self.find(character))
    }

    /// Among the fonts that were found before, or asks for another.
    fn find(&mut self, character: char) -> Option<Glyph> {
        if let Some(known) = self.asked.get(&character) {
            return *known;
        }
        let found = (EMOJI.0 + 1..self.faces.len())
            .map(FaceId)
            .find_map(|face| self.faces[face.0].glyph(character, face))
            .or_else(|| self.take_in(character));
        self.asked.insert(character, found);
        found
    }

    fn take_in(&mut self, character: char) -> Option<Glyph> {
        if self.faces.len() >= EMOJI.0 + 1 + FOUND_MAX {
            return None;
        }
        let (bytes, index) = (self.finder)(character)?;
        let face = Face::found(bytes, index)?;
        let glyph = face.glyph(character, FaceId(self.faces.len()))?;
        self.faces.push(face);
        Some(glyph)
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts")
            .field("faces", &self.faces.len())
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}
