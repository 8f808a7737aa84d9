//! What threads count for themselves, to be added up by whoever looks, at any time.
//!
//! Each thread has a row of counters that it alone writes, by plain moves, in cache lines of its own: being
//! looked at costs it nothing.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The counters of all threads of a program, by name, in the order to show.
pub(super) struct Tally<const N: usize> {
    names: [&'static str; N],
    rows: Mutex<Rows<N>>,
}

struct Rows<const N: usize> {
    running: Vec<Arc<Row<N>>>,
    /// The sums of the threads that have ended.
    ended: [u64; N],
}

/// One thread's counters.
#[repr(align(128))]
pub(super) struct Row<const N: usize>([AtomicU64; N]);

impl<const N: usize> Row<N> {
    /// Counts so many more. Only the row's own thread does.
    #[inline]
    pub(super) fn add(&self, counter: usize, more: u64) {
        let counter = &self.0[counter];
        counter.store(counter.load(Relaxed) + more, Relaxed);
    }
}

impl<const N: usize> Tally<N> {
    /// Counters with these names.
    pub(super) fn new(names: [&'static str; N]) -> Self {
        Self {
            names,
            rows: Mutex::new(Rows {
                running: Vec::new(),
                ended: [0; N],
            }),
        }
    }

    fn rows(&self) -> MutexGuard<'_, Rows<N>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread begins.
    pub(super) fn join(&self) -> Arc<Row<N>> {
        let row = Arc::new(Row(std::array::from_fn(|_| AtomicU64::new(0))));
        self.rows().running.push(Arc::clone(&row));
        row
    }

    /// A thread ends.
    pub(super) fn leave(&self, row: &Arc<Row<N>>) {
        let mut rows = self.rows();
        rows.running.retain(|other| !Arc::ptr_eq(other, row));
        add(&mut rows.ended, row);
    }

    /// What all threads have counted until now.
    pub(super) fn sums(&self) -> [u64; N] {
        let rows = self.rows();
        let mut sums = rows.ended;
        for row in &rows.running {
            add(&mut sums, row);
        }
        sums
    }

    /// The same, with the names.
    pub(super) fn counters(&self) -> Vec<(String, f64)> {
        self.names
            .iter()
            .zip(self.sums())
            .map(|(name, sum)| ((*name).to_owned(), sum as f64))
            .collect()
    }
}

fn add<const N: usize>(sums: &mut [u64; N], row: &Row<N>) {
    for (sum, counter) in sums.iter_mut().zip(&row.0) {
        *sum += counter.load(Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_threads_that_run_and_that_have_ended_are_added_up() {
        let tally = Tally::new(["sheep", "goats"]);
        let [first, second] = [tally.join(), tally.join()];
        first.add(0, 1);
        second.add(0, 10);
        second.add(1, 3);
        assert_eq!(tally.sums(), [11, 3]);
        tally.leave(&first);
        second.add(0, 1);
        let counters = [("sheep".to_owned(), 12.0), ("goats".to_owned(), 3.0)];
        assert_eq!(tally.counters(), counters);
        tally.leave(&second);
        assert_eq!((tally.sums(), tally.rows().running.len()), ([12, 3], 0));
    }
}
