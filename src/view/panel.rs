//! What stands between the slide and the status bar when it is asked for: the speaker's notes, or
//! what a learner reads.

use super::canvas::Canvas;
use super::words::lines;
use crate::app::{Panel, State};
use crate::deck::Slide;
use crate::layout::{Size, layout};
use crate::theme::Role;

/// Draws the panel's heading and its text.
pub(super) fn draw(state: &State, screen: &mut Canvas) {
    let mut panel = screen.rows(state.body_size().height, state.panel_rows());
    let Some(slide) = state.slide() else {
        return;
    };
    match state.panel {
        Panel::None => {}
        Panel::Notes => {
            heading("notes", &mut panel);
            notes(slide, state.place.step, &mut panel);
        }
        Panel::Explanation => {
            heading("explanation", &mut panel);
            explanation(state, slide, &mut panel);
        }
    }
}

fn heading(name: &str, panel: &mut Canvas) {
    let end = panel.text(2, 0, name, Role::Accent);
    panel.repeat(
        end + 1,
        0,
        panel.width().saturating_sub(end + 3),
        "─",
        Role::Faint,
    );
}

/// All that holds at this step; what holds the longest gives way where there is no room for all.
fn notes(slide: &Slide, step: u16, panel: &mut Canvas) {
    let width = panel.width().saturating_sub(4);
    let held = slide.notes.iter().filter(|note| note.step <= step);
    let all: Vec<&str> = held.flat_map(|note| lines(&note.text, width)).collect();
    if all.is_empty() {
        panel.text(2, 1, "no notes on this slide", Role::Muted);
        return;
    }
    let rows = usize::from(panel.height().saturating_sub(1));
    let hidden = all.len().saturating_sub(rows);
    for (y, line) in (1..).zip(&all[hidden..]) {
        panel.text(2, y, line, Role::Text);
    }
    if hidden > 0 {
        panel.right(
            panel.width(),
            0,
            &format!(" ▲ {hidden} more "),
            Role::Accent,
        );
    }
}

fn explanation(state: &State, slide: &Slide, panel: &mut Canvas) {
    if slide.explain.is_empty() {
        panel.text(2, 1, "no explanation of this slide", Role::Muted);
        return;
    }
    let rows = panel.height().saturating_sub(1);
    let size = Size {
        width: panel.width(),
        height: rows,
    };
    let aside = Slide {
        blocks: slide.explain.clone(),
        ..Slide::default()
    };
    let page = layout(&aside, 0, size, &state.highlights);
    let first = page
        .rows
        .iter()
        .position(|row| !row.runs.is_empty())
        .unwrap_or(0);
    for (y, row) in (1..=rows).zip(&page.rows[first..]) {
        for run in &row.runs {
            panel.text(run.x, y, &run.text, run.ink);
        }
    }
    let hidden = (page.rows.len() - first).saturating_sub(usize::from(rows));
    if hidden > 0 {
        panel.right(
            panel.width(),
            0,
            &format!(" ▼ {hidden} more "),
            Role::Accent,
        );
    }
}
