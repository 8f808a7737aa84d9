//! The global interpreter lock: a [`Machine`] behind a mutex, with the two condition variables that
//! CPython's has, and a log of who held it.
//!
//! All decisions are the machine's; here is only how threads wait and are woken. The operating system
//! chooses which of them wakes.

mod machine;
#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use machine::{Dropped, Look, Machine, Take};

use crate::holds::{HoldLog, Holds};

/// The lock.
#[derive(Debug)]
pub struct Gil {
    state: Mutex<State>,
    /// The lock has been dropped (`gil->cond`).
    dropped: Condvar,
    /// The lock has been taken (`gil->switch_cond`).
    taken: Condvar,
    /// The machine's drop request, to be seen without the mutex.
    eval_breaker: AtomicBool,
    /// How long a thread waits before it asks for the lock, in microseconds. Changes at any time.
    interval_us: Arc<AtomicU64>,
    began: Instant,
}

#[derive(Debug, Default)]
struct State {
    machine: Machine,
    log: HoldLog,
}

/// A thread that takes the lock now and then.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    number: u32,
    /// Its row in the log.
    holder: usize,
}

impl Gil {
    /// A lock that nobody has.
    pub fn new(interval_us: Arc<AtomicU64>) -> Self {
        Self {
            state: Mutex::default(),
            dropped: Condvar::new(),
            taken: Condvar::new(),
            eval_breaker: AtomicBool::new(false),
            interval_us,
            began: Instant::now(),
        }
    }

    /// A thread that will take the lock, by the program's number and name for it.
    pub fn join(&self, number: u32, name: &str) -> Member {
        Member {
            number,
            holder: self.state().log.join(name),
        }
    }

    /// Whether the thread that has the lock has been asked to drop it.
    #[inline]
    pub fn is_drop_requested(&self) -> bool {
        self.eval_breaker.load(Ordering::Relaxed)
    }

    /// `take_gil`: waits until the thread has the lock.
    pub fn take(&self, me: Member) {
        let mut state = self.state();
        let mut look = Look::First;
        while let Take::Wait { since } = self.step(&mut state, |gil| gil.take(me.number, look)) {
            let waited = self.dropped.wait_timeout(state, self.interval());
            let result;
            (state, result) = waited.unwrap_or_else(PoisonError::into_inner);
            look = Look::Waited {
                since,
                timed_out: result.timed_out(),
            };
        }
        self.taken.notify_one();
        state
            .log
            .take(me.holder, u64::from(me.number), self.now_ns());
    }

    /// `drop_gil`: drops the lock that the thread has, and if it was asked to, waits until another
    /// has taken it.
    pub fn release(&self, me: Member) {
        let mut state = self.state();
        state.log.drop(self.now_ns());
        let dropped = self.step(&mut state, Machine::release);
        self.dropped.notify_one();
        if dropped == Dropped::AwaitSwitch {
            while !state.machine.is_switched(me.number) {
                state = self
                    .taken
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Who has held it until now.
    pub fn holds(&self) -> Holds {
        self.state().log.at(self.now_ns())
    }

    fn interval(&self) -> Duration {
        Duration::from_micros(self.interval_us.load(Ordering::Relaxed).max(1))
    }

    fn now_ns(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the machine do a step, shows its drop request to the thread that has the lock, and logs a
    /// new one.
    fn step<T>(&self, state: &mut State, step: impl FnOnce(&mut Machine) -> T) -> T {
        let before = state.machine.is_drop_requested();
        let result = step(&mut state.machine);
        let after = state.machine.is_drop_requested();
        if after && !before {
            state.log.request_drop();
        }
        self.eval_breaker.store(after, Ordering::Relaxed);
        result
    }
}
