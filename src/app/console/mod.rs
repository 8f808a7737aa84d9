//! The presenter's console: the same app on another terminal, following a talk.
//!
//! The [`State`](super::State) of a console has a [`Console`]. Its place, its demos and its run are what the
//! talk [`Told`]; keys that move the talk become an [`Ask`]. All else is the app as ever: it parses
//! the deck and lays it out for its own screen, so that the one code draws a slide on both.
//!
//! [`protocol`] is what goes over the socket, [`tell`] makes it in the talk, [`follow`] takes it in at
//! the console, [`ask`] is the way back; [`plan`] says what stands where on a console, [`pace`] whether
//! the talk is on time.

mod ask;
mod follow;
mod pace;
mod plan;
mod protocol;
mod tell;

use std::sync::Arc;
use std::time::Duration;

pub use ask::Asker;
pub use pace::Pace;
pub use plan::ConsolePlan;
pub use protocol::*;

use super::Place;
use crate::layout::Page;

/// What a console knows beside what every app does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Console {
    /// The talk's name.
    pub name: String,
    /// What it told last.
    pub told: Arc<Told>,
    /// What a step further shows; `None` at the end, and while the next slide is not parsed.
    pub next: Option<Next>,
    /// The time of day when the talk began; `None` where the system does not say.
    pub began_at: Option<Duration>,
    /// Why the talk is no longer heard.
    pub lost: Option<String>,
}

/// What a step further shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Next {
    /// Where that is.
    pub place: Place,
    /// Its page, laid out for [`ConsolePlan::next`].
    pub page: Arc<Page>,
}
