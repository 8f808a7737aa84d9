//! What stands on a slide.

use std::path::Path;

use super::{check, files, outline, place};
use crate::deck::{BlockKind, ImageFound};
use crate::parse::{open, slide};

#[test]
fn reads_titles_headings_and_text() {
    check(&[
        ("# Title\n\ntext\nmore", "= Title\np text/more"),
        (
            "Title\n===\n\n## Part\n### Deeper",
            "= Title\nh2 Part\nh3 Deeper",
        ),
        ("text\n\n# Not a title", "p text\nh1 Not a title"),
        ("# One\n\n# Two", "= One\nh1 Two"),
        ("## Two", "h2 Two"),
        (
            "*a* **b** ~~c~~ `d` <sup>e</sup>  \nf",
            "p *a* **b** ~c~ `d` ^(e)//f",
        ),
        ("***both** one*", "p ***both** one*"),
        ("a &amp; b \\* c &#9731;", "p a & b * c ☃"),
        ("***", "rule"),
    ]);
}

#[test]
fn reads_lists_quotes_and_tables() {
    check(&[
        (
            "- a\n- b\n  - c\n",
            "ul\n  -\n    p a\n  -\n    p b\n    ul\n      -\n        p c",
        ),
        ("3. a\n\n4. b", "ol 3 loose\n  -\n    p a\n  -\n    p b"),
        (
            "- [x] done\n- [ ] not",
            "ul\n  - [x]\n    p done\n  - [ ]\n    p not",
        ),
        (
            "- [x] done\n\n- [ ] not",
            "ul loose\n  - [x]\n    p done\n  - [ ]\n    p not",
        ),
        ("> a\n> > b", "quote\n  p a\n  quote\n    p b"),
        ("> [!caution]\n> a", "alert Caution\n  p a"),
        (
            "|a|b|\n|-|:-:|\n|1|*2*|",
            "table [Start, Center]: a | b\n  1 | *2*",
        ),
    ]);
}

#[test]
fn reads_code_with_its_attributes() {
    check(&[
        (
            "```rust +line_numbers\nfn a() {}\n\tb\n```",
            "code rust #1\n  |fn a() {}\n  |    b",
        ),
        ("    plain", "code \n  |plain"),
        (
            "```c +exec {1|2-3|all}\na\nb\n```\n\n<!-- pause -->\n\nx",
            "code c [(1, 1)] [(2, 3)] {all} 0 Asked Below c \"a\\nb\\n\"\n  |a\n  |b\n@3 p x",
        ),
        ("```rust\n# use a;\nb\n```", "code rust\n  |b"),
        (
            "- a\n\n  ```\n  b\n  ```",
            "ul loose\n  -\n    p a\n    code \n      |b",
        ),
    ]);
}

#[test]
fn reveals_step_by_step() {
    check(&[
        (
            "a\n\n<!-- pause -->\n\nb\n\n<!-- pause -->\n\nc",
            "p a\n@1 p b\n@2 p c",
        ),
        (
            "<!-- incremental_lists: true -->\n- a\n  - b\n- c\n\nd",
            "@1 ul\n  - @1\n    @1 p a\n    @2 ul\n      - @2\n        @2 p b\n  - @3\n    @3 p c\n@4 p d",
        ),
        (
            "- a\n<!-- pause -->\n- b",
            "ul\n  -\n    p a\n@1 ul\n  - @1\n    @1 p b",
        ),
        (
            "<!-- incremental_tables: true -->\n\n|a|\n|-|\n|1|\n|2|",
            "table [Start]: a\n  @1 1\n  @2 2",
        ),
        (
            "a\n<!-- speaker_note: one -->\n<!-- pause -->\n<!-- speaker_note: |\n  two\n  three\n-->",
            "p a\nnote 0: one\nnote 1: two/three",
        ),
        ("a <!-- pause -->\n\nb", "p a \n@1 p b"),
    ]);
}

#[test]
fn lays_out_as_comments_say() {
    check(&[
        (
            "<!-- column_layout: [3, 2] -->\n<!-- column: 1 -->\na\n\n<!-- pause -->\n\n<!-- column: 0 -->\nb\n\n<!-- reset_layout -->\nc",
            "columns [3, 2]\n  0:\n    @1 p b\n  1:\n    p a\n@1 p c",
        ),
        ("<!-- jump_to_middle -->\n\nEnd\n===", "middle\n>< h1 End"),
        (
            "<!-- newlines: 6 -->\n\n![](a.png)\n\n<!-- alignment: center -->\n<!-- font_size: 2 -->\nb",
            "blank 6\nimage a.png ()\n>< x2 p b\n? failed to show the image a.png: this deck comes without files",
        ),
        (
            "![image:width:50%](a.png)",
            "image a.png () 50%\n? failed to show the image a.png: this deck comes without files",
        ),
        ("see ![alt](a.png)", "p see ![alt](a.png)"),
        ("<!-- list_item_newlines: 2 -->\n- a", "ul x2\n  -\n    p a"),
        ("<!-- column: 1 -->\na", "p a\n! no column 1 here"),
        (
            "<!-- column_layout: [1] -->\na",
            "columns [1]\n  0:\n    p a\n? no column is chosen: this goes into the first",
        ),
        ("<!-- explain: *more* -->\na", "p a\nexplain\n  p *more*"),
        (
            "<!-- alignment: center -->\na\n\n<!-- explain: more -->\n\nb",
            ">< p a\n>< p b\nexplain\n  p more",
        ),
    ]);
}

#[test]
fn keeps_the_html_that_decks_use() {
    check(&[
        (
            "<span style=\"color: red\">a</span> b",
            "p <Some(Ansi(9)) None: a> b",
        ),
        (
            "<span class=\"accent\">a</span>",
            "p <Some(Role(Accent)) None: a>",
        ),
        (
            "<span style=\"color: p:good\">a",
            "p <Some(Role(Good)) None: a>",
        ),
        ("a<br>b", "p a//b"),
        ("a <b>c</b>", "p a c\n? HTML tag `b` is left out"),
        ("<div>\nx\n</div>", "p x\n? HTML tag `div` is left out"),
        (
            "<span class=\"nice\">a</span>",
            "p a\n? the theme has no colour `nice`: known here: text, muted, faint, title, heading, accent, link, code, quote, good, warning, error, info",
        ),
    ]);
}

#[test]
fn checks_links_and_makes_text_safe() {
    check(&[
        ("[a](https://b.c)", "p [a](https://b.c)"),
        ("[](https://b.c)", "p [https://b.c](https://b.c)"),
        (
            "[a](javascript:x)",
            "p a\n? link address of a kind that is not opened: `javascript:`",
        ),
        ("<https://b.c>", "p [https://b.c](https://b.c)"),
        (
            "a&#27;[31m &#x9b;b \u{1b}]0;x\u{7} `\u{1b}c`",
            "p a␛[31m ‹U+009B›b ␛]0;x␇ `␛c`",
        ),
        (
            "# t\u{202e}x\n\n```a\u{1b}b +c\u{1b}\n\u{1b}[2J\n```",
            "= t‹U+202E›x\ncode a␛b\n  |␛[2J\n? no such attribute: `+c␛`",
        ),
        ("👩&zwj;🍳 👩‍🍳 ✍️", "p 👩\u{200d}🍳 👩\u{200d}🍳 ✍\u{fe0f}"),
        (
            "[a](https://b.c/&#27;]8;;)",
            "p a\n? link address with hidden or control characters: https://b.c/␛]8;;",
        ),
    ]);
}

#[test]
fn survives_deep_nesting() {
    let quotes = outline(&format!("{} a", ">".repeat(5000)));
    assert!(
        quotes.contains("broken: failed to show this: it is nested more than 16 deep"),
        "{quotes}"
    );
    let emphasis = outline(&"*a **b ".repeat(3000));
    assert!(emphasis.starts_with("p "), "{emphasis}");
    let spans = outline(&"<span class=\"good\">a".repeat(3000));
    assert!(spans.starts_with("p "), "{spans}");
}

#[test]
fn what_no_screen_could_show_is_cut_short_with_a_sign() {
    let notes = |kind: &str| {
        let each: Vec<_> = (1..=66).map(|n| format!("[^{n}]{kind}")).collect();
        each.concat()
    };
    let rows = [
        (
            format!("# a\n\n{}\n\n---\n\nb", "[".repeat(300_000)),
            "broken: this is larger than 256 KiB: only its beginning is shown, as text\n! this is larger than 256 KiB: only its beginning is shown, as text",
        ),
        (
            format!("{}\n\n{}", notes(""), notes(": n\n")),
            "? a slide shows at most 64 footnotes\n? a slide shows at most 64 footnotes",
        ),
    ];
    for (markdown, expected) in rows {
        let first = outline(&markdown);
        let first = first.split("\n--\n").next().unwrap_or_default();
        assert!(first.ends_with(expected), "{first}");
    }
}

#[test]
fn finds_an_image_beside_the_file_that_names_it() {
    // A GIF's first bytes.
    let gif = "GIF89a\u{1e}\0\u{14}\0";
    let files = files(&[
        ("a.gif", gif),
        ("parts/b.gif", gif),
        ("parts/more.md", "![b](b.gif)\n"),
        ("c.png", "no image"),
    ]);
    let text = "![a](a.gif)\n\n<!-- include: parts/more.md -->\n\n![c](c.png)\n\n![](https://example.org/d.png)\n";
    let deck = open(Path::new("deck.md"), text, &files);
    let parsed = slide(&deck, 0, &files);
    let told: Vec<String> = parsed
        .diagnostics
        .iter()
        .map(|one| place(&deck, one))
        .collect();
    assert_eq!(
        told,
        [
            "5:1 failed to show the image c.png: it is no PNG, JPEG, GIF or WebP",
            "7:1 failed to show the image https://example.org/d.png: images are shown from files alone",
        ]
    );
    let found: Vec<String> = parsed
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Image(image) => Some(match &image.file {
                ImageFound::Known(file) => {
                    format!("{} {}×{}", file.path.display(), file.width, file.height)
                }
                ImageFound::Refused(_) => "refused".to_owned(),
                ImageFound::Unread => "unread".to_owned(),
            }),
            _ => None,
        })
        .collect();
    assert_eq!(
        found,
        ["a.gif 30×20", "parts/b.gif 30×20", "refused", "refused"]
    );
}
