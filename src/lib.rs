//! parade presents Markdown decks in a terminal, and runs real workloads live on their slides.
//!
//! `ARCHITECTURE.md` tells the house and its floors; a test keeps them apart.

pub mod app;
pub mod base64;
pub mod check;
pub mod cli;
pub mod deck;
pub mod engine;
pub mod export;
pub mod files;
pub mod highlight;
pub mod key;
pub mod layout;
pub mod parse;
pub mod pixels;
pub mod plain;
pub mod present;
pub mod service;
pub mod terminal;
pub mod theme;
pub mod view;
