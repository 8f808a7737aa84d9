//! Atomic counts and a mutex in every object: Larry Hastings' first Gilectomy (2016).
//!
//! Where an operation touches two objects, it locks one and then the other, in the order in which they
//! come. Nothing keeps two threads that do so the other way round from waiting for each other.

use super::atomic_count::AtomicCounts;
use super::object_lock::Mutexes;
use super::shared_count::SharedCountRuntime;

/// The runtime.
pub type AtomicCountObjectLocksRuntime = SharedCountRuntime<AtomicCounts, Mutexes>;
