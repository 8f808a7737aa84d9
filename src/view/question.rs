//! The question before a run: what is asked, the answers or the number that is typed, and the keys.

use super::canvas::Canvas;
use super::consent::{frame, keys};
use super::words::lines;
use crate::app::{Action, Draft, Question, State};
use crate::theme::Role;

/// Columns of the box, its frame included.
const WIDTH_MAX: u16 = 72;
/// Columns between the frame and the text, at each side.
const MARGIN: u16 = 3;

/// Draws a box over the slide.
pub(super) fn draw(state: &State, question: &Question, screen: &mut Canvas) {
    let (screen_width, screen_height) = (screen.width(), screen.height());
    let width = WIDTH_MAX.min(screen_width);
    let inner = width.saturating_sub(2 * MARGIN);
    let asked: Vec<&str> = lines(&question.text, inner).collect();
    let answers = match &question.draft {
        Draft::Choice { choices, .. } => choices.len() as u16,
        Draft::Number(_) => 1,
    };
    let height = (asked.len() as u16 + answers + 6).min(screen_height.saturating_sub(1));
    let (x, y) = ((screen_width - width) / 2, (screen_height - height) / 2);
    let mut panel = screen.part(x, y, width, height);
    panel.clear();
    frame(&mut panel, Role::Accent);
    let mut inside = panel.part(MARGIN, 1, inner, height.saturating_sub(2));
    let mut y = 0;
    for line in asked {
        inside.text(0, y, line, Role::Text);
        y += 1;
    }
    match &question.draft {
        Draft::Choice { choices, selected } => draw_choices(choices, *selected, y + 1, &mut inside),
        Draft::Number(typed) => draw_number(typed, y + 1, &mut inside),
    }
    let answers = [
        (Action::Choose, "answer and run"),
        (Action::Run, "run without"),
        (Action::Close, "back"),
    ];
    keys(state, &answers, &mut inside);
}

fn draw_choices(choices: &[String], selected: usize, top: u16, inside: &mut Canvas) {
    // A screen too low for all of them shows those around the chosen one.
    let room = usize::from(inside.height().saturating_sub(top + 2)).max(1);
    let first = (selected + 1).saturating_sub(room);
    let width = inside.width();
    for (y, (index, choice)) in (top..).zip(choices.iter().enumerate().skip(first).take(room)) {
        let (sign, role) = if index == selected {
            ("▸", Role::Accent)
        } else {
            (" ", Role::Text)
        };
        inside.text(0, y, sign, role);
        inside.cut(
            2,
            y,
            width.saturating_sub(2),
            &format!("{}  {choice}", index + 1),
            role,
        );
    }
}

fn draw_number(typed: &str, y: u16, inside: &mut Canvas) {
    let end = inside.text(2, y, typed, Role::Text);
    inside.text(end, y, "_", Role::Accent);
}
