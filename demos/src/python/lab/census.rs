//! What is left when a program has ended and its globals are cleared.

use std::collections::{HashMap, HashSet};

use crate::python::memory::{Kind, Memory, Ref, Word};
use crate::python::object::layout::children;

/// How many objects are left, by kind, besides those that were made before the program began. Only
/// kinds of which there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Those that should have been freed. There are none, unless a runtime has lost count.
    pub left: Vec<(Kind, u64)>,
    /// Those that only a cycle of references keeps: counting never frees them.
    pub in_cycles: Vec<(Kind, u64)>,
}

impl Census {
    /// Counts all objects from `first` on that aren't free; cycles are not told apart.
    pub fn of<W: Word>(memory: &Memory<W>, first: Ref) -> Self {
        Self {
            left: by_kind(memory, &alive(memory, first)),
            in_cycles: Vec::new(),
        }
    }

    /// Counts all objects from `first` on that aren't free. Those all of whose references come from each
    /// other are in cycles, or only reached from there; `references` tells how many an object has, if
    /// they are counted.
    pub fn with_cycles<W: Word>(
        memory: &Memory<W>,
        first: Ref,
        references: impl Fn(Ref) -> Option<u64>,
    ) -> Self {
        let alive = alive(memory, first);
        let mut from_each_other: HashMap<Ref, u64> = HashMap::new();
        for object in &alive {
            children(memory, *object, |child| {
                *from_each_other.entry(child).or_default() += 1;
            });
        }
        let mut held: Vec<Ref> = alive
            .iter()
            .copied()
            .filter(|object| {
                let inner = from_each_other.get(object).copied().unwrap_or(0);
                references(*object).is_none_or(|all| all > inner)
            })
            .collect();
        let mut seen: HashSet<Ref> = held.iter().copied().collect();
        while let Some(object) = held.pop() {
            children(memory, object, |child| {
                if child >= first && seen.insert(child) {
                    held.push(child);
                }
            });
        }
        let (left, in_cycles): (Vec<_>, Vec<_>) =
            alive.into_iter().partition(|object| seen.contains(object));
        Self {
            left: by_kind(memory, &left),
            in_cycles: by_kind(memory, &in_cycles),
        }
    }

    /// How many there are in all that should have been freed.
    pub fn total(&self) -> u64 {
        self.left.iter().map(|(_, count)| count).sum()
    }
}

fn alive<W: Word>(memory: &Memory<W>, first: Ref) -> Vec<Ref> {
    memory
        .taken()
        .filter(|object| *object >= first && !memory.is(*object, Kind::Free))
        .collect()
}

fn by_kind<W: Word>(memory: &Memory<W>, objects: &[Ref]) -> Vec<(Kind, u64)> {
    let mut counts = [0_u64; Kind::COUNT];
    for object in objects {
        counts[memory.kind(*object) as usize] += 1;
    }
    Kind::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .collect()
}
