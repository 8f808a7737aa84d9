//! What lies over the slide or beside it.

use super::talk::{Talk, is_known};
use crate::app::{Event, Mouse, MouseWhat};

fn deck(slides: usize) -> String {
    let slide = |number: usize| format!("# Slide {number}\n\nword{number} every\n");
    (1..=slides)
        .map(slide)
        .collect::<Vec<_>>()
        .join("\n---\n\n")
}

#[test]
fn opens_and_closes_what_lies_over_the_slide() {
    for (keys, expected) in [
        ("o", "1.0 overview 1"),
        ("o o", "1.0"),
        ("o Esc", "1.0"),
        ("o q", "1.0"),
        ("o → → Enter", "3.0"),
        ("o ↓ Enter Backspace", "1.0"),
        ("o ↓", "1.0 overview 4"),
        ("o ↓ ↑ ←", "1.0 overview 1"),
        ("o G", "1.0 overview 40"),
        ("o G → ↓", "1.0 overview 40"),
        ("o PgDn", "1.0 overview 16"),
        ("?", "1.0 help 0"),
        ("? ↓ PgDn", "1.0 help 11"),
        ("? ↓ k g", "1.0 help 0"),
        ("? ?", "1.0"),
        ("? q", "1.0"),
        ("b", "1.0 black"),
        ("b b", "1.0"),
        ("b →", "1.0"),
        ("b q", "1.0"),
        ("s", "1.0 +notes"),
        ("s s", "1.0"),
        ("s e →", "2.0 +explanation"),
    ] {
        let mut talk = Talk::open(&deck(40));
        assert_eq!(talk.press(keys).at(), expected, "{keys}");
        assert_eq!(talk.told(), [""; 0], "{keys}");
    }
}

#[test]
fn asks_for_titles_only_when_somebody_wants_them() {
    let mut talk = Talk::open(&deck(3));
    talk.press("→ → ← ? ? :").write("2").press("Enter");
    assert!(!is_known(&talk.state.outline));
    assert!(is_known(&talk.press("o").state.outline));
}

#[test]
fn goes_to_the_tile_that_is_clicked() {
    let click = |x, y| {
        Event::Mouse(Mouse {
            x,
            y,
            what: MouseWhat::Click,
        })
    };
    let mut talk = Talk::open(&deck(40));
    talk.press("o").happen(click(27, 5));
    assert_eq!(talk.at(), "5.0");
    talk.press("o").happen(click(79, 23));
    assert_eq!(talk.at(), "5.0 overview 5");
}

#[test]
fn shows_what_is_found_while_one_types() {
    let mut talk = Talk::open(&deck(12));
    for (typed, expected) in [
        ("WOR", "2.0 /WOR"),
        ("d", "2.0 /WORd"),
        ("3", "3.0 /WORd3"),
        ("q", "2.0 /WORd3q (not found)"),
    ] {
        if talk.at() == "1.0" {
            talk.press("→ /");
        }
        assert_eq!(talk.write(typed).at(), expected);
    }
    assert_eq!(talk.press("Backspace").at(), "3.0 /WORd3");
    assert_eq!(talk.press("Enter").at(), "3.0");
    assert_eq!(talk.press("n").at(), "3.0 (no other slide has `WORd3`)");
    assert_eq!(
        talk.press("Backspace").state.place.slide,
        1,
        "back from the search"
    );
}

#[test]
fn goes_on_to_the_next_and_the_previous_find() {
    let mut talk = Talk::open(&deck(12));
    talk.press("/").write("word1").press("Enter");
    for (key, expected) in [
        ("n", "10.0"),
        ("n", "11.0"),
        ("n", "12.0"),
        ("n", "1.0"),
        ("N", "12.0"),
    ] {
        assert_eq!(talk.press(key).at(), expected);
    }
    assert_eq!(
        Talk::open(&deck(2)).press("n").at(),
        "1.0 (nothing was searched for yet)"
    );
}

#[test]
fn finds_what_was_searched_for_before_the_slides_were_known() {
    for (typed, keys, before, after) in [
        ("word7", "", "1.0 /word7", "7.0 /word7"),
        ("word7", "Enter", "1.0", "7.0"),
        ("every", "Enter", "1.0", "1.0"),
        ("nowhere", "Enter", "1.0", "1.0 (no slide has `nowhere`)"),
        ("word1", "Enter n", "1.0", "10.0"),
        ("word1", "Enter N", "1.0", "12.0"),
        ("word7", "Enter → →", "3.0", "7.0"),
        ("word7", "Esc", "1.0", "1.0"),
    ] {
        let mut talk = Talk::open(&deck(12));
        talk.is_slow = true;
        talk.press("/").write(typed).press(keys);
        assert_eq!(talk.at(), before, "{typed} {keys}");
        assert_eq!(talk.outline().at(), after, "{typed} {keys}");
    }
}

#[test]
fn leaves_a_search_where_it_began() {
    let mut talk = Talk::open(&deck(12));
    talk.press("→ /").write("word7");
    assert_eq!(talk.at(), "7.0 /word7");
    assert_eq!(talk.press("Esc").at(), "2.0");
}

#[test]
fn lays_notes_and_explanation_out_below_the_slide() {
    let deck = "# A\n\n<!-- speaker_note: say this -->\n\n<!-- explain: read that -->\n\n\
                <!-- pause -->\n\nb\n\n<!-- speaker_note: and this -->\n";
    let mut talk = Talk::open(deck);
    let height = |talk: &Talk| talk.state.page.size.height;
    let panel = |talk: &Talk| talk.state.panel_page.to_text().trim().to_owned();
    assert_eq!((height(&talk), panel(&talk)), (23, String::new()));
    talk.press("s");
    assert_eq!((height(&talk), panel(&talk)), (15, "say this".to_owned()));
    talk.press("→");
    assert_eq!(
        panel(&talk)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        "say this and this"
    );
    talk.press("e");
    assert_eq!((height(&talk), panel(&talk)), (15, "read that".to_owned()));
}

#[test]
fn scrolls_a_panel_longer_than_its_room_and_then_the_slide() {
    // Ten rows and nine between them, in a room of seven; nine and more in one of fifteen.
    let rows = |count: usize| vec!["row\n\n"; count].concat();
    let deck = format!(
        "# A\n\n{}<!-- explain: |\n{}-->\n\n---\n\n# B\n",
        rows(9),
        rows(10).replace("row", "  row")
    );
    let wheel = |y| {
        Event::Mouse(Mouse {
            x: 0,
            y,
            what: MouseWhat::WheelDown,
        })
    };
    for (keys, expected) in [
        ("e", "1.0 +explanation"),
        ("e ↓ j", "1.0 +explanation scrolled 2"),
        ("e ↓ ↓ k", "1.0 +explanation scrolled 1"),
        ("e ↑", "1.0 +explanation"),
        ("e ↓ e e", "1.0 +explanation"),
        ("e ↓ →", "2.0 +explanation"),
    ] {
        assert_eq!(Talk::open(&deck).press(keys).at(), expected, "{keys}");
    }
    let mut talk = Talk::open(&deck);
    talk.press("e").happen(wheel(15));
    assert_eq!(talk.at(), "1.0 +explanation scrolled 3");
    talk.happen(wheel(14));
    assert_eq!(talk.at(), "1.0 scrolled 3 +explanation scrolled 3");
    for _ in 0..50 {
        talk.press("↓");
    }
    let ends = (talk.state.scroll, talk.state.panel_scroll);
    let rows = [&talk.state.page, &talk.state.panel_page].map(|page| page.rows.len() as u32);
    assert_eq!(ends, (rows[0] - 15, rows[1] - 7));
}

#[test]
fn scrolls_the_notes_to_what_is_said_now() {
    let lines = |name: &str| (1..=5).fold(String::new(), |all, at| format!("{all}  {name} {at}\n"));
    let deck = format!(
        "# A\n\n<!-- speaker_note: |\n{}-->\n\n<!-- pause -->\n\nb\n\n<!-- speaker_note: |\n{}-->\n",
        lines("first"),
        lines("then"),
    );
    let mut talk = Talk::open(&deck);
    assert_eq!(talk.press("s").at(), "1.0 +notes");
    talk.press("→");
    let text = talk.state.panel_page.to_text();
    let seen: Vec<_> = text
        .lines()
        .skip(talk.state.panel_scroll as usize)
        .collect();
    assert_eq!(seen.len(), 7, "{text}");
    assert_eq!(seen[6].trim(), "then 5");
}

#[test]
fn tells_the_shell_what_only_the_shell_can_do() {
    for (keys, expected) in [
        ("q", "quit"),
        ("Ctrl-C", "quit"),
        ("/ Ctrl-C", "quit"),
        ("o Ctrl-C", "quit"),
        ("b Ctrl-Z", "suspend"),
        ("Ctrl-L", "redraw"),
    ] {
        assert_eq!(
            Talk::open(&deck(2)).press(keys).told(),
            [expected],
            "{keys}"
        );
    }
}
