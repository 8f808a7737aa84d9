//! The Python program of a demo's `with`: read from beside the deck, or written in the fence itself.
//! What the compiler finds wrong is told at its place in either.

use std::ops::Range;

use parade_demos::python::code::Place;
use parade_demos::python::syntax;

use crate::deck::{Passage, SourceFile};
use crate::parse::slide::Builder;
use crate::parse::visible;
use crate::parse::yaml::{Node, Reading, Value};

/// The program that `source` or `code` gives: its name and its text.
pub(super) fn read(
    builder: &Builder<'_>,
    reading: &mut Reading<'_>,
    source: Option<&Node>,
    code: Option<&Node>,
) -> Option<(String, String)> {
    match (source, code) {
        (Some(source), None) => file(builder, reading, source),
        (None, code) => inline(reading, code?),
        (Some(_), Some(code)) => {
            let help = "name a file, or write the program here";
            let message = "`source` and `code` can't both be given";
            reading.report_with_help(code.range.clone(), message, help);
            None
        }
    }
}

/// The file that is named, by its place in the deck's folder, and its text.
fn file(
    builder: &Builder<'_>,
    reading: &mut Reading<'_>,
    source: &Node,
) -> Option<(String, String)> {
    let named = reading.text("source", source)?;
    let path = builder.beside(&named);
    let name = path.display().to_string();
    let text = match builder.files.read(&path) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("failed to read {name}: {reason}");
            reading.report(source.range.clone(), message);
            return None;
        }
    };
    let file = SourceFile {
        path,
        text: text.as_str().into(),
    };
    for (place, message) in errors(&name, &text) {
        let start = file.offset(place.line as usize, place.column as usize);
        let length = file.text[start..].chars().next().map_or(0, char::len_utf8);
        let passage = Passage {
            file: file.clone(),
            range: start..start + length,
        };
        reading.report_passage(source.range.clone(), passage, message);
    }
    Some((name, text))
}

/// A program that stands in the fence, and has no name.
fn inline(reading: &mut Reading<'_>, code: &Node) -> Option<(String, String)> {
    let Value::Text(text) = &code.value else {
        // What is no text is told of.
        let text = reading.text("code", code)?;
        return Some((String::new(), text));
    };
    for (place, message) in errors("", text) {
        let range = within(reading.source(code), text, place);
        let range = range.map(|range| code.range.start + range.start..code.range.start + range.end);
        reading.report(range.unwrap_or(code.range.clone()), message);
    }
    Some((String::new(), text.clone()))
}

/// What the compiler finds wrong, and where.
fn errors(name: &str, text: &str) -> impl Iterator<Item = (Place, String)> {
    let errors = syntax::compile(name, text).err().unwrap_or_default();
    errors
        .into_iter()
        .map(|error| (error.place, visible(&error.message).into_owned()))
}

/// Where a place of a program stands in the YAML block that holds it, as far as its lines are the
/// program's own, but for their indentation.
fn within(block: &str, text: &str, place: Place) -> Option<Range<usize>> {
    let line = text.lines().nth(place.line as usize - 1)?;
    let header = usize::from(block.starts_with(['|', '>']));
    let raw_lines = block.split_inclusive('\n');
    let start: usize = raw_lines
        .clone()
        .take(header + place.line as usize - 1)
        .map(str::len)
        .sum();
    let raw = block[start..].lines().next()?;
    let indentation = raw.len().checked_sub(line.len())?;
    if !raw.ends_with(line) || !raw[..indentation].chars().all(|c| c == ' ') {
        return None;
    }
    let column = place.column as usize - 1;
    let before: usize = line.chars().take(column).map(char::len_utf8).sum();
    let length = line[before..].chars().next().map_or(0, char::len_utf8);
    let start = start + indentation + before;
    Some(start..start + length)
}
