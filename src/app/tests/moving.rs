//! Through the talk.

use super::talk::Talk;
use crate::app::{Event, Mouse, MouseWhat};
use crate::layout::Size;

const DECK: &str = "\
# One

a

<!-- pause -->

b

<!-- pause -->

c

---

# Two

text

---

<!-- id: third -->

# Three

a

<!-- pause -->

b
";

/// Keys from the beginning, and where they lead.
fn check(scripts: &[(&str, &str)]) {
    for (keys, expected) in scripts {
        assert_eq!(Talk::open(DECK).press(keys).at(), *expected, "{keys}");
    }
}

#[test]
fn steps_through_reveals_and_slides() {
    check(&[
        ("", "1.0"),
        ("→", "1.1"),
        ("Space l", "1.2"),
        ("→ → →", "2.0"),
        ("→ → → → → → → →", "3.1"),
        ("←", "1.0"),
        ("→ ←", "1.0"),
        ("j ↓ k ↑ ↓", "1.1"),
    ]);
}

#[test]
fn shows_a_slide_fully_revealed_when_going_back() {
    check(&[
        ("→ → → ←", "1.2"),
        ("→ → → h h", "1.1"),
        ("PgDn PgUp", "1.2"),
        ("PgDn PgDn PgDn", "3.0"),
        ("PgDn PgDn ←", "2.0"),
    ]);
}

#[test]
fn jumps_and_comes_back() {
    check(&[
        ("G", "3.0"),
        ("G Backspace", "1.0"),
        ("→ G Backspace", "1.1"),
        ("End Home Backspace Backspace Backspace", "1.0"),
        ("G g", "1.0"),
        ("g Backspace", "1.0"),
        ("Backspace", "1.0"),
    ]);
}

#[test]
fn goes_to_a_number_that_was_typed() {
    check(&[
        ("2", "1.0 number 2"),
        ("2 Enter", "2.0"),
        ("3 G", "3.0"),
        ("3 1 Backspace Enter", "3.0"),
        ("3 Backspace", "1.0"),
        ("3 Esc", "1.0"),
        ("3 →", "1.1"),
        ("9 9 Enter", "1.0 (no slide 99; the deck has 3)"),
        ("0 Enter", "1.0 (no slide 0; the deck has 3)"),
        ("1 2 3 4 5 6 7", "1.0 number 123456"),
        ("3 Enter Backspace", "1.0"),
    ]);
}

#[test]
fn goes_to_a_slide_by_number_or_id() {
    for (line, expected) in [
        ("2", "2.0"),
        ("third", "3.0"),
        ("two", "2.0"),
        (" 2 ", "2.0"),
        ("", "1.0"),
        (
            "thrid",
            "1.0 (no slide has the id `thrid`; did you mean `third`?)",
        ),
        ("7", "1.0 (no slide 7; the deck has 3)"),
    ] {
        let mut talk = Talk::open(DECK);
        talk.press(":").write(line);
        assert_eq!(talk.at(), format!("1.0 :{line}"));
        assert_eq!(talk.press("Enter").at(), expected, "{line}");
    }
}

#[test]
fn takes_what_is_pasted_into_the_line_alone() {
    let mut talk = Talk::open(DECK);
    talk.happen(Event::Paste("third".into()));
    assert_eq!(talk.at(), "1.0");
    talk.press(":")
        .happen(Event::Paste("th\u{1b}ird\n".into()))
        .press("Enter");
    assert_eq!(talk.at(), "3.0");
}

fn long() -> String {
    let lines: Vec<_> = (0..60).map(|number| format!("line {number}\n\n")).collect();
    let lines = lines.concat();
    format!("# Long\n\n{lines}---\n\n# End\n")
}

#[test]
fn scrolls_where_a_slide_overflows() {
    let mut talk = Talk::open(&long());
    let max = talk.state.page.rows.len() as u32 - 23;
    for (keys, expected) in [
        ("↓ j", "1.0 scrolled 2".to_owned()),
        ("k ↑ ↑", "1.0".to_owned()),
        ("↓ →", "2.0".to_owned()),
        ("←", "1.0".to_owned()),
    ] {
        assert_eq!(talk.press(keys).at(), expected, "{keys}");
    }
    for _ in 0..200 {
        talk.press("↓");
    }
    assert_eq!(talk.at(), format!("1.0 scrolled {max}"));
}

#[test]
fn scrolls_no_further_than_a_screen_too_small_for_a_slide_goes() {
    let mut talk = Talk::open(DECK);
    let mut resize = |height| {
        talk.happen(Event::Resize(Size { width: 0, height }));
        talk.happen(Event::Mouse(Mouse {
            x: 0,
            y: 0,
            what: MouseWhat::WheelDown,
        }));
        talk.at()
    };
    assert_eq!(resize(0), "1.0 scrolled 3");
    assert_eq!(resize(80), "1.1");
}

#[test]
fn turns_the_wheel_where_a_slide_overflows_and_else_steps() {
    let wheel = |what| Event::Mouse(Mouse { x: 0, y: 0, what });
    let mut talk = Talk::open(&long());
    talk.happen(wheel(MouseWhat::WheelDown));
    assert_eq!(talk.at(), "1.0 scrolled 3");
    talk.happen(wheel(MouseWhat::WheelUp));
    assert_eq!(talk.at(), "1.0");
    let mut talk = Talk::open(DECK);
    talk.happen(wheel(MouseWhat::WheelDown));
    assert_eq!(talk.at(), "1.1");
    talk.happen(wheel(MouseWhat::WheelUp));
    assert_eq!(talk.at(), "1.0");
}

#[test]
fn scrolls_to_what_a_step_reveals_below_the_screen() {
    let deck = long().replace("line 40\n", "<!-- pause -->\n\nline 40\n");
    let mut talk = Talk::open(&deck);
    talk.press("→");
    let row = talk
        .state
        .page
        .to_text()
        .lines()
        .position(|line| line.contains("line 40"));
    let row = row.unwrap() as u32;
    let seen = talk.state.scroll..talk.state.scroll + 23;
    assert!(seen.contains(&row), "row {row} in {seen:?}");
    assert_eq!(talk.state.place.step, 1);
}

#[test]
fn keeps_place_and_scrolling_when_the_size_changes() {
    let mut talk = Talk::open(&long());
    for _ in 0..200 {
        talk.press("↓");
    }
    for (width, height, too_small) in [
        (80, 50, false),
        (19, 50, true),
        (80, 5, true),
        (120, 200, false),
    ] {
        talk.happen(Event::Resize(Size { width, height }));
        assert_eq!(talk.state.too_small(), too_small);
        assert!(talk.state.scroll <= talk.state.scroll_max());
    }
    assert_eq!(talk.at(), "1.0");
    assert_eq!(
        talk.state.page.size,
        Size {
            width: 120,
            height: 199
        }
    );
}

#[test]
fn shows_an_empty_deck() {
    let mut talk = Talk::open("");
    talk.press("→ ← G g PgDn PgUp o Enter / x Enter n 1 Enter r s e");
    assert_eq!(talk.state.place.slide, 0);
}
