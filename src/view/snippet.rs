//! What a block of code writes: the rows of its output that are seen, and below them how it stands.

use parade_demos::snippet::SnippetSnapshot;

use super::canvas::Canvas;
use crate::app::{Action, Live, Output, SnippetMood, SnippetState, State, ink};
use crate::layout::{Area, Size, text_width};
use crate::theme::Role;

/// Columns left of the output, as code has them.
const INDENT: u16 = 2;

/// Draws into what is in view of the snippet's slot, which begins on the page's row `top`.
pub(super) fn draw(state: &State, number: usize, slot: Area, top: u32, canvas: &mut Canvas) {
    let Some((key, snippet)) = state.snippet(number) else {
        return;
    };
    let output = snippet.output(Size {
        width: canvas.width(),
        height: canvas.height(),
    });
    let last = canvas.height().saturating_sub(1);
    let is_over = snippet
        .snapshot
        .as_ref()
        .is_some_and(|snapshot| snapshot.end.is_some());
    let y = if output.rows.is_empty() && !is_over {
        // What replaces its code lets it stand as long as there is nothing else to see.
        let free = first_free(state, slot).saturating_sub(top);
        u16::try_from(free).unwrap_or(u16::MAX).min(last)
    } else {
        canvas.clear();
        for (y, row) in (0..).zip(&output.rows) {
            let mut x = INDENT;
            for (text, pen) in row.stretches() {
                x = canvas.text(x, y, text, ink(pen));
            }
        }
        output.rows.len() as u16
    };
    let focused = state.snippet.as_ref() == Some(&key);
    let runs = state.is_live(&Live::Snippet(key));
    let mut foot = canvas.rows(y, 1);
    let end = extent(&output, snippet.snapshot.as_deref(), &mut foot);
    let mut foot = foot.part(0, 0, end, 1);
    stand(state, snippet, focused, runs, &mut foot);
}

/// The first row of the page within a slot from which on nothing stands in it.
fn first_free(state: &State, slot: Area) -> u32 {
    let rows = state.page.rows.iter().skip(slot.y as usize);
    let rows: Vec<_> = rows.take(slot.height.into()).collect();
    let used = rows.iter().rposition(|row| !row.runs.is_empty());
    slot.y + used.map_or(0, |row| row as u32 + 1)
}

/// How the snippet stands, and what the key does with the one in focus.
fn stand(state: &State, snippet: &SnippetState, focused: bool, runs: bool, foot: &mut Canvas) {
    if focused {
        foot.sign(0, 0, "▸", Role::Accent);
    }
    let room = foot.width().saturating_sub(INDENT);
    let mut x = INDENT;
    if let Some((mood, words)) = snippet.in_words() {
        let (sign, role) = match mood {
            SnippetMood::Calm => ("", if runs { Role::Accent } else { Role::Muted }),
            SnippetMood::Good => ("✓ ", Role::Good),
            SnippetMood::Bad => ("✗ ", Role::Error),
        };
        let words = format!("{sign}{words}");
        foot.cut(x, 0, room, &words, role);
        x += text_width(&words) as u16 + 3;
    } else if !focused {
        foot.cut(x, 0, room, "not run yet", Role::Muted);
    }
    if let Some(key) = state.keys.key(Action::Run).filter(|_| focused) {
        let does = match (runs, &snippet.snapshot) {
            (true, _) => "stops it",
            (false, None) => "runs it",
            (false, Some(_)) => "runs it again",
        };
        let key = key.to_string();
        let width = text_width(&key) + 1 + text_width(does);
        if usize::from(x) + width <= usize::from(foot.width()) {
            let after = foot.text(x, 0, &key, Role::Key);
            foot.text(after + 1, 0, does, Role::Muted);
        }
    }
}

/// At the right, what is not seen of the output. Gives the column where that begins.
fn extent(output: &Output, snapshot: Option<&SnippetSnapshot>, foot: &mut Canvas) -> u16 {
    let mut parts = Vec::new();
    let left_out = snapshot.map_or(0, |snapshot| snapshot.left_out);
    if left_out > 0 {
        parts.push(format!("{left_out} earlier lines not kept"));
    }
    if output.above > 0 {
        parts.push(format!("▲ {}", output.above));
    }
    if output.below > 0 {
        parts.push(format!("▼ {}", output.below));
    }
    let text = parts.join("  ");
    let end = foot.width();
    if text.is_empty() {
        return end;
    }
    foot.right(end, 0, &text, Role::Muted);
    end.saturating_sub(text_width(&text) as u16 + 2)
}
