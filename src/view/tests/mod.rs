//! Whole screens: state → what is read. And what holds for every screen.

mod always;
mod by_hand;
mod console;
mod editing;
mod images;
mod laboratory;
mod learning;
mod screens;
mod stage;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draw;
use crate::app::State;
use crate::export;

/// The screen as cells.
fn cells(state: &State) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.width, state.size.height));
    draw(state, &mut buffer);
    buffer
}

/// The screen as text.
fn screen(state: &State) -> String {
    export::text(&cells(state))
}
