//! Whatever a deck says, it opens.

use proptest::prelude::*;

use super::{deck, files, outline};
use crate::deck::{Deck, Diagnostic};
use crate::parse;

/// Pieces that matter to the parser, to be put together at random.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\n---\n",
    "\n\n---\n\n",
    "\r\n",
    "---\n",
    "===\n",
    "text",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "```",
    "```demo\n",
    "```chart\n",
    "```file\n",
    "```qr\n",
    "~~~",
    "`",
    "*",
    "**",
    "~~",
    "_",
    "[a]",
    "[^1]",
    "[^1]: ",
    "[a]: http://x",
    "(javascript:x)",
    "![",
    "](a.png)",
    "<!--",
    "-->",
    "<!-- pause -->",
    "<!-- end_slide -->",
    "<!-- column_layout: [1, 2] -->",
    "<!-- column: 1 -->",
    "<!-- include: a.md -->",
    "<!-- explain: ",
    "<!-- id: x -->",
    "<!-- incremental_lists: true -->",
    "<!-- skip_slide -->",
    "<span style=\"color: red\">",
    "</span>",
    "<br>",
    "<sup>",
    "|a|b|\n|-|-|\n",
    "|",
    "workload: primes\n",
    "lanes: [threads]\n",
    "data: a.csv\n",
    "kind: bar\n",
    "values: [1]\n",
    "title: x\n",
    "options:\n",
    "  implicit_slide_ends: true\n",
    "&#27;",
    "&#x202e;",
    "\u{1b}[31m",
    "\u{0}",
    "\u{feff}",
    "é",
    "👩\u{200d}🍳",
    "\u{301}",
    "\\",
    ":",
    "{1|2}",
    "- [ ] ",
    "> [!note]\n",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// Opens a deck, parses and checks every slide, and holds what must hold of any.
fn survives(text: &str) {
    let files = files(&[
        ("a.md", "in a\n\n---\n\n```\nopen"),
        ("a.csv", "l,n\nx,1\n"),
    ]);
    let deck = parse::open("deck.md".as_ref(), text, &files);
    for diagnostic in &deck.diagnostics {
        lies_in_its_file(&deck, diagnostic);
    }
    for index in 0..deck.extents.len() {
        let slide = parse::slide(&deck, index, &files);
        for diagnostic in &slide.diagnostics {
            lies_in_its_file(&deck, diagnostic);
        }
        let shown = outline::of(&slide);
        let is_safe =
            |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}'));
        assert!(shown.chars().all(is_safe), "{shown:?}");
        parse::heading(&deck, index);
    }
}

fn lies_in_its_file(deck: &Deck, diagnostic: &Diagnostic) {
    let text = &deck.files[usize::from(diagnostic.span.file)].text;
    let (start, end) = (diagnostic.span.start as usize, diagnostic.span.end as usize);
    assert!(start <= end && end <= text.len(), "{diagnostic:?}");
    assert!(
        text.is_char_boundary(start) && text.is_char_boundary(end),
        "{diagnostic:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_pieces_open(text in pieces()) {
        survives(&text);
    }

    #[test]
    fn any_text_opens(text in "\\PC{0,200}|[\\x00-\\x7f]{0,200}") {
        survives(&text);
    }

    #[test]
    fn any_front_matter_opens(text in pieces()) {
        survives(&format!("---\n{text}\n---\n\n# a\n"));
    }

    #[test]
    fn any_fence_opens(kind in prop::sample::select(&["demo", "chart", "qr", "file", "predict", "challenge"]), text in pieces()) {
        survives(&format!("- a\n\n  ```{kind}\n  {}\n", text.replace('\n', "\n  ")));
    }
}

#[test]
fn long_and_nasty_decks_open() {
    for text in [
        "word ".repeat(200_000),
        "[a][b](c *_`<".repeat(2_000),
        "\0".repeat(1000),
        "- ".repeat(2_000),
        "<!-- ".repeat(2_000),
        "<!-- a -->".repeat(50_000),
        "> ".repeat(50_000),
        "[".repeat(300_000),
        "# a\r\r---\r\r".repeat(1_000),
        "```\n---\n".repeat(501),
        "a\n\n---\n\n".repeat(5_000),
        "e".to_owned() + &"\u{301}".repeat(20_000),
        "\u{feff}---\r\ntitle: x\r\n---\r\n\r\n# a\r\n\r\n---\r\n\r\nb\r".to_owned(),
    ] {
        let deck = deck(&text);
        for index in [0, deck.extents.len() / 2] {
            parse::slide(&deck, index, &());
        }
    }
}
