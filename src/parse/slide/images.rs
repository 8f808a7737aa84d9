//! Images, and what presenterm writes into their text.

use std::ops::Range;

use super::Builder;
use crate::deck::{Diagnostic, Image, ImageFile, ImageFound};
use crate::pixels;

impl Builder<'_> {
    /// An image that a paragraph holds alone, with presenterm's attributes in its text.
    pub(in crate::parse) fn image(&mut self, image: Image, range: Range<usize>) -> Image {
        let file = self.find(&image);
        if let ImageFound::Refused(why) = &file {
            let text = format!("failed to show the image {}: {why}", image.path);
            let warning = Diagnostic::warning(self.span(range.clone()), text);
            self.report(warning);
        }
        let image = self.attributes(image, range);
        Image { file, ..image }
    }

    /// What its file's first bytes tell.
    fn find(&self, image: &Image) -> ImageFound {
        if image.path.contains("://") {
            return ImageFound::Refused("images are shown from files alone".to_owned());
        }
        let path = self.beside(&image.path);
        let head = self.files.head(&path);
        let sized = head.and_then(|head| Ok((pixels::size(&head.bytes)?, head.content)));
        match sized {
            Ok(((width, height), content)) => ImageFound::Known(ImageFile {
                path,
                width,
                height,
                content,
            }),
            Err(why) => ImageFound::Refused(why),
        }
    }

    fn attributes(&mut self, image: Image, range: Range<usize>) -> Image {
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
