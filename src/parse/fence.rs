//! Fenced blocks: code as it is, or one of parade's own by its language.

use std::ops::Range;

use crate::deck::{BlockKind, Diagnostic};

use super::code::{self, Content};
use super::info;
use super::slide::Builder;

/// Places what a fence holds.
pub(super) fn place(
    builder: &mut Builder<'_>,
    info: &str,
    content: &Content,
    range: Range<usize>,
    _source: &str,
) {
    let mut info = info::read(info);
    for (message, help) in std::mem::take(&mut info.problems) {
        builder.report(Diagnostic::warning(builder.span(range.clone()), message).with_help(help));
    }
    let code = code::block(info, &content.text, 1);
    let changes = code.groups.len().saturating_sub(1);
    let block = builder.block(BlockKind::Code(code), range);
    builder.place(block);
    builder.steps.change(changes);
}
