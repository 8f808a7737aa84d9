//! Front matter: what a deck says of itself before its first slide.

use std::time::Duration;

use super::{Span, Transition};

/// The keys that parade knows; presenterm's and its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// Title of the talk.
    pub title: Option<String>,
    /// Below the title.
    pub sub_title: Option<String>,
    /// Where it is given: the meetup's or conference's name.
    pub event: Option<String>,
    /// The place.
    pub location: Option<String>,
    /// The date as written.
    pub date: Option<String>,
    /// Who speaks; one or several.
    pub authors: Vec<String>,
    /// The theme, where the deck wants one.
    pub theme: Option<DeckTheme>,
    /// How long the talk shall take.
    pub duration: Option<Duration>,
    /// The footer's template: `{current_slide}`, `{total_slides}`, and front matter keys in braces.
    pub footer: Option<String>,
    /// The language it is written in, as `en` or `de-CH`: a browser reads it aloud so.
    pub lang: Option<String>,
    /// How one slide follows another.
    pub transition: Option<Transition>,
    /// presenterm's options.
    pub options: DeckOptions,
}

/// The theme that a deck wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeckTheme {
    /// One that is known by its name.
    Named(String),
    /// A file beside the deck; presenterm's, which are YAML, are warned of.
    File {
        /// As the deck names it.
        path: String,
        /// Where the deck names it.
        span: Span,
    },
}

/// presenterm's `options`; any of them set means that presenterm's rules for slide ends hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of presenterm's format, independent of the others"
)]
pub struct DeckOptions {
    /// Whether the deck has an `options` key at all.
    pub given: bool,
    /// A setext heading begins a slide.
    pub implicit_slide_ends: bool,
    /// `---` ends a slide.
    pub end_slide_shorthand: bool,
    /// `#` headings are slide titles.
    pub h1_slide_titles: bool,
    /// Comments are commands only with this prefix.
    pub command_prefix: String,
    /// Image attributes begin with this (`image:`).
    pub image_attributes_prefix: Option<String>,
    /// Lists appear item by item.
    pub incremental_lists: bool,
    /// Tables appear row by row.
    pub incremental_tables: bool,
    /// Blank lines between list items, 1 is none.
    pub list_item_newlines: Option<u8>,
    /// Unknown front matter keys are errors.
    pub strict_front_matter_parsing: bool,
    /// Languages whose code is rendered rather than shown (not supported: shown).
    pub auto_render_languages: Vec<String>,
}
