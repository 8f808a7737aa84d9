//! A picture as SVG: self-contained, its text real text that can be searched and copied.
//!
//! Block elements become shapes, as terminals draw them, so that bars have no seams whatever the
//! font. Every stretch of text says how long it is, so that columns stand under each other even
//! where the font's characters are wider or narrower than expected.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::Modifier;

use super::palette::{Palette, hex};
use crate::theme::Theme;

const CELL_WIDTH: f64 = 9.6;
const CELL_HEIGHT: f64 = 20.0;
const FONT_SIZE: u32 = 16;
/// From a row's upper edge to the line on which letters stand.
const BASELINE: f64 = 15.0;
const PADDING: f64 = 16.0;
const FONTS: &str = "ui-monospace, 'Cascadia Mono', 'JetBrains Mono', 'SF Mono', Menlo, Consolas, \
                     'DejaVu Sans Mono', monospace";

/// The buffer as an SVG document in the theme's colours.
pub fn svg(buffer: &Buffer, theme: &Theme) -> String {
    let palette = Palette::of(theme);
    let width = f64::from(buffer.area.width) * CELL_WIDTH + 2.0 * PADDING;
    let height = f64::from(buffer.area.height) * CELL_HEIGHT + 2.0 * PADDING;
    let mut out = String::with_capacity(buffer.content.len() * 8);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.1} {height:.1}\" font-family=\"{FONTS}\" font-size=\"{FONT_SIZE}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n\
         <g shape-rendering=\"crispEdges\">\n",
        hex(palette.background)
    );
    for (y, row) in rows(buffer) {
        backgrounds(row, y, &palette, &mut out);
        blocks(row, y, &palette, &mut out);
    }
    out.push_str("</g>\n<g xml:space=\"preserve\">\n");
    for (y, row) in rows(buffer) {
        texts(row, y, &palette, &mut out);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn rows(buffer: &Buffer) -> impl Iterator<Item = (usize, &[Cell])> {
    let width = usize::from(buffer.area.width).max(1);
    buffer.content.chunks(width).enumerate()
}

/// Columns of equal background in one rectangle.
fn backgrounds(row: &[Cell], y: usize, palette: &Palette, out: &mut String) {
    let mut x = 0;
    while x < row.len() {
        let ground = palette.seen(&row[x]).1;
        let same = row[x..]
            .iter()
            .take_while(|cell| palette.seen(cell).1 == ground)
            .count();
        if ground != palette.background {
            let area = (x as f64, y as f64, same as f64, 1.0);
            rectangle(area, &hex(ground), 1.0, out);
        }
        x += same;
    }
}

/// A rectangle in cells.
fn rectangle(
    (x, y, width, height): (f64, f64, f64, f64),
    fill: &str,
    opacity: f64,
    out: &mut String,
) {
    let _ = write!(
        out,
        "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fill}\"",
        PADDING + x * CELL_WIDTH,
        PADDING + y * CELL_HEIGHT,
        width * CELL_WIDTH,
        height * CELL_HEIGHT,
    );
    if opacity < 1.0 {
        let _ = write!(out, " fill-opacity=\"{opacity}\"");
    }
    out.push_str("/>\n");
}

/// A block element's part of its cell (left, top, width, height) and its opacity.
pub(super) fn shape(symbol: &str) -> Option<((f64, f64, f64, f64), f64)> {
    let mut characters = symbol.chars();
    let (sign, None) = (characters.next()?, characters.next()) else {
        return None;
    };
    let eighths = |from: char| f64::from(sign as u32 - from as u32 + 1) / 8.0;
    Some(match sign {
        '▀' => ((0.0, 0.0, 1.0, 0.5), 1.0),
        '▁'..='█' => ((0.0, 1.0 - eighths('▁'), 1.0, eighths('▁')), 1.0),
        '▉'..='▏' => ((0.0, 0.0, 1.0 - eighths('▉'), 1.0), 1.0),
        '▐' => ((0.5, 0.0, 0.5, 1.0), 1.0),
        '▕' => ((0.875, 0.0, 0.125, 1.0), 1.0),
        '░' => ((0.0, 0.0, 1.0, 1.0), 0.25),
        '▒' => ((0.0, 0.0, 1.0, 1.0), 0.5),
        '▓' => ((0.0, 0.0, 1.0, 1.0), 0.75),
        _ => return None,
    })
}

/// Block elements; equal ones side by side that fill their cells' width become one shape.
fn blocks(row: &[Cell], y: usize, palette: &Palette, out: &mut String) {
    let mut x = 0;
    while x < row.len() {
        let cell = &row[x];
        let Some(((left, top, width, height), opacity)) = shape(cell.symbol()) else {
            x += 1;
            continue;
        };
        let ink = palette.seen(cell).0;
        let same = |other: &&Cell| other.symbol() == cell.symbol() && palette.seen(other).0 == ink;
        let count = if width < 1.0 {
            1
        } else {
            row[x..].iter().take_while(same).count()
        };
        let area = (
            x as f64 + left,
            y as f64 + top,
            width * count as f64,
            height,
        );
        rectangle(area, &hex(ink), opacity, out);
        x += count;
    }
}

/// Stretches of text in one style. A character of two columns is a stretch of its own, so that what
/// follows it stands right.
fn texts(row: &[Cell], y: usize, palette: &Palette, out: &mut String) {
    let mut x = 0;
    while x < row.len() {
        let cell = &row[x];
        let columns = usize::from(cell.symbol().cell_width().max(1));
        if is_blank(cell) {
            x += 1;
        } else if columns > 1 || !is_plain(cell) {
            text(cell.symbol(), (x, y), columns, cell, palette, out);
            x += columns;
        } else {
            let style = |cell: &Cell| (palette.seen(cell).0, cell.modifier);
            let same = |other: &&Cell| {
                style(other) == style(cell) && (is_plain(other) || other.symbol() == " ")
            };
            let count = row[x..].iter().take_while(same).count();
            let content: String = row[x..x + count].iter().map(Cell::symbol).collect();
            let content = content.trim_end();
            text(content, (x, y), content.chars().count(), cell, palette, out);
            x += count;
        }
    }
}

/// Nothing that text would show.
fn is_blank(cell: &Cell) -> bool {
    let lined = Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    (cell.symbol() == " " && !cell.modifier.intersects(lined)) || shape(cell.symbol()).is_some()
}

/// A character that every monospace font has in the one width.
fn is_plain(cell: &Cell) -> bool {
    let mut characters = cell.symbol().chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return false;
    };
    character != ' ' && (character as u32) < 0x250 && shape(cell.symbol()).is_none()
}

fn text(
    content: &str,
    (x, y): (usize, usize),
    columns: usize,
    cell: &Cell,
    palette: &Palette,
    out: &mut String,
) {
    let _ = write!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{}\" textLength=\"{:.1}\" \
         lengthAdjust=\"spacingAndGlyphs\"",
        PADDING + x as f64 * CELL_WIDTH,
        PADDING + y as f64 * CELL_HEIGHT + BASELINE,
        hex(palette.seen(cell).0),
        columns as f64 * CELL_WIDTH,
    );
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::DIM, " fill-opacity=\"0.6\""),
    ] {
        if cell.modifier.contains(modifier) {
            out.push_str(attribute);
        }
    }
    let lines = [
        (Modifier::UNDERLINED, "underline"),
        (Modifier::CROSSED_OUT, "line-through"),
    ];
    let mut drawn = lines
        .iter()
        .filter(|(modifier, _)| cell.modifier.contains(*modifier));
    if let Some((_, line)) = drawn.next() {
        let more = drawn
            .next()
            .map_or(String::new(), |(_, line)| format!(" {line}"));
        let _ = write!(out, " text-decoration=\"{line}{more}\"");
    }
    out.push('>');
    for character in content.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            character => out.push(character),
        }
    }
    out.push_str("</text>\n");
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;
    use crate::theme::builtin;

    fn lines(buffer: &Buffer) -> Vec<String> {
        let theme = builtin("dark").expect("built in");
        let document = svg(buffer, &theme);
        let drawn = document
            .lines()
            .filter(|line| line.starts_with("<text") || line.contains(" x="));
        drawn.map(str::to_owned).collect()
    }

    #[test]
    fn text_is_escaped_and_says_how_long_it_is() {
        let buffer = Buffer::with_lines(["a <b> &  "]);
        assert_eq!(
            lines(&buffer),
            [
                "<text x=\"16.0\" y=\"31.0\" fill=\"#e6e8eb\" textLength=\"67.2\" \
              lengthAdjust=\"spacingAndGlyphs\">a &lt;b&gt; &amp;</text>"
            ]
        );
    }

    #[test]
    fn what_follows_a_wide_character_stands_in_its_own_column() {
        let text = lines(&Buffer::with_lines(["👩‍🍳x"]));
        assert!(text[0].contains("x=\"16.0\"") && text[0].contains("textLength=\"19.2\""));
        assert!(text[1].contains("x=\"35.2\"") && text[1].ends_with(">x</text>"));
    }

    #[test]
    fn bars_are_shapes_and_backgrounds_are_merged() {
        let mut buffer = Buffer::with_lines(["██▌ "]);
        buffer.set_style(
            *buffer.area(),
            Style::new().fg(Color::Red).bg(Color::Rgb(1, 2, 3)),
        );
        assert_eq!(
            lines(&buffer),
            [
                "<rect x=\"16.0\" y=\"16.0\" width=\"38.4\" height=\"20.0\" fill=\"#010203\"/>",
                "<rect x=\"16.0\" y=\"16.0\" width=\"19.2\" height=\"20.0\" fill=\"#cd0000\"/>",
                "<rect x=\"35.2\" y=\"16.0\" width=\"4.8\" height=\"20.0\" fill=\"#cd0000\"/>",
            ]
        );
    }
}
