//! A deck as one HTML file: every slide as real text in its own order, its charts drawn, its demos
//! replayed from their traces. It asks the network for nothing, and forbids itself to.
//!
//! [`block`] and [`inline`] turn what stands on a slide into elements, [`drawing`] and [`cells`] draw what
//! the layout makes of charts and codes, [`demo`] tells what a run was, [`output`] what a block of code
//! wrote, [`style`] turns themes into rules. [`text`] is the one way by which a deck's words get into the file.

mod attributes;
mod block;
mod cells;
mod code;
mod demo;
mod drawing;
mod images;
mod inline;
mod output;
mod style;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use parade_demos::trace::Trace;

use crate::app::{DemoKey, SnippetKey, SnippetState};
use crate::deck::{Block, BlockKind, Front, Place, Slide, letters};
use crate::highlight::Highlights;
use crate::layout::{Form, Size};
use crate::theme::Theme;
use crate::view::filled_footer;
use block::Writer;
use text::escaped;

const STYLE: &str = include_str!("page/talk.css");
/// The page's script: what each part begins with the ones before have said.
const SCRIPT: [&str; 4] = [
    include_str!("page/figures.js"),
    include_str!("page/replay.js"),
    include_str!("page/hand.js"),
    include_str!("page/talk.js"),
];

/// Columns of a page's text, and the rows that a picture's height is a part of.
const PAGE: Size = Size {
    width: 76,
    height: 23,
};

/// Nothing is fetched from anywhere, whatever a deck says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      img-src data:; base-uri 'none'; form-action 'none'";

/// The language of a deck that says nothing of it.
const LANG: &str = "en";

/// What is written.
pub struct HtmlTalk<'a> {
    /// What the deck is called on a command line; nothing for the built-in talk.
    pub deck: &'a str,
    /// What the deck says of itself.
    pub front: &'a Front,
    /// The slides, in their order, with their numbers from 0.
    pub slides: &'a [(usize, Arc<Slide>)],
    /// The tokens of their code.
    pub highlights: &'a Highlights,
    /// How it looks in the dark.
    pub dark: &'a Theme,
    /// How it looks in the light.
    pub light: &'a Theme,
    /// Images, as addresses that hold them, by their files.
    pub images: &'a BTreeMap<PathBuf, String>,
    /// What demos' runs were.
    pub traces: &'a BTreeMap<DemoKey, Arc<Trace>>,
    /// What came of blocks of code.
    pub snippets: &'a BTreeMap<SnippetKey, SnippetState>,
}

/// The whole file.
pub fn html(talk: &HtmlTalk<'_>) -> String {
    let first = talk.slides.first().map(|(_, slide)| title(slide));
    let title = talk.front.title.clone().or(first).unwrap_or_default();
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"generator\" content=\"parade\">\n<title>{}</title>\n<style>\n{}{STYLE}</style>\n\
         </head>\n<body>\n",
        escaped(talk.front.lang.as_deref().unwrap_or(LANG)),
        escaped(&title),
        style::rules(talk.dark, talk.light),
    );
    images::hold(talk.images, &mut out);
    out.push_str("<main>\n");
    for (number, slide) in talk.slides {
        section(talk, *number, slide, &mut out);
    }
    out.push_str("</main>\n");
    navigation(&mut out);
    out.push_str("<script>\n\"use strict\";\n{\n");
    out.extend(SCRIPT);
    out.push_str("}\n</script>\n</body>\n</html>\n");
    out
}

/// One slide.
fn section(talk: &HtmlTalk<'_>, number: usize, slide: &Slide, out: &mut String) {
    let form = match crate::layout::form(slide) {
        Form::Flow => "flow",
        Form::Statement => "statement",
        Form::Picture => "picture",
        Form::Centred => "centred",
    };
    let corner = if slide.blocks.iter().any(is_corner) {
        " cornered"
    } else {
        ""
    };
    let _ = writeln!(
        out,
        "<section class=\"slide {form}{corner}\" id=\"{}\" data-number=\"{}\" data-steps=\"{}\" \
         aria-label=\"{}\"{} tabindex=\"-1\">",
        escaped(&slide.id),
        number + 1,
        slide.steps,
        escaped(&format!("{}: {}", number + 1, title(slide))),
        footer(talk, number, slide),
    );
    let mut writer = Writer::new(talk, &slide.id, out);
    if let Some(title) = &slide.title {
        writer.title(title);
    }
    writer.body(&slide.blocks, slide.intro);
    writer.footnotes(&slide.footnotes);
    out.push_str("</section>\n");
}

/// The attribute that has the footer of a slide, filled in.
fn footer(talk: &HtmlTalk<'_>, number: usize, slide: &Slide) -> String {
    let total = talk.slides.last().map_or(0, |(last, _)| last + 1);
    let template = talk.front.footer.as_deref().filter(|_| !slide.no_footer);
    let filled = template.map(|template| filled_footer(template, talk.front, number + 1, total));
    filled.map_or(String::new(), |text| {
        format!(" data-footer=\"{}\"", escaped(&text))
    })
}

/// Where one is, and the ways on and back.
fn navigation(out: &mut String) {
    out.push_str(
        "<nav aria-label=\"Slides\"><span class=\"footer\"></span>\
         <button data-do=\"previous\" aria-label=\"Previous\">←</button>\
         <span class=\"place\"></span>\
         <button data-do=\"next\" aria-label=\"Next\">→</button>\
         <button data-do=\"overview\" aria-label=\"All slides\">▦</button>\
         <button data-do=\"theme\" aria-label=\"Light or dark\">◐</button></nav>\n\
         <p class=\"voice unseen\" aria-live=\"polite\"></p>\n",
    );
}

/// A slide's title as plain text, or its id.
fn title(slide: &Slide) -> String {
    let heading = |block: &Block| match &block.kind {
        BlockKind::Heading { content, .. } => Some(letters(content)),
        _ => None,
    };
    let title = slide.title.as_deref().map(letters);
    title
        .or_else(|| slide.blocks.iter().find_map(heading))
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| slide.id.clone())
}

/// Whether it stands in the page's corner, apart from the flow.
fn is_corner(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Qr {
            place: Place::LowerRight,
            ..
        }
    )
}
