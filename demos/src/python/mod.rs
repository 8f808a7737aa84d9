//! The laboratory: a small, real Python whose memory and locking can be exchanged.
//!
//! `source → bytecode → interpreter`, over exchangeable runtimes: the same program runs under the
//! GIL, under each historic attempt to remove it, and free-threaded. The runtimes differ only in
//! what increment, decrement, load, store, lock and switch do.

pub mod code;
pub mod count;
pub mod gil;
pub mod interpreter;
pub mod lab;
pub mod memory;
pub mod object;
pub mod runtime;
pub mod syntax;
pub mod traceback;
