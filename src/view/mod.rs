//! Pictures: [`State`] → cells. One file per thing seen; nothing here changes anything.

use ratatui::buffer::Buffer;

use crate::app::State;

/// Draws the whole screen.
pub fn draw(_state: &State, _buffer: &mut Buffer) {}
