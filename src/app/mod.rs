//! The machine: `update(&mut State, Event, now) -> Vec<Effect>`.
//!
//! Only [`begin`] and [`update`] change [`State`]. They never block and read no clock: time arrives
//! with each event. What the outside world has to do comes out as [`Effect`]s, which are comparable
//! data.

mod action;
mod effect;
mod event;
mod keymap;
mod overview;
mod settings;
mod state;

pub use action::*;
pub use effect::*;
pub use event::*;
pub use keymap::*;
pub use overview::OverviewGrid;
pub use settings::*;
pub use state::*;

/// A moment, as the time since the app began.
pub type Moment = std::time::Duration;

/// What to do first: the slide to begin with is parsed.
#[must_use]
pub fn begin(_state: &mut State, _start: Target) -> Vec<Effect> {
    Vec::new()
}

/// Takes in what happened at `now`, and says what is to be done about it.
#[must_use]
pub fn update(_state: &mut State, _event: Event, _now: Moment) -> Vec<Effect> {
    Vec::new()
}
