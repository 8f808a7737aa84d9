//! A program that is edited: its lines with their numbers and colours, the cursor, and what is wrong.

use unicode_segmentation::UnicodeSegmentation;

use super::canvas::Canvas;
use super::words::lines;
use crate::app::{Editor, EditorPlan, Position, Program, State, column, shown};
use crate::deck::Colour;
use crate::layout::text_width;
use crate::theme::{Ink, Role};

/// Draws the pane.
pub(super) fn draw(state: &State, editor: &Editor, screen: &mut Canvas) {
    let plan = state.editor_plan();
    screen.area(plan.pane).clear();
    let mut pane = screen.area(plan.pane);
    if plan.edge {
        for y in 0..pane.height() {
            pane.sign(0, y, "│", Role::Faint);
        }
    }
    let edge = u16::from(plan.edge);
    let width = plan.pane.width.saturating_sub(edge);
    let others = state.other_programs(editor);
    heading(editor, &others, &mut pane.part(edge, 0, width, 1));
    let rows = plan.text.height;
    numbers(editor, &mut pane.part(edge, 1, plan.gutter, rows));
    let below = 1 + rows;
    remark(
        editor,
        &mut pane.part(edge, below, width, plan.pane.height.saturating_sub(below)),
    );
    for y in 0..rows {
        let line = editor.top + usize::from(y);
        if line < editor.buffer.lines().len() {
            // One column more than the text has: there a line goes on.
            let mut row = screen.part(plan.text.x, plan.text.y as u16 + y, plan.text.width + 1, 1);
            draw_line(editor, line, &plan, &mut row);
            if plan.left > 0 && !editor.buffer.lines()[line].is_empty() {
                screen.sign(
                    plan.text.x.saturating_sub(1),
                    plan.text.y as u16 + y,
                    "…",
                    Role::Faint,
                );
            }
        }
    }
}

/// The program's name, whether it is edited, the demo's other programs, and the place in this one.
fn heading(editor: &Editor, others: &[Program], row: &mut Canvas) {
    let mut end = row.text(2, 0, &editor.program.name, Role::Accent);
    if editor.is_edited() {
        end = row.text(end + 2, 0, "edited", Role::Warning);
    }
    for other in others {
        end = row.text(end + 1, 0, "·", Role::Faint);
        end = row.text(end + 1, 0, &other.name, Role::Muted);
    }
    let rest = row.width().saturating_sub(end + 3);
    row.repeat(end + 1, 0, rest, "─", Role::Faint);
    let lines = editor.buffer.lines().len();
    let below = lines.saturating_sub(editor.top);
    let text = format!(" line {} of {lines} ", editor.buffer.cursor().line + 1);
    if below > 0 {
        row.right(row.width().saturating_sub(2), 0, &text, Role::Muted);
    }
}

/// The numbers of the lines, and a sign beside those that are wrong.
fn numbers(editor: &Editor, column: &mut Canvas) {
    let (width, rows) = (column.width(), column.height());
    for y in 0..rows {
        let number = editor.top + usize::from(y) + 1;
        if number > editor.buffer.lines().len() {
            return;
        }
        let wrong = editor
            .errors
            .iter()
            .any(|(place, _)| place.line as usize == number);
        let role = if wrong { Role::Error } else { Role::CodeNumber };
        column.right(width.saturating_sub(1), y, &number.to_string(), role);
        if wrong {
            column.sign(0, y, "✗", Role::Error);
        }
    }
}

/// What is wrong, in words, with its place.
fn remark(editor: &Editor, rows: &mut Canvas) {
    let Some((place, why)) = editor.error_near(editor.buffer.cursor().line) else {
        return;
    };
    let begin = rows.text(2, 0, "✗ ", Role::Error);
    let text = format!("{place}: {why}");
    for (y, line) in (0..rows.height()).zip(lines(&text, rows.width().saturating_sub(begin + 1))) {
        rows.text(begin, y, line, Role::Text);
    }
}

/// A line from the column on that is scrolled to, with what is selected and the cursor.
fn draw_line(editor: &Editor, index: usize, plan: &EditorPlan, row: &mut Canvas) {
    let line = &editor.buffer.lines()[index];
    let room = usize::from(plan.text.width);
    let mut x = 0;
    for (byte, grapheme) in line.grapheme_indices(true) {
        let glyph = shown(grapheme);
        let (from, to) = (x, x + text_width(&glyph));
        x = to;
        let at = Position { line: index, byte };
        if from >= plan.left && to <= plan.left + room {
            row.text((from - plan.left) as u16, 0, &glyph, ink(editor, at));
        } else if from >= plan.left + room {
            row.text(plan.text.width, 0, "…", Role::Faint);
            break;
        }
    }
    let cursor = editor.buffer.cursor();
    if cursor.line == index {
        row.cursor((column(line, cursor.byte) - plan.left) as u16, 0);
    }
}

/// How a byte of the text looks: its token's colour, and a ground where it is selected.
fn ink(editor: &Editor, at: Position) -> Ink {
    let byte = at.byte as u32;
    let mut tokens = editor.tokens(at.line).iter();
    let token = tokens.find(|span| (span.start..span.end).contains(&byte));
    let role = token.map_or(Role::Text, |span| Role::Token(span.token));
    let selected = editor
        .buffer
        .selection()
        .is_some_and(|(from, to)| (from..to).contains(&at));
    Ink {
        background: selected.then_some(Colour::Role(Role::Track)),
        underline: selected,
        ..role.into()
    }
}
