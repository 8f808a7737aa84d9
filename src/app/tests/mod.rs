//! Scripts: a deck, keys, and what comes of them.

mod bench;
mod console;
mod demos;
mod editor;
mod images;
mod learn;
mod limits;
mod links;

mod moving;
mod overlays;
mod reload;
mod replay;
mod snippets;
mod still;
mod talk;
mod transit;
