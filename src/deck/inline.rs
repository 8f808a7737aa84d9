//! Inline text, sanitized as blocks are, and its colours.

use super::Image;

/// Inline text in order.
pub type Inlines = Vec<Inline>;

/// A piece of inline text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Code.
    Code(String),
    /// Emphasized.
    Emphasis(Inlines),
    /// Strong.
    Strong(Inlines),
    /// Struck out.
    Strike(Inlines),
    /// Raised (`<sup>`).
    Superscript(Inlines),
    /// A link; its address is checked and shown.
    Link {
        /// The address.
        url: String,
        /// Its text.
        content: Inlines,
    },
    /// An image within text: its alternative text is shown.
    Image(Image),
    /// A reference to a footnote of this slide.
    FootnoteRef(u16),
    /// `<span style=…>` or `<span class=…>`.
    Styled {
        /// Colours.
        paint: Paint,
        /// Its text.
        content: Inlines,
    },
    /// A line end in the source: a space.
    SoftBreak,
    /// A forced line end.
    HardBreak,
}

/// Colours that a deck itself asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Of the letters.
    pub foreground: Option<Colour>,
    /// Behind them.
    pub background: Option<Colour>,
}

/// A colour as a deck or a theme names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Red, green, blue.
    Rgb(u8, u8, u8),
    /// One of the terminal's first sixteen, 0 to 15.
    Ansi(u8),
    /// A role of the theme (`palette:accent`).
    Role(crate::theme::Role),
}

/// The letters of inline text alone, with a space for each line end.
pub fn letters(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Emphasis(content)
            | Inline::Strong(content)
            | Inline::Strike(content)
            | Inline::Superscript(content)
            | Inline::Link { content, .. }
            | Inline::Styled { content, .. } => text.push_str(&letters(content)),
            Inline::Image(image) => text.push_str(&image.alt),
            Inline::SoftBreak | Inline::HardBreak => text.push(' '),
            Inline::FootnoteRef(_) => {}
        }
    }
    text
}
