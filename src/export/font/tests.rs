use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::layout::grapheme_width;

fn alone() -> Fonts {
    Fonts::new(Box::new(|_| None))
}

/// The characters that a text shows, and that are set and not drawn.
fn shown(text: &str) -> BTreeSet<&str> {
    let graphemes = text.graphemes(true);
    let seen = |grapheme: &&str| !grapheme.chars().all(|c| c.is_control() || is_drawn(c));
    graphemes.filter(seen).collect()
}

/// Block elements and braille.
fn is_drawn(c: char) -> bool {
    matches!(c, '▀'..='▟' | '\u{2800}'..='\u{28FF}')
}

fn missing<'a>(graphemes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut fonts = alone();
    for grapheme in graphemes {
        for bold in [false, true] {
            fonts.set(grapheme, grapheme_width(grapheme), bold);
        }
    }
    fonts.missing().map(str::to_owned).collect()
}

#[test]
fn every_character_of_the_shipped_decks_is_compiled_in() {
    let decks = [
        include_str!("../../../slides/free-threaded-python.md"),
        include_str!("../../../slides/tour.md"),
        include_str!("../../../slides/tour-part.md"),
        include_str!("../../../slides/new.md"),
    ];
    for deck in decks {
        assert_eq!(missing(shown(deck)), [""; 0], "add it with make.py");
    }
}

#[test]
fn every_sign_of_the_interface_is_compiled_in() {
    let sources = [
        include_str!("../../view/glyph.rs"),
        include_str!("../../layout/glyph.rs"),
        include_str!("../../layout/picture.rs"),
        include_str!("../../layout/arrow.rs"),
        include_str!("../../view/help.rs"),
        include_str!("../../view/status.rs"),
        "ℹ␀␇␛␠␡×µ²³",
    ];
    for source in sources {
        assert_eq!(missing(shown(source)), [""; 0], "add it with make.py");
    }
}

#[test]
fn a_character_has_the_face_that_its_width_and_style_ask_for() {
    let mut fonts = alone();
    let mut faces = |grapheme: &str, bold| -> Vec<usize> {
        let glyphs = fonts.set(grapheme, grapheme_width(grapheme), bold);
        glyphs.iter().map(|glyph| glyph.face.0).collect()
    };
    let table: &[(&str, bool, &[FaceId])] = &[
        ("a", false, &[REGULAR]),
        ("a", true, &[BOLD]),
        (" ", false, &[REGULAR]),
        ("e\u{301}", false, &[REGULAR, REGULAR]),
        ("✍", false, &[REGULAR]),
        ("✍\u{FE0F}", false, &[EMOJI]),
        ("⚡", true, &[EMOJI]),
        ("👩\u{200D}🍳", false, &[EMOJI]),
        ("👩\u{200D}🚀", false, &[]),
        ("漢", false, &[]),
        ("", false, &[]),
    ];
    for (grapheme, bold, expected) in table {
        let expected: Vec<usize> = expected.iter().map(|face| face.0).collect();
        assert_eq!(faces(grapheme, *bold), expected, "{grapheme}");
    }
    let missing: Vec<&str> = fonts.missing().collect();
    assert_eq!(missing, ["漢", "👩\u{200D}🚀"]);
}

#[test]
fn letters_are_a_column_wide_and_emoji_fit_into_two() {
    let mut fonts = alone();
    for (grapheme, columns) in [("a", 1), ("─", 1), ("→", 1), ("🍳", 2), ("✍", 1)] {
        let [glyph] = fonts.set(grapheme, columns, false)[..] else {
            panic!("{grapheme} is one glyph");
        };
        let fit = fonts.fit(glyph, columns);
        let wide = fit.scale * fonts.face(glyph.face).advance(glyph.id);
        assert!(
            fit.x >= -1e-9 && (2.0 * fit.x + wide - f64::from(columns)).abs() < 1e-9,
            "{grapheme}: {fit:?}, {wide} of {columns}"
        );
    }
}

#[test]
fn a_font_from_outside_is_asked_once_for_what_is_missing() {
    let asked = std::rc::Rc::new(std::cell::RefCell::new(String::new()));
    let noted = std::rc::Rc::clone(&asked);
    // A stranger that has a few letters only: the emoji font stands for it.
    let mut fonts = Fonts::new(Box::new(move |character| {
        noted.borrow_mut().push(character);
        match character {
            '\u{E000}' => Some((Face::compiled_in()[2].bytes().to_vec(), 0)),
            'か' => Some((b"no font".to_vec(), 0)),
            _ => None,
        }
    }));
    for _ in 0..2 {
        assert_eq!(fonts.set("漢", 2, false), []);
        assert_eq!(fonts.set("か", 2, false), []);
    }
    assert_eq!(*asked.borrow(), "漢か");
    assert_eq!(fonts.missing().collect::<Vec<_>>(), ["か", "漢"]);
}

#[test]
fn outlines_and_measures_are_those_of_the_font() {
    let mut fonts = alone();
    let period = fonts.set(".", 1, false)[0];
    let face = fonts.face(period.face);
    assert_eq!(face.name().as_deref(), Some("DejaVuSansMono"));
    assert_eq!(
        (face.units_per_em(), face.ascent(), face.descent()),
        (2048, 1901, 483)
    );
    let (left, right, top) = (489.0, 741.0, 305.0);
    assert_eq!(
        face.outline(period.id),
        [
            Segment::Move(left, top),
            Segment::Line(right, top),
            Segment::Line(right, 0.0),
            Segment::Line(left, 0.0),
            Segment::Line(left, top),
            Segment::Close,
        ]
    );
}
