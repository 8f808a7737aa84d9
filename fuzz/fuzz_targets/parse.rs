//! Any text opens as a deck, each slide parses, and whatever is wrong lies within the text.
//!
//! Run it with `cargo +nightly fuzz run parse`.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use parade::{check, parse};

fuzz_target!(|text: &str| {
    let deck = parse::open(Path::new("deck.md"), text, &());
    let found = check::deck(&deck, &(), &[]);
    for diagnostic in &found {
        let source = &deck.files[usize::from(diagnostic.span.file)].text;
        assert!(source.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
    }
    let told = check::text(&deck, &found, false);
    assert!(!told.chars().any(|c| c.is_control() && c != '\n'), "{told:?}");
    for index in 0..deck.extents.len() {
        parse::heading(&deck, index);
    }
});
