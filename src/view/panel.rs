//! What stands below the slide or beside it when it is asked for: the speaker's notes, or what a
//! learner reads.

use super::canvas::Canvas;
use super::{images, slide};
use crate::app::{Panel, State};
use crate::theme::Role;

/// Draws the panel's heading and its text, as far as it is scrolled into view.
pub(super) fn draw(state: &State, screen: &mut Canvas) {
    let (name, nothing) = match state.panel {
        Panel::None => return,
        Panel::Notes => ("notes", "no notes on this slide"),
        Panel::Explanation => ("explanation", "no explanation of this slide"),
    };
    let area = state.panel_area();
    let mut panel = screen.area(area);
    let edge = u16::from(state.panel_is_beside());
    if edge > 0 {
        for y in 0..panel.height() {
            panel.sign(0, y, "│", Role::Faint);
        }
    }
    let mut panel = panel.part(edge, 0, area.width.saturating_sub(edge), area.height);
    heading(name, &mut panel);
    more(state, &mut panel);
    let mut text = panel.rows(1, state.panel_size().height);
    if state.panel_page.rows.is_empty() {
        text.text(2, 0, nothing, Role::Muted);
    }
    slide::rows(&state.panel_page, state.panel_scroll as usize, &mut text);
    images::draw(state, &state.panel_page, state.panel_scroll, &mut text);
}

fn heading(name: &str, panel: &mut Canvas) {
    let end = panel.text(2, 0, name, Role::Accent);
    let rest = panel.width().saturating_sub(end + 3);
    panel.repeat(end + 1, 0, rest, "─", Role::Faint);
}

/// How many rows are above and below, at the right of the heading.
fn more(state: &State, panel: &mut Canvas) {
    let above = state.panel_scroll as usize;
    let room = usize::from(state.panel_size().height);
    let below = state.panel_page.rows_shown().saturating_sub(above + room);
    let text = match (above, below) {
        (0, 0) => return,
        (0, below) => format!(" ▼ {below} more "),
        (above, 0) => format!(" ▲ {above} more "),
        (above, below) => format!(" ▲ {above} ▼ {below} more "),
    };
    panel.right(panel.width(), 0, &text, Role::Accent);
}
