//! What is computed or waited for, a file each. A workload is pure and seeded, cut into chunks, and
//! gives a checksum that depends on neither the model, the number of workers nor the chunks' order.
//!
//! A workload knows no model: it does one chunk when asked, on whatever thread, and tells how to do
//! the same by suspending where it waits. To add one: write its file, which tells the catalogue of it
//! in an [entry](WorkloadEntry), and name it here, as a module and in the list.

pub mod command;
pub mod counting;
pub mod echo;
mod entry;
pub mod fault;
pub mod heartbeat;
pub mod mandelbrot;
pub mod primes;
pub mod python;
pub mod requests;
pub mod sha256;
pub mod sleep;
pub mod spin;
pub mod transfer;

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::parameter::{self, value};
use crate::run::protocol::{LaneOrder, Usage, WorkerId};
use crate::spec::{Parameters, Value};

pub use entry::{Bound, Nature, WorkloadEntry};

/// What a deck can ask for, in the order to show.
pub static LISTED: &[&WorkloadEntry] = &[
    &primes::ENTRY,
    &mandelbrot::ENTRY,
    &sha256::ENTRY,
    &sleep::ENTRY,
    &requests::ENTRY,
    &transfer::ENTRY,
    &heartbeat::ENTRY,
    &counting::ENTRY,
    &python::ENTRY,
    &command::ENTRY,
];

/// What a deck can't ask for: the ideal's loop, and what tests fail with.
pub static HIDDEN: &[&WorkloadEntry] = &[&spin::ENTRY, &fault::ENTRY];

/// The workload of that name, hidden or not.
pub fn find(name: &str) -> Option<&'static WorkloadEntry> {
    let mut all = LISTED.iter().chain(HIDDEN).copied();
    all.find(|entry| entry.name == name)
}

/// How the work is cut: chunks of so many units, the last one perhaps shorter.
///
/// A chunk takes about a millisecond, so that tasks suspend often, the tail of a run is short, and
/// taking the next one costs nothing beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Units in all.
    pub work: u64,
    /// Units in a chunk.
    pub per_chunk: u64,
}

impl Cut {
    /// How many chunks there are.
    pub fn chunks(self) -> u64 {
        self.work.div_ceil(self.per_chunk)
    }

    /// The units of a chunk; empty beyond the last.
    pub fn units(self, chunk: u64) -> Range<u64> {
        let start = chunk.saturating_mul(self.per_chunk).min(self.work);
        start..start.saturating_add(self.per_chunk).min(self.work)
    }
}

/// What a chunk gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Its share of the checksum; shares add up, wrapping.
    Share(u64),
    /// Bytes that must get back to the parent, who computes the share from them.
    Payload(Vec<u8>),
}

/// Finishes the sentence "the lane failed: …".
pub type Failure = String;

/// A chunk under way that suspends where it waits.
pub type Suspending<'a> = Pin<Box<dyn Future<Output = Result<Output, Failure>> + Send + 'a>>;

/// What is computed or waited for.
pub trait Workload: Send + Sync {
    /// How the work is cut.
    fn cut(&self) -> Cut;

    /// Does the units of one chunk on this thread, for as long as it takes.
    ///
    /// # Errors
    /// Why it could not.
    fn perform(&self, units: Range<u64>) -> Result<Output, Failure>;

    /// Does the same as part of a task, and suspends at least once: a workload that waits suspends
    /// while it waits; one that computes, as here, computes first and then lets others have a turn.
    fn perform_suspending(&self, units: Range<u64>) -> Suspending<'_> {
        Box::pin(async move {
            let output = self.perform(units);
            tokio::task::yield_now().await;
            output
        })
    }

    /// Takes a payload that has come back to the parent after `transfer_ns` on its way, and gives
    /// its share of the checksum.
    fn receive(&self, _unit: u64, _payload: &[u8], _transfer_ns: u64) -> u64 {
        0
    }

    /// Changes a parameter that can change live; others are left alone.
    fn set(&self, _name: &str, _value: &Value) {}

    /// What it counted so far, in the order to show.
    fn counters(&self) -> Vec<(String, f64)> {
        Vec::new()
    }

    /// What other processes need beside the order, in order to take part.
    fn shared(&self) -> Parameters {
        Parameters::new()
    }

    /// Processes of its own, which are no workers.
    fn servers(&self) -> Vec<WorkerId> {
        Vec::new()
    }

    /// What those took to get ready, which is no part of the work.
    fn spent_before(&self) -> Usage {
        Usage::default()
    }

    /// Ends its own processes and waits for them, so that what they used is counted.
    fn close(&self) {}

    /// A task that runs beside the others for as long as they do, under a model with tasks.
    fn companion(&self) -> Option<Pin<Box<dyn Future<Output = ()> + Send + '_>>> {
        None
    }
}

/// Makes the workload that an order asks for; parameters that it leaves out get their defaults.
///
/// # Errors
/// If there is none of that name, or it lacks something.
pub fn build(order: &LaneOrder) -> Result<Arc<dyn Workload>, Failure> {
    let Some(entry) = find(&order.workload) else {
        return Err(format!("there is no workload \"{}\"", order.workload));
    };
    let mut order = order.clone();
    order
        .with
        .extend(parameter::complete(entry.parameters, &order.with));
    (entry.build)(&order)
}

/// The whole number that a parameter has.
fn int(order: &LaneOrder, name: &str) -> u64 {
    match order.with.get(name) {
        Some(Value::Int(number)) => u64::try_from(*number).unwrap_or(0),
        _ => 0,
    }
}

/// The duration that a parameter has.
fn duration(order: &LaneOrder, name: &str) -> Duration {
    order
        .with
        .get(name)
        .and_then(value::duration)
        .unwrap_or_default()
}

/// The size in bytes that a parameter has.
fn bytes(order: &LaneOrder, name: &str) -> u64 {
    order
        .with
        .get(name)
        .and_then(value::bytes)
        .unwrap_or_default()
}

/// Mixes a number so that near ones give unlike results: one step of `SplitMix64` (Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", 2014). The source of all seeded input,
/// and of all shares of checksums.
pub fn mix(seed: u64, number: u64) -> u64 {
    let mut z = seed.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_covers_each_unit_once() {
        for (work, per_chunk, chunks) in [(0, 7, 0), (1, 7, 1), (7, 7, 1), (8, 7, 2), (100, 1, 100)]
        {
            let cut = Cut { work, per_chunk };
            assert_eq!(cut.chunks(), chunks, "{cut:?}");
            let units: Vec<u64> = (0..cut.chunks())
                .flat_map(|chunk| cut.units(chunk))
                .collect();
            assert_eq!(units, (0..work).collect::<Vec<_>>(), "{cut:?}");
            assert!(cut.units(chunks).is_empty(), "{cut:?}");
        }
    }
}
