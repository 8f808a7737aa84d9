//! Runs a prepared program, one instruction after the other, generic over the runtime.
//!
//! It never waits, prints or starts anything: it answers a [`Flow`] that says what is wanted, and
//! whoever drives it (`lab`, the explorer) does that and calls it again. All that a thread is between two
//! instructions lies in its [`Frames`] and the runtime's `Local`.
//!
//! - [`Prepared`]: the program, its constants made objects
//! - [`Interpreter`]: what all threads share; begins threads and runs them
//! - `machine`, `execute`, `value`: one thread at work; what each instruction does
//! - `attribute`: what a name is on an object
//! - `call`, `argument`, `builtin`, `builtins/`: calls of functions, and of those that are there without definition
//! - `unwind`: what an exception leaves behind

mod argument;
mod attribute;
mod builtin;
mod builtins;
mod call;
mod clock;
mod execute;
mod flow;
mod frames;
mod machine;
mod prepare;
mod unwind;
mod value;

pub(crate) use builtin::VALUES;
pub use builtin::{Builtin, Module, Place};
pub use clock::Clock;
pub use flow::{Effect, Exception, Flow, Interrupt, On, Traceback, type_error, value_error};
pub use frames::{Frame, Frames};
pub use machine::Interpreter;
pub use prepare::{Prepared, PreparedCode};
