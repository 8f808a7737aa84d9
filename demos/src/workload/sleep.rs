//! Waits so often for so long, and does nothing else: the simplest I/O.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::{
    Bound, Cut, Failure, Nature, Output, Suspending, Workload, WorkloadEntry, duration, mix,
};
use crate::parameter::{Parameter, value};
use crate::run::protocol::LaneOrder;
use crate::spec::Value;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "sleep",
    about: "waits so often for so long: the simplest I/O",
    bound: Bound::Io,
    nature: Nature::Chunks,
    unit: "sleeps",
    amount: Some("count"),
    parameters: &[
        Parameter::count("how many sleeps", 100_000, 20),
        Parameter::duration("each", "how long a sleep takes", (0, 10_000_000, 50_000)),
    ],
    build: |order| Ok(Arc::new(Sleep::new(order))),
};

/// Sleeps.
#[derive(Debug)]
pub struct Sleep {
    cut: Cut,
    seed: u64,
    each_us: AtomicU64,
}

impl Sleep {
    /// As many sleeps as the order has units, of `each`.
    pub fn new(order: &LaneOrder) -> Self {
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: 1,
            },
            seed: order.seed,
            each_us: AtomicU64::new(micros(duration(order, "each"))),
        }
    }

    fn each(&self) -> Duration {
        Duration::from_micros(self.each_us.load(Ordering::Relaxed))
    }

    /// Which sleeps were done; there is nothing else to show for it.
    fn share(&self, units: &Range<u64>) -> Output {
        Output::Share(mix(self.seed, units.start))
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

impl Workload for Sleep {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        std::thread::sleep(self.each());
        Ok(self.share(&units))
    }

    fn perform_suspending(&self, units: Range<u64>) -> Suspending<'_> {
        Box::pin(async move {
            tokio::time::sleep(self.each()).await;
            Ok(self.share(&units))
        })
    }

    fn set(&self, name: &str, value: &Value) {
        if let ("each", Some(each)) = (name, value::duration(value)) {
            self.each_us.store(micros(each), Ordering::Relaxed);
        }
    }
}
