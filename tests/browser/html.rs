//! A deck as HTML: stepped through, replayed and read.

use std::fs;

use serde_json::json;

use super::chromium::Chromium;
use super::studio::Studio;

/// The largest file that the built-in talk may become.
const TALK_BYTES_MAX: u64 = 3 << 20;

const DECK: &str = "# One\n\na\n\n<!-- pause -->\n\nb\n\n---\n\n<!-- id: wide -->\n\n# Two\n\n漢|\n\n\
    ```rust {1|2}\nfn a() {}\nfn b() {}\n```\n\n---\n\n<!-- id: live -->\n\n# Three\n\n\
    ```demo\nname: short\nworkload: sleep\nwith: {count: 4, each: 100ms}\nlanes: [sequential]\nbaseline: none\n```\n\n\
    <img src=x onerror=\"document.body.dataset.hacked=1\"> `<script>document.body.dataset.hacked=1</script>`\n";

/// What is looked at on a page.
const EYES: &str = r#"
    const root = document.documentElement;
    const place = () => `${root.dataset.slide} ${root.dataset.step}`;
    const now = () => document.querySelector(".slide.now");
    const seen = (text) => [...now().querySelectorAll("p")].filter((p) => p.textContent === text)
        .map((p) => getComputedStyle(p).visibility).join();
    const ground = () => getComputedStyle(document.body).backgroundColor;
    const faded = () => [...now().querySelectorAll(".line")].map((line) => line.classList.contains("faded"));
    const verdict = () => getComputedStyle(now().querySelector(".verdict")).visibility;
    const wide = () => {
        const two = document.createElement("span");
        two.textContent = "00";
        now().querySelector(".wide").after(two);
        const widths = [...now().querySelectorAll(".wide, .wide + span")]
            .map((element) => Math.round(element.getBoundingClientRect().width));
        two.remove();
        return widths[0] - widths[1];
    };
    const seek = (part) => {
        const range = now().querySelector("input");
        range.value = range.max * part;
        range.dispatchEvent(new Event("input"));
    };
"#;

/// The page of a deck in a browser, if there is one here.
fn opened(studio: &Studio, deck: &str, fragment: &str) -> Option<Chromium> {
    let mut browser = Chromium::start()?;
    studio.parade(&format!("export {deck} -o talk.html"));
    browser.open(&studio.path("talk.html"), fragment);
    browser.value(EYES);
    Some(browser)
}

#[test]
fn a_deck_is_stepped_through() {
    let studio = Studio::new(DECK);
    let Some(mut browser) = opened(&studio, "deck.md", "#wide") else {
        return;
    };
    let steps = [
        ("", "place()", json!("wide 0")),
        ("", "wide()", json!(0)),
        ("", "faded()", json!([false, true])),
        ("ArrowRight", "faded()", json!([true, false])),
        (
            "PageUp",
            "[place(), seen('a'), seen('b')]",
            json!(["one 0", "visible", "hidden"]),
        ),
        (" ", "[place(), seen('b')]", json!(["one 1", "visible"])),
        (
            "End",
            "[place(), location.hash]",
            json!(["live 0", "#live"]),
        ),
        ("ArrowLeft", "place()", json!("wide 1")),
        ("G", "now().querySelector('h2').textContent", json!("Three")),
        ("", "now().getAttribute('aria-label')", json!("3: Three")),
        ("", "document.activeElement === now()", json!(true)),
        ("", "document.querySelectorAll('img').length", json!(0)),
        (
            "",
            "document.body.dataset.hacked ?? 'not run'",
            json!("not run"),
        ),
    ];
    for (key, look, expected) in steps {
        if !key.is_empty() {
            browser.press(key);
        }
        assert_eq!(browser.value(look), expected, "after {key}: {look}");
    }
    assert_eq!(browser.problems(), [""; 0]);
}

#[test]
fn it_is_light_or_dark_as_the_reader_prefers_until_told_otherwise() {
    let studio = Studio::new("# One\n");
    let Some(mut browser) = opened(&studio, "deck.md", "") else {
        return;
    };
    let mut grounds = Vec::new();
    for preferred in ["dark", "light"] {
        browser.prefer("prefers-color-scheme", preferred);
        grounds.push(browser.value("ground()"));
    }
    assert_ne!(grounds[0], grounds[1]);
    for told in [&grounds[0], &grounds[1]] {
        browser.press("d");
        assert_eq!(browser.value("ground()"), *told);
    }
}

#[test]
fn a_finger_swipes_from_slide_to_slide() {
    let studio = Studio::new("# One\n\n---\n\n# Two\n");
    let Some(mut browser) = opened(&studio, "deck.md", "") else {
        return;
    };
    browser.resize(390, 844);
    browser.swipe((300, 400), (100, 410));
    assert_eq!(browser.value("place()"), json!("two 0"));
    browser.swipe((100, 400), (300, 410));
    assert_eq!(browser.value("place()"), json!("one 0"));
    browser.swipe((200, 400), (190, 100));
    assert_eq!(browser.value("place()"), json!("one 0"));
}

#[test]
fn a_demo_is_replayed_from_its_trace() {
    let studio = Studio::new(DECK);
    studio.parade("rehearse deck.md");
    let Some(mut browser) = opened(&studio, "deck.md", "#live") else {
        return;
    };
    let over = "[now().querySelector('.bar i').style.width, verdict(), now().querySelectorAll('.gauge').length > 0]";
    assert_eq!(browser.value(over), json!(["100%", "visible", true]));
    browser.value("seek(0.5)");
    let midway = "[Number(now().querySelector('.demo').dataset.moment) <= now().querySelector('input').max / 2, verdict()]";
    assert_eq!(browser.value(midway), json!([true, "hidden"]));
    assert_eq!(browser.problems(), [""; 0]);
}

#[test]
fn the_built_in_talk_is_small_and_whole() {
    let studio = Studio::new("");
    studio.parade("export -o talk.html");
    let page = studio.path("talk.html");
    assert!(fs::metadata(&page).unwrap().len() < TALK_BYTES_MAX);
    let Some(mut browser) = Chromium::start() else {
        return;
    };
    browser.open(&page, "");
    let looks = [
        ("document.querySelectorAll('.slide').length", json!(36)),
        (
            "document.querySelector('#gil h2').textContent",
            json!("Global Interpreter Lock (GIL)"),
        ),
        ("document.title", json!("Free-Threaded Python")),
        (
            "document.querySelectorAll('[src], link, iframe, object').length",
            json!(0),
        ),
    ];
    for (look, expected) in looks {
        assert_eq!(browser.value(look), expected, "{look}");
    }
    assert_eq!(browser.problems(), [""; 0]);
}
