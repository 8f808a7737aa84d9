//! Counts the primes below a limit; the classic of the computing workloads.
//!
//! Each number is tested on its own with Miller and Rabin's test, which is exact for all numbers
//! here with the bases 2, 7 and 61 (Jaeschke, "On strong pseudoprimes to several bases", 1993). Its
//! cost grows with the number's length only, so that a calibration on few numbers holds for many;
//! trial division's would grow with the root of the number.

use std::ops::Range;
use std::sync::Arc;

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry, mix};
use crate::parameter::{Kind, Parameter};
use crate::run::protocol::LaneOrder;
use crate::spec::WORK_MAX;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "primes",
    about: "counts the primes below a limit, testing each number on its own",
    bound: Bound::Cpu,
    nature: Nature::Chunks,
    unit: "numbers tested",
    amount: Some("limit"),
    parameters: &[Parameter {
        name: "limit",
        about: "numbers below it are tested; 0: as many as the length allows",
        kind: Kind::Int {
            min: 0,
            max: WORK_MAX.cast_signed(),
            default: 0,
        },
        live: false,
    }],
    build: |order| Ok(Arc::new(Primes::new(order))),
};

/// About a millisecond's worth of numbers.
const NUMBERS_PER_CHUNK: u64 = 8192;

/// Tests the numbers from 0 on.
#[derive(Debug)]
pub struct Primes {
    cut: Cut,
}

impl Primes {
    /// Tests as many numbers as the order has units.
    pub fn new(order: &LaneOrder) -> Self {
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: NUMBERS_PER_CHUNK,
            },
        }
    }
}

impl Workload for Primes {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        let primes = units.filter(|&number| is_prime(number));
        Ok(Output::Share(primes.fold(0, |sum: u64, prime| {
            sum.wrapping_add(mix(0, prime))
        })))
    }
}

/// Whether a number below 4,759,123,141 is prime.
fn is_prime(number: u64) -> bool {
    const BASES: [u64; 3] = [2, 7, 61];
    if number < 2 || number.is_multiple_of(2) {
        return number == 2;
    }
    let halvings = (number - 1).trailing_zeros();
    let odd = (number - 1) >> halvings;
    BASES
        .iter()
        .all(|&base| base % number == 0 || passes(number, base, odd, halvings))
}

/// One round of the test: whether `base` bears no witness against `number` = odd · 2^halvings + 1.
fn passes(number: u64, base: u64, odd: u64, halvings: u32) -> bool {
    let mut power = power_modulo(base, odd, number);
    if power == 1 || power == number - 1 {
        return true;
    }
    for _ in 1..halvings {
        power = power * power % number;
        if power == number - 1 {
            return true;
        }
    }
    false
}

/// `base` to the power of `exponent`, modulo a number below 2³².
fn power_modulo(base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut square = base % modulus;
    let mut power = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % modulus;
        }
        square = square * square % modulus;
        exponent >>= 1;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::is_prime;

    #[test]
    fn counts_as_many_primes_as_there_are() {
        // The prime-counting function at powers of ten, OEIS A006880.
        for (limit, primes) in [
            (10, 4),
            (100, 25),
            (1_000, 168),
            (10_000, 1_229),
            (100_000, 9_592),
        ] {
            assert_eq!(
                (0..limit).filter(|&n| is_prime(n)).count(),
                primes,
                "below {limit}"
            );
        }
    }

    #[test]
    fn is_not_fooled_by_pseudoprimes() {
        // Strong pseudoprimes to the bases 2; 2 and 7; and the largest prime below 2³².
        for (number, prime) in [
            (2_047, false),
            (314_821, false),
            (61, true),
            (4_294_967_291, true),
        ] {
            assert_eq!(is_prime(number), prime, "{number}");
        }
    }
}
