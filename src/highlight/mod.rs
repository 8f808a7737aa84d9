//! Code → lexical tokens, through syntect's grammars. Knows no colours.
//!
//! [`Highlighter`] does the work. Grammars are dear: with five languages used they take some 35 MiB,
//! which the allocator keeps once they are dropped, and the first use of a language takes about
//! 50 ms. So the interface never loads them: a child process does, through [`serve`], and ends when
//! its input ends. What takes too long ends with the child.

mod classes;
mod highlighter;
mod languages;
mod service;

pub use highlighter::Highlighter;
pub use service::{Answer, Request, serve};

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::deck::Code;
use crate::theme::Token;

/// A stretch of bytes of one line and what it is; what is between tokens is plain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
