//! A demo's `with`, and the Python program that it may name: read from beside the deck, or written
//! in the fence itself. What the compiler finds wrong is told at its place in either.

use std::ops::Range;

use parade_demos::python::code::Place;
use parade_demos::python::syntax;
use parade_demos::spec::{Parameters, Value};

use super::demo::value;
use crate::deck::{Passage, SourceFile};
use crate::parse::slide::Builder;
use crate::parse::visible;
use crate::parse::yaml::{self, Node, Reading};

/// The parameters of a workload. A program's text is among them, whichever way it is given.
pub(super) fn with(builder: &Builder<'_>, reading: &mut Reading<'_>, node: Node) -> Parameters {
    let yaml::Value::Map(entries) = node.value else {
        let help = "it takes parameters with their values: with: {limit: 1000}";
        reading.report_with_help(node.range, "`with` with a value that it doesn't take", help);
        return Parameters::new();
    };
    let mut parameters = Parameters::new();
    let (mut source, mut code) = (None, None);
    for (key, node) in entries {
        match key.name.as_str() {
            "source" => source = Some(node),
            "code" => code = Some(node),
            _ => parameters.extend(value(reading, &node).map(|value| (key.name, value))),
        }
    }
    if let (Some(_), Some(code)) = (&source, &code) {
        let help = "name a file, or write the program here";
        let message = "`source` and `code` can't both be given";
        reading.report_with_help(code.range.clone(), message, help);
        return parameters;
    }
    let from_file = source.and_then(|node| file(builder, reading, &node));
    let program = from_file.or_else(|| code.and_then(|node| inline(reading, &node)));
    // Should the demo name a program for all lanes, and one of them its own, nothing of the other is left.
    if let Some((name, text)) = program {
        parameters.insert("source".to_owned(), Value::Text(name));
        parameters.insert("code".to_owned(), Value::Text(text));
    }
    parameters
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
    let yaml::Value::Text(text) = &code.value else {
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
