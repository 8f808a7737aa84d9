//! Front matter: cut off by its own rule, read key by key.

use std::path::Path;
use std::time::Duration;

use crate::deck::{DeckOptions, Diagnostic, Front, Severity, Span};

use super::extents::bom_length;
use super::yaml::{Fields, Node, Problem, ProblemKind, Reading, Value};

/// What a deck's beginning says.
#[derive(Default)]
pub(super) struct Read {
    pub front: Front,
    pub diagnostics: Vec<Diagnostic>,
    /// Where it ends and the slides begin.
    pub end: usize,
    /// Whether it has a key that makes a title slide.
    pub has_title: bool,
}

const KEYS: &[&str] = &[
    "title",
    "sub_title",
    "event",
    "location",
    "date",
    "author",
    "authors",
    "theme",
    "options",
    "duration",
    "footer",
];
const THEME_KEYS: &[&str] = &["name", "path", "override"];
const OPTION_KEYS: &[&str] = &[
    "implicit_slide_ends",
    "end_slide_shorthand",
    "h1_slide_titles",
    "command_prefix",
    "image_attributes_prefix",
    "incremental_lists",
    "incremental_tables",
    "list_item_newlines",
    "strict_front_matter_parsing",
    "auto_render_languages",
];

/// Reads the front matter of a deck, if it begins with one.
pub(super) fn read(text: &str) -> Read {
    let start = bom_length(text) as usize;
    let Some((yaml, end)) = cut(text, start) else {
        return Read {
            end: start,
            ..Read::default()
        };
    };
    let mut read = Read {
        end,
        ..Read::default()
    };
    let (mut reading, node) = Reading::new(&text[yaml.clone()]);
    if let Some(node) = node {
        read.front = front(&mut reading, node, &mut read.has_title);
    }
    let is_strict = read.front.options.strict_front_matter_parsing;
    for Problem {
        range,
        message,
        help,
        kind,
        passage,
    } in reading.problems
    {
        let severity = match kind {
            ProblemKind::Wrong => Severity::Error,
            ProblemKind::UnknownKey if is_strict => Severity::Error,
            ProblemKind::UnknownKey | ProblemKind::LeftOut => Severity::Warning,
        };
        let place = |offset: usize| (yaml.start + offset.min(yaml.len())) as u32;
        let span = Span {
            file: 0,
            start: place(range.start),
            end: place(range.end),
        };
        read.diagnostics.push(Diagnostic {
            severity,
            span,
            passage,
            message,
            help,
        });
    }
    read
}

/// The bytes between a first line `---` and the next, and where the line behind begins.
fn cut(text: &str, start: usize) -> Option<(std::ops::Range<usize>, usize)> {
    let mut at = start;
    let mut yaml_start = None;
    for line in text[start..].split_inclusive('\n') {
        let next = at + line.len();
        match (yaml_start, line.trim_end()) {
            (None, "---") => yaml_start = Some(next),
            (None, _) => return None,
            (Some(begun), "---") => return Some((begun..at, next)),
            (Some(_), _) => {}
        }
        at = next;
    }
    None
}

fn front(reading: &mut Reading<'_>, node: Node, has_title: &mut bool) -> Front {
    let mut fields = reading.fields(node, KEYS);
    let mut text = |fields: &mut Fields, key: &str| {
        let node = fields.take(key)?;
        reading.text(key, &node)
    };
    let mut front = Front {
        title: text(&mut fields, "title"),
        sub_title: text(&mut fields, "sub_title"),
        event: text(&mut fields, "event"),
        location: text(&mut fields, "location"),
        date: text(&mut fields, "date"),
        footer: text(&mut fields, "footer"),
        ..Front::default()
    };
    for key in ["author", "authors"] {
        if let Some(node) = fields.take(key) {
            front.authors.extend(reading.texts(key, &node));
        }
    }
    if let Some(node) = fields.take("duration") {
        front.duration = duration(reading, &node);
    }
    if let Some(node) = fields.take("theme") {
        theme(reading, node, &mut front);
    }
    if let Some(node) = fields.take("options") {
        front.options = options(reading, node);
    }
    let lines = [
        &front.title,
        &front.sub_title,
        &front.event,
        &front.location,
        &front.date,
    ];
    *has_title = lines.iter().any(|line| line.is_some()) || !front.authors.is_empty();
    front
}

fn theme(reading: &mut Reading<'_>, node: Node, front: &mut Front) {
    if matches!(node.value, Value::Text(_)) {
        front.theme = reading.text("theme", &node);
        return;
    }
    let override_range = node.locate(&["override".to_owned()]);
    let mut fields = reading.fields(node, THEME_KEYS);
    if let Some(node) = fields.take("name") {
        front.theme = reading.text("name", &node);
    }
    if let Some(node) = fields.take("path") {
        let path = reading.text("path", &node);
        if path.as_ref().is_some_and(|path| {
            Path::new(path)
                .extension()
                .is_some_and(|ending| ending == "toml")
        }) {
            front.theme_path = path;
        } else {
            let help = "presenterm's themes are YAML; parade's are TOML files";
            reading.left_out(node.range, "this theme is not used", help);
        }
    }
    if fields.take("override").is_some() {
        let help = "put the colours into a theme file of parade's and name it with `path`";
        reading.left_out(override_range, "the theme's `override` is not used", help);
    }
}

fn options(reading: &mut Reading<'_>, node: Node) -> DeckOptions {
    let mut fields = reading.fields(node, OPTION_KEYS);
    let mut switch = |fields: &mut Fields, key: &str| {
        let node = fields.take(key);
        node.and_then(|node| reading.boolean(key, &node))
            .unwrap_or(false)
    };
    let mut options = DeckOptions {
        given: true,
        implicit_slide_ends: switch(&mut fields, "implicit_slide_ends"),
        end_slide_shorthand: switch(&mut fields, "end_slide_shorthand"),
        h1_slide_titles: switch(&mut fields, "h1_slide_titles"),
        incremental_lists: switch(&mut fields, "incremental_lists"),
        incremental_tables: switch(&mut fields, "incremental_tables"),
        strict_front_matter_parsing: switch(&mut fields, "strict_front_matter_parsing"),
        ..DeckOptions::default()
    };
    if let Some(node) = fields.take("command_prefix") {
        options.command_prefix = reading.text("command_prefix", &node).unwrap_or_default();
    }
    if let Some(node) = fields.take("image_attributes_prefix") {
        options.image_attributes_prefix = reading.text("image_attributes_prefix", &node);
    }
    if let Some(node) = fields.take("list_item_newlines") {
        options.list_item_newlines = reading
            .whole("list_item_newlines", &node, 1..=20)
            .map(|count| count as u8);
    }
    if let Some(node) = fields.take("auto_render_languages") {
        options.auto_render_languages = reading.texts("auto_render_languages", &node);
    }
    options
}

/// `45m`, `1h 30m`, `90s`; a bare number is minutes.
fn duration(reading: &mut Reading<'_>, node: &Node) -> Option<Duration> {
    let text = reading.text("duration", node)?;
    let seconds = seconds(&text);
    if seconds.is_none() {
        reading.report_with_help(
            node.range.clone(),
            "this is no duration",
            "write it as 45m, 1h 30m or 90s",
        );
    }
    seconds.map(Duration::from_secs)
}

fn seconds(text: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = match &rest[..letters] {
            "h" | "hour" | "hours" => 3600,
            "" | "m" | "min" | "minute" | "minutes" => 60,
            "s" | "sec" | "second" | "seconds" => 1,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(unit)?)?;
        rest = rest[letters..].trim_start();
    }
    (1..=24 * 3600).contains(&total).then_some(total)
}
