//! What a block of code wrote when it was run for the file, and how it ended.

use std::fmt::Write as _;

use parade_demos::line::{Line, Pen};

use super::attributes::Attributes;
use super::style;
use super::text::words;
use crate::app::{SnippetMood, SnippetState, ink};

/// Writes what is known of a block's run; of one that was not run, that.
pub(super) fn write(known: Option<&SnippetState>, place: &Attributes, out: &mut String) {
    let snapshot = known.and_then(|known| known.snapshot.as_deref());
    if let Some(snapshot) = snapshot.filter(|snapshot| !snapshot.lines.is_empty()) {
        let _ = write!(
            out,
            "<pre{} tabindex=\"0\" aria-label=\"Output\"><samp>",
            place.with("output")
        );
        if snapshot.left_out > 0 {
            let left_out = snapshot.left_out;
            let _ = write!(
                out,
                "<span class=\"line r-muted\">{left_out} earlier lines not kept\n</span>"
            );
        }
        for line in &snapshot.lines {
            self::line(line, out);
        }
        out.push_str("</samp></pre>\n");
    }
    let (class, words) = match known.and_then(SnippetState::in_words) {
        None => ("muted", "not run".to_owned()),
        Some((SnippetMood::Calm, words)) => ("muted", words),
        Some((SnippetMood::Good, words)) => ("good", format!("✓ {words}")),
        Some((SnippetMood::Bad, words)) => ("error", format!("✗ {words}")),
    };
    let place = place.with(&format!("ended r-{class}"));
    let _ = writeln!(out, "<p{place}>{}</p>", self::words(&words));
}

fn line(line: &Line, out: &mut String) {
    out.push_str("<span class=\"line\">");
    for (text, pen) in line.stretches(0..line.text.len()) {
        if pen == Pen::default() {
            out.push_str(&words(text));
        } else {
            let _ = write!(out, "<span{}>{}</span>", dressed(pen), words(text));
        }
    }
    out.push_str("\n</span>");
}

/// The attributes of letters of this pen; nothing but numbers and names of ours can come of them.
fn dressed(pen: Pen) -> String {
    let ink = ink(pen);
    let (letters, ground) = (
        ink.foreground.map(style::colour),
        ink.background.map(style::colour),
    );
    let (letters, ground) = if ink.reverse {
        let letters = letters.or(Some("var(--ink)".to_owned()));
        (ground.or(Some("var(--paper)".to_owned())), letters)
    } else {
        (letters, ground)
    };
    let declared = |name: &str, colour: Option<String>| {
        colour.map_or(String::new(), |colour| format!("{name}:{colour};"))
    };
    format!(
        " class=\"{}\" style=\"{}{}\"",
        style::classes(ink),
        declared("color", letters),
        declared("background", ground),
    )
}
