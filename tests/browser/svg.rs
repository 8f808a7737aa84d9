//! A film as SVG: what it shows at a moment.

use std::fs;
use std::time::Duration;

use parade::export::{self, Film};
use parade::theme::builtin;
use ratatui::buffer::Buffer;
use serde_json::json;
use tempfile::TempDir;

use super::chromium::Chromium;
use super::studio::Studio;

/// Reads the drawing back: `seen(ms)` is what stands in each row at that moment. A text begins in the
/// column that its left edge is in; behind what is two columns wide stands a space.
const EYES: &str = r#"
    const corner = document.querySelector("svg").getBoundingClientRect();
    const rows = () => {
        const rows = [];
        for (const text of document.querySelectorAll("text")) {
            const box = text.getBoundingClientRect();
            const middle = (box.top + box.bottom) / 2 - corner.top;
            const window = text.ownerSVGElement.getAttribute("y");
            if (window !== null && (middle < +window || middle > +window + 20)) continue;
            const cells = rows[Math.floor((middle - 16) / 20)] ??= [];
            const column = Math.round((box.left - corner.left - 16) / 9.6);
            const letters = [...new Intl.Segmenter().segment(text.textContent)];
            letters.forEach((letter, at) => {
                if (letter.segment !== " ") cells[column + at] = letter.segment;
            });
        }
        return [...rows].map((cells) => [...cells ?? []].map((cell) => cell ?? " ").join(""));
    };
    const seen = (ms) => {
        for (const animation of document.getAnimations()) {
            animation.pause();
            animation.currentTime = ms;
        }
        return rows();
    };
"#;

/// A page with the drawing on it.
fn open(browser: &mut Chromium, folder: &TempDir, svg: &str) {
    let page = folder.path().join("page.html");
    let text = format!("<!DOCTYPE html><meta charset=utf-8><body style=margin:0>{svg}");
    fs::write(&page, text).unwrap();
    browser.open(&page, "");
    browser.value(EYES);
}

#[test]
fn a_film_shows_at_each_moment_what_its_frames_show() {
    let frames = [
        (0, ["run  0 %  -", "漢a <&> "]),
        (500, ["run  1 %  +", "a漢 <&> "]),
        (1000, ["run 10 %  x", "👩‍🍳  <&> "]),
    ];
    let mut film = Film::new(Buffer::with_lines(frames[0].1).into());
    for (at_ms, lines) in &frames[1..] {
        film.frame(
            Duration::from_millis(*at_ms),
            Buffer::with_lines(*lines).into(),
        );
    }
    film.end(Duration::from_secs(2));
    let svg = export::animated_svg(&film, &builtin("dark").unwrap()).unwrap();
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    open(&mut browser, &folder, &svg);
    let first = json!(["run  0 %  -", "漢 a <&>"]);
    let second = json!(["run  1 %  +", "a漢  <&>"]);
    let last = json!(["run 10 %  x", "👩‍🍳   <&>"]);
    for (ms, expected) in [
        (100, &first),
        (499, &first),
        (501, &second),
        (1999, &last),
        (2100, &first),
    ] {
        assert_eq!(browser.value(&format!("seen({ms})")), *expected, "{ms}");
    }
    // Spaces that count are characters of their own.
    let characters = "[...document.querySelectorAll('text')]\
        .every((text) => text.getNumberOfChars() === text.textContent.length)";
    assert_eq!(browser.value(characters), json!(true));
    browser.prefer("prefers-reduced-motion", "reduce");
    open(&mut browser, &folder, &svg);
    assert_eq!(browser.value("document.getAnimations().length"), json!(0));
    assert_eq!(browser.value("rows()"), last);
    assert_eq!(browser.problems(), [""; 0]);
}

const DECK: &str = "<!-- id: live -->\n\n# Three\n\none\n\n<!-- pause -->\n\ntwo\n\n\
    ```demo\nname: short\nworkload: sleep\nwith: {count: 4, each: 100ms}\nlanes: [sequential]\nbaseline: none\n```\n";

#[test]
fn a_run_that_was_kept_plays_from_its_steps_to_its_verdict() {
    let studio = Studio::new(DECK);
    studio.parade("run deck.md#short --repeat 1 --trace kept.json");
    studio.parade("export deck.md --trace kept.json --steps -o run.svg");
    studio.parade("export deck.md --trace kept.json -o end.txt");
    studio.parade("export deck.md -o idle.txt");
    let read = |name: &str| fs::read_to_string(studio.path(name)).unwrap();
    assert!(read("end.txt").contains("REPLAY") && !read("idle.txt").contains("REPLAY"));
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    open(&mut browser, &folder, &read("run.svg"));
    let whole = "document.getAnimations()[0].effect.getTiming().duration";
    let expected = [
        ("100", [true, false, false]),
        ("2100", [true, true, false]),
        (&format!("{whole} - 1"), [true, true, true]),
    ];
    for (moment, shows) in expected {
        let words = "['one', 'two', 'REPLAY'].map((word) => shown.includes(word))";
        let look = format!("{{ const shown = seen({moment}).join(' '); {words} }}");
        assert_eq!(browser.value(&look), json!(shows), "{moment}");
    }
}
