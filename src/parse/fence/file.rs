//! `file` fences: code from a file beside the deck.

use std::ops::Range;

use crate::parse::code::Content;
use crate::parse::info::Info;
use crate::parse::slide::Builder;
use crate::parse::yaml::{Node, Reading};

use super::{place_code, understood};

pub(super) const KEYS: &[&str] = &["path", "language", "start_line", "end_line"];

/// Most lines that one block takes from a file.
const LINES_MAX: usize = 5000;

/// What is shown of a file.
struct Excerpt {
    text: String,
    language: String,
    first: u32,
}

pub(super) fn place(builder: &mut Builder<'_>, info: Info, content: &Content, range: Range<usize>) {
    if let Some(excerpt) = understood(builder, content, &range, read) {
        let info = Info {
            language: excerpt.language,
            ..info
        };
        place_code(builder, info, &excerpt.text, excerpt.first, range);
    }
}

fn read(builder: &mut Builder<'_>, reading: &mut Reading<'_>, node: Node) -> Option<Excerpt> {
    let mut fields = reading.fields(node, KEYS);
    let language = fields.text("language");
    let first = fields.read("start_line", line).map_or(1, |(line, _)| line);
    let last = fields.read("end_line", line);
    let Some(path) = fields.take("path") else {
        fields.lack("this names no file", "say which: path: main.py");
        return None;
    };
    let named = reading.text("path", &path)?;
    if let Some((last, range)) = &last
        && *last < first
    {
        reading.report(range.clone(), "the last line comes before the first");
        return None;
    }
    let place = builder.beside(&named);
    let text = match builder.files.read(&place) {
        Ok(text) => text,
        Err(reason) => {
            reading.report(
                path.range,
                format!("failed to read {}: {reason}", place.display()),
            );
            return None;
        }
    };
    let total = text.lines().count();
    if first as usize > total {
        reading.report(
            path.range,
            format!("{} has only {total} lines", place.display()),
        );
        return None;
    }
    let count = last
        .map_or(LINES_MAX, |(last, _)| (last - first + 1) as usize)
        .min(LINES_MAX);
    let lines: Vec<_> = text.lines().skip(first as usize - 1).take(count).collect();
    let ending = place
        .extension()
        .map(|ending| ending.to_string_lossy().into_owned());
    Some(Excerpt {
        text: lines.join("\n"),
        language: language.or(ending).unwrap_or_default(),
        first: first as u32,
    })
}

/// A line's number from 1 on, and where it is written.
fn line(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<(i64, Range<usize>)> {
    let number = reading.whole(key, node, 1..=i64::from(u32::MAX))?;
    Some((number, node.range.clone()))
}
