//! What the user set: on the command line and in the configuration file.
//!
//! Text → settings and keys, purely; the shell finds and reads the file.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::Languages;
use crate::deck::Transition;

/// The theme that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Light or dark as the terminal is.
    #[default]
    Auto,
    /// By name.
    Named(String),
    /// From a file.
    File(PathBuf),
}

impl From<&str> for ThemeChoice {
    /// As it is written: `auto`, a name, or a file, which has an ending or a folder.
    fn from(text: &str) -> Self {
        let path = PathBuf::from(text);
        if text == "auto" {
            Self::Auto
        } else if path.components().count() > 1 || path.extension().is_some() {
            Self::File(path)
        } else {
            Self::Named(text.to_owned())
        }
    }
}

impl fmt::Display for ThemeChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Named(name) => f.write_str(name),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// How text stands that a deck or a theme wants large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BigText {
    /// Scaled by the terminal where it can, else drawn.
    #[default]
    Auto,
    /// Drawn.
    Drawn,
    /// As all other text.
    Off,
}

impl BigText {
    /// Every one by the name that the configuration has for it.
    pub const NAMES: [(&str, Self); 3] = [
        ("auto", Self::Auto),
        ("drawn", Self::Drawn),
        ("off", Self::Off),
    ];
}

/// How images are to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImageChoice {
    /// As well as the terminal says that it can.
    #[default]
    Auto,
    /// By kitty's graphics protocol.
    Kitty,
    /// As iTerm2 shows them.
    Iterm2,
    /// In sixels.
    Sixel,
    /// In half blocks.
    Blocks,
    /// Not at all: as their alternative text.
    Off,
}

impl ImageChoice {
    /// Every one by the name that the configuration has for it.
    pub const NAMES: [(&str, Self); 6] = [
        ("auto", Self::Auto),
        ("kitty", Self::Kitty),
        ("iterm2", Self::Iterm2),
        ("sixel", Self::Sixel),
        ("blocks", Self::Blocks),
        ("off", Self::Off),
    ];
}

/// What the user set, from the configuration and the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches of the configuration"
)]
pub struct Settings {
    /// The slide's number on the audience's screen.
    pub slide_number: bool,
    /// The elapsed time on the audience's screen.
    pub elapsed: bool,
    /// Only ASCII.
    pub ascii: bool,
    /// How large text stands.
    pub big_text: BigText,
    /// How one slide follows another in a deck that doesn't say.
    pub transition: Transition,
    /// Nothing moves but what is measured: no transitions, whatever a deck says.
    pub reduced_motion: bool,
    /// The mouse is captured.
    pub mouse: bool,
    /// Links can be opened by the terminal.
    pub links: bool,
    /// A click on a link puts its address into the clipboard.
    pub clipboard: bool,
    /// How images are shown.
    pub images: ImageChoice,
    /// The deck's own commands may run.
    pub trusted: bool,
    /// Code blocks that are to run as soon as they are shown do so.
    pub starts_shown: bool,
    /// For someone alone: explanations are open, questions are asked, progress is kept.
    pub learn: bool,
    /// Which commands run which code blocks.
    pub languages: Arc<Languages>,
    /// Which theme.
    pub theme: ThemeChoice,
    /// Least time between two pictures of a run.
    pub frame_min: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            slide_number: true,
            elapsed: false,
            ascii: false,
            big_text: BigText::Auto,
            transition: Transition::Off,
            reduced_motion: false,
            mouse: true,
            links: true,
            clipboard: true,
            images: ImageChoice::Auto,
            trusted: false,
            starts_shown: true,
            learn: false,
            languages: Arc::default(),
            theme: ThemeChoice::Auto,
            frame_min: Duration::from_millis(200),
        }
    }
}
