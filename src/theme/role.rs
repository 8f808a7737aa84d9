//! What a cell means.

use serde::{Deserialize, Serialize};

use crate::deck::Colour;

/// What a piece of text or a cell of a picture is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// Less important: captions, units, hints, footers.
    Muted,
    /// The faintest: rules, empty tracks, frames.
    Faint,
    /// A slide's title.
    Title,
    /// A heading in the body.
    Heading,
    /// The talk's one accent.
    Accent,
    /// A link.
    Link,
    /// Inline code.
    Code,
    /// A code block's own background and plain text.
    CodeBlock,
    /// Line numbers.
    CodeNumber,
    /// Code outside the lines that are emphasized.
    CodeFaded,
    /// A bullet or a number of a list.
    Marker,
    /// A quotation.
    Quote,
    /// Something went right; never the only sign.
    Good,
    /// Look here.
    Warning,
    /// Something is wrong.
    Error,
    /// A note or a tip.
    Info,
    /// A lane's own colour, the same in gauge, bar, timeline and table; taken modulo [`LANE_COLOURS`].
    Lane(u8),
    /// What isn't the lane's: the rest of the machine.
    Other,
    /// Taken by the hypervisor.
    Steal,
    /// A highlighted token.
    Token(Token),
    /// The status bar.
    Status,
    /// A key in the status bar or the help.
    Key,
    /// What a search found, or what is chosen.
    Selected,
}

/// How many colours lanes have before they repeat.
pub const LANE_COLOURS: u8 = 8;

/// What a piece of source code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the common names of lexical classes")]
pub enum Token {
    Keyword,
    String,
    Number,
    Comment,
    Function,
    Type,
    Variable,
    Operator,
    Punctuation,
    Attribute,
}

/// How a piece of text stands out beside its role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "terminal attributes are independent switches"
)]
pub struct Ink {
    /// What it is.
    pub role: Role,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck out.
    pub strike: bool,
    /// The deck's own colour of the letters.
    pub foreground: Option<Colour>,
    /// The deck's own colour behind them, or the role whose background shows.
    pub background: Option<Colour>,
}

impl From<Role> for Ink {
    fn from(role: Role) -> Self {
        Self {
            role,
            ..Self::default()
        }
    }
}
