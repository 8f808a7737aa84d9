//! Iterators: where a loop stands in a list, a tuple, a string or a range; those over dicts have a file of
//! their own.
//!
//! The state is read and written without a section, as CPython does: two threads that share an
//! iterator may get an item twice.

use super::{Entries, Heap, text};
use crate::python::interpreter::{Exception, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, Site, StackRef, Word};
use crate::python::runtime::Runtime;

/// Words of a range: start, stop, step; and of its iterator: next, step, how many are left.
const RANGE_WORDS: usize = 3;

impl<R: Runtime> Heap<'_, R> {
    /// `iter(value)`
    ///
    /// # Errors
    /// If it can't be iterated over.
    pub fn iterator(&mut self, value: Ref) -> Result<StackRef, Interrupt> {
        match self.kind(value) {
            Kind::List | Kind::Tuple | Kind::Str => {
                let container = self.share(value);
                let container = self.runtime.to_memory(self.me, container);
                let iterator = self.object(Kind::Iterator, container.word() << 32);
                if iterator.is_err() {
                    self.runtime.decrement(self.me, container);
                }
                iterator
            }
            Kind::Range => {
                let [start, _, step] = self.range(value);
                let words = [start as u64, step as u64, self.range_length(value)];
                self.object_of_words(Kind::RangeIterator, words.into_iter())
            }
            Kind::Dict => self.iterate_dict(value, Entries::Keys),
            Kind::Iterator | Kind::RangeIterator | Kind::DictIterator => Ok(self.share(value)),
            kind => Err(type_error(format!(
                "'{}' object is not iterable",
                kind.name()
            ))),
        }
    }

    /// The iterator's next item, `NULL` at its end.
    ///
    /// # Errors
    /// What keeps it from reading it.
    #[inline]
    pub fn next(&mut self, iterator: Ref) -> Result<StackRef, Interrupt> {
        let meta = self.memory().meta(iterator);
        if meta.is(Kind::RangeIterator) {
            self.next_of_range(iterator)
        } else if meta.is(Kind::DictIterator) {
            self.next_of_dict(iterator)
        } else {
            self.next_of_container(iterator)
        }
    }

    #[inline]
    fn next_of_range(&mut self, iterator: Ref) -> Result<StackRef, Interrupt> {
        let state = self.memory().span(iterator);
        let left = self.load(iterator, state.index(2))?;
        if left == 0 {
            return Ok(StackRef::NULL);
        }
        let value = self.load(iterator, state.index(0))?.cast_signed();
        let step = self.memory().word(state.index(1)).load().cast_signed();
        let item = self.int(value)?;
        // Behind the last item it may wrap, and is not used.
        let next = value.wrapping_add(step) as u64;
        self.store(iterator, state.index(0), next)?;
        self.store(iterator, state.index(2), left - 1)?;
        Ok(item)
    }

    fn next_of_container(&mut self, iterator: Ref) -> Result<StackRef, Interrupt> {
        let site = Site::Payload(iterator);
        let state = self.runtime.load(self.me, site)?;
        let (container, index) = (Ref::from_word(state >> 32), state as u32);
        let (item, next) = match self.kind(container) {
            Kind::List | Kind::Tuple => (self.item(container, index)?, index + 1),
            Kind::Str => match text::character(self.memory(), container, index) {
                Some(character) => (
                    self.string(character.encode_utf8(&mut [0; 4]))?,
                    index + character.len_utf8() as u32,
                ),
                None => (StackRef::NULL, index),
            },
            _ => (StackRef::NULL, index),
        };
        if !item.is_null() {
            let state = state >> 32 << 32 | u64::from(next);
            self.runtime.store(self.me, site, state)?;
        }
        Ok(item)
    }

    /// `range(start, stop, step)`
    ///
    /// # Errors
    /// If the step is 0.
    pub fn new_range(&mut self, start: i64, end: i64, step: i64) -> Result<StackRef, Interrupt> {
        if step == 0 {
            let message = "range() arg 3 must not be zero";
            return Err(Exception::raise("ValueError", message));
        }
        let words = [start, end, step].map(|word| word as u64);
        self.object_of_words(Kind::Range, words.into_iter())
    }

    /// A range's start, stop and step.
    pub fn range(&self, range: Ref) -> [i64; RANGE_WORDS] {
        let memory = self.memory();
        let words = memory.words(memory.span(range));
        std::array::from_fn(|index| words[index].load().cast_signed())
    }

    /// A range's integers.
    pub fn range_values(&self, range: Ref) -> impl Iterator<Item = i64> + use<R> {
        let ([start, _, step], length) = (self.range(range), self.range_length(range));
        // Neither a step nor all of them together leave 64 bits where the integer does not.
        (0..length).map(move |index| start.wrapping_add(index.cast_signed().wrapping_mul(step)))
    }

    /// How many integers a range has.
    pub fn range_length(&self, range: Ref) -> u64 {
        let [start, end, step] = self.range(range).map(i128::from);
        let (distance, step) = if step > 0 {
            (end - start, step)
        } else {
            (start - end, -step)
        };
        if distance > 0 {
            ((distance + step - 1) / step) as u64
        } else {
            0
        }
    }
}
