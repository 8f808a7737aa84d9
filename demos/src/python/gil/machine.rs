//! The hand-over of the GIL as a pure state machine: CPython's `take_gil` and `drop_gil`
//! (`ceval_gil.c`, 3.10 and later), cut where they wait.
//!
//! It knows no mutex, no condition variable and no clock. Whoever drives it, a thread with the mutex
//! in its hand or the explorer of the tests, asks it what to do, and does the waiting and waking that it
//! answers. Whether a wait timed out is the driver's to say.

/// What all threads share, under the mutex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Machine {
    locked: bool,
    last_holder: Option<u32>,
    drop_request: bool,
    /// How often another thread took it than the one that had it last.
    switch_number: u64,
}

/// Why a thread that wants the lock looks whether it is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Look {
    /// It has just come.
    First,
    /// It has waited.
    Waited {
        /// The switch number when it began to wait.
        since: u64,
        /// Whether the interval passed before it was woken.
        timed_out: bool,
    },
}

/// What a thread that wants the lock must do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum Take {
    /// It has the lock. One thread that waits for a switch is to be woken.
    Taken,
    /// It waits until the lock is dropped, at most for the interval, and looks again.
    Wait {
        /// The switch number, for [`Look::Waited`].
        since: u64,
    },
}

/// What a thread that has dropped the lock must do, after one thread that waits for the lock has
/// been woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum Dropped {
    /// It goes its way.
    Free,
    /// Forced switching: it was asked to drop the lock, and waits until another thread has taken
    /// it, looking with [`Machine::is_switched`]. Else it might well be the first to take it again.
    AwaitSwitch,
}

impl Machine {
    /// A thread wants the lock.
    pub fn take(&mut self, me: u32, look: Look) -> Take {
        if self.locked {
            if let Look::Waited {
                since,
                timed_out: true,
            } = look
                && since == self.switch_number
            {
                self.drop_request = true;
            }
            return Take::Wait {
                since: self.switch_number,
            };
        }
        self.locked = true;
        self.drop_request = false;
        if self.last_holder != Some(me) {
            self.last_holder = Some(me);
            self.switch_number += 1;
        }
        Take::Taken
    }

    /// The thread that has the lock drops it.
    pub fn release(&mut self) -> Dropped {
        self.locked = false;
        if self.drop_request {
            Dropped::AwaitSwitch
        } else {
            Dropped::Free
        }
    }

    /// Whether another thread has taken the lock since this one had it.
    pub fn is_switched(&self, me: u32) -> bool {
        self.last_holder != Some(me)
    }

    /// Whether the thread that has the lock has been asked to drop it. It looks at its safe points.
    pub fn is_drop_requested(&self) -> bool {
        self.drop_request
    }

    /// The number of switches so far.
    #[cfg(test)]
    pub(super) fn switch_number(&self) -> u64 {
        self.switch_number
    }

    /// Whether a thread has the lock.
    #[cfg(test)]
    pub(super) fn is_locked(&self) -> bool {
        self.locked
    }
}
