//! Pictures: [`State`] → cells. One file per thing seen; nothing here changes anything.
//!
//! [`canvas`] turns roles into the theme's colours; everything else draws through it. A picture's
//! rows and columns follow from the screen's size and the number of things shown, never from their
//! values, so that nothing jumps while figures change.

mod bar;
mod canvas;
mod consent;
mod console;
mod demo;
mod depth;
mod editor;
pub(crate) mod figure;
mod glyph;
mod help;
mod images;
mod large;
mod overview;
mod panel;
mod question;
mod slide;
mod small;
mod snippet;
mod status;
mod transition;
mod words;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;

use crate::app::{Mode, State};
use canvas::Canvas;

pub(crate) use demo::lane::colour as lane_colour;
pub(crate) use demo::scale::LogScale;
pub(crate) use demo::told;
pub use depth::{fit_colours, palette_index};
pub use images::leave_out;
pub use large::{LargeText, large_text};
pub(crate) use status::filled as filled_footer;
pub use transition::between;

/// Draws the whole screen.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let mut canvas = Canvas::screen(buffer, &state.theme);
    match &state.mode {
        Mode::Black => {}
        _ if state.too_small() => small::draw(state, &mut canvas),
        Mode::Help { scroll } => help::draw(state, *scroll, &mut canvas),
        Mode::Overview { selected } => {
            overview::draw(state, *selected, &mut canvas);
            status::draw(state, &mut canvas);
        }
        Mode::Slide
        | Mode::Number(_)
        | Mode::Command(_)
        | Mode::Search { .. }
        | Mode::Consent { .. }
        | Mode::Question(_)
        | Mode::Edit(_) => {
            match &state.console {
                Some(console) => console::draw(state, console, &mut canvas),
                None => slide::draw(state, &mut canvas),
            }
            panel::draw(state, &mut canvas);
            status::draw(state, &mut canvas);
        }
    }
    match &state.mode {
        _ if state.too_small() => {}
        Mode::Consent { commands, .. } => consent::draw(state, commands, &mut canvas),
        Mode::Question(question) => question::draw(state, question, &mut canvas),
        Mode::Edit(editor) => editor::draw(state, editor, &mut canvas),
        _ => {}
    }
    if state.settings.ascii {
        glyph::to_ascii(buffer);
    }
}
