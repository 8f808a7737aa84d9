//! Panics are kept while the interface has the screen, and told once the terminal is given back.
//!
//! So neither the interface's own panic nor a worker thread's writes into a picture, and none is
//! lost.

use std::panic;
use std::sync::{Arc, Mutex, PoisonError};

use super::tell;

/// The most panics that are kept; the first ones tell most.
const KEPT_MAX: usize = 8;

/// Collects the process's panics from its making to its end, and then tells them.
#[derive(Debug)]
pub struct Panics {
    told: Arc<Mutex<Vec<String>>>,
}

impl Panics {
    /// Begins to collect in place of printing.
    pub fn collect() -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&told);
        panic::set_hook(Box::new(move |info| {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT_MAX {
                let thread = std::thread::current();
                let name = thread.name().unwrap_or("unnamed");
                kept.push(format!("parade: the thread {name:?} {info}"));
            }
        }));
        Self { told }
    }
}

impl Drop for Panics {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            drop(panic::take_hook());
        }
        let told = std::mem::take(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner));
        if !told.is_empty() {
            tell(&(told.join("\n") + "\n"));
        }
    }
}
