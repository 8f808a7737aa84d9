//! Front matter: cut off by its own rule, read key by key.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use crate::deck::{DeckOptions, DeckTheme, Diagnostic, Front, Severity, Span, Transition};
use crate::theme;

use super::extents::bom_length;
use super::yaml::{Node, Problem, ProblemKind, Reading, Value};

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
    "lang",
    "transition",
];
const TRANSITION_KEYS: &[&str] = &["duration_millis", "frames", "animation"];
const ANIMATION_KEYS: &[&str] = &["style"];
/// presenterm's transitions, and what is near to them here.
const STYLES: [(&str, Transition); 3] = [
    ("fade", Transition::Dissolve),
    ("slide_horizontal", Transition::Slide),
    ("collapse_horizontal", Transition::Dissolve),
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

/// Every key that stands in a front matter, but for those within another.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().copied()
}

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
    let place = |range: Range<usize>| {
        let byte = |offset: usize| (yaml.start + offset.min(yaml.len())) as u32;
        Span {
            file: 0,
            start: byte(range.start),
            end: byte(range.end),
        }
    };
    let (mut reading, node) = Reading::new(&text[yaml.clone()]);
    if let Some(node) = node {
        read.front = front(&mut reading, node, &place);
    }
    read.has_title = has_title(&read.front);
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
        read.diagnostics.push(Diagnostic {
            severity,
            span: place(range),
            passage,
            message,
            help,
        });
    }
    read
}

/// The bytes between a first line `---` and the next, and where the line behind begins.
fn cut(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
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

fn front(reading: &mut Reading<'_>, node: Node, place: &dyn Fn(Range<usize>) -> Span) -> Front {
    let mut fields = reading.fields(node, KEYS);
    let mut front = Front {
        title: fields.text("title"),
        sub_title: fields.text("sub_title"),
        event: fields.text("event"),
        location: fields.text("location"),
        date: fields.text("date"),
        footer: fields.text("footer"),
        lang: fields.text("lang"),
        ..Front::default()
    };
    for key in ["author", "authors"] {
        front.authors.extend(fields.texts(key));
    }
    front.duration = fields.read("duration", duration);
    if let Some(node) = fields.take("theme") {
        front.theme = theme(fields.reading, node, place);
    }
    if let Some(node) = fields.take("transition") {
        front.transition = transition(fields.reading, node);
    }
    if let Some(node) = fields.take("options") {
        front.options = options(fields.reading, node);
    }
    front
}

/// Whether it says anything that makes a title slide.
fn has_title(front: &Front) -> bool {
    let lines = [
        &front.title,
        &front.sub_title,
        &front.event,
        &front.location,
        &front.date,
    ];
    lines.iter().any(|line| line.is_some()) || !front.authors.is_empty()
}

/// A name, a file, or a map that says more.
fn theme(
    reading: &mut Reading<'_>,
    node: Node,
    place: &dyn Fn(Range<usize>) -> Span,
) -> Option<DeckTheme> {
    if !matches!(node.value, Value::Map(_)) {
        return match reading.text("theme", &node)? {
            path if is_toml(&path) => Some(DeckTheme::File {
                path,
                span: place(node.range),
            }),
            _ => named(reading, "theme", &node),
        };
    }
    let override_range = node.locate(&["override".to_owned()]);
    let mut fields = reading.fields(node, THEME_KEYS);
    if fields.take("override").is_some() {
        let help = "put the colours into a theme file of parade's and name it with `path`";
        let reading = &mut *fields.reading;
        reading.left_out(override_range, "the theme's `override` is not used", help);
    }
    let named = fields.read("name", named);
    let file = fields.read("path", |reading, key, node| {
        let path = reading.text(key, node)?;
        if !is_toml(&path) {
            let help = "presenterm's themes are YAML; parade's are TOML files";
            reading.left_out(node.range.clone(), "this theme is not used", help);
            return None;
        }
        let span = place(node.range.clone());
        Some(DeckTheme::File { path, span })
    });
    file.or(named)
}

/// A theme by its name, which only another program may know.
fn named(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<DeckTheme> {
    let name = reading.text(key, node)?;
    if theme::builtin(&name).is_none() {
        let known: Vec<_> = theme::builtin_names().collect();
        let help = format!("there are {}, and TOML files", known.join(", "));
        reading.left_out(
            node.range.clone(),
            format!("there is no theme `{name}`"),
            help,
        );
    }
    Some(DeckTheme::Named(name))
}

/// A name of ours, or presenterm's map; how long it takes is not for a deck to say.
fn transition(reading: &mut Reading<'_>, node: Node) -> Option<Transition> {
    if !matches!(node.value, Value::Map(_)) {
        return reading.choice("transition", &node, &Transition::NAMES);
    }
    let mut fields = reading.fields(node, TRANSITION_KEYS);
    let animation = fields.take("animation")?;
    let mut fields = fields.reading.fields(animation, ANIMATION_KEYS);
    fields.choice("style", &STYLES)
}

fn is_toml(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "toml")
}

fn options(reading: &mut Reading<'_>, node: Node) -> DeckOptions {
    let mut fields = reading.fields(node, OPTION_KEYS);
    DeckOptions {
        given: true,
        implicit_slide_ends: fields.switch("implicit_slide_ends"),
        end_slide_shorthand: fields.switch("end_slide_shorthand"),
        h1_slide_titles: fields.switch("h1_slide_titles"),
        command_prefix: fields.text("command_prefix").unwrap_or_default(),
        image_attributes_prefix: fields.text("image_attributes_prefix"),
        incremental_lists: fields.switch("incremental_lists"),
        incremental_tables: fields.switch("incremental_tables"),
        list_item_newlines: fields
            .whole("list_item_newlines", 1..=20)
            .map(|count| count as u8),
        strict_front_matter_parsing: fields.switch("strict_front_matter_parsing"),
        auto_render_languages: fields.texts("auto_render_languages"),
    }
}

/// `45m`, `1h 30m`, `90s`; a bare number is minutes.
fn duration(reading: &mut Reading<'_>, key: &str, node: &Node) -> Option<Duration> {
    let text = reading.text(key, node)?;
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
