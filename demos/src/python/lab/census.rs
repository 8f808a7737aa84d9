//! What is left when a program has ended and its globals are cleared.

use crate::python::memory::{Kind, Memory, Ref, Word};

/// How many objects are left, by kind, besides those that were made before the program began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Kinds of which there are any.
    pub left: Vec<(Kind, u64)>,
}

impl Census {
    /// Counts all objects from `first` on that aren't free.
    pub fn of<W: Word>(memory: &Memory<W>, first: Ref) -> Self {
        let mut counts = [0_u64; Kind::COUNT];
        for object in memory.taken().filter(|object| *object >= first) {
            counts[memory.kind(object) as usize] += 1;
        }
        let left = Kind::ALL
            .into_iter()
            .zip(counts)
            .filter(|&(kind, count)| kind != Kind::Free && count > 0)
            .collect();
        Self { left }
    }

    /// How many there are in all.
    pub fn total(&self) -> u64 {
        self.left.iter().map(|(_, count)| count).sum()
    }
}
