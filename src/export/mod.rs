//! A finished picture → a file: text, or SVG.

mod svg;
mod text;

pub use svg::svg;
pub use text::text;
