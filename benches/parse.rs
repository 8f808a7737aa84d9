//! Opening decks of 20, 250 and 2,000 slides, and parsing one slide.

use std::fmt::Write as _;
use std::path::Path;

use parade::parse;

fn main() {
    divan::main();
}

/// A deck whose slides have a title, text, a list, code, and every other one a table.
fn deck(slides: usize) -> String {
    let mut text = String::new();
    for number in 1..=slides {
        if number > 1 {
            text.push_str("\n---\n\n");
        }
        let _ = write!(
            text,
            "# Slide {number}\n\nText with *emphasis*, `code`, **weight** and a [link](https://example.com/{number}).\n\n\
             - first\n- second with **weight**\n    - nested\n- third\n\n\
             ```rust\nfn main() {{\n    let sum: u64 = (0..{number}).sum();\n    println!(\"{{sum}}\");\n}}\n```\n"
        );
        if number % 2 == 0 {
            text.push_str("\n| model | wall |\n|---|---|\n| async | 1.5 |\n| threads | 0.8 |\n");
        }
    }
    text
}

#[divan::bench(args = [20, 250, 2000])]
fn open(bencher: divan::Bencher<'_, '_>, slides: usize) {
    let text = deck(slides);
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| parse::open(Path::new("deck.md"), &text, &()));
}

#[divan::bench]
fn slide(bencher: divan::Bencher<'_, '_>) {
    let deck = parse::open(Path::new("deck.md"), &deck(20), &());
    bencher.bench(|| parse::slide(&deck, 9, &()));
}
