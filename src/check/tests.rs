//! Decks and what is told of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::layout::Size;
use crate::parse::{self, Files};

fn told(markdown: &str) -> String {
    told_with(markdown, &())
}

fn told_with(markdown: &str, files: &dyn Files) -> String {
    let deck = parse::open(Path::new("deck.md"), markdown, files);
    let size = Size {
        width: 80,
        height: 24,
    };
    super::text(&deck, &super::deck(&deck, files, &[size]), false)
}

#[test]
fn tells_nothing_of_a_deck_that_is_well() {
    assert_eq!(told("# One\n\ntext\n\n---\n\n# Two\n"), "");
}

#[test]
fn quotes_the_line_and_marks_what_is_meant() {
    let told = told("# One\n\n<!-- pauze -->\n\n```demo\nworkload: primes\nlanes: [thread]\n```\n");
    insta::assert_snapshot!(told, @r#"
    warning: no such command: `pauze`
     --> deck.md:3:1
      |
    3 | <!-- pauze -->
      | ^^^^^^^^^^^^^^
      |
      = help: did you mean `pause`?

    error: failed to find model "thread"; did you mean "threads"?
     --> deck.md:7:9
      |
    7 | lanes: [thread]
      |         ^^^^^^
    "#);
}

#[test]
fn reads_the_theme_that_a_deck_names() {
    let theme = "[looks]\n\ntitel = {}\n".to_owned();
    let files = BTreeMap::from([(PathBuf::from("looks/mine.toml"), theme)]);
    let deck = "---\ntheme: {path: looks/mine.toml}\n---\n\n# A\n\ntext\n";
    insta::assert_snapshot!(told_with(deck, &files), @r"
    error: looks.titel: unknown key; expected a role such as title or lane-1
     --> looks/mine.toml:3:1
      |
    3 | titel = {}
      | ^^^^^^^^^^
    ");
    insta::assert_snapshot!(told_with(deck, &BTreeMap::new()), @r"
    error: failed to read the theme looks/mine.toml: there is no such file
     --> deck.md:2:15
      |
    2 | theme: {path: looks/mine.toml}
      |               ^^^^^^^^^^^^^^^
    ");
}

#[test]
fn tells_the_place_in_a_line_that_is_too_long_to_quote() {
    let told = told(&format!("# A\n\na <!--{}--> <b>\n", "x ".repeat(1_000)));
    insta::assert_snapshot!(told, @r#"
    warning: HTML tag `b` is left out
    --> deck.md:3:2011
     = help: known here: <span style="color: …">, <span class="…">, <sup>, <br>
    "#);
}

#[test]
fn names_files_as_they_are_found_from_here() {
    let included = "text\n\n<!-- pauze -->\n".to_owned();
    let files = BTreeMap::from([(PathBuf::from("parts/one.md"), included)]);
    let markdown = "# A\n\n<!-- include: parts/one.md -->\n";
    let deck = parse::open(Path::new("talks/deck.md"), markdown, &files);
    let found = super::deck(&deck, &files, &[]);
    insta::assert_snapshot!(super::text(&deck, &found, false), @r"
    warning: no such command: `pauze`
     --> talks/parts/one.md:3:1
      |
    3 | <!-- pauze -->
      | ^^^^^^^^^^^^^^
      |
      = help: did you mean `pause`?
    ");
    assert_eq!(super::json(&deck, &found)[0]["file"], "talks/parts/one.md");
}

#[test]
fn finds_what_spans_slides() {
    let demo = "```demo\nname: d\nworkload: primes\nlanes: [threads]\n```";
    let deck = format!(
        "# a\n\n{demo}\n\n---\n\n# b\n\n{demo}\n\n![](x.png)\n\n```predict\ndemo: e\nquestion: q\nchoices: [a]\n```"
    );
    let found = super::deck(&parse::open(Path::new("deck.md"), &deck, &()), &(), &[]);
    let messages: Vec<_> = found
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "another demo is named `d`",
            "failed to show the image x.png: this deck comes without files",
            "no demo of this slide is named `e`"
        ]
    );
}

#[test]
fn a_question_finds_its_demo_and_its_lanes() {
    let demo = "```demo\nname: d\nworkload: primes\nlanes: [threads]\n```\n\n";
    let challenge = |goal: &str| format!("```challenge\nname: c\ntask: t\ngoal: {goal}\n```\n\n");
    let question = "```predict\nquestion: q\nnumber: async.wall / sequential.wall\n```";
    for (deck, expected) in [
        (
            format!(
                "# a\n\n{demo}{}",
                challenge("threads.speedup > sequential.speedup")
            ),
            "",
        ),
        (
            format!("# a\n\n{}", challenge("threads.wall > 1")),
            "this slide has no demo to ask about",
        ),
        (
            format!("# a\n\n{demo}{}", challenge("async.wall > 1")),
            "the demo `d` has no lane `async`",
        ),
        (
            format!("# a\n\n{demo}{question}"),
            "the demo `d` has no lane `async`",
        ),
        (
            format!("# a\n\n{demo}{0}{0}", challenge("threads.wall > 1")),
            "another challenge of this slide is named `c`",
        ),
    ] {
        let found = super::deck(&parse::open(Path::new("deck.md"), &deck, &()), &(), &[]);
        let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages.join("; "), expected, "{deck}");
    }
}

#[test]
fn warns_of_slides_that_do_not_fit() {
    let rows = "text\n\n".repeat(20);
    let told = told(&format!("# Long\n\n{rows}"));
    assert!(told.starts_with("warning: slide 1 needs "), "{told}");
    assert!(told.contains(" rows, has 23 at 80×24"), "{told}");
}

#[test]
fn prints_no_control_character() {
    let told = told("# a\n\n\u{1b}[2J [x](javascript:&#27;) \u{9b} +<b>\n");
    assert!(
        !told.chars().any(|c| c.is_control() && c != '\n'),
        "{told:?}"
    );
    assert!(told.contains("␛[2J"), "{told}");
}

#[test]
fn tells_programs_the_same() {
    let deck = parse::open(Path::new("deck.md"), "# a\n\n<!-- pauze -->\n", &());
    let found = super::deck(&deck, &(), &[]);
    assert_eq!(super::count(&found), (0, 1));
    assert_eq!(
        super::json(&deck, &found),
        serde_json::json!([{
            "severity": "warning", "file": "deck.md", "line": 3, "column": 1, "end_line": 3, "end_column": 15,
            "message": "no such command: `pauze`", "help": "did you mean `pause`?",
        }])
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn whatever_a_deck_says_is_told_safely(text in "(\\PC|[\\x00-\\x7f]|\n|<!-- x: |-->|```demo\n|\u{202e}){0,60}") {
        let told = told(&text);
        let is_safe = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        prop_assert!(told.chars().all(is_safe), "{:?}", told);
    }
}
