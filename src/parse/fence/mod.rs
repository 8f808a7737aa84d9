//! Fenced blocks: code as it is, or one of parade's own by its language.
//!
//! Each of our fences is YAML and has a file here that turns the tree into a block. What is wrong is
//! placed at its key; a fence with an error stands on the slide as a broken block, and the talk goes on.

mod challenge;
mod chart;
mod csv;
mod demo;
mod file;
mod lane;
mod parameters;
mod predict;
mod program;
mod qr;
mod snippet;
mod timeline;

use std::ops::Range;

use crate::deck::{BlockKind, Diagnostic, Severity};

use super::code::{self, Content};
use super::info::{self, Info};
use super::slide::Builder;
use super::yaml::{Node, ProblemKind, Reading};

/// Turns a fence's YAML into a block; `None` when an error was reported.
type Read = fn(&mut Builder<'_>, &mut Reading<'_>, Node) -> Option<BlockKind>;

/// The keys of each of our fences, by its language.
#[cfg(test)]
pub(super) fn names() -> [(&'static str, Vec<&'static str>); 6] {
    [
        ("demo", demo::names()),
        ("chart", chart::names()),
        ("qr", qr::KEYS.to_vec()),
        ("predict", [predict::KEYS, predict::CHOICE_KEYS].concat()),
        ("challenge", challenge::KEYS.to_vec()),
        ("file", file::KEYS.to_vec()),
    ]
}

/// Places what a fence holds.
pub(super) fn place(builder: &mut Builder<'_>, info: &str, content: &Content, range: Range<usize>) {
    let info = words(builder, info, &range);
    let read: Read = match info.language.as_str() {
        "demo" => demo::read,
        "chart" => chart::read,
        "qr" => |_, reading, node| qr::read(reading, node),
        "predict" => |_, reading, node| predict::read(reading, node),
        "challenge" => |_, reading, node| challenge::read(reading, node),
        "file" => return file::place(builder, info, content, range),
        _ => return place_code(builder, info, &content.text, 1, range),
    };
    if let Some(kind) = understood(builder, content, &range, read) {
        let block = builder.block(kind, range);
        builder.place(block);
    }
}

/// The info string, with what is wrong in it reported.
fn words(builder: &mut Builder<'_>, info: &str, range: &Range<usize>) -> Info {
    let mut info = info::read(info);
    for (message, help) in std::mem::take(&mut info.problems) {
        let span = builder.span(range.clone());
        builder.report(Diagnostic::warning(span, message).with_help(help));
    }
    info
}

/// Code, and the steps that its groups of lines take.
fn place_code(builder: &mut Builder<'_>, info: Info, text: &str, first: u32, range: Range<usize>) {
    let exec = snippet::read(builder, &info, text, &range);
    let code = code::block(info, exec, text, first);
    let changes = code.groups.len().saturating_sub(1);
    let block = builder.block(BlockKind::Code(code), range);
    builder.place(block);
    builder.steps.change(changes);
}

/// What a fence's YAML says. When that can't be shown, the reasons are reported and the broken block
/// is placed.
fn understood<T>(
    builder: &mut Builder<'_>,
    content: &Content,
    range: &Range<usize>,
    read: impl FnOnce(&mut Builder<'_>, &mut Reading<'_>, Node) -> Option<T>,
) -> Option<T> {
    let (mut reading, node) = Reading::new(&content.text);
    let read = node.and_then(|node| read(builder, &mut reading, node));
    let mut broken = None;
    for problem in reading.problems {
        let severity = match problem.kind {
            ProblemKind::Wrong | ProblemKind::UnknownKey => Severity::Error,
            ProblemKind::LeftOut => Severity::Warning,
        };
        if severity == Severity::Error || read.is_none() {
            broken.get_or_insert_with(|| problem.message.clone());
        }
        let span = builder.span(content.locate(problem.range));
        builder.report(Diagnostic {
            severity,
            span,
            passage: problem.passage,
            message: problem.message,
            help: problem.help,
        });
    }
    if let Some(message) = broken {
        builder.broken_block(&message, &content.text, range.clone());
        return None;
    }
    read
}
