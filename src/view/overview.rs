//! All slides as tiles: number and title. Which tile stands where is the app's to say, for the mouse
//! must find it there.

use super::canvas::Canvas;
use super::words::lines;
use crate::app::{OverviewGrid, State};
use crate::theme::Role;

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

fn draw_tile(state: &State, index: usize, selected: bool, tile: &mut Canvas) {
    let role = if selected { Role::Selected } else { Role::Text };
    let ground = if selected {
        Role::Selected
    } else {
        Role::Track
    };
    for y in 0..tile.height() {
        tile.repeat(0, y, tile.width(), " ", ground);
    }
    let sign = if selected { "▸" } else { " " };
    let here = if index == state.place.slide {
        " here"
    } else {
        ""
    };
    let number_role = if selected {
        Role::Selected
    } else {
        Role::Muted
    };
    tile.text(0, 0, &format!("{sign}{:>3}{here}", index + 1), number_role);
    let width = tile.width().saturating_sub(2);
    let text = title(state, index);
    let rows = tile.height().saturating_sub(1);
    for (y, line) in (1..=rows).zip(lines(&text, width)) {
        tile.text(1, y, line, role);
    }
}

/// A slide's title, as far as it is known by now.
fn title(state: &State, index: usize) -> String {
    let heading = state.outline.headings().get(index);
    match heading {
        Some(heading) if !heading.title.is_empty() => heading.title.clone(),
        Some(heading) => heading.id.clone(),
        None => String::new(),
    }
}
