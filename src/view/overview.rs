//! All slides as tiles: number and title. Which tile stands where is the app's to say, for the mouse
//! must find it there.

use super::canvas::Canvas;
use super::words::lines;
use crate::app::{OverviewGrid, State};
use crate::theme::{Ink, Role};

/// Draws the page of tiles on which the chosen one stands.
pub(super) fn draw(state: &State, selected: usize, screen: &mut Canvas) {
    let grid = OverviewGrid::new(state.size, state.slides_total(), selected);
    for index in grid.shown() {
        let Some(area) = grid.tile(index) else {
            continue;
        };
        let mut tile = screen.part(area.x, area.y as u16, area.width, area.height);
        draw_tile(state, index, index == selected, &mut tile);
    }
}

/// An edge at the left, thick for the chosen one; the number, and the title below it.
fn draw_tile(state: &State, index: usize, selected: bool, tile: &mut Canvas) {
    let (edge, edge_role) = if selected {
        ("▌", Role::Accent)
    } else {
        ("▏", Role::Faint)
    };
    for y in 0..tile.height() {
        tile.sign(0, y, edge, edge_role);
    }
    let mut inside = tile.part(2, 0, tile.width().saturating_sub(2), tile.height());
    let number_role = if selected { Role::Accent } else { Role::Muted };
    let end = inside.text(0, 0, &(index + 1).to_string(), number_role);
    if index == state.place.slide {
        inside.text(end + 1, 0, "● here", Role::Accent);
    }
    let (text, role) = title(state, index);
    let ink = Ink {
        bold: selected,
        ..role.into()
    };
    let rows = inside.height().saturating_sub(1);
    let mut lines = lines(text, inside.width());
    for y in 1..=rows {
        let Some(line) = lines.next() else { break };
        let end = inside.text(0, y, line, ink);
        if y == rows && lines.next().is_some() {
            inside.text(end.min(inside.width().saturating_sub(1)), y, "…", ink);
        }
    }
}

/// A slide's title, as far as it is known by now; its id where it has none.
fn title(state: &State, index: usize) -> (&str, Role) {
    match state.outline.headings().get(index) {
        Some(heading) if !heading.title.is_empty() => (&heading.title, Role::Text),
        Some(heading) => (&heading.id, Role::Muted),
        None => ("", Role::Muted),
    }
}
