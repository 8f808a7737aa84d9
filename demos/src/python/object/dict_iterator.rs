//! Where a loop stands in a dict: over its keys, its values, or both.
//!
//! As in CPython it notices at each step whether the dict has grown or shrunk since the loop began, and
//! whether there is more in it than there can be.

use super::{Heap, dict};
use crate::python::interpreter::{Exception, Interrupt};
use crate::python::memory::{Kind, Ref, StackRef, Word};
use crate::python::runtime::Runtime;

/// What it gives of each entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// `dict`, `dict.keys()`
    Keys,
    /// `dict.values()`
    Values,
    /// `dict.items()`
    Items,
}

/// The words of an iterator: the dict, an [`Entries`], the number of the next entry, how many the dict
/// had at the beginning, how many of them are left.
const DICT: u32 = 0;
const ENTRIES: u32 = 1;
const NEXT: u32 = 2;
const EXPECTED: u32 = 3;
const LEFT: u32 = 4;

impl<R: Runtime> Heap<'_, R> {
    /// `iter(dict)`, `dict.keys()`, `dict.values()`, `dict.items()`: the latter are iterated over once here.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn iterate_dict(&mut self, dict: Ref, entries: Entries) -> Result<StackRef, Interrupt> {
        let length = u64::from(dict::length(self, dict)?);
        let words = [dict.word(), entries as u64, 0, length, length];
        let iterator = self.object_of_words(Kind::DictIterator, words.into_iter())?;
        let dict = self.share(dict);
        self.runtime.to_memory(self.me, dict);
        Ok(iterator)
    }

    /// The dict that it goes over, and what it gives of it.
    pub fn iterated_dict(&self, iterator: Ref) -> (Ref, Entries) {
        let (memory, span) = (self.memory(), self.memory().span(iterator));
        let entries = match memory.word(span.index(ENTRIES)).load() {
            0 => Entries::Keys,
            1 => Entries::Values,
            _ => Entries::Items,
        };
        (
            Ref::from_word(memory.word(span.index(DICT)).load()),
            entries,
        )
    }

    /// How many entries are left.
    ///
    /// # Errors
    /// Those of [`Runtime::load`].
    pub fn dict_entries_left(&mut self, iterator: Ref) -> Result<u64, Interrupt> {
        let index = self.memory().span(iterator).index(LEFT);
        self.load(iterator, index)
    }

    pub(super) fn next_of_dict(&mut self, iterator: Ref) -> Result<StackRef, Interrupt> {
        let (dict, entries) = self.iterated_dict(iterator);
        let span = self.memory().span(iterator);
        let [next, expected, left] =
            [NEXT, EXPECTED, LEFT].map(|word| self.load(iterator, span.index(word)));
        let (next, expected, left) = (next?, expected?, left?);
        let entry = dict::next(self, dict, next as u32, expected as u32)?;
        let Some((key, value, next)) = entry else {
            return Ok(StackRef::NULL);
        };
        let moved = if left == 0 {
            Err(changed("keys changed"))
        } else {
            self.store(iterator, span.index(NEXT), u64::from(next))
                .and_then(|()| self.store(iterator, span.index(LEFT), left - 1))
        };
        if let Err(interrupt) = moved {
            self.forget_all([key, value]);
            return Err(interrupt);
        }
        self.part(entries, key, value)
    }

    /// All that it would give, at one moment.
    ///
    /// # Errors
    /// Those of the section, and if there is no memory for pairs.
    pub fn dict_entries(&mut self, dict: Ref, wanted: Entries) -> Result<Vec<StackRef>, Interrupt> {
        let entries = dict::entries(self, dict)?;
        let mut parts = Vec::with_capacity(entries.len());
        let mut result = Ok(());
        for (key, value) in entries {
            match (&result, self.part(wanted, key, value)) {
                (Ok(()), Ok(part)) => parts.push(part),
                (Ok(()), Err(interrupt)) => result = Err(interrupt),
                (Err(_), Ok(part)) => self.forget(part),
                (Err(_), Err(_)) => {}
            }
        }
        if let Err(interrupt) = result {
            self.forget_all(parts);
            return Err(interrupt);
        }
        Ok(parts)
    }

    /// What is wanted of an entry, which it takes over.
    fn part(
        &mut self,
        wanted: Entries,
        key: StackRef,
        value: StackRef,
    ) -> Result<StackRef, Interrupt> {
        let (keep, leave) = match wanted {
            Entries::Keys => (key, value),
            Entries::Values => (value, key),
            Entries::Items => return self.sequence_or_forget(Kind::Tuple, vec![key, value]),
        };
        self.forget(leave);
        Ok(keep)
    }
}

/// The error of a dict that is not what it was when the loop began.
#[cold]
pub(super) fn changed(how: &str) -> Interrupt {
    Exception::raise("RuntimeError", format!("dictionary {how} during iteration"))
}
