//! Results that must get back to the parent. Making one costs the same under every model; getting it
//! back does not: a thread hands over a pointer, a process copies the bytes through a pipe.
//!
//! `transfer_us_mean` runs from the moment the worker has its result until the parent has all of it.
//! `usable_mb_per_s` counts until the parent has also read every byte, as one who wants it would.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry, bytes, mix};
use crate::parameter::{Kind, Parameter};
use crate::run::process::monotonic_ns;
use crate::run::protocol::LaneOrder;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "transfer",
    about: "results that must get back: threads hand over a pointer, processes bytes",
    bound: Bound::Cpu,
    nature: Nature::Chunks,
    unit: "transfers",
    amount: Some("count"),
    parameters: &[
        Parameter::count("how many results", 100_000, 200),
        Parameter {
            name: "payload",
            about: "size of each result in bytes",
            kind: Kind::Bytes {
                min: 8,
                max: 64 << 20,
                default: 1 << 20,
            },
            live: false,
        },
    ],
    build: |order| Ok(Arc::new(Transfer::new(order))),
};

/// Makes results and takes them back.
#[derive(Debug)]
pub struct Transfer {
    cut: Cut,
    seed: u64,
    payload_bytes: usize,
    received: AtomicU64,
    received_bytes: AtomicU64,
    on_the_way_ns: AtomicU64,
    read_ns: AtomicU64,
}

impl Transfer {
    /// As many results as the order has units, of `payload` bytes each.
    pub fn new(order: &LaneOrder) -> Self {
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: 1,
            },
            seed: order.seed,
            payload_bytes: bytes(order, "payload") as usize,
            received: AtomicU64::new(0),
            received_bytes: AtomicU64::new(0),
            on_the_way_ns: AtomicU64::new(0),
            read_ns: AtomicU64::new(0),
        }
    }
}

impl Workload for Transfer {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        let mut word = mix(self.seed, units.start);
        let mut payload = vec![0; self.payload_bytes];
        let (slots, rest) = payload.as_chunks_mut::<8>();
        for slot in slots {
            word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
            *slot = word.to_le_bytes();
        }
        rest.fill(word as u8);
        Ok(Output::Payload(payload))
    }

    fn receive(&self, unit: u64, payload: &[u8], transfer_ns: u64) -> u64 {
        let arrived_ns = monotonic_ns();
        let (words, rest) = payload.as_chunks::<8>();
        let words = words.iter().map(|bytes| u64::from_le_bytes(*bytes));
        let rest = rest.iter().map(|byte| u64::from(*byte));
        let share = mix(unit, words.chain(rest).fold(0, u64::wrapping_add));
        self.received.fetch_add(1, Ordering::Relaxed);
        self.received_bytes
            .fetch_add(payload.len() as u64, Ordering::Relaxed);
        self.on_the_way_ns.fetch_add(transfer_ns, Ordering::Relaxed);
        self.read_ns
            .fetch_add(monotonic_ns() - arrived_ns, Ordering::Relaxed);
        share
    }

    fn counters(&self) -> Vec<(String, f64)> {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed) as f64;
        let (received, received_mb) = (count(&self.received), count(&self.received_bytes) / 1e6);
        let (on_the_way_us, read_us) =
            (count(&self.on_the_way_ns) / 1e3, count(&self.read_ns) / 1e3);
        let per = |amount: f64, base: f64| if base > 0.0 { amount / base } else { 0.0 };
        vec![
            ("transfers".to_owned(), received),
            ("transfer_us_mean".to_owned(), per(on_the_way_us, received)),
            (
                "usable_mb_per_s".to_owned(),
                per(received_mb * 1e6, on_the_way_us + read_us),
            ),
        ]
    }
}
