//! A heartbeat beside tasks that compute: slide 16's first bullet, "switches only on await".
//!
//! The workload is the blocks; the heartbeat is its companion, a task of its own that ticks every
//! `period` on the same thread for as long as blocks are computed, and counts how late it comes. The
//! blocks are computed in one of three styles: `blocking` holds the thread for the whole block,
//! `yielding` suspends every 100 µs, `offloaded` moves the block to a thread and waits for it. Only
//! a model with tasks can run this, and only async has them.
//!
//! tokio's timer counts in whole milliseconds, so an undisturbed beat comes up to about one late.
//!
//! A block computes for a fixed *time*, not a fixed amount: its length is what is shown. So its
//! share of the checksum says only that it was computed.

use std::future::Future;
use std::hint::black_box;
use std::ops::Range;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{
    Bound, Cut, Failure, Nature, Output, Suspending, Workload, WorkloadEntry, duration, mix,
};
use crate::histogram::Histogram;
use crate::parameter::{Kind, Parameter, value};
use crate::run::protocol::LaneOrder;
use crate::spec::Value;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "heartbeat",
    about: "a heartbeat beside tasks that compute: how late it comes when they don't yield",
    bound: Bound::Cpu,
    nature: Nature::Accompanied,
    unit: "blocks",
    amount: Some("count"),
    parameters: &[
        Parameter::count("how many blocks are computed", 10_000, 40),
        Parameter::duration(
            "period",
            "from one beat to the next",
            (1_000, 1_000_000, 5_000),
        ),
        Parameter::duration(
            "block",
            "how long a block is computed",
            (100, 1_000_000, 50_000),
        ),
        Parameter {
            name: "style",
            about: "a block holds the loop, yields every 100us, or is moved to a thread",
            kind: Kind::Choice(&["blocking", "yielding", "offloaded"]),
            live: true,
        },
    ],
    build: |order| Ok(Arc::new(Heartbeat::new(order))),
};

/// How long the yielding style computes at a stretch.
const STRETCH: Duration = Duration::from_micros(100);

/// How a block is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Blocking,
    Yielding,
    Offloaded,
}

impl Style {
    fn of(value: Option<&Value>) -> Self {
        match value.map(Value::to_string).as_deref() {
            Some("yielding") => Self::Yielding,
            Some("offloaded") => Self::Offloaded,
            _ => Self::Blocking,
        }
    }
}

/// What can change live.
#[derive(Clone, Copy, Debug)]
struct Settings {
    period: Duration,
    block: Duration,
    style: Style,
}

/// Computes blocks beside a heartbeat.
#[derive(Debug)]
pub struct Heartbeat {
    cut: Cut,
    seed: u64,
    settings: Mutex<Settings>,
    beats: AtomicU64,
    lateness_us: Mutex<Histogram>,
}

impl Heartbeat {
    /// As many blocks as the order has units.
    pub fn new(order: &LaneOrder) -> Self {
        let settings = Settings {
            period: duration(order, "period"),
            block: duration(order, "block"),
            style: Style::of(order.with.get("style")),
        };
        Self {
            cut: Cut {
                work: order.work,
                per_chunk: 1,
            },
            seed: order.seed,
            settings: Mutex::new(settings),
            beats: AtomicU64::new(0),
            lateness_us: Mutex::default(),
        }
    }

    fn settings(&self) -> Settings {
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn share(&self, units: &Range<u64>) -> Output {
        Output::Share(mix(self.seed, units.start))
    }

    /// Ticks for ever. Each beat is due a period after the one before it came.
    async fn beat(&self) {
        loop {
            let due = Instant::now() + self.settings().period;
            tokio::time::sleep_until(due.into()).await;
            let late_us = u64::try_from(due.elapsed().as_micros()).unwrap_or(u64::MAX);
            self.beats.fetch_add(1, Ordering::Relaxed);
            self.lateness_us
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .record(late_us);
        }
    }
}

impl Workload for Heartbeat {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        compute(self.settings().block);
        Ok(self.share(&units))
    }

    fn perform_suspending(&self, units: Range<u64>) -> Suspending<'_> {
        Box::pin(async move {
            let Settings { block, style, .. } = self.settings();
            match style {
                Style::Blocking => compute(block),
                Style::Yielding => {
                    let mut left = block;
                    while !left.is_zero() {
                        let stretch = left.min(STRETCH);
                        compute(stretch);
                        left -= stretch;
                        tokio::task::yield_now().await;
                    }
                }
                Style::Offloaded => {
                    let moved = tokio::task::spawn_blocking(move || compute(block)).await;
                    moved.map_err(|error| error.to_string())?;
                }
            }
            tokio::task::yield_now().await;
            Ok(self.share(&units))
        })
    }

    fn set(&self, name: &str, value: &Value) {
        let mut settings = self.settings.lock().unwrap_or_else(PoisonError::into_inner);
        match (name, value::duration(value)) {
            ("period", Some(period)) => settings.period = period,
            ("block", Some(block)) => settings.block = block,
            ("style", _) => settings.style = Style::of(Some(value)),
            _ => {}
        }
    }

    fn counters(&self) -> Vec<(String, f64)> {
        let lateness = self
            .lateness_us
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let ms = |us: u64| us as f64 / 1e3;
        vec![
            (
                "beats".to_owned(),
                self.beats.load(Ordering::Relaxed) as f64,
            ),
            ("lateness_ms_p50".to_owned(), ms(lateness.quantile(0.50))),
            ("lateness_ms_p99".to_owned(), ms(lateness.quantile(0.99))),
            ("lateness_ms_max".to_owned(), ms(lateness.max())),
        ]
    }

    fn companion(&self) -> Option<Pin<Box<dyn Future<Output = ()> + Send + '_>>> {
        Some(Box::pin(self.beat()))
    }
}

/// Keeps a core busy for so long.
fn compute(length: Duration) {
    let begun = Instant::now();
    let mut state = 0;
    while begun.elapsed() < length {
        state = (0..64).fold(state, mix);
    }
    black_box(state);
}
