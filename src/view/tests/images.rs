//! Images in half blocks.

use ratatui::style::Color;

use super::stage::*;
use super::{cells, screen};
use crate::app::{Event, ImageKey, Settings, State, update};
use crate::deck::{BlockKind, Image, ImageFile, ImageFound};
use crate::pixels::{Drawn, Pixels};
use crate::theme::Depth;

fn file() -> ImageFile {
    ImageFile {
        width: 40,
        height: 40,
        ..ImageFile::default()
    }
}

/// A slide with an image of 4×2 cells.
fn with_image() -> State {
    let image = Image {
        alt: "a cook".to_owned(),
        file: ImageFound::Known(file()),
        ..Image::default()
    };
    state(30, 10, slide("Cook", vec![block(BlockKind::Image(image))]))
}

/// The state once the image was decoded to this.
fn decoded(mut state: State, drawn: Result<Vec<Drawn>, String>) -> State {
    let key = ImageKey {
        file: file(),
        width: 4,
        height: 2,
    };
    let now = state.now;
    let _ = update(&mut state, Event::Decoded { key, drawn }, now);
    state
}

/// Columns from black to white, the last one transparent; the lowest row too.
fn ramp() -> Vec<Drawn> {
    let pixel = |x: u8, y: u8| {
        let grey = 120 * x.min(2);
        let opacity = if x == 3 || y == 3 { 0 } else { 255 };
        [grey, grey, grey + y, opacity]
    };
    let rows = (0..4).flat_map(|y| (0..4).flat_map(move |x| pixel(x, y)));
    vec![Drawn::Pixels(Pixels {
        width: 4,
        height: 4,
        rgba: rows.collect(),
    })]
}

#[test]
fn an_image_is_named_until_it_is_there_and_where_it_cannot_be_shown() {
    assert!(screen(&with_image()).contains("a c…"));
    let failed = decoded(with_image(), Err("broken".to_owned()));
    let text = screen(&failed);
    assert!(text.contains("a c…") && text.contains("bro…"), "{text}");
    let ascii = State {
        settings: Settings {
            ascii: true,
            ..Settings::default()
        },
        ..decoded(with_image(), Ok(ramp()))
    };
    assert!(screen(&ascii).is_ascii(), "{}", screen(&ascii));
}

#[test]
fn two_pixels_of_an_image_stand_in_each_cell() {
    let state = decoded(with_image(), Ok(ramp()));
    let cells = cells(&state);
    let area = state.page.images[0].area;
    let cell = |x: u16, y: u16| {
        let cell = &cells[(area.x + x, area.y as u16 + y)];
        (cell.symbol(), cell.fg, cell.bg)
    };
    let ground = cells[(0, 0)].bg;
    let grey = |grey: u8, blue: u8| Color::Rgb(grey, grey, grey + blue);
    assert_eq!(cell(0, 0), ("▀", grey(0, 0), grey(0, 1)));
    assert_eq!(cell(2, 0), ("▀", grey(240, 0), grey(240, 1)));
    assert_eq!(
        cell(2, 1),
        ("▀", grey(240, 2), ground),
        "below it is nothing"
    );
    assert_eq!(cell(3, 0).0, " ", "transparent");
}

#[test]
fn without_colours_what_is_brighter_has_more_cells() {
    let state = State {
        depth: Depth::None,
        ..decoded(with_image(), Ok(ramp()))
    };
    let cells = cells(&state);
    let area = state.page.images[0].area;
    let row = |y: u16| -> String {
        let cell = |x| cells[(area.x + x, area.y as u16 + y)].symbol();
        (0..4).map(cell).collect()
    };
    assert_eq!([row(0), row(1)], [" ▄█ ", "  ▀ "]);
}

#[test]
fn what_is_scrolled_out_of_view_is_cut() {
    let mut state = decoded(with_image(), Ok(ramp()));
    let area = state.page.images[0].area;
    state.scroll = area.y + 1;
    assert_eq!(cells(&state)[(area.x + 2, 0)].fg, Color::Rgb(240, 240, 242));
}
