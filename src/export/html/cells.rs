//! Rows of cells as a drawing: what the layout makes of a chart or a code, in the theme's colours.
//!
//! Blocks and lines become shapes, as terminals draw them, and every stretch of text says how long it
//! is, so that columns stand under each other whatever the font.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use super::style::{classes, colour, name};
use super::text::escaped;
use crate::deck::Colour;
use crate::export::sign::{Sign, is_block, path, sign};
use crate::layout::{Row, Run, grapheme_width, text_width};
use crate::theme::Role;

/// Units of the drawing to a cell.
const WIDTH: f64 = 10.0;
const HEIGHT: f64 = 20.0;
/// From a row's upper edge to the line on which letters stand.
const BASELINE: f64 = 15.0;

/// The rows as an SVG element that takes its share of the page's width.
pub(super) fn draw(rows: &[Row], out: &mut String) {
    let end = |run: &Run| usize::from(run.x) + text_width(&run.text);
    let columns = rows
        .iter()
        .flat_map(|row| &row.runs)
        .map(end)
        .max()
        .unwrap_or(0);
    let _ = write!(
        out,
        "<svg class=\"cells\" viewBox=\"0 0 {} {}\" style=\"width:{columns}ch\" aria-hidden=\"true\">",
        columns as f64 * WIDTH,
        rows.len() as f64 * HEIGHT,
    );
    for (y, row) in rows.iter().enumerate() {
        for run in &row.runs {
            ground(run, y, out);
            signs(run, y, out);
        }
    }
    out.push_str("</svg>");
}

/// What is behind a run, where anything is.
fn ground(run: &Run, y: usize, out: &mut String) {
    let fill = match (run.ink.background, run.ink.role) {
        // As on a screen: a role that has no ground of its own lends the colour of its letters.
        (Some(Colour::Role(role)), _) if role != Role::CodeBlock => {
            let name = name(role);
            format!("var(--{name}-ground,var(--{name}))")
        }
        (Some(Colour::Role(role)), _) | (None, role @ Role::Qr) => {
            format!("var(--{}-ground,none)", name(role))
        }
        (Some(plain), _) => colour(plain),
        (None, _) => return,
    };
    let _ = write!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{HEIGHT}\" fill=\"{fill}\"/>",
        f64::from(run.x) * WIDTH,
        y as f64 * HEIGHT,
        text_width(&run.text) as f64 * WIDTH,
    );
}

/// The run itself: shapes, and text between them.
fn signs(run: &Run, y: usize, out: &mut String) {
    let class = classes(run.ink);
    let own = run.ink.foreground.map_or(String::new(), |letters| {
        format!(" style=\"color:{}\"", colour(letters))
    });
    let _ = write!(out, "<g class=\"{class}\"{own}>");
    let mut x = usize::from(run.x);
    let mut text = String::new();
    let mut from = x;
    for grapheme in run.text.graphemes(true) {
        let width = usize::from(grapheme_width(grapheme));
        let drawn = sign(grapheme);
        if drawn.is_some() || width > 1 {
            stretch(&text, (from, y), out);
            text.clear();
        }
        match drawn {
            Some(drawn) => shape(&drawn, is_block(grapheme), (x, y), out),
            None if width > 1 => stretch(grapheme, (x, y), out),
            None if text.is_empty() => (from, text) = (x, grapheme.to_owned()),
            None => text.push_str(grapheme),
        }
        x += width;
    }
    stretch(&text, (from, y), out);
    out.push_str("</g>");
}

/// A sign in its cell, with sharp edges where it is a block.
fn shape(sign: &Sign, sharp: bool, (x, y): (usize, usize), out: &mut String) {
    let place = (x as f64 * WIDTH, y as f64 * HEIGHT, WIDTH, HEIGHT);
    let mut drawn = String::new();
    path(sign, place, &mut drawn);
    let class = if sharp { " class=\"block\"" } else { "" };
    let _ = write!(out, "<path{class} d=\"{drawn}\"");
    match sign {
        Sign::Areas(_, opacity) if *opacity < 1.0 => {
            let _ = write!(out, " fill-opacity=\"{opacity}\"");
        }
        _ => {}
    }
    out.push_str("/>");
}

fn stretch(text: &str, (x, y): (usize, usize), out: &mut String) {
    let trimmed = text.trim_start();
    let x = x + text_width(&text[..text.len() - trimmed.len()]);
    let words = trimmed.trim_end();
    if words.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
        x as f64 * WIDTH,
        y as f64 * HEIGHT + BASELINE,
        text_width(words) as f64 * WIDTH,
        escaped(words),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Ink;

    #[test]
    fn shapes_stand_on_their_ground_and_text_says_how_long_it_is() {
        let run = |x, text: &str, background| Run {
            x,
            text: text.to_owned(),
            ink: Ink {
                background,
                ..Role::Accent.into()
            },
            link: None,
        };
        let row = Row {
            runs: vec![
                run(0, "▀", Some(Colour::Role(Role::Track))),
                run(2, "a <漢", None),
            ],
        };
        let mut drawn = String::new();
        draw(&[row], &mut drawn);
        assert_eq!(
            drawn,
            "<svg class=\"cells\" viewBox=\"0 0 70 20\" style=\"width:7ch\" aria-hidden=\"true\">\
             <rect x=\"0\" y=\"0\" width=\"10\" height=\"20\" fill=\"var(--track-ground,var(--track))\"/>\
             <g class=\"r-accent\"><path class=\"block\" d=\"M0 0h10v10h-10z\"/></g>\
             <g class=\"r-accent\">\
             <text x=\"20\" y=\"15\" textLength=\"30\" lengthAdjust=\"spacingAndGlyphs\">a &lt;</text>\
             <text x=\"50\" y=\"15\" textLength=\"20\" lengthAdjust=\"spacingAndGlyphs\">漢</text>\
             </g></svg>"
        );
    }
}
