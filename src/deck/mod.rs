//! What a deck is: slides, blocks, inline text and where each stands in the source.
//!
//! Pure nouns. [`crate::parse`] makes them, [`crate::layout`] places them, nothing here does either.
//! A [`Deck`] knows the extents of its slides; a [`Slide`] is parsed when it is wanted, so that a
//! deck of thousands opens at once and stays small.

use std::collections::HashMap;

mod block;
mod date;
mod diagnostic;
mod front;
mod inline;
mod snippet;
mod source;
mod transition;

pub use block::*;
pub use date::Date;
pub use diagnostic::*;
pub use front::*;
pub use inline::*;
pub use snippet::*;
pub use source::*;
pub use transition::Transition;

/// A deck, its slides found but not yet parsed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deck {
    /// The deck's file first, then each file that it includes.
    pub files: Vec<SourceFile>,
    /// Front matter.
    pub front: Front,
    /// The slides in the order in which they are shown; those marked `skip_slide` are not among them.
    pub extents: Vec<Extent>,
    /// Link definitions and footnotes of the whole deck, for any slide that refers to them.
    pub definitions: Definitions,
    /// What is wrong with the deck as a whole (front matter, includes, slide ends).
    pub diagnostics: Vec<Diagnostic>,
}

impl Deck {
    /// The file that a span of this deck stands in.
    pub fn file(&self, span: Span) -> &SourceFile {
        &self.files[usize::from(span.file)]
    }

    /// The source that a span of this deck covers.
    pub fn source(&self, span: Span) -> &str {
        &self.file(span).text[span.range()]
    }
}

/// What is defined once in a deck and can be referred to from any slide. The keys are labels in
/// lower case with single spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definitions {
    /// `[label]: address`.
    pub links: HashMap<String, String>,
    /// `[^label]: text`, each with its place in the source.
    pub footnotes: HashMap<String, Span>,
}

/// Where one slide stands in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Pieces in order: one, unless an included file begins, ends or stands within the slide, or a
    /// footnote is defined in it.
    pub pieces: Vec<Span>,
    /// Whether it is the slide made of the front matter's title keys.
    pub intro: bool,
    /// As [`Slide::id`].
    pub id: String,
    /// The text of its title, where it has one.
    pub title: Option<Span>,
}

/// One page of a deck, parsed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slide {
    /// Stable: from an `id` comment, else the title's slug, else `slide-N`; unique in the deck.
    pub id: String,
    /// Whether it is the slide made of the front matter's title keys; its blocks say it all.
    pub intro: bool,
    /// The slide's title, shown above its body.
    pub title: Option<Inlines>,
    /// The body.
    pub blocks: Vec<Block>,
    /// How often the slide can be stepped: 0 means that all is shown at once.
    pub steps: u16,
    /// What the presenter says, each part with the step from which it holds.
    pub notes: Vec<Note>,
    /// What a learner reads beside the slide.
    pub explain: Vec<Block>,
    /// Footnotes that this slide refers to, in the order of their first reference.
    pub footnotes: Vec<Footnote>,
    /// Shows no footer.
    pub no_footer: bool,
    /// How it comes, where that is its own: from the slide before it, and to that one when going back.
    pub transition: Option<Transition>,
    /// What is wrong with it, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// One part of the speaker's notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The step from which it holds.
    pub step: u16,
    /// Plain text.
    pub text: String,
}

/// A footnote at the slide's foot.
#[derive(Clone, Debug, PartialEq)]
pub struct Footnote {
    /// From 1 on each slide.
    pub number: u16,
    /// What it says.
    pub blocks: Vec<Block>,
}
