//! The slide: its page's rows as far as they are scrolled into view, and what is live in its slots.

use super::canvas::Canvas;
use super::{demo, images, snippet};
use crate::app::{DemoKey, State};
use crate::layout::{Page, SlotContent};
use crate::theme::Role;

/// Draws the page where the app says that it stands.
pub(super) fn draw(state: &State, screen: &mut Canvas) {
    let mut canvas = screen.area(state.body());
    let scroll = state.scroll as usize;
    rows(&state.page, scroll, &mut canvas);
    images::draw(state, &state.page, state.scroll, &mut canvas);
    for slot in &state.page.slots {
        // A picture cut at its head would lose its gauges: it is drawn in what is left of its slot.
        let Some(area) = slot.area.in_view(state.scroll, canvas.height()) else {
            continue;
        };
        let top = area.y + state.scroll;
        let mut canvas = canvas.part(area.x, area.y as u16, area.width, area.height);
        match &slot.content {
            SlotContent::Demo(name) if is_shown(state, name) => {
                demo::draw(state, name, &mut canvas);
            }
            SlotContent::Demo(_) => {}
            SlotContent::Snippet(number) => {
                snippet::draw(state, *number, slot.area, top, &mut canvas);
            }
        }
    }
    more(&state.page, scroll, &mut canvas);
}

/// The page's text from the first row that is in view.
pub(super) fn rows(page: &Page, scroll: usize, canvas: &mut Canvas) {
    let height = canvas.height();
    for (y, row) in (0..height).zip(page.rows.iter().skip(scroll)) {
        for run in &row.runs {
            canvas.text(run.x, y, &run.text, run.ink);
        }
    }
}

/// Demos of one slide share their room: the one that keys go to is shown, or the first.
fn is_shown(state: &State, name: &str) -> bool {
    match &state.demo {
        Some(DemoKey { demo, .. }) => demo == name,
        None => state.demo_slots().next() == Some(name),
    }
}

/// Signs at the right edge for rows above and below, and for what was cut for want of width.
fn more(page: &Page, scroll: usize, canvas: &mut Canvas) {
    let (width, height) = (canvas.width(), canvas.height());
    let below = page
        .rows_shown()
        .saturating_sub(scroll + usize::from(height));
    if scroll > 0 {
        canvas.right(width, 0, &format!(" ▲ {scroll} more "), Role::Accent);
    }
    if below > 0 {
        canvas.right(
            width,
            height.saturating_sub(1),
            &format!(" ▼ {below} more "),
            Role::Accent,
        );
    }
    if page.overflow_columns > 0 && scroll == 0 {
        let sign = format!(" → {} columns wide ", page.overflow_columns);
        canvas.right(width, 0, &sign, Role::Warning);
    }
}
