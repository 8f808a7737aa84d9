//! A recording in the real asciinema player, its npm package, which `.ci/run` fetches into
//! `target/asciinema-player`.
//!
//! Where it is not, these tests say so and check nothing; with `PARADE_TEST_PLAYER` set, as in
//! `.ci/run`, that is an error.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::chromium::Chromium;
use super::studio::Studio;

/// Where the package stands, unpacked.
fn package() -> Option<PathBuf> {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()?
        .join("asciinema-player");
    let bundle = package.join("dist/bundle");
    assert!(
        bundle.is_dir() || std::env::var_os("PARADE_TEST_PLAYER").is_none(),
        "there is no asciinema player in {}, and PARADE_TEST_PLAYER asks for one",
        package.display()
    );
    if !bundle.is_dir() {
        eprintln!(
            "not run: there is no asciinema player in {}",
            package.display()
        );
        return None;
    }
    Some(bundle)
}

/// A page with the player, and a recording within it.
fn page(bundle: &Path, cast: &str) -> String {
    let read = |name: &str| fs::read_to_string(bundle.join(name)).unwrap();
    let (style, script) = (
        read("asciinema-player.css"),
        read("asciinema-player.min.js"),
    );
    let data = json!(cast).to_string().replace('<', "\\u003c");
    format!(
        "<!doctype html><meta charset=\"utf-8\"><style>{style}</style><div id=\"player\"></div>\
         <script>{}</script><script>{SETUP}\nconst player = play({data});</script>",
        script.replace("</script", "<\\/script")
    )
}

const SETUP: &str = r##"
    const play = (data) => AsciinemaPlayer.create({ data }, document.querySelector("#player"),
        { preload: true, fit: false, controls: true });
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const rows = () => [...document.querySelectorAll(".ap-term-text .ap-line")]
        .map((row) => row.textContent.trim()).filter(Boolean);
    // Goes to a place, and waits until the player shows what is expected there: it draws some frames
    // after it was told to. Gives what it shows after a while all the same.
    async function at(place, expected) {
        await player.seek(place);
        const until = performance.now() + 30_000;
        let seen;
        do {
            await frame();
            seen = [await player.getCurrentTime(), rows()];
        } while (JSON.stringify(seen) !== JSON.stringify(expected) && performance.now() < until);
        return seen;
    }
"##;

/// Tells the player to go to these places, where it should be then and show this.
fn expect(
    browser: &mut Chromium,
    studio: &Studio,
    bundle: &Path,
    cast: &str,
    places: &[(&str, Value)],
) {
    let file = studio.path("player.html");
    fs::write(&file, page(bundle, cast)).unwrap();
    browser.open(&file, "");
    for (place, expected) in places {
        let seen = browser.value(&format!("at({place}, {expected})"));
        assert_eq!(seen, *expected, "{place}");
    }
}

const DECK: &str = "# One 漢字\n\nalpha\n\n---\n\n# Two\n\nbeta\n\n---\n\n# Three\n\ngamma\n";

fn shown(title: &str, text: &str, place: &str) -> Value {
    json!([title, text, place])
}

#[test]
fn it_seeks_to_the_markers_of_both_versions() {
    let (Some(mut browser), Some(bundle)) = (Chromium::start(), package()) else {
        return;
    };
    let studio = Studio::new(DECK);
    for format in ["asciicast-v3", "asciicast-v2"] {
        studio.parade(&format!(
            "record deck.md -o talk.cast --auto 2s --format {format}"
        ));
        let cast = fs::read_to_string(studio.path("talk.cast")).unwrap();
        let places = [
            (
                "{ marker: 0 }",
                json!([0, shown("One 漢字", "alpha", "1 ▸ 3")]),
            ),
            ("{ marker: 1 }", json!([2, shown("Two", "beta", "2 ▸ 3")])),
            (
                "{ marker: 2 }",
                json!([4, shown("Three", "gamma", "3 ▸ 3")]),
            ),
            ("'100%'", json!([6, shown("Three", "gamma", "3 ▸ 3")])),
        ];
        expect(&mut browser, &studio, &bundle, &cast, &places);
    }
    assert_eq!(browser.problems(), [""; 0]);
}

#[test]
fn a_file_that_was_cut_off_plays_to_its_last_frame() {
    let (Some(mut browser), Some(bundle)) = (Chromium::start(), package()) else {
        return;
    };
    let studio = Studio::new(DECK);
    studio.parade("record deck.md -o talk.cast --auto 2s");
    let whole = fs::read_to_string(studio.path("talk.cast")).unwrap();
    let third = whole.find("3. Three").unwrap();
    // As after a kill, which leaves whole lines.
    let end = whole[..third].rfind('\n').unwrap() + 1;
    let places = [
        ("{ marker: 1 }", json!([2, shown("Two", "beta", "2 ▸ 3")])),
        ("'100%'", json!([4, shown("Three", "gamma", "3 ▸ 3")])),
    ];
    expect(&mut browser, &studio, &bundle, &whole[..end], &places);
    assert_eq!(browser.problems(), [""; 0]);
}
