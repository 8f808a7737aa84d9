//! The question before a deck's own commands run: what they are, and the two answers.

use super::canvas::Canvas;
use crate::app::{Action, State};
use crate::layout::text_width;
use crate::theme::Role;

/// Draws a box over the slide.
pub(super) fn draw(state: &State, commands: &[String], screen: &mut Canvas) {
    let (width, height) = (screen.width(), screen.height());
    let longest = commands
        .iter()
        .map(|command| text_width(command))
        .max()
        .unwrap_or(0) as u16;
    let box_width = (longest + 8).clamp(60, 100).min(width);
    let box_height = (commands.len() as u16 + 6).min(height.saturating_sub(1));
    let (x, y) = ((width - box_width) / 2, (height - box_height) / 2);
    let mut panel = screen.part(x, y, box_width, box_height);
    panel.clear();
    frame(&mut panel, Role::Warning);
    let mut inside = panel.part(
        3,
        1,
        box_width.saturating_sub(6),
        box_height.saturating_sub(2),
    );
    inside.cut(
        0,
        0,
        inside.width(),
        "This deck wants to run commands of its own:",
        Role::Warning,
    );
    let rows = inside.height().saturating_sub(4);
    for (y, command) in (2..2 + rows).zip(commands) {
        inside.cut(0, y, inside.width(), command, Role::Code);
    }
    let hidden = commands.len().saturating_sub(usize::from(rows));
    if hidden > 0 {
        inside.right(
            inside.width(),
            1 + rows,
            &format!("{hidden} more"),
            Role::Warning,
        );
    }
    let answers = [
        (Action::Allow, "let them run until the deck changes"),
        (Action::Refuse, "don’t"),
    ];
    keys(state, &answers, &mut inside);
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
