//! What a terminal shows after the bytes is what was wanted, and the bytes are few.

use std::num::NonZero;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::Encoder;

const WIDTH: u16 = 12;
const HEIGHT: u16 = 4;

fn picture(lines: &[&str]) -> Buffer {
    let mut buffer = empty();
    for (y, line) in (0..).zip(lines) {
        buffer.set_string(0, y, line, Style::new());
    }
    buffer
}

fn empty() -> Buffer {
    Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT))
}

/// The bytes from one picture to the next, after the first was drawn.
fn change(from: &[&str], to: &[&str]) -> String {
    let (from, to) = (picture(from), picture(to));
    let mut encoder = Encoder::default();
    encoder.draw(&empty(), &from);
    encoder.take();
    encoder.draw(&from, &to);
    encoder.take()
}

#[test]
fn write_no_more_than_what_changed() {
    let table: &[(&[&str], &[&str], &str)] = &[
        (&["same"], &["same"], ""),
        (&["", "one"], &["", "two"], "\x1b[2Htwo"),
        // A short stretch between two changes is written again, a long one is jumped over.
        (&["a--b"], &["x--y"], "\x1b[Hx--y"),
        (&["a------b"], &["x------y"], "\x1b[Hx\x1b[6Cy"),
        // A long blank rest is erased, a short one is written.
        (&["abcdefgh"], &["x"], "\x1b[Hx\x1b[K"),
        (&["abc"], &["x"], "\x1b[Hx  "),
        // The next row begins behind a line end.
        (&["ab", "cd"], &["xy", "zw"], "\x1b[Hxy\r\nzw"),
        // A wide character that goes leaves its second half blank.
        (&["日b"], &["a b"], "\x1b[Ha "),
        (&["ab"], &["日"], "\x1b[H日"),
        // What some terminals draw narrower leaves nothing of before beside it.
        (&["abc"], &["✍️c"], "\x1b[H  \x1b[H✍️"),
    ];
    for (from, to, expected) in table {
        assert_eq!(change(from, to), *expected, "{from:?} → {to:?}");
    }
}

#[test]
fn change_the_pen_only_where_it_shows() {
    let mut buffer = empty();
    let bold = Style::new().add_modifier(Modifier::BOLD).fg(Color::Red);
    buffer.set_string(0, 0, "a", bold);
    buffer.set_string(2, 0, "b", bold);
    buffer.set_string(4, 0, "c", Style::new());
    let mut encoder = Encoder::default();
    encoder.draw(&empty(), &buffer);
    assert_eq!(encoder.take(), "\x1b[H\x1b[1;31ma b \x1b[0mc");
}

#[test]
fn let_no_control_character_through() {
    let mut buffer = empty();
    buffer[(0, 0)].set_symbol("\x1b[2J");
    buffer[(5, 0)].set_symbol("\u{9b}");
    let mut encoder = Encoder::default();
    encoder.draw(&empty(), &buffer);
    assert_eq!(encoder.take(), "\x1b[H\u{fffd}\x1b[1;6H\u{fffd}");
}

fn any_picture() -> impl Strategy<Value = Buffer> {
    let symbol = prop_oneof![
        4 => Just(" "),
        3 => Just("x"),
        1 => Just("─"),
        1 => Just("日"),
        1 => Just("e\u{301}"),
    ];
    let colour = prop_oneof![
        Just(Color::Reset),
        Just(Color::Red),
        Just(Color::LightBlue),
        Just(Color::Indexed(200)),
        Just(Color::Rgb(1, 2, 3)),
    ];
    let modifier = prop_oneof![
        3 => Just(Modifier::empty()),
        1 => Just(Modifier::BOLD),
        1 => Just(Modifier::DIM),
        1 => Just(Modifier::UNDERLINED),
        1 => Just(Modifier::REVERSED | Modifier::ITALIC),
    ];
    let write = (
        0..WIDTH,
        0..HEIGHT,
        symbol,
        colour.clone(),
        colour,
        modifier,
    );
    proptest::collection::vec(write, 0..40).prop_map(|writes| {
        let mut buffer = empty();
        for (x, y, symbol, foreground, background, modifier) in writes {
            // One attribute at a time: the terminal that judges here has no bold that is dim too.
            let style = Style::reset()
                .fg(foreground)
                .bg(background)
                .add_modifier(modifier);
            buffer.set_string(x, y, symbol, style);
        }
        whole(buffer)
    })
}

/// Without halves of wide characters, which no picture has.
fn whole(mut buffer: Buffer) -> Buffer {
    for y in 0..HEIGHT {
        let mut x = 0;
        while x < WIDTH {
            if buffer[(x, y)].symbol() == "日" {
                if x + 1 == WIDTH {
                    buffer[(x, y)].set_symbol(" ");
                } else {
                    let style = buffer[(x, y)].style();
                    buffer[(x + 1, y)].reset();
                    buffer[(x + 1, y)].set_style(style);
                }
                x += 1;
            }
            x += 1;
        }
    }
    buffer
}

/// The cells as they look: text, colours and attributes; a blank has no letters' colour.
fn looks(bytes: &[&str]) -> Vec<String> {
    let cells = |count| NonZero::new(count).unwrap();
    let mut terminal = vt100::Parser::new(cells(HEIGHT), cells(WIDTH), 0);
    for bytes in bytes {
        terminal.process(bytes.as_bytes());
    }
    let screen = terminal.screen();
    let mut looks = Vec::new();
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let cell = screen.cell(y, x).unwrap();
            let text = cell.contents();
            let blank = text.trim().is_empty() && !cell.underline() && !cell.inverse();
            looks.push(if blank {
                format!("{:?}", cell.bgcolor())
            } else {
                format!(
                    "{text:?} {:?} {:?} {} {} {} {} {}",
                    cell.fgcolor(),
                    cell.bgcolor(),
                    cell.bold(),
                    cell.dim(),
                    cell.italic(),
                    cell.underline(),
                    cell.inverse(),
                )
            });
        }
    }
    looks
}

proptest! {
    #[test]
    fn a_change_shows_what_drawing_anew_shows(pictures in proptest::collection::vec(any_picture(), 2..5)) {
        let mut encoder = Encoder::default();
        let mut shown = empty();
        let mut bytes = String::new();
        for picture in &pictures {
            encoder.draw(&shown, picture);
            bytes += &encoder.take();
            shown = picture.clone();
        }
        let mut anew = Encoder::default();
        anew.clear();
        let mut direct = String::new();
        // Cell by cell, with nothing left out.
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                if x > 0 && shown[(x - 1, y)].symbol() == "日" {
                    continue;
                }
                let mut one = empty();
                one[(x, y)] = shown[(x, y)].clone();
                anew.draw(&empty(), &one);
                anew.cursor = None;
                direct += &anew.take();
            }
        }
        prop_assert_eq!(looks(&[&bytes]), looks(&[&direct]));
    }
}
