//! How often which value came, in bounded memory: quantiles within 1/16 of the value, and the exact
//! largest.

/// Steps that each doubling is split into.
const STEPS: u64 = 16;

/// As many buckets as all 64-bit numbers need.
const BUCKETS: usize = 64 * STEPS as usize;

/// Values by size: below 16 exactly, above in 16 steps for each doubling.
#[derive(Clone, Debug)]
pub(crate) struct Histogram {
    buckets: Vec<u64>,
    total: u64,
    max: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            buckets: vec![0; BUCKETS],
            total: 0,
            max: 0,
        }
    }
}

impl Histogram {
    /// Counts one value.
    pub(crate) fn record(&mut self, value: u64) {
        self.buckets[bucket(value)] += 1;
        self.total += 1;
        self.max = self.max.max(value);
    }

    /// Whether no value was counted yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The largest value; 0 before the first.
    pub(crate) fn max(&self) -> u64 {
        self.max
    }

    /// The value that a share of all values does not exceed: 0.5 for the median. 0 before the first.
    pub(crate) fn quantile(&self, share: f64) -> u64 {
        let rank = (share * self.total as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        let found = self.buckets.iter().position(|count| {
            seen += count;
            seen >= rank
        });
        found.map_or(0, |index| upper_bound(index).min(self.max))
    }
}

fn bucket(value: u64) -> usize {
    let doublings = value.max(STEPS).ilog2() - STEPS.ilog2();
    (u64::from(doublings) * STEPS + (value >> doublings)) as usize
}

/// The largest value of a bucket.
fn upper_bound(bucket: usize) -> u64 {
    let bucket = bucket as u64;
    let doublings = (bucket / STEPS).saturating_sub(1);
    let first = (bucket - doublings * STEPS) << doublings;
    first + ((1 << doublings) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_lies_in_its_bucket() {
        for value in [
            0,
            1,
            15,
            16,
            17,
            31,
            32,
            33,
            1_000,
            65_535,
            65_536,
            u64::MAX >> 1,
            u64::MAX,
        ] {
            let bucket = bucket(value);
            assert!(upper_bound(bucket) >= value, "{value}");
            assert!(bucket == 0 || upper_bound(bucket - 1) < value, "{value}");
        }
    }

    #[test]
    fn gives_quantiles() {
        let mut histogram = Histogram::default();
        assert_eq!((histogram.quantile(0.5), histogram.max()), (0, 0));
        (1..=1_000).for_each(|value| histogram.record(value));
        assert_eq!(histogram.quantile(0.0), 1);
        assert_eq!(histogram.quantile(0.5), 511);
        assert_eq!(histogram.quantile(0.99), 991);
        assert_eq!(histogram.quantile(1.0), 1_000);
        assert_eq!(histogram.max(), 1_000);
    }
}
