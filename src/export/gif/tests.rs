use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use ::gif::{ColorOutput, DecodeOptions};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier, Style};

use super::*;
use crate::app::{Image, ImageKey, PlacedImage};
use crate::deck::ImageFile;
use crate::export::Shot;
use crate::export::palette::Rgb;
use crate::layout::Area;
use crate::pixels::{Drawn, Pixels};
use crate::theme::builtin;
use crate::view::LargeText;

/// A decoded file.
struct Decoded {
    size: (usize, usize),
    palette: Vec<Rgb>,
    frames: Vec<::gif::Frame<'static>>,
    repeats: bool,
}

impl Decoded {
    fn of(bytes: &[u8]) -> Self {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::Indexed);
        options.check_lzw_end_code(true);
        let mut decoder = options.read_info(bytes).expect("a GIF");
        let palette = decoder.global_palette().expect("one for all frames");
        let palette = palette
            .chunks(3)
            .map(|rgb| (rgb[0], rgb[1], rgb[2]))
            .collect();
        let size = (decoder.width().into(), decoder.height().into());
        let repeats = decoder.repeat() == Repeat::Infinite;
        let mut frames = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("a whole frame") {
            frames.push(frame.clone());
        }
        Self {
            size,
            palette,
            frames,
            repeats,
        }
    }

    /// The pixels after so many frames.
    fn seen(&self, frames: usize) -> Vec<Rgb> {
        let mut pixels = vec![(0, 0, 0); self.size.0 * self.size.1];
        for frame in &self.frames[..frames] {
            assert_eq!(
                (frame.dispose, frame.palette.is_none()),
                (DisposalMethod::Keep, true)
            );
            for (at, index) in frame.buffer.iter().enumerate() {
                let (x, y) = (at % usize::from(frame.width), at / usize::from(frame.width));
                let place =
                    (usize::from(frame.top) + y) * self.size.0 + usize::from(frame.left) + x;
                if frame.transparent != Some(*index) {
                    pixels[place] = self.palette[usize::from(*index)];
                }
            }
        }
        pixels
    }

    /// The colours of a cell, row by row.
    fn cell(&self, pixels: &[Rgb], (x, y): (usize, usize)) -> Vec<Rgb> {
        let place = (PADDING + x * CELL.0, PADDING + y * CELL.1);
        let rows = (0..CELL.1).map(|row| (place.1 + row) * self.size.0 + place.0);
        rows.flat_map(|from| pixels[from..from + CELL.0].to_vec())
            .collect()
    }

    fn delays(&self) -> Vec<u16> {
        self.frames.iter().map(|frame| frame.delay).collect()
    }
}

fn fonts() -> Fonts {
    Fonts::new(Box::new(|_| None))
}

fn made(film: &Film) -> Decoded {
    let theme = builtin("dark").expect("built in");
    Decoded::of(&gif(film, &theme, &mut fonts()).expect("small enough"))
}

fn still(buffer: Buffer) -> Decoded {
    made(&Film::new(buffer.into()))
}

fn film(frames: &[(u64, Buffer)], length_ms: u64) -> Film {
    let mut film = Film::new(frames[0].1.clone().into());
    for (at_ms, picture) in &frames[1..] {
        film.frame(Duration::from_millis(*at_ms), picture.clone().into());
    }
    film.end(Duration::from_millis(length_ms));
    film
}

/// A line's pixels as signs, every shade one.
fn pixels(line: &str, modifier: Modifier) -> String {
    let mut buffer = Buffer::with_lines([line]);
    buffer.set_style(buffer.area, Style::new().add_modifier(modifier));
    let width = usize::from(buffer.area.width) * CELL.0;
    let mut fonts = fonts();
    let mut masks = Masks::new(&mut fonts);
    let mut rows = vec![String::new(); CELL.1];
    let mut x = 0;
    while x < usize::from(buffer.area.width) {
        let mask = masks.of(&buffer[(x as u16, 0)]);
        for (row, covered) in rows.iter_mut().zip(mask.coverage.chunks(mask.width())) {
            let shade = |covered: &u8| [' ', '.', ':', 'o', '#'][usize::from(*covered) * 4 / 255];
            row.extend(covered.iter().map(shade));
        }
        x += mask.columns;
    }
    let mut text = String::new();
    for row in rows {
        assert_eq!(row.chars().count(), width);
        let _ = writeln!(text, "{row}|");
    }
    text
}

#[test]
fn letters_lines_and_missing_ones_look_like_this() {
    insta::assert_snapshot!(pixels("ag╭─漢", Modifier::empty()));
    insta::assert_snapshot!(pixels("🍳│▚⣿", Modifier::BOLD | Modifier::UNDERLINED));
}

#[test]
fn cells_have_exactly_their_colours() {
    let mut buffer = Buffer::with_lines(["█ ▀x"]);
    let style = Style::new()
        .fg(Color::Rgb(1, 2, 3))
        .bg(Color::Rgb(200, 100, 50));
    buffer.set_style(buffer.area, style);
    let decoded = still(buffer);
    assert_eq!(decoded.size, (4 * 10 + 24, 20 + 24));
    let pixels = decoded.seen(1);
    let own = Palette::of(&builtin("dark").expect("built in"));
    assert_eq!(pixels[0], own.background);
    let (ink, ground) = ((1, 2, 3), (200, 100, 50));
    assert_eq!(decoded.cell(&pixels, (0, 0)), vec![ink; 200]);
    assert_eq!(decoded.cell(&pixels, (1, 0)), vec![ground; 200]);
    assert_eq!(
        decoded.cell(&pixels, (2, 0)),
        [vec![ink; 100], vec![ground; 100]].concat()
    );
    // The letter has the eight steps from one to the other, and no colour beside them.
    let letter: BTreeSet<Rgb> = decoded.cell(&pixels, (3, 0)).into_iter().collect();
    let step = |step: i32| {
        let mix = |ground: i32, ink: i32| ((ink * step + ground * (8 - step) + 4) / 8) as u8;
        (mix(200, 1), mix(100, 2), mix(50, 3))
    };
    let steps: BTreeSet<Rgb> = (0..=8).map(step).collect();
    assert!(letter.is_subset(&steps) && letter.len() > 3, "{letter:?}");
    assert_eq!((decoded.delays(), decoded.repeats), (vec![0], false));
}

#[test]
fn what_follows_a_wide_character_stands_in_its_own_column() {
    let alone = still(Buffer::with_lines(["  x"]));
    let behind = still(Buffer::with_lines(["👩‍🍳x"]));
    let cell = |decoded: &Decoded, x| decoded.cell(&decoded.seen(1), (x, 0));
    assert_eq!(cell(&alone, 2), cell(&behind, 2));
    assert_ne!(cell(&alone, 0), cell(&behind, 0));
    assert_ne!(cell(&alone, 1), cell(&behind, 1));
}

#[test]
fn frames_hold_what_changed_and_their_times_add_up() {
    let line = |text: &str| Buffer::with_lines([text, "still"]);
    let film = film(
        &[
            (0, line("one  ")),
            (1004, line("two  ")),
            (2006, line("two x")),
        ],
        3333,
    );
    let decoded = made(&film);
    assert_eq!(decoded.delays(), [100, 101, 132]);
    assert!(decoded.repeats);
    let places: Vec<_> = decoded
        .frames
        .iter()
        .map(|frame| {
            (
                frame.left / 10,
                frame.top / 20,
                frame.width / 10,
                frame.height / 20,
            )
        })
        .collect();
    assert_eq!(places[0], (0, 0, 7, 3));
    assert!(places[1].2 <= 3 && places[1].3 == 0, "{places:?}");
    assert!(places[2].0 >= 5 && places[2].2 <= 1, "{places:?}");
    // Whatever was left out, the last picture is the one that a still of it is.
    assert_eq!(decoded.seen(3), still(line("two x")).seen(1));
    assert_eq!(decoded.seen(2), still(line("two  ")).seen(1));
}

#[test]
fn a_picture_that_stands_long_stands_as_long() {
    let film = film(
        &[
            (0, Buffer::with_lines(["a"])),
            (700_000, Buffer::with_lines(["b"])),
        ],
        1_400_000,
    );
    let decoded = made(&film);
    assert_eq!(decoded.delays(), [65_535, 4_465, 65_535, 4_465]);
    assert_eq!(decoded.seen(2), decoded.seen(1));
}

#[test]
fn a_picture_with_too_many_colours_keeps_its_letters_exact() {
    let mut buffer = Buffer::with_lines(vec!["▀".repeat(60); 20]);
    for y in 1..20 {
        for x in 0..60 {
            let (red, green) = ((x * 4) as u8, (y * 12) as u8);
            buffer[(x, y)]
                .set_fg(Color::Rgb(red, green, 0))
                .set_bg(Color::Rgb(red, green + 6, 255));
        }
    }
    buffer.set_string(
        0,
        0,
        "text".repeat(15),
        Style::new().fg(Color::Rgb(9, 99, 199)),
    );
    let decoded = still(buffer);
    let pixels = decoded.seen(1);
    assert!(decoded.cell(&pixels, (0, 0)).contains(&(9, 99, 199)));
    let drawn = decoded.cell(&pixels, (30, 10))[0];
    assert!(
        drawn.0.abs_diff(120) < 24 && drawn.1.abs_diff(120) < 24 && drawn.2 < 24,
        "{drawn:?}"
    );
}

#[test]
fn what_lies_over_the_cells_is_drawn_and_goes_again() {
    let blank = Shot::from(Buffer::with_lines(["      ", "      "]));
    // One half of an image red, the other open.
    let rgba = [[200, 0, 0, 255], [0; 4]].concat();
    let image = Image {
        halves: Pixels::default(),
        fine: Some(Drawn::Pixels(Pixels {
            width: 2,
            height: 1,
            rgba,
        })),
    };
    let area = |x, width, height| Area {
        x,
        y: 0,
        width,
        height,
    };
    let over = Shot {
        images: vec![PlacedImage {
            area: area(0, 2, 1),
            key: ImageKey {
                file: ImageFile::default(),
                width: 2,
                height: 1,
            },
            image: Arc::new(image),
        }],
        large: vec![LargeText {
            area: area(2, 2, 2),
            text: "█".to_owned(),
            scale: 2,
            look: Cell::default(),
        }],
        ..blank.clone()
    };
    let mut film = Film::new(over);
    film.frame(Duration::from_secs(1), blank);
    let decoded = made(&film);
    let colours = |frames: usize| {
        let pixels = decoded.seen(frames);
        let one = |x, y| {
            let cell: BTreeSet<Rgb> = decoded.cell(&pixels, (x, y)).into_iter().collect();
            cell.into_iter().collect::<Vec<_>>()
        };
        [one(0, 0), one(1, 0), one(2, 1), one(3, 0), one(4, 0)]
    };
    let own = Palette::of(&builtin("dark").expect("built in"));
    let (ink, ground) = (own.foreground, own.background);
    assert_eq!(
        colours(1),
        [
            vec![(201, 0, 0)],
            vec![ground],
            vec![ink],
            vec![ink],
            vec![ground]
        ],
        "the last bit of a colour is one with its first"
    );
    assert_eq!(colours(2), [0; 5].map(|_| vec![ground]));
}

#[test]
fn a_picture_that_is_too_large_is_refused() {
    let theme = builtin("dark").expect("built in");
    let blank = Buffer::empty(ratatui::layout::Rect::new(0, 0, 500, 500));
    let refused = gif(&Film::new(blank.into()), &theme, &mut fonts());
    let why = refused
        .map(|bytes| bytes.len())
        .map_err(|error| error.to_string());
    assert_eq!(
        why,
        Err("a picture would have 5024 × 10024 pixels".to_owned())
    );
}
