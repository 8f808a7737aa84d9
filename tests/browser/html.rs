//! A deck as HTML: stepped through, replayed and read.

use std::fs;

use parade::files::{self, Source};
use serde_json::json;

use super::chromium::Chromium;
use super::studio::Studio;

/// The largest file that the built-in talk may become without its runs: twice what it is, so that new
/// slides have room and a font or an image that slips in does not.
const TALK_BYTES_MAX: u64 = 350 << 10;

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
    browser.call("Page.printToPDF", &json!({}));
    assert_eq!(browser.value(over), json!(["100%", "visible", true]));
    assert_eq!(browser.problems(), [""; 0]);
}

/// A demo of each picture, each with as little work as shows it.
const PICTURES: &str = "```demo\nname: heartbeat\nworkload: heartbeat\nworkers: 1\nwith: {count: 40, period: 5ms, block: 30ms}\n\
    lanes: [{name: blocking, model: async, with: {style: blocking}}]\nbaseline: none\nshow: heartbeat\n```\n\n---\n\n\
    ```demo\nname: transfer\nworkload: transfer\nworkers: 1\nwith: {count: 20, payload: 64KiB}\nlanes: [threads]\n\
    baseline: none\nshow: transfer\n```\n\n---\n\n\
    ```demo\nname: counts\nworkload: counting\nwith: {count: 100}\nlanes: [{name: one, model: threads, workers: 1, with: {protocol: atomic}}]\n\
    baseline: none\nshow: counts\n```\n\n---\n\n\
    ```demo\nname: gil\nworkload: python\nwith:\n  code: |\n    import threading, sys\n\n    def work():\n        n = 0\n        \
    while n < 200000:\n            n += 1\n\n    them = [threading.Thread(target=work), threading.Thread(target=work)]\n    \
    for one in them:\n        one.start()\n    for one in them:\n        one.join()\n\
    lanes: [gil]\nworkers: 2\nbaseline: none\nshow: gil\n```\n\n---\n\n\
    ```demo\nname: attempts\nworkload: python\nwith: {code: \"print(1)\\n\"}\n\
    lanes: [{name: gil, model: gil, workers: 1}, {name: free, model: free-threaded, workers: 1}]\nshow: attempts\n```\n\n---\n\n\
    ```demo\nname: race\nworkload: python\nwith:\n  code: |\n    import threading\n    n = 0\n\n    def step():\n        \
    global n\n        n += 1\n\n    a = threading.Thread(target=step)\n    b = threading.Thread(target=step)\n    a.start()\n    \
    b.start()\n    a.join()\n    b.join()\n    print(n)\nlanes: [explorer]\nshow: scheduler\n```\n\n---\n\n\
    ```demo\nname: steps\nworkload: python\nwith: {code: \"a = [1]\\nb = a\\n\"}\nlanes: [gil]\nshow: steps\n```\n";

#[test]
fn every_picture_is_drawn_from_what_is_known() {
    let studio = Studio::new(PICTURES);
    studio.parade("rehearse deck.md");
    let Some(mut browser) = opened(&studio, "deck.md", "") else {
        return;
    };
    let texts = "const texts = (what) => [...now().querySelectorAll(what)].map((found) => found.textContent.trim())";
    browser.value(texts);
    let drawn = [
        (
            "",
            "texts('.run thead span[data-during], .run thead th:nth-child(n+4)')",
            json!(["late, ms", "p50", "p99", "worst"]),
        ),
        ("", "now().querySelectorAll('.run .bar i').length", json!(3)),
        (
            "PageDown",
            "texts('.run thead th:nth-child(n+4)')",
            json!(["a result", "rate", "wall"]),
        ),
        (
            "",
            "parseFloat(texts('td[data-of=usable_mb_per_s]')[0]) > 0",
            json!(true),
        ),
        (
            "PageDown",
            "texts('.matrix thead tr:last-child > *')",
            json!([
                "ns a count",
                "private",
                "shared",
                "immortal",
                "private",
                "shared",
                "immortal"
            ]),
        ),
        (
            "PageDown",
            "texts('.lock tbody th')",
            json!(["MainThread", "Thread-1 (work)", "Thread-2 (work)"]),
        ),
        (
            "",
            "[...now().querySelectorAll('.lock path')].some((path) => path.getAttribute('d').length > 10)",
            json!(true),
        ),
        (
            "PageDown",
            "texts('.matrix tbody th')",
            json!(["gil", "free"]),
        ),
        (
            "",
            "texts('.matrix tbody tr:first-child span[data-of=cost]')",
            json!(["1.00×"]),
        ),
        (
            "PageDown",
            "texts('.outcomes th')",
            json!(["ends in 2", "ends in 1"]),
        ),
        (
            "1",
            "texts('.threads tbody tr')",
            json!(["read n = 0📖0", "1 ▸ add2 ▸ read n"]),
        ),
        (
            "2",
            "texts('.turns output')",
            json!(["thread 2: read n = 0"]),
        ),
        (
            "u",
            "now().querySelector('.schedule').dataset.steps",
            json!("1"),
        ),
        (
            "",
            "now().querySelectorAll('[data-way]')[1].click(), texts('.turns output')",
            json!(["▶ prints 1"]),
        ),
        ("PageDown", "texts('.steps .line.next')", json!(["a = [1]"])),
        ("Enter", "texts('.steps .line.next')", json!(["b = a"])),
        ("Enter", "texts('.objects tbody th')", json!(["a, b →"])),
        ("u", "texts('.objects tbody tr')", json!(["a →[1]list● 1"])),
    ];
    for (key, look, expected) in drawn {
        if !key.is_empty() {
            browser.press(key);
        }
        assert_eq!(browser.value(look), expected, "after {key}: {look}");
    }
    assert_eq!(browser.problems(), [""; 0]);
}

#[test]
fn a_step_is_told_to_who_listens() {
    let studio = Studio::new("---\nlang: de\n---\n\n# One\n\na\n\n<!-- pause -->\n\nb\n");
    let Some(mut browser) = opened(&studio, "deck.md", "") else {
        return;
    };
    assert_eq!(browser.value("root.lang"), json!("de"));
    browser.press("ArrowRight");
    let voice =
        "[...document.querySelectorAll('[aria-live=polite]')].map((voice) => voice.textContent)";
    assert_eq!(browser.value(voice), json!(["b"]));
}

#[test]
fn paper_and_the_overview_show_all_of_a_slide_whatever_was_seen_of_it() {
    let two = "# One\n\na\n\n<!-- pause -->\n\nb\n\n```text {1|2}\nc\nd\n```\n";
    let studio = Studio::new(&format!("{two}\n---\n\n{two}"));
    let Some(mut browser) = opened(&studio, "deck.md", "") else {
        return;
    };
    // The second slide is never visited.
    let all = "[...document.querySelectorAll('.slide')].map((slide) => [
        getComputedStyle(slide).display,
        ...[...slide.querySelectorAll('.body > p')].map((p) => getComputedStyle(p).visibility),
        new Set([...slide.querySelectorAll('.line')].map((line) => getComputedStyle(line).color)).size,
    ])";
    let whole = json!([
        ["flex", "visible", "visible", 1],
        ["flex", "visible", "visible", 1]
    ]);
    browser.press("o");
    assert_eq!(browser.value(all), whole);
    browser.press("Escape");
    let seen = json!(["flex", "visible", "hidden", 2]);
    assert_eq!(browser.value(&format!("{all}[0]")), seen);
    browser.call("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    assert_eq!(browser.value(all), whole);
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
    let talk = files::open(&Source::BuiltIn).unwrap().deck;
    let looks = [
        (
            "document.querySelectorAll('.slide').length",
            json!(talk.extents.len()),
        ),
        (
            "document.querySelector('#gil h2').textContent",
            json!("Global Interpreter Lock (GIL)"),
        ),
        ("document.title", json!("Free-Threaded Python")),
        (
            "[...document.querySelectorAll('.demo')].filter((demo) => !demo.querySelector('.hand')
                && !demo.textContent.includes('parade run')).length",
            json!(0),
        ),
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
