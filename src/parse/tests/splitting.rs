//! Where slides begin and end, and what is gathered from the whole deck.

use super::{deck, files, outline_with, problems};
use crate::deck::{DeckTheme, Transition};
use crate::parse::{find, heading};

/// Each slide's source, trimmed, its pieces joined by `|`.
fn slides(text: &str) -> Vec<String> {
    let deck = deck(text);
    let piece = |span: &crate::deck::Span| {
        deck.files[usize::from(span.file)].text[span.range()]
            .trim()
            .to_owned()
    };
    deck.extents
        .iter()
        .map(|extent| {
            extent
                .pieces
                .iter()
                .map(piece)
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect()
}

#[test]
fn ends_slides_where_the_deck_says() {
    let rows: &[(&str, &[&str])] = &[
        ("a", &["a"]),
        ("a\n\n---\n\nb", &["a", "b"]),
        ("a\r\n\r\n---\r\n\r\nb\r\n", &["a", "b"]),
        ("\u{feff}a\n\n---\n\nb", &["a", "b"]),
        ("a\n\n---\n\n---\n\nb\n\n---\n", &["a", "", "b"]),
        (
            "a\n\n----\n\nb\n\n***\n\nc",
            &["a\n\n----\n\nb\n\n***\n\nc"],
        ),
        ("a\n\n ---\n\nb", &["a\n\n ---\n\nb"]),
        ("```\n\n---\n\n```\n\n---\n\nb", &["```\n\n---\n\n```", "b"]),
        (
            "~~~~\n~~~\n\n---\n\n~~~~\n\n---\n\nb",
            &["~~~~\n~~~\n\n---\n\n~~~~", "b"],
        ),
        (
            "- a\n  ```\n  x\n\nb\n\n---\n\nc",
            &["- a\n  ```\n  x\n\nb", "c"],
        ),
        ("1. ```\n   x\n\n---\n\nc", &["1. ```\n   x", "c"]),
        (
            "<!--\n\n---\n\n-->\n\na\n\n---\n\nb",
            &["<!--\n\n---\n\n-->\n\na", "b"],
        ),
        (
            "a\n\n---\n\n<!-- skip_slide -->\nb\n\n---\n\nc",
            &["a", "c"],
        ),
        (
            "a\n<!-- end_slide -->\nb\n\n---\n\nc",
            &["a", "b\n\n---\n\nc"],
        ),
        (
            "a\n\n```\n<!-- end_slide -->\n```\n\n---\n\nb",
            &["a\n\n```\n<!-- end_slide -->\n```", "b"],
        ),
        (
            "a\n\n    <!-- end_slide -->\n\n---\n\nb",
            &["a\n\n    <!-- end_slide -->", "b"],
        ),
        (
            "---\noptions:\n  end_slide_shorthand: true\n---\na\n\n***\nb\n\n---\nc",
            &["a", "b", "c"],
        ),
        (
            "---\noptions:\n  implicit_slide_ends: true\n---\nA\n===\nx\n\nB\nb\n---\ny\n\n# c\n",
            &["A\n===\nx", "B\nb\n---\ny\n\n# c"],
        ),
        (
            "---\noptions:\n  implicit_slide_ends: true\n  h1_slide_titles: true\n---\n# A\nx\n# B\ny\n## c\n",
            &["# A\nx", "# B\ny\n## c"],
        ),
        (
            "---\noptions:\n  command_prefix: 'p:'\n---\na\n<!-- end_slide -->\nb\n<!-- p:end_slide -->\nc",
            &["a\n<!-- end_slide -->\nb", "c"],
        ),
        ("---\ntitle: T\n---\n\na\n\n---\n\nb", &["a", "b"]),
        (
            "---\ntitle: T\n---\n\na\n<!-- end_slide -->\nb",
            &["", "a", "b"],
        ),
        ("---\ntitle: T\n---\n\n---\n\nb", &["", "b"]),
        (
            "a\n\n[^1]: note\n  more\n\n    still\n\nb\n\n---\n\nc",
            &["a|b", "c"],
        ),
        (
            "a\n\n[^1]: note\n\n---\n\n[b]: c\n\n---\n\nd",
            &["a", "[b]: c", "d"],
        ),
        ("a\n\n[^1]: note\n---\n\nb", &["a", "b"]),
        ("a\n\n[b]: c\n---\n\nd", &["a\n\n[b]: c", "d"]),
        ("a\r\r---\r\rb\r", &["a", "b"]),
        ("", &[]),
        ("\n\n---\n\n<!-- a remark -->\n", &[]),
    ];
    for (text, expected) in rows {
        assert_eq!(slides(text), *expected, "of the deck:\n{text}");
    }
}

#[test]
fn tells_of_rules_that_may_be_meant_as_slide_ends() {
    let rows: &[(&str, &[&str])] = &[
        (
            "a\n\nb\n---\n\nc",
            &["3:1 the `---` below makes this text a heading"],
        ),
        (
            "# a\n---\nb",
            &["2:1 this `---` is a rule across the slide"],
        ),
        (
            "a\n\n---\nb",
            &["3:1 this `---` is a rule across the slide"],
        ),
        ("a\n---\n<!-- end_slide -->\nb", &[]),
        ("a\n------\n", &[]),
        ("a\n\n```\nb", &["3:1 this code fence is never closed"]),
        ("a\n\n<!-- b", &["3:1 this comment is never closed"]),
        ("", &["1:1 the deck has no slides"]),
        (
            "[^a]: x\n\n[^A]: y\n\n# b",
            &["3:1 footnote `A` is defined already"],
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(problems(&deck(text)), *expected, "of the deck:\n{text}");
    }
}

#[test]
fn reads_front_matter_and_tells_what_it_does_not_know() {
    let text = "---\ntitle: \"T: *x*\"\nauthors:\n  - A\n  - B\ndate: 2025-10-02\nduration: 1h 30m\ntheme:\n  name: dark\n  override: {}\nfooter: '{current_slide}'\nlang: de\nauther: C\n---\n";
    let deck = deck(text);
    let front = &deck.front;
    assert_eq!(front.title.as_deref(), Some("T: *x*"));
    assert_eq!(front.authors, ["A", "B"]);
    assert_eq!(front.date.as_deref(), Some("2025-10-02"));
    assert_eq!(
        front.duration.map(|duration| duration.as_secs()),
        Some(5400)
    );
    assert_eq!(front.theme, Some(DeckTheme::Named("dark".into())));
    assert_eq!(front.footer.as_deref(), Some("{current_slide}"));
    assert_eq!(front.lang.as_deref(), Some("de"));
    assert_eq!(
        problems(&deck),
        [
            "10:3 the theme's `override` is not used",
            "13:1 no such key: `auther`"
        ]
    );
    assert_eq!(deck.extents.len(), 1);
}

#[test]
fn reads_how_slides_follow_each_other_in_words_of_presenterm_too() {
    for (yaml, expected, wrong) in [
        ("transition: slide", Some(Transition::Slide), 0),
        ("transition: off", Some(Transition::Off), 0),
        (
            "transition: {duration_millis: 750, frames: 45, animation: {style: fade}}",
            Some(Transition::Dissolve),
            0,
        ),
        (
            "transition: {animation: {style: slide_horizontal}}",
            Some(Transition::Slide),
            0,
        ),
        ("transition: {animation: {style: spin}}", None, 1),
        ("transition: wipe", None, 1),
    ] {
        let deck = deck(&format!("---\n{yaml}\n---\n\nx\n"));
        let found = (deck.front.transition, deck.diagnostics.len());
        assert_eq!(found, (expected, wrong), "{yaml}");
    }
}

#[test]
fn makes_the_title_slide_of_the_front_matter() {
    assert_eq!(
        outline_with(
            "---\ntitle: T *x*\nsub_title: s\nevent: E\nlocation: L\nauthor: A\n---\n\nbelow\n\n---\n\nb",
            &()
        ),
        ">< middle\n>< h1 T *x*\n>< p s\n>< p E, L\n>< p A\np below\n--\np b",
    );
}

#[test]
fn places_errors_in_front_matter() {
    let rows: &[(&str, &[&str])] = &[
        (
            "---\ntitle: [a\n---\nx",
            &["2:8 failed to read this as YAML: unclosed bracket '['"],
        ),
        (
            "---\ntitle: {a: 1}\n---\nx",
            &["2:8 `title` with a value that it doesn't take"],
        ),
        ("---\nduration: soon\n---\nx", &["2:11 this is no duration"]),
        (
            "---\ntheme: solarized\n---\nx",
            &["2:8 there is no theme `solarized`"],
        ),
        (
            "---\ntheme: {path: mine.yaml}\n---\nx",
            &["2:15 this theme is not used"],
        ),
        ("---\ntheme: {path: mine.toml}\n---\nx", &[]),
        (
            "---\noptions:\n  implicit_slide_ends: maybe\n---\nx",
            &["3:24 `implicit_slide_ends` with a value that it doesn't take"],
        ),
    ];
    for (text, expected) in rows {
        let found = problems(&deck(text));
        assert!(
            found.len() == expected.len()
                && found
                    .iter()
                    .zip(*expected)
                    .all(|(found, expected)| found.starts_with(expected)),
            "{found:?} for\n{text}"
        );
    }
}

#[test]
fn splices_included_files() {
    let files = files(&[
        (
            "a.md",
            "in a\n\n---\n\nstill a\n\n<!-- include: sub/b.md -->\n",
        ),
        ("sub/b.md", "in b\n\n<!-- include: c.md -->"),
        ("sub/c.md", "in c\n\n```\nopen"),
        ("loop.md", "x\n\n<!-- include: loop.md -->"),
    ]);
    assert_eq!(
        outline_with(
            "start\n\n<!-- include: a.md -->\n\nend\n\n---\n\nlast",
            &files
        ),
        "p start\np in a\n--\np still a\np in b\np in c\ncode \n  |open\np end\n--\np last",
    );
    let deck = crate::parse::open(
        "deck.md".as_ref(),
        "<!-- include: loop.md -->\n\n<!-- include: none.md -->\n<!-- include: deck.md -->",
        &files,
    );
    assert_eq!(
        problems(&deck),
        [
            "3:1 failed to include none.md: there is no such file",
            "4:1 failed to include deck.md: it includes itself",
            "3:1 failed to include loop.md: it includes itself",
        ]
    );
}

#[test]
fn resolves_links_and_footnotes_over_the_whole_deck() {
    assert_eq!(
        outline_with(
            "a[^n] [Link] [^none]\n\n---\n\n[link]: https://x.y \"t\"\n[^n]: *note* [link]\n\n    more\n\nb [link][]\n\n---\n\n[^m]: m\n\nc[^m]",
            &()
        ),
        "p a[^1] [Link](https://x.y) [^none]\n^1\n  p *note* [link](https://x.y)\n  p more\n? no footnote `none` is defined in this deck\n--\np b [link](https://x.y)\n--\np c[^1]\n^1\n  p m",
    );
}

#[test]
fn names_slides() {
    let deck = deck(
        "# Why?!?\n\n---\n\n# Why *really*\n\n---\n\nx\n\n---\n\n<!-- id: The End -->\n# Last [one](https://x.y)\n\n---\n\n# Why!\n",
    );
    let ids: Vec<_> = deck
        .extents
        .iter()
        .map(|extent| extent.id.as_str())
        .collect();
    assert_eq!(ids, ["why", "why-really", "slide-3", "the-end", "why-2"]);
    let headings: Vec<_> = (0..6).map(|index| heading(&deck, index)).collect();
    assert_eq!(
        headings,
        ["Why?!?", "Why really", "", "Last one", "Why!", ""]
    );
    assert_eq!(find(&deck, "the-end"), Some(3));
    assert_eq!(find(&deck, "2"), Some(1));
    assert_eq!(find(&deck, "9"), None);
}
