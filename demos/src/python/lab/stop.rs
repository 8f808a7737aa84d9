//! The word that ends a program: seen at safe points, and by those who sleep or wait.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::parking::Parking;

/// Whether the program is to end. Once it is said it stays said.
#[derive(Debug, Default)]
pub struct Stop {
    stopped: AtomicBool,
    sleepers: Mutex<()>,
    wake: Condvar,
    parking: Parking,
}

impl Stop {
    /// Ends the program: running threads see it at their next safe point, sleeping ones wake up.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        let sleepers = self.sleepers.lock().unwrap_or_else(PoisonError::into_inner);
        self.wake.notify_all();
        drop(sleepers);
        self.parking.wake_all();
    }

    /// The flag that it sets.
    pub fn flag(&self) -> &AtomicBool {
        &self.stopped
    }

    /// Where threads wait for locks and for each other.
    pub(in crate::python) fn parking(&self) -> &Parking {
        &self.parking
    }

    /// Whether it has been said.
    #[inline]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Sleeps so long, or until it is said.
    pub fn sleep(&self, duration: Duration) {
        let sleepers = self.sleepers.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = self
            .wake
            .wait_timeout_while(sleepers, duration, |()| !self.is_stopped());
    }
}
