//! The lock under real threads.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;

use super::super::Gil;
use crate::holds::Holds;

const ROUNDS: u64 = 20_000;

/// Threads that count plainly with the lock in hand, each reaching a safe point after every count.
fn count(threads: u32, interval_us: u64) -> (u64, Holds) {
    let gil = Gil::new(Arc::new(AtomicU64::new(interval_us)));
    let counted = AtomicU64::new(0);
    thread::scope(|scope| {
        for number in 0..threads {
            let (gil, counted) = (&gil, &counted);
            scope.spawn(move || {
                let me = gil.join(number, "worker");
                gil.take(me);
                for _ in 0..ROUNDS {
                    counted.store(counted.load(Relaxed) + 1, Relaxed);
                    if gil.is_drop_requested() {
                        gil.release(me);
                        gil.take(me);
                    }
                }
                gil.release(me);
            });
        }
    });
    (counted.into_inner(), gil.holds())
}

#[test]
fn no_count_is_lost_under_the_lock() {
    for interval_us in [1, 50, 5_000] {
        assert_eq!(count(4, interval_us).0, 4 * ROUNDS);
    }
}

#[test]
fn log_tells_of_one_holder_at_a_time() {
    let (_, holds) = count(3, 1);
    let pairs = holds.newest.iter().zip(holds.newest.iter().skip(1));
    for (earlier, later) in pairs {
        assert!(earlier.from_ns <= earlier.until_ns && earlier.until_ns <= later.from_ns);
    }
    assert!(holds.held_ns() <= holds.at_ns);
    assert!(holds.switches < holds.takes());
    // A switch on request is a switch: nobody asked takes the lock again at once.
    assert!(holds.drop_requests <= holds.switches);
}
