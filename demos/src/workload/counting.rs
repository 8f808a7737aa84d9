//! What counting a reference costs: slide 21's "reference counting becomes hard".
//!
//! Objects are counted up and down, the same way as the laboratory's runtimes do it, on three kinds:
//! `private` ones that the counting thread made itself, a `shared` one that another thread made, and an
//! `immortal` one. Before each count every protocol looks whether the object is immortal, as CPython
//! does since 3.12, so protocols differ in the counting alone.
//!
//! A unit is a millisecond's counting: fixed is the time, and what is told is how many operations it
//! took. The three kinds come one after the other, so that threads fight for the shared object together.
//! So the checksum says only that a stretch was counted; whether the shared object's count came out
//! right is told beside it. Plain counts of several threads lose some: that is what the GIL prevents.

use std::hint::black_box;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicU32, AtomicU64};
use std::time::{Duration, Instant};

use super::{Bound, Cut, Failure, Nature, Output, Workload, WorkloadEntry, mix};
use crate::parameter::{Kind, Parameter};
use crate::python::count::atomics::Native;
use crate::python::count::biased::Biased;
use crate::python::count::locked::CountLock;
use crate::python::count::{Owner, atomic, plain};
use crate::run::protocol::LaneOrder;
use crate::spec::Value;

/// What the catalogue tells of it.
pub(super) static ENTRY: WorkloadEntry = WorkloadEntry {
    name: "counting",
    about: "references counted up and down: what one operation costs",
    bound: Bound::Cpu,
    nature: Nature::Shared,
    unit: "ms of counting",
    amount: Some("count"),
    parameters: &[
        Parameter::count(
            "how many milliseconds all workers count in all",
            60_000,
            600,
        ),
        Parameter {
            name: "protocol",
            about: "how a reference is counted",
            kind: Kind::Choice(&["plain", "lock", "atomic", "biased"]),
            live: false,
        },
    ],
    build: |order| Ok(Arc::new(Counting::new(order))),
};

/// How long a unit is.
const UNIT: Duration = Duration::from_millis(1);
/// Up and down so often between two looks at the clock.
const PAIRS: u64 = 5_000;
/// References that an object has from elsewhere: so many that a count which went wrong kills nobody.
const REFERENCES: u64 = 1_000_000_000;
/// What an immortal object's count looks like.
const IMMORTAL: u32 = u32::MAX;
/// Who made the shared object: no thread that counts.
const PARENT: Owner = 1;

/// The kinds of objects, in the order in which they are counted.
const KINDS: [&str; 3] = ["private", "shared", "immortal"];
const PRIVATE: usize = 0;

/// An object's two words of counts, on cache lines of its own.
#[repr(align(128))]
#[derive(Debug, Default)]
struct Object {
    count: AtomicU64,
    shared: AtomicU64,
}

/// How references are counted.
trait Protocol {
    /// A new object of this owner's.
    fn begin(&self, object: &Object, _owner: Owner) {
        object.count.store(REFERENCES, Relaxed);
    }

    /// One reference more, and one less.
    fn up_and_down(&self, object: &Object, me: Owner);

    /// How many references more or less there are than there should be.
    fn drift(&self, object: &Object) -> i64 {
        object
            .count
            .load(Relaxed)
            .wrapping_sub(REFERENCES)
            .cast_signed()
    }
}

struct Plain;
struct Atomic;
struct Bias;

/// Whether a count in one word says that nobody counts it.
#[inline]
fn is_immortal(count: &AtomicU64) -> bool {
    count.load(Relaxed) as u32 == IMMORTAL
}

impl Protocol for Plain {
    #[inline]
    fn up_and_down(&self, Object { count, .. }: &Object, _me: Owner) {
        if !is_immortal(count) {
            plain::increment(count);
        }
        if !is_immortal(count) {
            let _ = black_box(plain::decrement(count));
        }
    }
}

impl Protocol for CountLock<Native> {
    #[inline]
    fn up_and_down(&self, Object { count, .. }: &Object, _me: Owner) {
        if !is_immortal(count) {
            self.increment(count);
        }
        if !is_immortal(count) {
            let _ = black_box(self.decrement(count));
        }
    }
}

impl Protocol for Atomic {
    #[inline]
    fn up_and_down(&self, Object { count, .. }: &Object, _me: Owner) {
        if !is_immortal(count) {
            atomic::increment(count);
        }
        if !is_immortal(count) {
            let _ = black_box(atomic::decrement(count));
        }
    }
}

impl Bias {
    fn of(object: &Object) -> Biased<'_, AtomicU64> {
        Biased::new(&object.count, &object.shared)
    }
}

impl Protocol for Bias {
    fn begin(&self, object: &Object, owner: Owner) {
        Self::of(object).begin(owner);
    }

    #[inline]
    fn up_and_down(&self, object: &Object, me: Owner) {
        Self::of(object).increment(me);
        let _ = black_box(Self::of(object).decrement(me));
    }

    fn drift(&self, object: &Object) -> i64 {
        Self::of(object).count() - 1
    }
}

/// What was counted of one kind of object.
#[derive(Debug, Default)]
struct Tally {
    operations: AtomicU64,
    ns: AtomicU64,
}

/// The protocol of an order.
enum Chosen {
    Plain(Plain),
    Lock(CountLock<Native>),
    Atomic(Atomic),
    Biased(Bias),
}

/// Counts references for a while.
pub struct Counting {
    cut: Cut,
    seed: u64,
    protocol: Chosen,
    shared: Object,
    immortal: Object,
    /// The next thread's number: each chunk counts under a new one, and makes its own private object.
    next: AtomicU32,
    tallies: [Tally; KINDS.len()],
}

impl Counting {
    /// As many milliseconds as the order has units.
    pub fn new(order: &LaneOrder) -> Self {
        let protocol = match order.with.get("protocol") {
            Some(Value::Text(name)) if name == "lock" => Chosen::Lock(CountLock::new()),
            Some(Value::Text(name)) if name == "atomic" => Chosen::Atomic(Atomic),
            Some(Value::Text(name)) if name == "biased" => Chosen::Biased(Bias),
            _ => Chosen::Plain(Plain),
        };
        let counting = Self {
            cut: Cut {
                work: order.work,
                per_chunk: 1,
            },
            seed: order.seed,
            protocol,
            shared: Object::default(),
            immortal: Object::default(),
            next: AtomicU32::new(PARENT + 1),
            tallies: Default::default(),
        };
        counting.begin(&counting.shared, PARENT);
        counting.immortal.count.store(u64::from(IMMORTAL), Relaxed);
        counting
    }

    fn begin(&self, object: &Object, owner: Owner) {
        match &self.protocol {
            Chosen::Plain(protocol) => protocol.begin(object, owner),
            Chosen::Lock(protocol) => protocol.begin(object, owner),
            Chosen::Atomic(protocol) => protocol.begin(object, owner),
            Chosen::Biased(protocol) => protocol.begin(object, owner),
        }
    }

    /// Which kind of object a unit is about.
    fn kind(&self, unit: u64) -> usize {
        let kind = unit * KINDS.len() as u64 / self.cut.work.max(1);
        (kind as usize).min(KINDS.len() - 1)
    }

    /// References of the shared object that went wrong.
    fn lost(&self) -> u64 {
        let drift = match &self.protocol {
            Chosen::Plain(protocol) => protocol.drift(&self.shared),
            Chosen::Lock(protocol) => protocol.drift(&self.shared),
            Chosen::Atomic(protocol) => protocol.drift(&self.shared),
            Chosen::Biased(protocol) => protocol.drift(&self.shared),
        };
        drift.unsigned_abs()
    }
}

/// Counts for a unit's time; operations and nanoseconds.
fn count(protocol: &impl Protocol, object: &Object, me: Owner) -> (u64, u64) {
    let begun = Instant::now();
    let mut operations = 0;
    loop {
        for _ in 0..PAIRS {
            protocol.up_and_down(black_box(object), me);
        }
        operations += 2 * PAIRS;
        let elapsed = begun.elapsed();
        if elapsed >= UNIT {
            return (
                operations,
                u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX),
            );
        }
    }
}

impl Workload for Counting {
    fn cut(&self) -> Cut {
        self.cut
    }

    fn perform(&self, units: Range<u64>) -> Result<Output, Failure> {
        let me = self.next.fetch_add(1, Relaxed);
        let private = Object::default();
        self.begin(&private, me);
        let kind = self.kind(units.start);
        let object = [&private, &self.shared, &self.immortal][kind];
        let (operations, ns) = match &self.protocol {
            Chosen::Plain(protocol) => count(protocol, object, me),
            Chosen::Lock(protocol) => count(protocol, object, me),
            Chosen::Atomic(protocol) => count(protocol, object, me),
            Chosen::Biased(protocol) => count(protocol, object, me),
        };
        let tally = &self.tallies[kind];
        tally.operations.fetch_add(operations, Relaxed);
        tally.ns.fetch_add(ns, Relaxed);
        Ok(Output::Share(mix(self.seed, units.start)))
    }

    /// Nanoseconds that one operation took the thread that did it, of each kind; then how many
    /// references the shared object's count is wrong by.
    fn counters(&self) -> Vec<(String, f64)> {
        let told = KINDS.iter().zip(&self.tallies).filter_map(|(kind, tally)| {
            let operations = tally.operations.load(Relaxed);
            let ns = tally.ns.load(Relaxed) as f64;
            (operations > 0).then(|| (format!("{kind}_ns"), ns / operations as f64))
        });
        let counted = self.tallies[PRIVATE + 1].operations.load(Relaxed) > 0;
        let lost = counted.then(|| ("lost".to_owned(), self.lost() as f64));
        told.chain(lost).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::spec::Parameters;

    fn counting(protocol: &str, work: u64) -> Counting {
        Counting::new(&LaneOrder {
            workload: "counting".to_owned(),
            with: Parameters::from([("protocol".to_owned(), Value::Text(protocol.to_owned()))]),
            model: "threads".to_owned(),
            parameters: Parameters::new(),
            workers: 1,
            work,
            seed: 1,
            memory_bytes_max: 1 << 30,
            command: Vec::new(),
            files: BTreeMap::new(),
        })
    }

    fn names(counting: &Counting) -> Vec<String> {
        counting
            .counters()
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn counts_each_kind_for_its_third() {
        let counting = counting("plain", 6);
        let kinds: Vec<usize> = (0..6).map(|unit| counting.kind(unit)).collect();
        assert_eq!(kinds, [0, 0, 1, 1, 2, 2]);
        assert!(names(&counting).is_empty());
        for unit in 0..6 {
            counting.perform(unit..unit + 1).unwrap();
        }
        assert_eq!(
            names(&counting),
            ["private_ns", "shared_ns", "immortal_ns", "lost"]
        );
    }

    #[test]
    fn every_protocol_counts_right_alone_and_all_but_plain_together() {
        for protocol in ["plain", "lock", "atomic", "biased"] {
            let alone = counting(protocol, 3);
            for unit in 0..3 {
                alone.perform(unit..unit + 1).unwrap();
            }
            assert_eq!(
                (alone.lost(), alone.immortal.count.load(Relaxed) as u32),
                (0, IMMORTAL)
            );
        }
        for protocol in ["lock", "atomic", "biased"] {
            let together = counting(protocol, 30);
            std::thread::scope(|scope| {
                for worker in 0..4 {
                    let together = &together;
                    let count = move || together.perform(10 + worker..11 + worker);
                    std::thread::Builder::new()
                        .spawn_scoped(scope, count)
                        .unwrap();
                }
            });
            assert_eq!(together.lost(), 0, "{protocol}");
        }
    }
}
