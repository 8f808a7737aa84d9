//! Letters of several cells: where they stand, what stands in their place, and where there are none.

use super::*;

/// The large text of a page: what it says, its scale, first column and row.
fn large(page: &Page) -> Vec<(&str, u8, u16, u32)> {
    let texts = page.large.iter();
    texts
        .map(|text| (&*text.text, text.scale, text.area.x, text.area.y))
        .collect()
}

#[test]
fn a_section_title_is_drawn_in_lines_of_about_one_length() {
    let page = place(&slide("# The GIL ~~goes~~"), REVEALED, 44, 20);
    assert_eq!(
        page.to_text(),
        "




        ▛█▜ ▜▌          ▗▛▜▖▝█▘ ▜▛
         █  ▐▙▜▖▟▀▙     █    █  ▐▌
         █  ▐▌▐▌█▀▀     ▜▖▜▌ █  ▐▌▗▌
        ▝▀▘ ▀▘▝▘▝▀▘      ▀▀▘▝▀▘ ▀▀▀▘

              ▟▀▟▘▟▀▙ ▟▀▙ ▟▀▀
              ▜██▀█▀█▀█▀▀▀▀▀█▀
              ▄▄▛ ▝▀▘ ▝▀▘ ▀▀▘
                  ━━━━━━━━
"
    );
    assert_eq!(large(&page), [("The GIL", 4, 8, 5), ("goes", 4, 14, 9)]);
}

#[test]
fn a_title_is_drawn_whole_or_not_at_all() {
    for (markdown, width, height, drawn) in [
        ("# Race conditions", 80, 23, true),
        ("# Race conditions", 43, 23, false),
        ("# Race conditions", 80, 5, false),
        ("# Threads? 🧵", 80, 23, false),
        ("# 競合状態", 80, 23, false),
        ("# Café “à la carte” – ΑΩ", 80, 23, true),
        (
            "# so many words that nobody in the last row could read them at a glance",
            80,
            23,
            false,
        ),
        ("# Titled\n\nText.", 80, 23, false),
        ("---\ntitle: The talk\nauthor: Me\n---\n", 80, 23, true),
        ("<!-- jump_to_middle -->\n\nA section\n===", 80, 23, true),
    ] {
        let page = place(&slide(markdown), REVEALED, width, height);
        assert_eq!(
            !page.large.is_empty(),
            drawn,
            "{markdown:?} {width}×{height}"
        );
        assert_eq!(
            page.to_text().contains('▀'),
            drawn,
            "{markdown:?} {width}×{height}"
        );
        let size = Size { width, height };
        let plain = layout(
            &slide(markdown),
            0,
            size,
            Letters::Plain,
            &Highlights::default(),
        );
        assert!(plain.large.is_empty() && !plain.to_text().contains('▀'));
    }
}

#[test]
fn a_font_size_takes_its_room_whether_letters_are_drawn_or_not() {
    let page = place(
        &slide("<!-- font_size: 3 -->\n\nsome words\n\n<!-- font_size: 1 -->\n\nbelow"),
        REVEALED,
        40,
        24,
    );
    assert_eq!(large(&page), [("some words", 3, 2, 1)]);
    assert_eq!(page.to_text(), "\n\n  some words\n\n\n  below\n");
    for (font_size, markdown, expected) in [
        (2, "two", [("two", 2, 2, 1)]),
        (4, "a 👩\u{200D}🍳", [("a 👩\u{200D}🍳", 4, 2, 1)]),
        // Larger than there is room for.
        (7, "15 letters here", [("15 letters here", 5, 2, 1)]),
    ] {
        let markdown = format!("<!-- font_size: {font_size} -->\n\n{markdown}");
        let page = place(&slide(&markdown), REVEALED, 80, 23);
        assert_eq!(large(&page), expected, "{markdown:?}");
    }
}

#[test]
fn large_text_that_comes_later_has_its_room_before() {
    let slide = slide(
        "above\n\n<!-- pause -->\n<!-- font_size: 4 -->\n\nBig\n\n<!-- font_size: 1 -->\n\nbelow",
    );
    let (before, after) = (place(&slide, 0, 60, 23), place(&slide, 1, 60, 23));
    assert_eq!(large(&before), []);
    assert_eq!(large(&after), [("Big", 4, 2, 3)]);
    assert_eq!(before.rows.len(), after.rows.len());
}
