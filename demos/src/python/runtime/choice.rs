//! The runtimes there are.

use super::Switches;

/// The runtimes that a program can be run under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// CPython with its global interpreter lock: plain counts, one lock.
    Gil {
        /// `None`, booleans, small integers, constants, names and builtins are not counted, as since
        /// CPython 3.12.
        immortal: bool,
    },
    /// Plain counts under one global lock (Stein, 1996).
    GlobalCountLock,
    /// Atomic counts (Stein, 1996).
    AtomicCount,
    /// Plain counts by the owner, and tables (python-safethread, 2008).
    OwnerTable,
    /// Atomic counts and a mutex in every object (Gilectomy, 2016).
    AtomicCountObjectLocks,
    /// Contexts that count nothing while the main thread stands still (`PyParallel`, 2012).
    ParallelContexts,
    /// No counts, and a collector (Jython, IronPython).
    Tracing {
        /// How many bytes are allocated before the first collection.
        heap_bytes_min: u64,
    },
    /// Logs of counts and one committing thread (Gilectomy, 2017).
    BufferedCount,
    /// Transactions that are undone on a conflict (PyPy-STM).
    Transactions {
        /// After how many safe points a transaction ends.
        safe_points_max: u32,
    },
    /// CPython without the lock (PEP 703).
    FreeThreaded(Switches),
}
