//! What the one who runs a program holds while it runs.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::{Counting, Lateness, Output, Stop};
use crate::python::gil::Gil;

/// What the one who runs a program holds while it runs: keep clones of the parts.
#[derive(Clone)]
pub struct Hooks {
    /// Ends the program at once.
    pub stop: Arc<Stop>,
    /// What it prints.
    pub output: Arc<Output>,
    /// How late sleeping threads went on.
    pub lateness: Arc<Lateness>,
    /// What the runtime counts.
    pub counting: Arc<Counting>,
    /// The switch interval in microseconds: `sys.setswitchinterval`, changeable from outside too.
    pub interval_us: Arc<AtomicU64>,
    /// The lock of the runtime that has one, with its log: to be looked at while the program runs.
    pub gil: Arc<Gil>,
    /// Called on each thread's own start and end, from that thread.
    pub thread: Arc<dyn Fn(&ThreadNotice) + Send + Sync>,
}

impl Hooks {
    /// CPython's interval, and nobody to tell of threads.
    pub fn new() -> Self {
        let interval_us = Arc::new(AtomicU64::new(5_000));
        Self {
            stop: Arc::default(),
            lateness: Arc::default(),
            counting: Arc::default(),
            output: Arc::new(Output::new(64 << 10)),
            gil: Arc::new(Gil::new(Arc::clone(&interval_us))),
            interval_us,
            thread: Arc::new(|_| {}),
        }
    }
}

impl Default for Hooks {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks")
            .field("stop", &self.stop)
            .field("interval_us", &self.interval_us)
            .finish_non_exhaustive()
    }
}

/// A thread of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadNotice {
    /// 0 is the main thread; the others count up in the order of their start.
    pub number: u32,
    /// `MainThread`, `Thread-1 (work)`
    pub name: String,
    /// The operating system's number for it.
    pub system_id: u32,
    /// Whether it has ended.
    pub ended: bool,
}
