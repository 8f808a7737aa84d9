//! SHA-256 over seeded blocks, a hash for each block.

use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256 as Hasher};

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry, mix};
use crate::run::protocol::LaneOrder;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "sha256",
    about: "SHA-256 over seeded blocks",
    bound: Bound::Cpu,
    nature: Nature::Chunks,
    unit: "KiB hashed",
    amount: None,
    parameters: &[],
    build: |order| Ok(Arc::new(Sha256::new(order))),
};

/// A block of about a millisecond, whose hash is one share of the checksum.
const KIB_PER_CHUNK: u64 = 512;

/// Words of 64 bits in a KiB.
const WORDS_PER_KIB: usize = 1024 / 8;

/// Hashes seeded bytes.
#[derive(Debug)]
pub struct Sha256 {
    cut: Cut,
    seed: u64,
}

impl Sha256 {
    /// Hashes as many KiB as the order has units.
    pub fn new(order: &LaneOrder) -> Self {
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: KIB_PER_CHUNK,
            },
            seed: order.seed,
        }
    }
}

impl Workload for Sha256 {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        let mut hasher = Hasher::new();
        let mut block = [0; WORDS_PER_KIB * 8];
        for kib in units {
            let seed = mix(self.seed, kib);
            for (index, word) in block.chunks_exact_mut(8).enumerate() {
                word.copy_from_slice(&(seed ^ index as u64).to_le_bytes());
            }
            hasher.update(block);
        }
        Ok(Output::Share(first_word(&hasher.finalize())))
    }
}

/// The first eight bytes of a hash as a number.
pub(crate) fn first_word(hash: &[u8]) -> u64 {
    hash.iter()
        .take(8)
        .fold(0, |word, &byte| word << 8 | u64::from(byte))
}
