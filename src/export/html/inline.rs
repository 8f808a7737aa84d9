//! Inline text as elements.

use std::fmt::Write as _;

use super::style;
use super::text::{escaped, words};
use crate::deck::{Colour, Inline, Paint};
use crate::export::leads_out;

/// Writes inline text.
pub(super) fn write(content: &[Inline], out: &mut String) {
    for inline in content {
        one(inline, out);
    }
}

fn one(inline: &Inline, out: &mut String) {
    match inline {
        Inline::Text(text) => out.push_str(&words(text)),
        Inline::Code(text) => {
            let _ = write!(out, "<code>{}</code>", words(text));
        }
        Inline::Emphasis(content) => element("em", content, out),
        Inline::Strong(content) => element("strong", content, out),
        Inline::Strike(content) => element("s", content, out),
        Inline::Superscript(content) => element("sup", content, out),
        Inline::Link { url, content } => link(url, content, out),
        Inline::Image(image) => {
            let alt = escaped(&image.alt);
            let _ = write!(
                out,
                "<span role=\"img\" aria-label=\"{alt}\">[{alt}]</span>"
            );
        }
        Inline::FootnoteRef(number) => {
            let _ = write!(out, "<sup class=\"r-accent\">{number}</sup>");
        }
        Inline::Styled { paint, content } => {
            let _ = write!(out, "<span style=\"{}\">", painted(paint));
            write(content, out);
            out.push_str("</span>");
        }
        Inline::SoftBreak => out.push(' '),
        Inline::HardBreak => out.push_str("<br>"),
    }
}

fn element(name: &str, content: &[Inline], out: &mut String) {
    let _ = write!(out, "<{name}>");
    write(content, out);
    let _ = write!(out, "</{name}>");
}

fn link(url: &str, content: &[Inline], out: &mut String) {
    // Any other is written beside the link's text.
    if url.starts_with('#') || leads_out(url) {
        let _ = write!(out, "<a href=\"{}\" rel=\"noopener\">", escaped(url));
        write(content, out);
        out.push_str("</a>");
    } else {
        write(content, out);
        let _ = write!(out, " <span class=\"r-muted\">({})</span>", words(url));
    }
}

/// A deck's own colours as declarations; nothing but colours can come of them.
fn painted(paint: &Paint) -> String {
    let declaration = |name: &str, colour: Option<Colour>| {
        colour.map_or(String::new(), |colour| {
            format!("{name}:{};", style::colour(colour))
        })
    };
    let letters = declaration("color", paint.foreground);
    letters + &declaration("background", paint.background)
}
