//! Code → lexical tokens, through syntect's grammars. Knows no colours.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::deck::Code;
use crate::theme::Token;

/// A stretch of bytes of one line and what it is; what is between tokens is plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSpan {
    /// First byte in the line.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub token: Token,
}

/// A code block's tokens, one list a line.
pub type TokenLines = Vec<Vec<TokenSpan>>;

/// Identifies a code block by what it says: language and lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeKey(pub u64);

impl CodeKey {
    /// The key of a code block.
    pub fn of(code: &Code) -> Self {
        let mut hasher = DefaultHasher::new();
        code.language.hash(&mut hasher);
        code.lines.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// What has been highlighted so far. A block that is missing is shown plain, in the same place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Highlights {
    /// By key.
    pub blocks: HashMap<CodeKey, Arc<TokenLines>>,
}
