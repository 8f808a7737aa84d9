//! Signs that fill their cell or lead to its edges: block elements, braille, lines and corners. They
//! are drawn, so that they join without seams whatever font and size stand around them.

mod lines;
mod path;

pub(super) use lines::LINES;
pub(super) use path::path;

use lines::{dashes, lines};
use ratatui::style::Modifier;

/// How far slanted letters lean over, for each unit upwards.
pub(super) const SLANT: f64 = 0.2;

/// A part of a cell: left, top, width, height, each 0…1.
pub(super) type Area = (f64, f64, f64, f64);

/// Rows are so many columns high.
const ASPECT: f64 = 2.0;

/// How a sign is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sign {
    /// Parts of the cell are filled, so much of them: 0…1.
    Areas(Vec<Area>, f64),
    /// A thin line from one side to another, around a corner.
    Corner {
        /// To the right side, and not to the left.
        right: bool,
        /// To the lower side, and not to the upper.
        down: bool,
    },
}

/// The sign, if this is one that is drawn.
pub(super) fn sign(grapheme: &str) -> Option<Sign> {
    if let Some((area, opacity)) = shape(grapheme) {
        return Some(Sign::Areas(vec![area], opacity));
    }
    let mut characters = grapheme.chars();
    let (sign, None) = (characters.next()?, characters.next()) else {
        return None;
    };
    let areas = match sign {
        '▖'..='▟' => quadrants(sign),
        '\u{2800}'..='\u{28FF}' => braille(sign),
        '┄'..='┋' | '╌'..='╏' => dashes(sign),
        '─'..='╋' | '═'..='╬' | '╴'..='╿' => lines(sign)?,
        '╭'..='╰' => {
            return Some(Sign::Corner {
                right: matches!(sign, '╭' | '╰'),
                down: matches!(sign, '╭' | '╮'),
            });
        }
        _ => return None,
    };
    Some(Sign::Areas(areas, 1.0))
}

/// The lines under and through what has this style, as parts of each of its cells.
pub(super) fn rulings(modifier: Modifier) -> impl Iterator<Item = Area> {
    const RULINGS: [(Modifier, f64); 2] =
        [(Modifier::UNDERLINED, 0.9), (Modifier::CROSSED_OUT, 0.55)];
    let drawn = RULINGS.into_iter();
    let drawn = drawn.filter(move |ruling| modifier.contains(ruling.0));
    drawn.map(|(_, top)| (0.0, top, 1.0, LINES[0] / ASPECT))
}

/// Whether it is a block element, whose edges are to be sharp; lines and dots look better with soft ones.
pub(super) fn is_block(grapheme: &str) -> bool {
    grapheme.starts_with(|sign| matches!(sign, '▀'..='▟'))
}

/// The part of its cell that a block element of one part takes, and its opacity.
fn shape(symbol: &str) -> Option<(Area, f64)> {
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

/// Upper left, upper right, lower left, lower right quarter, a bit each.
fn quadrants(sign: char) -> Vec<Area> {
    const QUARTERS: [u8; 10] = [
        0b0100, 0b1000, 0b0001, 0b1101, 0b1001, 0b0111, 0b1011, 0b0010, 0b0110, 0b1110,
    ];
    let set = QUARTERS[sign as usize - '▖' as usize];
    let quarter = |at: u8| (f64::from(at % 2) / 2.0, f64::from(at / 2) / 2.0, 0.5, 0.5);
    let is_set = |at: &u8| set & (1 << at) != 0;
    (0..4).filter(is_set).map(quarter).collect()
}

/// A bit for each of the dots: three down the left, three down the right, and the two below them.
fn braille(sign: char) -> Vec<Area> {
    const PLACES: [(u8, u8); 8] = [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (1, 2),
        (0, 3),
        (1, 3),
    ];
    let (width, height) = (0.3, 0.3 / ASPECT);
    let dot = |(x, y): (u8, u8)| {
        let centre = (0.25 + f64::from(x) / 2.0, 0.125 + f64::from(y) / 4.0);
        (
            centre.0 - width / 2.0,
            centre.1 - height / 2.0,
            width,
            height,
        )
    };
    let set = sign as u32 - 0x2800;
    let dots = PLACES.into_iter().enumerate();
    dots.filter(|(bit, _)| set & (1 << bit) != 0)
        .map(|(_, place)| dot(place))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cell of 10 × 20, every second of its rows.
    fn seen(grapheme: &str) -> String {
        let Some(Sign::Areas(areas, _)) = sign(grapheme) else {
            return String::new();
        };
        let covers = |x: f64, y: f64| {
            areas.iter().any(|(left, top, width, height)| {
                (*left..left + width).contains(&x) && (*top..top + height).contains(&y)
            })
        };
        let row = |y: u8| -> String {
            let y = f64::from(y) / 10.0 + 0.02;
            let dot = |x: u8| covers(f64::from(x) / 10.0 + 0.02, y);
            (0..10).map(|x| if dot(x) { '#' } else { '.' }).collect()
        };
        (0..10).map(|y| row(y) + "\n").collect()
    }

    #[test]
    fn quarters_and_dots_stand_in_their_places() {
        assert_eq!(
            seen("▚"),
            "#####.....\n".repeat(5) + &".....#####\n".repeat(5)
        );
        assert_eq!(
            seen("▟"),
            ".....#####\n".repeat(5) + &"##########\n".repeat(5)
        );
        let dots: Vec<_> = ["⠁", "⠈", "⡀", "⢀", "⣿"]
            .iter()
            .map(|braille| match sign(braille) {
                Some(Sign::Areas(areas, _)) => (areas.len(), areas[0].0 < 0.5, areas[0].1 < 0.5),
                _ => (0, false, false),
            })
            .collect();
        assert_eq!(
            dots,
            [
                (1, true, true),
                (1, false, true),
                (1, true, false),
                (1, false, false),
                (8, true, true)
            ]
        );
    }

    #[test]
    fn lines_lead_to_the_edges_and_meet_in_the_middle() {
        let areas = |grapheme: &str| match sign(grapheme) {
            Some(Sign::Areas(areas, _)) => areas.len(),
            _ => 0,
        };
        let counts: Vec<usize> = ["─", "│", "┌", "├", "┼", "╋", "╴", "┄", "┊", "╎"]
            .into_iter()
            .map(areas)
            .collect();
        assert_eq!(counts, [1, 1, 2, 2, 2, 2, 1, 3, 4, 2]);
        // What leads to an edge leads all the way.
        let Some(Sign::Areas(areas, _)) = sign("├") else {
            panic!("it is drawn");
        };
        let right = areas.iter().map(|area| area.0 + area.2).fold(0.0, f64::max);
        let left = areas.iter().map(|area| area.0).fold(1.0, f64::min);
        let bottom = areas.iter().map(|area| area.1 + area.3).fold(0.0, f64::max);
        assert!((right - 1.0).abs() < 1e-9 && (bottom - 1.0).abs() < 1e-9);
        assert!((left - 0.45).abs() < 1e-9);
    }

    #[test]
    fn double_lines_leave_their_middle_free() {
        let seen = |grapheme| {
            let Some(Sign::Areas(areas, _)) = sign(grapheme) else {
                panic!("{grapheme} is drawn");
            };
            // A dot for every twentieth, so that both lines and what is between them are met.
            let covers = |x: f64, y: f64| {
                areas.iter().any(|(left, top, width, height)| {
                    (*left..left + width).contains(&x) && (*top..top + height).contains(&y)
                })
            };
            let row = |y: f64| -> String {
                let dot = |x: f64| if covers(x, y) { '#' } else { '.' };
                [0.2, 0.35, 0.5, 0.65, 0.8].map(dot).into_iter().collect()
            };
            [0.2, 0.425, 0.5, 0.575, 0.8].map(row).join(" ")
        };
        let table = [
            ("═", "..... ##### ..... ##### ....."),
            ("║", ".#.#. .#.#. .#.#. .#.#. .#.#."),
            ("╔", "..... .#### .#... .#.## .#.#."),
            ("╗", "..... ####. ...#. ##.#. .#.#."),
            ("╚", ".#.#. .#.## .#... .#### ....."),
            ("╬", ".#.#. ##.## ..... ##.## .#.#."),
            ("╦", "..... ##### ..... ##.## .#.#."),
            ("╠", ".#.#. .#.## .#... .#.## .#.#."),
            ("╒", "..... ..### ..#.. ..### ..#.."),
            ("╓", "..... ..... .#### .#.#. .#.#."),
            ("╞", "..#.. ..### ..#.. ..### ..#.."),
            ("╟", ".#.#. .#.#. .#.## .#.#. .#.#."),
            ("╤", "..... ##### ..... ##### ..#.."),
            ("╪", "..#.. ##### ..#.. ##### ..#.."),
            ("╫", ".#.#. .#.#. ##### .#.#. .#.#."),
        ];
        for (grapheme, expected) in table {
            assert_eq!(seen(grapheme), expected, "{grapheme}");
        }
    }

    #[test]
    fn letters_are_not_drawn_and_corners_are_round() {
        assert_eq!(sign("a"), None);
        assert_eq!(sign("══"), None);
        let corner = |right, down| Some(Sign::Corner { right, down });
        assert_eq!(sign("╭"), corner(true, true));
        assert_eq!(sign("╮"), corner(false, true));
        assert_eq!(sign("╯"), corner(false, false));
        assert_eq!(sign("╰"), corner(true, false));
    }
}
