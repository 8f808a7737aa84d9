//! What time it is for a program.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The source of `time.time()` and its relatives.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's, seen from this moment.
    Running(Instant),
    /// None: it is always 0, as where schedules are explored.
    Still,
}

impl Clock {
    /// `time.perf_counter()`, in seconds.
    pub fn monotonic_s(self) -> f64 {
        match self {
            Self::Running(start) => start.elapsed().as_secs_f64(),
            Self::Still => 0.0,
        }
    }

    /// `time.time()`, in seconds.
    pub fn time_s(self) -> f64 {
        match self {
            Self::Running(_) => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0.0, |since| since.as_secs_f64()),
            Self::Still => 0.0,
        }
    }
}
