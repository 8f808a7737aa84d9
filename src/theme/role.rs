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
    /// A QR code's dark modules on its light ground.
    Qr,
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
    /// The empty part of a bar.
    Track,
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

/// Every role by the name that a theme's file has for it.
const NAMES: &[(&str, Role)] = &[
    ("text", Role::Text),
    ("muted", Role::Muted),
    ("faint", Role::Faint),
    ("title", Role::Title),
    ("heading", Role::Heading),
    ("accent", Role::Accent),
    ("link", Role::Link),
    ("code", Role::Code),
    ("code-block", Role::CodeBlock),
    ("code-number", Role::CodeNumber),
    ("code-faded", Role::CodeFaded),
    ("qr", Role::Qr),
    ("marker", Role::Marker),
    ("quote", Role::Quote),
    ("good", Role::Good),
    ("warning", Role::Warning),
    ("error", Role::Error),
    ("info", Role::Info),
    ("track", Role::Track),
    ("lane-1", Role::Lane(0)),
    ("lane-2", Role::Lane(1)),
    ("lane-3", Role::Lane(2)),
    ("lane-4", Role::Lane(3)),
    ("lane-5", Role::Lane(4)),
    ("lane-6", Role::Lane(5)),
    ("lane-7", Role::Lane(6)),
    ("lane-8", Role::Lane(7)),
    ("other", Role::Other),
    ("steal", Role::Steal),
    ("status", Role::Status),
    ("key", Role::Key),
    ("selected", Role::Selected),
    ("token-keyword", Role::Token(Token::Keyword)),
    ("token-string", Role::Token(Token::String)),
    ("token-number", Role::Token(Token::Number)),
    ("token-comment", Role::Token(Token::Comment)),
    ("token-function", Role::Token(Token::Function)),
    ("token-type", Role::Token(Token::Type)),
    ("token-variable", Role::Token(Token::Variable)),
    ("token-operator", Role::Token(Token::Operator)),
    ("token-punctuation", Role::Token(Token::Punctuation)),
    ("token-attribute", Role::Token(Token::Attribute)),
];

impl Role {
    /// The role that a theme's file calls by this name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, role) = NAMES.iter().find(|(known, _)| *known == name)?;
        Some(*role)
    }

    /// Every role and its name.
    pub fn all() -> &'static [(&'static str, Self)] {
        NAMES
    }
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
    /// Dim.
    pub dim: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck out.
    pub strike: bool,
    /// Letters and what is behind them exchanged.
    pub reverse: bool,
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
