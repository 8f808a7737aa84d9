//! The pictures between two slides.
//!
//! Each cell of them is a cell of one of the two. A character of two columns of which one would be
//! missing is a blank.

use ratatui::buffer::{Buffer, Cell, CellWidth};

use crate::deck::Transition;
use crate::layout::Area;

/// The picture so far (0…1) on the way from one to the other, which differ in this area alone; both
/// are of one size. `forward` is the way on through the deck.
pub fn between(
    (from, to): (&Buffer, &Buffer),
    area: Area,
    (transition, forward): (Transition, bool),
    progress: f64,
) -> Buffer {
    let mut picture = to.clone();
    if from.area != to.area || progress >= 1.0 {
        return picture;
    }
    let (left, width) = (usize::from(area.x), usize::from(area.width));
    let columns = usize::from(to.area.width);
    let rows = area.y as usize..area.end().min(to.area.height.into());
    for y in rows {
        let row = |buffer: &'_ Buffer| -> Vec<Cell> {
            let cells = &buffer.content[y * columns..][..columns];
            cells.iter().skip(left).take(width).cloned().collect()
        };
        let (old, new) = (row(from), row(to));
        let mixed = match transition {
            Transition::Off => new,
            Transition::Slide => slid(&old, &new, forward, progress),
            Transition::Dissolve => dissolved(&old, &new, y, progress),
        };
        let end = (left + width).min(columns);
        picture.content[y * columns + left..y * columns + end].clone_from_slice(&mixed);
    }
    picture
}

/// Where a cell comes from: which of the two rows, and its column there.
type Origin = (bool, usize);

/// The new row has come in so far; it slows down towards its place.
fn slid(old: &[Cell], new: &[Cell], forward: bool, progress: f64) -> Vec<Cell> {
    let width = old.len();
    let eased = 1.0 - (1.0 - progress).powi(2);
    let shift = ((eased * width as f64).round() as usize).min(width);
    mix(old, new, |x| {
        if forward {
            let at = x + shift;
            (at >= width, at % width)
        } else {
            let at = x + width - shift;
            (at < width, at % width)
        }
    })
}

/// So many of the cells are those of the new row; which come first hangs on their place alone.
fn dissolved(old: &[Cell], new: &[Cell], y: usize, progress: f64) -> Vec<Cell> {
    mix(old, new, |x| (threshold(x, y) < progress, x))
}

/// Between 0 and 1, scattered over the screen.
fn threshold(x: usize, y: usize) -> f64 {
    // Weyl's sequence in two dimensions: neighbours are far apart, and nothing clusters.
    (x as f64 * 0.754_877_666 + y as f64 * 0.569_840_291).fract()
}

/// The row whose cells come from there.
fn mix(old: &[Cell], new: &[Cell], origin: impl Fn(usize) -> Origin) -> Vec<Cell> {
    let row = |is_new| if is_new { new } else { old };
    let width_at = |(is_new, x): Origin| usize::from(row(is_new)[x].symbol().cell_width().max(1));
    // Whether so many cells from this one on are side by side here as they were there.
    let is_whole = |x: usize, columns: usize| {
        let (is_new, from) = origin(x);
        let follows = |by| x + by < old.len() && origin(x + by) == (is_new, from + by);
        from + columns <= old.len() && (1..columns).all(follows)
    };
    let mut mixed = Vec::with_capacity(old.len());
    while mixed.len() < old.len() {
        let x = mixed.len();
        let at = origin(x);
        let (is_new, from) = at;
        let columns = width_at(at);
        let is_behind = from > 0 && width_at((is_new, from - 1)) > 1;
        if columns > 1 && is_whole(x, columns) {
            mixed.extend_from_slice(&row(is_new)[from..from + columns]);
            continue;
        }
        // The second half of a character has no look of its own.
        let mut cell = row(is_new)[from - usize::from(is_behind)].clone();
        if columns > 1 || is_behind {
            cell.set_symbol(" ");
        }
        mixed.push(cell);
    }
    mixed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    const WIDTH: u16 = 8;
    const HEIGHT: u16 = 3;

    fn picture(lines: &[&str]) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for (y, line) in (0..).zip(lines) {
            buffer.set_string(0, y, line, Style::new());
        }
        buffer
    }

    fn body() -> Area {
        Area {
            x: 0,
            y: 0,
            width: WIDTH,
            height: 2,
        }
    }

    /// The rows of the picture that far on the way.
    fn rows(from: &[&str], to: &[&str], how: (Transition, bool), progress: f64) -> Vec<String> {
        let (from, to) = (picture(from), picture(to));
        let mixed = between((&from, &to), body(), how, progress);
        let rows = mixed.content.chunks(WIDTH.into());
        rows.map(|row| {
            let is_seen = |x: &usize| *x == 0 || row[x - 1].symbol().cell_width() < 2;
            let seen = (0..row.len()).filter(is_seen);
            let text: String = seen.map(|x| row[x].symbol()).collect();
            text.trim_end().to_owned()
        })
        .collect()
    }

    #[test]
    fn a_slide_comes_in_from_its_side_of_the_deck() {
        let (old, new) = (
            &["abcdefgh", "ab日defg", "old"],
            &["ABCDEFGH", "A日日FGH", "new"],
        );
        let slide = |forward, progress| rows(old, new, (Transition::Slide, forward), progress);
        assert_eq!(slide(true, 0.0), ["abcdefgh", "ab日defg", "new"]);
        assert_eq!(slide(true, 0.2), ["defghABC", " defgA日", "new"]);
        assert_eq!(slide(true, 0.3), ["efghABCD", "defgA日", "new"]);
        assert_eq!(slide(false, 0.2), ["FGHabcde", "FGHab日d", "new"]);
        assert_eq!(slide(false, 0.3), ["EFGHabcd", " FGHab日", "new"]);
        assert_eq!(slide(true, 1.0), ["ABCDEFGH", "A日日FGH", "new"]);
    }

    #[test]
    fn a_picture_dissolves_cell_by_cell() {
        let (old, new) = (&["abcdefgh", "日日日日"], &["ABCDEFGH", "ABCDEFGH"]);
        let dissolve = |progress| rows(old, new, (Transition::Dissolve, true), progress);
        assert_eq!(dissolve(0.0), ["abcdefgh", "日日日日", ""]);
        assert_eq!(dissolve(0.5), ["AbcDEfgH", " BC  FG", ""]);
        assert_eq!(dissolve(1.0), ["ABCDEFGH", "ABCDEFGH", ""]);
    }

    #[test]
    fn what_is_left_of_a_character_of_two_columns_keeps_its_ground() {
        let whole = |text: &str| {
            let mut buffer = picture(&[]);
            for y in 0..HEIGHT {
                buffer.set_string(0, y, text, Style::new().bg(Color::Blue));
            }
            buffer
        };
        let (from, to) = (whole("日日日日"), whole("x日日日x"));
        for transition in [Transition::Slide, Transition::Dissolve] {
            for percent in 0..100 {
                let progress = f64::from(percent) / 100.0;
                let mixed = between((&from, &to), body(), (transition, true), progress);
                for (at, cell) in mixed.content.iter().enumerate() {
                    let before = at.checked_sub(1).map(|at| &mixed.content[at]);
                    let is_behind = before.is_some_and(|cell| cell.symbol().cell_width() > 1);
                    assert!(is_behind || cell.bg == Color::Blue, "{at} at {progress}");
                }
            }
        }
    }

    fn any_picture() -> impl Strategy<Value = Buffer> {
        let symbol = prop_oneof![Just("x"), Just("日"), Just("👩\u{200d}🍳"), Just(" ")];
        let line = proptest::collection::vec(symbol, 0..8).prop_map(|symbols| symbols.concat());
        proptest::collection::vec(line, HEIGHT as usize).prop_map(|lines| {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            picture(&lines)
        })
    }

    /// Whether each character of two columns has both, and none reaches beyond its row.
    fn is_well_formed(buffer: &Buffer) -> bool {
        buffer.content.chunks(WIDTH.into()).all(|row| {
            (0..row.len()).all(|x| {
                let columns = usize::from(row[x].symbol().cell_width().max(1));
                let behind = row.get(x + 1..x + columns);
                behind.is_some_and(|cells| cells.iter().all(|cell| cell.symbol() == " "))
            })
        })
    }

    proptest! {
        #[test]
        fn no_character_is_ever_halved(
            from in any_picture(),
            to in any_picture(),
            progress in 0.0..=1.0,
            slides: bool,
            forward: bool,
            (x, width) in (0..WIDTH, 0..=WIDTH),
        ) {
            let transition = if slides { Transition::Slide } else { Transition::Dissolve };
            let whole = between((&from, &to), body(), (transition, forward), progress);
            prop_assert!(is_well_formed(&whole), "{whole:?}");
            let part = Area { x, width, ..body() };
            // Whatever the part is, nothing outside of it is touched.
            let parted = between((&from, &to), part, (transition, forward), progress);
            let end = usize::from(x) + usize::from(width);
            for (at, cell) in parted.content.iter().enumerate() {
                let column = at % usize::from(WIDTH);
                let is_outside = column < x.into() || column >= end;
                prop_assert!(!is_outside || *cell == to.content[at]);
            }
        }
    }
}
