//! How late sleeping threads go on: from the moment that a sleep should be over to the moment that the
//! thread runs Python again. Under a lock that another thread holds, that is the convoy.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::histogram::Histogram;

/// The lateness of all sleeps of a program.
#[derive(Debug, Default)]
pub struct Lateness(Mutex<Histogram>);

impl Lateness {
    /// A thread went on so late.
    pub(super) fn record(&self, late: Duration) {
        let late_us = u64::try_from(late.as_micros()).unwrap_or(u64::MAX);
        let mut histogram = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        histogram.record(late_us);
    }

    /// Quantiles in milliseconds, in the order to show; nothing before the first sleep.
    pub fn counters(&self) -> Vec<(String, f64)> {
        let histogram = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if histogram.is_empty() {
            return Vec::new();
        }
        let ms = |us: u64| us as f64 / 1e3;
        [
            ("lateness_ms_p50", ms(histogram.quantile(0.50))),
            ("lateness_ms_p99", ms(histogram.quantile(0.99))),
            ("lateness_ms_max", ms(histogram.max())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_of_sleeps_once_there_are_any() {
        let lateness = Lateness::default();
        assert_eq!(lateness.counters(), []);
        for ms in [1, 1, 5] {
            lateness.record(Duration::from_millis(ms));
        }
        let [(_, p50), (_, p99), (_, max)] = &lateness.counters()[..] else {
            panic!("three figures");
        };
        assert!((0.9..=1.1).contains(p50) && *p99 <= 5.0 && (*max - 5.0).abs() < 1e-9);
    }
}
