//! How references are counted: one protocol a file, from a plain addition to the biased counts of
//! PEP 703.
//!
//! A protocol is told which words hold an object's counts and answers what becomes of the object
//! ([`Fate`]). It knows no heap, no interpreter and no runtime: what it needs of the machine stands
//! in [`atomics`], so that the same code runs on real atomics and, in the plain test run, under
//! loom, which tries every interleaving and every stale value that the orderings allow.
//!
//! [`plain`], [`locked`] and [`atomic`] use one word; [`biased`] two ([`owned`]), beside the queues of
//! [`queue`]; [`table`] two, beside a table per thread; [`buffered`] logs instead of counting.

pub mod atomic;
pub mod atomics;
pub mod biased;
pub mod buffered;
pub mod locked;
pub mod owned;
pub mod plain;
pub mod queue;
pub mod table;
#[cfg(test)]
pub(super) mod tests;

/// A thread, as objects name their owner. Never given twice, and never [`NOBODY`].
pub type Owner = u32;

/// The owner of an object that all threads count alike.
pub const NOBODY: Owner = 0;

/// What a decrement leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Fate {
    /// There are references left, or it cannot be known yet that there are none.
    Alive,
    /// That was the last one: whoever got this answer, and nobody else, frees the object.
    Dead,
}

impl Fate {
    /// Dead if so.
    fn dead_if(dead: bool) -> Self {
        if dead { Self::Dead } else { Self::Alive }
    }
}
