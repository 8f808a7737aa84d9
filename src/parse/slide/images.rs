//! Images, and what presenterm writes into their text.

use std::ops::Range;

use super::Builder;
use crate::deck::{Diagnostic, Image};

impl Builder<'_> {
    /// An image that a paragraph holds alone, with presenterm's attributes in its text.
    pub(in crate::parse) fn image(&mut self, image: Image, range: Range<usize>) -> Image {
        let prefix = self
            .deck
            .front
            .options
            .image_attributes_prefix
            .as_deref()
            .unwrap_or("image:");
        let Some(attributes) = image.alt.strip_prefix(prefix) else {
            return image;
        };
        let percent = attributes
            .strip_prefix("width:")
            .or_else(|| attributes.strip_prefix("w:"))
            .and_then(|width| width.trim_end_matches('%').parse().ok())
            .filter(|percent| (1..=100).contains(percent));
        if percent.is_none() {
            let warning = Diagnostic::warning(
                self.span(range),
                format!("no such image attribute: `{attributes}`"),
            );
            self.report(
                warning.with_help(format!("a width is written ![{prefix}width:50%](path)")),
            );
        }
        Image {
            alt: String::new(),
            width_percent: percent,
            ..image
        }
    }
}
