//! Images in half blocks.

use ratatui::style::Color;

use super::stage::*;
use super::{cells, screen};
use crate::app::{Event, ImageKey, Settings, State, update};
use crate::deck::{BlockKind, Image, ImageFile, ImageFound};
use crate::pixels::{Drawn, Pixels};
use crate::theme::{Depth, builtin};

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
    assert!(text.contains("brok") && text.contains("en"), "{text}");
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
fn without_colours_what_is_darker_has_more_cells_on_a_light_ground() {
    let mut state = State {
        depth: Depth::None,
        ..decoded(with_image(), Ok(ramp()))
    };
    state.theme = builtin("light").unwrap();
    let cells = cells(&state);
    let area = state.page.images[0].area;
    let row = |y: u16| -> String {
        let cell = |x| cells[(area.x + x, area.y as u16 + y)].symbol();
        (0..4).map(cell).collect()
    };
    assert_eq!([row(0), row(1)], ["█▀  ", "▀▀  "]);
}

#[test]
fn the_reason_that_an_image_cannot_be_shown_has_all_of_its_room() {
    let broken = |width, height| {
        let image = Image {
            alt: "a cook".to_owned(),
            file: ImageFound::Known(ImageFile {
                width,
                height,
                ..ImageFile::default()
            }),
            ..Image::default()
        };
        let mut state = state(40, 12, slide("Cook", vec![block(BlockKind::Image(image))]));
        let spot = &state.page.images[0];
        let key = ImageKey {
            file: spot.file.clone(),
            width: spot.area.width,
            height: spot.area.height,
        };
        let drawn = Err("it is broken: unexpected end of file".to_owned());
        let now = state.now;
        let _ = update(&mut state, Event::Decoded { key, drawn }, now);
        screen(&state)
    };
    let text = broken(140, 100);
    for word in ["a cook", "it is broken:", "unexpected end", "of file"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let text = broken(140, 60);
    assert!(
        !text.contains("a cook") && text.contains("of file"),
        "{text}"
    );
}

#[test]
fn what_is_scrolled_out_of_view_is_cut() {
    let mut state = decoded(with_image(), Ok(ramp()));
    let area = state.page.images[0].area;
    state.scroll = area.y + 1;
    assert_eq!(cells(&state)[(area.x + 2, 0)].fg, Color::Rgb(240, 240, 242));
}
