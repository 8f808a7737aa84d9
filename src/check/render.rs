//! Diagnostics for people and for programs.

use std::ops::Range;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json as object};

use crate::deck::{Deck, Diagnostic, LineStarts, Severity, SourceFile};
use crate::parse::visible;

/// Longest line that is quoted, in bytes; of a longer one the place alone is told.
const LINE_MAX: usize = 2000;

/// Each diagnostic with its place and the line it stands on, ready to print.
pub fn text(deck: &Deck, diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let lines = Lines::of(deck);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&one(deck, &lines, diagnostic, &renderer));
        text.push_str("\n\n");
    }
    text
}

/// The lines of a deck's files, found once for all diagnostics.
struct Lines<'a>(Vec<(&'a SourceFile, LineStarts<'a>)>);

impl<'a> Lines<'a> {
    fn of(deck: &'a Deck) -> Self {
        let files = deck.files.iter();
        Self(files.map(|file| (file, file.lines())).collect())
    }

    /// Line and column of a byte in a file of the deck's, or in one that it names.
    fn line_column(&self, file: &SourceFile, byte: usize) -> (usize, usize) {
        let known = self.0.iter().find(|(known, _)| std::ptr::eq(*known, file));
        known.map_or_else(
            || file.line_column(byte),
            |(_, lines)| lines.line_column(byte),
        )
    }
}

fn one(deck: &Deck, lines: &Lines<'_>, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(visible(&diagnostic.message).into_owned());
    let Some((file, range)) = diagnostic.place(deck) else {
        return renderer.render(&[Group::with_title(title)]);
    };
    let (line, column) = lines.line_column(file, range.start);
    let path = visible(&path(deck, file).to_string_lossy()).into_owned();
    let mut group = match Quote::of(file, range) {
        Some(quote) => title.element(
            Snippet::source(quote.line)
                .line_start(line)
                .path(path)
                .annotation(AnnotationKind::Primary.span(quote.marked)),
        ),
        None => title.element(Origin::path(path).line(line).char_column(column)),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help).into_owned()));
    }
    renderer.render(&[group])
}

/// A file as whoever called can open it: those that a deck names stand beside it.
fn path(deck: &Deck, file: &SourceFile) -> PathBuf {
    match deck.files.first() {
        Some(first) if !std::ptr::eq(first, file) => first.path.with_file_name("").join(&file.path),
        _ => file.path.clone(),
    }
}

/// The line on which something stands, safe to print, and which part of it is meant.
struct Quote {
    line: String,
    marked: Range<usize>,
}

impl Quote {
    fn of(file: &SourceFile, range: Range<usize>) -> Option<Self> {
        let text = &file.text;
        let start = text.floor_char_boundary(range.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length);
        if line_end - line_start > LINE_MAX {
            return None;
        }
        let end = text.ceil_char_boundary(range.end.clamp(start, line_end));
        let part =
            |from: usize, to: usize| visible(text[from..to].trim_end_matches('\r')).into_owned();
        let (before, meant, after) = (
            part(line_start, start),
            part(start, end),
            part(end, line_end),
        );
        let marked = before.len()..before.len() + meant.len();
        Some(Self {
            line: before + &meant + &after,
            marked,
        })
    }
}

/// A list of objects: severity, file, line and column from 1 (of beginning and end), message, help.
pub fn json(deck: &Deck, diagnostics: &[Diagnostic]) -> Value {
    let lines = Lines::of(deck);
    let one = |diagnostic: &Diagnostic| {
        let place = diagnostic.place(deck);
        let ((line, column), (end_line, end_column)) =
            place.as_ref().map_or(((1, 1), (1, 1)), |(file, range)| {
                (
                    lines.line_column(file, range.start),
                    lines.line_column(file, range.end),
                )
            });
        object!({
            "severity": match diagnostic.severity {
                Severity::Warning => "warning",
                Severity::Error => "error",
            },
            "file": place.map(|(file, _)| path(deck, file)),
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "message": diagnostic.message,
            "help": diagnostic.help,
        })
    };
    diagnostics.iter().map(one).collect()
}
