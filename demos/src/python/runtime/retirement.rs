//! Buffers that their objects have exchanged for others while readers without a lock may still be in them:
//! each thread keeps what it has retired until every thread has passed a safe point since.
//!
//! When that is, [`quiescence`](super::quiescence) knows; here are the buffers.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::quiescence::{Quiescence, Reader};
use crate::python::count::atomics::Native;
use crate::python::memory::{Allocator, Span};

/// How many retired buffers a thread keeps before it looks which of them can be used again.
const RETIRED_MAX: usize = 16;

/// A buffer that can be used again once all threads have passed that epoch.
type Retired = (u64, Span);

/// The retired buffers of all threads.
pub(super) struct Retirement {
    quiescence: Quiescence<Native>,
    /// Those of threads that have ended since.
    orphans: Mutex<VecDeque<Retired>>,
}

/// A thread that reads without locks, and what it has retired.
pub(super) struct Member {
    reader: Reader<Native>,
    retired: VecDeque<Retired>,
}

impl Retirement {
    /// With no thread yet.
    pub(super) fn new() -> Self {
        Self {
            quiescence: Quiescence::new(),
            orphans: Mutex::default(),
        }
    }

    fn orphans(&self) -> MutexGuard<'_, VecDeque<Retired>> {
        self.orphans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread begins, and takes over what others have left.
    pub(super) fn join(&self) -> Member {
        Member {
            reader: self.quiescence.join(),
            retired: std::mem::take(&mut *self.orphans()),
        }
    }

    /// A thread ends.
    pub(super) fn leave(&self, mut me: Member) {
        self.quiescence.leave(&me.reader);
        self.orphans().append(&mut me.retired);
    }

    /// A safe point: the thread reads nothing that it found before.
    #[inline]
    pub(super) fn pass(&self, me: &Member) {
        self.quiescence.pass(&me.reader);
    }

    /// Does something during which the thread reads nothing.
    pub(super) fn offline<T>(&self, me: &Member, work: impl FnOnce() -> T) -> T {
        Quiescence::go_offline(&me.reader);
        let result = work();
        self.quiescence.come_back(&me.reader);
        result
    }

    /// Retires a buffer, and frees those that no thread can be reading any more.
    pub(super) fn retire(&self, me: &mut Member, allocator: &mut Allocator, buffer: Span) {
        me.retired.push_back((self.quiescence.retire(), buffer));
        if me.retired.len() < RETIRED_MAX {
            return;
        }
        let passed = self.quiescence.passed();
        while let Some(&(epoch, buffer)) = me.retired.front()
            && epoch <= passed
        {
            me.retired.pop_front();
            allocator.free_buffer(buffer);
        }
    }
}
