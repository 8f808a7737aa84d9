//! Images on a terminal that knows them: where each stands after the bytes, on which cells.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::sync::Arc;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Encoder, Picture};
use crate::app::{Image, ImageKey, PlacedImage, Protocol};
use crate::deck::ImageFile;
use crate::layout::Area;
use crate::pixels::{Drawn, Pixels};

const WIDTH: u16 = 12;
const HEIGHT: u16 = 4;
/// What stands for a cell of an image that is drawn on cells.
const SEEN: &str = "▓";

/// The image of this number at a place.
fn image(content: u64, x: u16, y: u16, (width, height): (u16, u16), by: Protocol) -> PlacedImage {
    let fine = match by {
        Protocol::Sixel => Drawn::Sixel(format!("\x1bPq{width}x{height}\x1b\\")),
        // More than one chunk.
        _ => Drawn::Png(format!("{content:04}").repeat(1500)),
    };
    PlacedImage {
        area: Area {
            x,
            y: y.into(),
            width,
            height,
        },
        key: ImageKey {
            file: ImageFile {
                content,
                ..ImageFile::default()
            },
            width,
            height,
        },
        image: Arc::new(Image {
            halves: Pixels::default(),
            fine: Some(fine),
        }),
    }
}

/// Rows of text, blank where images stand.
fn cells(lines: &[&str], images: &[PlacedImage]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    for (y, line) in (0..).zip(lines) {
        buffer.set_string(0, y, line, Style::new());
    }
    for image in images {
        for (x, y) in places(image.area) {
            buffer[(x, y)].set_symbol(" ");
            // Nothing reaches into an image.
            if x > 0 && buffer[(x - 1, y)].symbol() == "日" {
                buffer[(x - 1, y)].set_symbol(" ");
            }
        }
    }
    buffer
}

fn places(area: Area) -> impl Iterator<Item = (u16, u16)> {
    let rows = area.y as u16..area.y as u16 + area.height;
    rows.flat_map(move |y| (area.x..area.x + area.width).map(move |x| (x, y)))
}

/// A terminal that shows images, and the encoder that speaks to it.
struct Terminal {
    encoder: Encoder,
    by: Protocol,
    shown: (Buffer, Vec<PlacedImage>),
    cells: vt100::Parser,
    /// A kitty's images, and where they stand.
    files: BTreeMap<String, String>,
    placed: BTreeSet<(String, Area)>,
    places: BTreeMap<(String, String), Area>,
}

impl Terminal {
    fn new(by: Protocol) -> Self {
        let size = |cells| NonZero::new(cells).unwrap();
        let mut encoder = Encoder::default();
        encoder.show_images_by(by);
        Self {
            encoder,
            by,
            shown: (cells(&[], &[]), Vec::new()),
            cells: vt100::Parser::new(size(HEIGHT), size(WIDTH), 0),
            files: BTreeMap::new(),
            placed: BTreeSet::new(),
            places: BTreeMap::new(),
        }
    }

    /// Shows a picture; the bytes that it took.
    fn show(&mut self, lines: &[&str], images: Vec<PlacedImage>) -> String {
        let wanted = (cells(lines, &images), images);
        self.encoder.draw(over(&self.shown), over(&wanted));
        self.shown = wanted;
        let bytes = self.encoder.take();
        self.take_in(&bytes);
        bytes
    }

    fn take_in(&mut self, mut bytes: &str) {
        let begins = ["\x1b_G", "\x1b]1337;", "\x1bP"];
        while let Some(at) = begins.iter().filter_map(|begin| bytes.find(begin)).min() {
            self.cells.process(&bytes.as_bytes()[..at]);
            let rest = &bytes[at..];
            let end = rest[1..].find(['\x1b', '\x07']).unwrap() + 1;
            self.obey(&rest[..end]);
            bytes = rest[end..]
                .strip_prefix("\x1b\\")
                .unwrap_or(&rest[end + 1..]);
        }
        self.cells.process(bytes.as_bytes());
    }

    fn obey(&mut self, sequence: &str) {
        if let Some(body) = sequence.strip_prefix("\x1b_G") {
            let (keys, data) = body.split_once(';').unwrap_or((body, ""));
            self.obey_kitty(keys, data);
        } else if let Some(body) = sequence.strip_prefix("\x1b]1337;File=") {
            let keys = pairs(body.split(':').next().unwrap(), ';');
            self.draw(number(&keys["width"]), number(&keys["height"]));
        } else {
            let size = sequence.strip_prefix("\x1bPq").unwrap();
            let (width, height) = size.split_once('x').unwrap();
            self.draw(number(width), number(height));
        }
    }

    fn obey_kitty(&mut self, keys: &str, data: &str) {
        let keys = pairs(keys, ',');
        let key = |name: &str| keys.get(name).map_or("", String::as_str);
        match (key("a"), key("d")) {
            ("t", _) => drop(self.files.insert(key("i").to_owned(), data.to_owned())),
            // Another part of the last image.
            ("", _) => self.files.last_entry().unwrap().get_mut().push_str(data),
            ("p", _) => {
                assert!(
                    self.files.contains_key(key("i")),
                    "it is placed before it is sent"
                );
                let (y, x) = self.cells.screen().cursor_position();
                let area = Area {
                    x,
                    y: y.into(),
                    width: number(key("c")),
                    height: number(key("r")),
                };
                let place = (key("i").to_owned(), key("p").to_owned());
                assert_eq!(self.places.insert(place, area), None, "it stands there");
            }
            ("d", "i") => {
                let place = (key("i").to_owned(), key("p").to_owned());
                assert!(self.places.remove(&place).is_some(), "it stands nowhere");
            }
            ("d", "I") => drop(self.files.remove(key("i"))),
            other => panic!("{other:?}"),
        }
        let placed = self.places.iter();
        self.placed = placed
            .map(|((id, _), area)| (self.files[id].clone(), *area))
            .collect();
    }

    /// An image on the cells from the cursor on.
    fn draw(&mut self, width: u16, height: u16) {
        let (y, x) = self.cells.screen().cursor_position();
        let mut drawn = "\x1b7\x1b[0m".to_owned();
        for row in y + 1..=y + height {
            let place = format!("\x1b[{row};{}H", x + 1);
            drawn.extend([place, SEEN.repeat(width.into())]);
        }
        self.cells.process((drawn + "\x1b8").as_bytes());
    }

    /// Asserts that it shows what was wanted.
    fn check(&self) {
        let (buffer, images) = &self.shown;
        let mut expected = buffer.clone();
        if self.by == Protocol::Kitty {
            let file = |image: &PlacedImage| match &image.image.fine {
                Some(Drawn::Png(file)) => (file.clone(), image.area),
                _ => panic!("kitty takes PNG files"),
            };
            let wanted: BTreeSet<_> = images.iter().map(file).collect();
            assert_eq!(self.placed, wanted);
        } else {
            for (x, y) in images.iter().flat_map(|image| places(image.area)) {
                expected[(x, y)].set_symbol(SEEN);
            }
        }
        for (x, y) in places(Area {
            x: 0,
            y: 0,
            width: WIDTH,
            height: HEIGHT,
        }) {
            let cell = self.cells.screen().cell(y, x).unwrap();
            let symbol = if cell.has_contents() {
                cell.contents()
            } else {
                " "
            };
            assert_eq!(
                symbol,
                expected[(x, y)].symbol(),
                "{:?} at {x},{y}",
                self.by
            );
        }
    }
}

fn over(picture: &(Buffer, Vec<PlacedImage>)) -> Picture<'_> {
    Picture {
        cells: &picture.0,
        links: &[],
        large: &[],
        images: &picture.1,
    }
}

fn pairs(text: &str, between: char) -> BTreeMap<String, String> {
    let pairs = text.split(between).filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn number(text: &str) -> u16 {
    text.parse().unwrap()
}

const ALL: [Protocol; 3] = [Protocol::Kitty, Protocol::Iterm2, Protocol::Sixel];
const TEXT: [&str; 4] = ["some text", "more of it", "and the", "last row"];

#[test]
fn an_image_comes_stays_moves_and_goes() {
    for by in ALL {
        let mut terminal = Terminal::new(by);
        let here = || vec![image(1, 2, 1, (3, 2), by)];
        let there = || vec![image(1, 6, 0, (3, 2), by), image(2, 0, 2, (4, 2), by)];
        terminal.show(&TEXT, Vec::new());
        terminal.check();
        terminal.show(&TEXT, here());
        terminal.check();
        assert_eq!(terminal.show(&TEXT, here()), "", "{by:?}: a still picture");
        // Beside it something changes: the image is not drawn again.
        let bytes = terminal.show(&["other", "more of it", "and the", "last row"], here());
        terminal.check();
        assert!(bytes.len() < 20, "{by:?}: {bytes:?}");
        terminal.show(&TEXT, there());
        terminal.check();
        terminal.show(&[], Vec::new());
        terminal.check();
    }
}

#[test]
fn a_kitty_is_sent_an_image_once() {
    let by = Protocol::Kitty;
    let mut terminal = Terminal::new(by);
    let mut sent = 0;
    for x in [0, 4, 8, 0] {
        let bytes = terminal.show(&TEXT, vec![image(1, x, 0, (3, 2), by)]);
        sent += bytes.matches("a=t,").count();
        terminal.check();
        terminal.show(&TEXT, Vec::new());
    }
    assert_eq!(sent, 1);
    // Of many it keeps few.
    for content in 2..60 {
        terminal.show(&TEXT, vec![image(content, 0, 0, (3, 2), by)]);
        terminal.check();
    }
    assert_eq!(terminal.files.len(), super::images::SENT_MAX);
}

#[test]
fn a_screen_that_is_drawn_anew_has_no_image_before_it() {
    let mut encoder = Encoder::default();
    encoder.clear();
    assert_eq!(encoder.take(), "\x1b[0m\x1b[2J");
    encoder.show_images_by(Protocol::Kitty);
    encoder.clear();
    assert_eq!(encoder.take(), "\x1b[0m\x1b[2J\x1b_Ga=d,d=A,q=2\x1b\\");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn whatever_comes_and_goes_the_terminal_shows_what_is_wanted(
        pictures in prop::collection::vec(
            (
                prop::collection::vec("[a-c日 ]{0,6}", 4),
                prop::collection::vec((0_u64..3, 0_u16..3, 0_u16..3, 1_u16..4, 1_u16..3), 0..3),
            ),
            1..6,
        ),
    ) {
        for by in ALL {
            let mut terminal = Terminal::new(by);
            for (lines, images) in &pictures {
                // Each in a third of its own, so that none overlaps another.
                let placed = images.iter().enumerate().map(|(at, (content, x, y, width, height))| {
                    let left = at as u16 * 4;
                    let x = left + (*x).min(4 - width);
                    image(*content, x, (*y).min(HEIGHT - height), (*width, *height), by)
                });
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                terminal.show(&lines, placed.collect());
                terminal.check();
            }
        }
    }
}
