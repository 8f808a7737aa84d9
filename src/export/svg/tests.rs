//! What is drawn of cells, and how a film moves.

use std::time::Duration;

use ratatui::style::{Color, Modifier, Style};

use super::*;
use crate::export::Film;
use crate::layout::Area;
use crate::theme::builtin;
use crate::view::LargeText;

fn lines(document: &str) -> Vec<&str> {
    let drawn = |line: &&str| line.starts_with("<text") || line.starts_with("<path");
    document.lines().filter(drawn).collect()
}

fn still(buffer: &Buffer) -> String {
    svg(
        &Shot::from(buffer.clone()),
        &builtin("dark").expect("built in"),
    )
}

fn film(frames: &[(u64, &str)], end_ms: u64) -> String {
    let shot = |line: &str| Shot::from(Buffer::with_lines([line]));
    let mut film = Film::new(shot(frames[0].1));
    for (at_ms, line) in &frames[1..] {
        film.frame(Duration::from_millis(*at_ms), shot(line));
    }
    film.end(Duration::from_millis(end_ms));
    animated_svg(&film, &builtin("dark").expect("built in")).expect("it is small")
}

#[test]
fn text_is_escaped_and_says_how_long_it_is() {
    assert_eq!(
        lines(&still(&Buffer::with_lines(["a <b> &  "]))),
        [
            "<text x=\"16\" y=\"31\" fill=\"#e6e8eb\" textLength=\"67.2\" \
          lengthAdjust=\"spacingAndGlyphs\">a &lt;b&gt; &amp;</text>"
        ]
    );
}

#[test]
fn characters_that_xml_does_not_have_are_replaced() {
    let document = still(&Buffer::with_lines(["\u{FFFE}", "\u{FFFF}"]));
    assert!(!document.contains(['\u{FFFE}', '\u{FFFF}']));
    assert_eq!(document.matches('\u{FFFD}').count(), 2);
}

#[test]
fn what_follows_a_wide_character_stands_in_its_own_column() {
    let document = still(&Buffer::with_lines(["👩‍🍳→→x"]));
    let places: Vec<_> = lines(&document)
        .iter()
        .map(|line| {
            let (_, rest) = line.split_once("x=\"").expect("a place");
            let (x, rest) = rest.split_once('"').expect("its end");
            let (_, rest) = rest.split_once("textLength=\"").expect("a length");
            let (length, rest) = rest.split_once('"').expect("its end");
            let (_, rest) = rest.split_once('>').expect("text");
            (x, length, rest.trim_end_matches("</text>"))
        })
        .collect();
    let expected = [
        ("16", "19.2", "👩‍🍳"),
        ("35.2", "19.2", "→→"),
        ("54.4", "9.6", "x"),
    ];
    assert_eq!(places, expected);
}

#[test]
fn bars_are_shapes_and_backgrounds_are_merged() {
    let mut buffer = Buffer::with_lines(["██▌ "]);
    let style = Style::new().fg(Color::Red).bg(Color::Rgb(1, 2, 3));
    buffer.set_style(*buffer.area(), style);
    assert_eq!(
        lines(&still(&buffer)),
        [
            "<path fill=\"#010203\" d=\"M16 16h38.4v20h-38.4z\"/>",
            "<path fill=\"#cd0000\" d=\"M16 16h19.2v20h-19.2zM35.2 16h4.8v20h-4.8z\"/>",
        ]
    );
}

#[test]
fn lines_of_boxes_are_shapes_that_join() {
    assert_eq!(
        lines(&still(&Buffer::with_lines(["──╮", "  ║"]))),
        [
            "<path fill=\"#e6e8eb\" shape-rendering=\"auto\" \
             d=\"M16 25.5h19.2v1h-19.2zM40.48 36L40.48 31Q40.48 25.5 35.2 25.5L35.2 26.5Q39.52 26.5 39.52 31L39.52 36z\"/>",
            "<path fill=\"#e6e8eb\" shape-rendering=\"auto\" \
             d=\"M38.08 36h0.96v20h-0.96zM40.96 36h0.96v20h-0.96z\"/>",
        ]
    );
}

#[test]
fn a_film_moves_what_changes_and_draws_equal_looks_once() {
    let document = film(
        &[
            (0, "run 1 a"),
            (500, "run 2 a"),
            (1000, "run 1 a"),
            (1500, "run 3 a"),
        ],
        2000,
    );
    let (_, style) = document.split_once("<style>\n").expect("a style");
    let (style, _) = style.split_once("\n</style>").expect("its end");
    assert_eq!(
        style,
        "g{animation:2s step-end infinite}\n\
         #r0{animation-name:r0}@keyframes r0{75%{transform:translateY(-0px)}\
         0%,50%{transform:translateY(-20px)}25%{transform:translateY(-40px)}}\n\
         @media (prefers-reduced-motion:reduce){g{animation:none!important}}"
    );
    let texts: Vec<&str> = lines(&document)
        .iter()
        .filter_map(|line| Some(line.split_once('>')?.1.trim_end_matches("</text>")))
        .collect();
    assert_eq!(texts, ["run   a", "3", "1", "2"]);
}

#[test]
fn wide_characters_move_whole() {
    let document = film(&[(0, "a漢|"), (500, "ab |"), (900, "漢 |")], 1000);
    let (still, strip) = document.split_once("<g id").expect("a strip");
    let place = |line: &str| {
        let (_, rest) = line.split_once("x=\"").expect("a place");
        let (x, rest) = rest.split_once('"').expect("its end");
        let (_, text) = rest.split_once('>').expect("text");
        format!("{x} {}", text.trim_end_matches("</text>"))
    };
    let places = |part: &str| lines(part).into_iter().map(place).collect::<Vec<_>>();
    assert_eq!(places(still), ["44.8 |"]);
    assert_eq!(places(strip), ["16 漢", "16 a", "25.6 漢", "16 ab"]);
}

/// A moment with large text over it.
fn large_text() -> Shot {
    let mut look = ratatui::buffer::Cell::default();
    look.set_fg(Color::Red);
    let large = LargeText {
        area: Area {
            x: 0,
            y: 0,
            width: 4,
            height: 2,
        },
        text: "T&".to_owned(),
        scale: 2,
        look,
    };
    Shot {
        large: vec![large],
        ..Shot::from(Buffer::with_lines(["     x", "      "]))
    }
}

#[test]
fn what_does_not_move_is_a_still_picture() {
    let mut film = Film::new(large_text());
    film.frame(Duration::from_secs(1), large_text());
    let theme = builtin("dark").expect("built in");
    assert_eq!(animated_svg(&film, &theme), Ok(svg(&large_text(), &theme)));
}

#[test]
fn what_lies_over_a_film_comes_and_goes() {
    let blank = Shot::from(Buffer::with_lines(["     x", "      "]));
    let mut film = Film::new(blank.clone());
    film.frame(Duration::from_secs(1), large_text());
    film.frame(Duration::from_secs(3), blank);
    film.end(Duration::from_secs(4));
    let theme = builtin("dark").expect("built in");
    let document = animated_svg(&film, &theme).expect("it is small");
    let drawn: Vec<&str> = document.lines().skip(3).collect();
    assert_eq!(
        drawn,
        [
            "<style>",
            "g{animation:4s step-end infinite}",
            "#o0{animation-name:o0}@keyframes o0{0%{opacity:0}25%{opacity:1}75%{opacity:0}}",
            "@media (prefers-reduced-motion:reduce){g{animation:none!important}}",
            "</style>",
            "<text x=\"64\" y=\"31\" fill=\"#e6e8eb\" textLength=\"9.6\" \
             lengthAdjust=\"spacingAndGlyphs\">x</text>",
            "<g id=\"o0\" opacity=\"0\">",
            "<g transform=\"translate(-16 16) scale(2)\">",
            "<text x=\"16\" y=\"15\" fill=\"#cd0000\" textLength=\"19.2\" \
             lengthAdjust=\"spacingAndGlyphs\">T&amp;</text>",
            "</g>",
            "</g>",
            "</svg>",
        ]
    );
}

#[test]
fn lines_stand_under_and_through_letters_and_the_spaces_between_them() {
    let mut buffer = Buffer::with_lines(["漢 a"]);
    let lined = Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    buffer.set_style(*buffer.area(), Style::new().add_modifier(lined));
    assert_eq!(
        lines(&still(&buffer))[0],
        "<path fill=\"#e6e8eb\" d=\"M16 34h38.4v1h-38.4zM16 27h38.4v1h-38.4z\"/>"
    );
}

#[test]
fn a_film_beyond_measure_is_refused() {
    let sign = |n: usize| char::from_u32(0x2190 + n as u32 % 97).expect("an arrow");
    let line = |n: usize| {
        (0..400)
            .map(|x| sign(x * 31 + x * n + n))
            .collect::<String>()
    };
    let picture = |n: usize| Shot::from(Buffer::with_lines((0..3).map(|y| line(n * 3 + y))));
    let mut film = Film::new(picture(0));
    for n in 1..160 {
        film.frame(Duration::from_secs(n as u64), picture(n));
    }
    let theme = builtin("dark").expect("built in");
    let drawn = animated_svg(&film, &theme).map(|document| document.len());
    assert_eq!(drawn, Err(SvgTooLarge));
}

#[test]
fn large_text_is_text_of_that_size() {
    let document = svg(&large_text(), &builtin("dark").expect("built in"));
    let drawn: Vec<&str> = document.lines().skip(3).collect();
    assert_eq!(
        drawn,
        [
            "<text x=\"64\" y=\"31\" fill=\"#e6e8eb\" textLength=\"9.6\" \
             lengthAdjust=\"spacingAndGlyphs\">x</text>",
            "<g transform=\"translate(-16 16) scale(2)\">",
            "<text x=\"16\" y=\"15\" fill=\"#cd0000\" textLength=\"19.2\" \
             lengthAdjust=\"spacingAndGlyphs\">T&amp;</text>",
            "</g>",
            "</svg>",
        ]
    );
}
