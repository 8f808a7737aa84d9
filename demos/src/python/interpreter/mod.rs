//! Runs a prepared program, one instruction after the other, generic over the runtime.
//!
//! It never waits, prints or starts anything: it answers a [`Flow`] that says what is wanted, and
//! whoever drives it (`lab`, the explorer) does that and calls it again. All that a thread is between two
//! instructions lies in its [`Frames`] and the runtime's `Local`.

mod flow;
mod frames;

pub use flow::{Effect, Exception, Flow, Interrupt, On, Traceback, type_error, value_error};
pub use frames::{Frame, Frames};
