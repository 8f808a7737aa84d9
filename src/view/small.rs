//! Said instead of a slide where the terminal is too small for one. A run goes on meanwhile.

use super::canvas::Canvas;
use crate::app::{SIZE_MIN, State};
use crate::theme::Role;

/// Draws what is too small and how large it must be.
pub(super) fn draw(state: &State, screen: &mut Canvas) {
    let (width, height) = (screen.width(), screen.height());
    let lines = [
        ("too small".to_owned(), Role::Warning),
        (format!("now {width}×{height}"), Role::Text),
        (
            format!("needs {}×{}", SIZE_MIN.width, SIZE_MIN.height),
            Role::Muted,
        ),
    ];
    let top = height.saturating_sub(lines.len() as u16) / 2;
    for (y, (line, role)) in (top..).zip(&lines) {
        screen.middle(0, y, width, line, *role);
    }
    if state.run.is_some() {
        screen.text(0, height.saturating_sub(1), "LIVE", Role::Accent);
    }
}
