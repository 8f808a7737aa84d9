//! The question before a deck's own commands run: what they are, whole, and the two answers.

use super::canvas::Canvas;
use super::words::lines;
use crate::app::{Action, State};
use crate::layout::text_width;
use crate::theme::Role;

/// Draws a box over the slide.
pub(super) fn draw(state: &State, commands: &[String], screen: &mut Canvas) {
    let (width, height) = (screen.width(), screen.height());
    let longest = commands.iter().map(|command| text_width(command)).max();
    let longest = u16::try_from(longest.unwrap_or(0)).unwrap_or(u16::MAX);
    let box_width = longest.saturating_add(8).clamp(60, 100).min(width);
    let inside_width = box_width.saturating_sub(6);
    let rows_wanted: Vec<(u16, &str)> = commands
        .iter()
        .flat_map(|command| rows_of(command, inside_width))
        .collect();
    let box_height = (rows_wanted.len() + 6).min(usize::from(height.saturating_sub(1))) as u16;
    let (x, y) = ((width - box_width) / 2, (height - box_height) / 2);
    let mut panel = screen.part(x, y, box_width, box_height);
    panel.clear();
    frame(&mut panel, Role::Warning);
    let mut inside = panel.part(3, 1, inside_width, box_height.saturating_sub(2));
    inside.cut(
        0,
        0,
        inside.width(),
        "This deck wants to run commands of its own:",
        Role::Warning,
    );
    let rows = inside.height().saturating_sub(4);
    for (y, (x, part)) in (2..2 + rows).zip(&rows_wanted) {
        inside.text(*x, y, part, Role::Code);
    }
    let hidden = rows_wanted.len().saturating_sub(usize::from(rows));
    if hidden > 0 {
        let more = format!("{hidden} more lines, to be read in the deck");
        inside.right(inside.width(), 2 + rows, &more, Role::Warning);
    }
    let answers = [
        (Action::Allow, "let them run until the deck changes"),
        (Action::Refuse, "don’t"),
    ];
    keys(state, &answers, &mut inside);
}

/// A command's rows, each with the column where it begins: what goes on is set in.
fn rows_of(command: &str, width: u16) -> impl Iterator<Item = (u16, &str)> {
    const INDENT: u16 = 2;
    let parts = lines(command, width.saturating_sub(INDENT));
    parts
        .enumerate()
        .map(|(at, part)| (if at == 0 { 0 } else { INDENT }, part))
}

/// The keys that answer, in the last row.
pub(super) fn keys(state: &State, answers: &[(Action, &str)], inside: &mut Canvas) {
    let last = inside.height().saturating_sub(1);
    let mut x = 0;
    for (action, does) in answers {
        let key = state
            .keys
            .key(*action)
            .map(|key| key.to_string())
            .unwrap_or_default();
        let after = inside.text(x, last, &key, Role::Key);
        x = inside.text(after + 1, last, does, Role::Muted) + 3;
    }
}

/// A frame around all of a canvas.
pub(super) fn frame(panel: &mut Canvas, role: Role) {
    let (right, bottom) = (
        panel.width().saturating_sub(1),
        panel.height().saturating_sub(1),
    );
    for y in [0, bottom] {
        panel.repeat(0, y, right, "─", role);
    }
    for y in 0..=bottom {
        panel.sign(0, y, "│", role);
        panel.sign(right, y, "│", role);
    }
    for (x, y, corner) in [
        (0, 0, "╭"),
        (right, 0, "╮"),
        (0, bottom, "╰"),
        (right, bottom, "╯"),
    ] {
        panel.sign(x, y, corner, role);
    }
}
