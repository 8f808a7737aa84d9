//! Every interleaving of a small program: by the same interpreter as everywhere, over a stepped
//! runtime whose heap is plain data that can be copied.
//!
//! Read [`world`] first (a program at one moment), then [`action`] (what a step is), [`play`] (a
//! scheduler's choices) and [`search`](mod@search) (all of them). [`exhibit`] and [`schedule`] are what a
//! slide shows of it. [`lines`] steps through a program
//! without other threads, [`picture`] tells what is to be seen of it. Nothing here starts a thread, reads a
//! clock or waits: all is computed, and comes out the same each time.

pub mod action;
pub mod exhibit;
mod key;
pub mod lines;
pub mod picture;
pub mod play;
mod reach;
pub mod schedule;
pub mod search;
mod stepped;
pub mod world;

#[cfg(test)]
mod tests;

pub use action::{Action, StepSize};
pub use exhibit::Exhibit;
pub use lines::Lines;
pub use play::{Outcome, Play, Step, Stuck};
pub use schedule::Schedule;
pub use search::{Bound, Coverage, Found, Stopped, search};
pub use stepped::Sections;
pub use world::World;
