//! The machine: `update(&mut State, Event, now) -> Vec<Effect>`.
//!
//! Only [`update`] changes [`State`]. It never blocks and reads no clock: time arrives with each
//! event. What the outside world has to do comes out as [`Effect`]s, which are comparable data.

mod effect;
mod event;
mod state;

pub use effect::*;
pub use event::*;
pub use state::*;

/// A moment, as the time since the app began.
pub type Moment = std::time::Duration;

/// Takes in what happened at `now`, and says what is to be done about it.
#[must_use]
pub fn update(_state: &mut State, _event: Event, _now: Moment) -> Vec<Effect> {
    Vec::new()
}
