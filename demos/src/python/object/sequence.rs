//! Lists and tuples.
//!
//! A list's buffer is replaced when it grows, inside a section. A reader without a section may still hold
//! the old one: [`Runtime::item`] copes with that.

use super::Heap;
use crate::python::interpreter::{Exception, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, Site, Span, StackRef};
use crate::python::runtime::{Runtime, section};

/// The index that an integer of a program means, in a sequence of that length.
fn index_in(length: u32, index: i64) -> Option<u32> {
    let index = if index < 0 {
        index.checked_add(i64::from(length))?
    } else {
        index
    };
    u32::try_from(index).ok().filter(|index| *index < length)
}

#[cold]
fn index_error(message: &str) -> Interrupt {
    Exception::raise("IndexError", message)
}

impl<R: Runtime> Heap<'_, R> {
    /// How many items a list, a tuple or a namespace has now.
    ///
    /// # Errors
    /// Those of [`Runtime::load`].
    #[inline]
    pub fn length(&mut self, sequence: Ref) -> Result<u32, Interrupt> {
        Ok(self.load_span(sequence)?.length())
    }

    /// An item of a list, a tuple or a namespace; `NULL` beyond its end.
    ///
    /// # Errors
    /// Those of [`Runtime::item`].
    #[inline]
    pub fn item(&mut self, sequence: Ref, index: u32) -> Result<StackRef, Interrupt> {
        if self.memory().is(sequence, Kind::Tuple) {
            let object = self.tuple_item(sequence, index);
            return Ok(if object.is_null() {
                StackRef::NULL
            } else {
                self.share(object)
            });
        }
        self.runtime.item(self.me, sequence, index)
    }

    /// An item of a tuple, borrowed; `NULL` beyond its end.
    #[inline]
    pub fn tuple_item(&self, tuple: Ref, index: u32) -> Ref {
        use crate::python::memory::Word;
        let span = self.memory().span(tuple);
        if index < span.length() {
            Ref::from_word(self.memory().word(span.index(index)).load())
        } else {
            Ref::NULL
        }
    }

    /// All items of a list or a tuple at one moment.
    ///
    /// # Errors
    /// Those of the section.
    pub fn items(&mut self, sequence: Ref) -> Result<Vec<StackRef>, Interrupt> {
        if self.memory().is(sequence, Kind::Tuple) {
            let length = self.memory().span(sequence).length();
            return (0..length)
                .map(|index| self.item(sequence, index))
                .collect();
        }
        self.in_section(sequence, |heap| heap.read_all(sequence))
    }

    /// All items, within a section.
    fn read_all(&mut self, list: Ref) -> Result<Vec<StackRef>, Interrupt> {
        let span = self.load_span(list)?;
        let mut items = Vec::with_capacity(span.length() as usize);
        for offset in 0..span.length() {
            let index = span.index(offset);
            let owner = list;
            items.push(self.runtime.read(self.me, Site::Item { owner, index })?);
        }
        Ok(items)
    }

    /// `sequence[index]`
    ///
    /// # Errors
    /// If there is no such item.
    pub fn item_at(&mut self, sequence: Ref, index: i64) -> Result<StackRef, Interrupt> {
        let length = self.length(sequence)?;
        let item = match index_in(length, index) {
            Some(index) => self.item(sequence, index)?,
            None => StackRef::NULL,
        };
        if item.is_null() {
            let kind = self.type_name(sequence);
            return Err(index_error(&format!("{kind} index out of range")));
        }
        Ok(item)
    }

    /// `list[index] = value`, which is borrowed.
    ///
    /// # Errors
    /// If there is no such item.
    pub fn set_item_at(&mut self, list: Ref, index: i64, value: Ref) -> Result<(), Interrupt> {
        let old = self.in_section(list, |heap| {
            let span = heap.load_span(list)?;
            let index = index_in(span.length(), index)
                .ok_or_else(|| index_error("list assignment index out of range"))?;
            heap.put(list, span.index(index), value)
        })?;
        self.forget(old);
        Ok(())
    }

    /// `list.append(value)`, which is borrowed.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn append(&mut self, list: Ref, value: Ref) -> Result<(), Interrupt> {
        self.in_section(list, |heap| heap.push(list, value))
    }

    /// `list.extend(values)`: those of a list or a tuple, at one moment.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn extend(&mut self, list: Ref, values: Ref) -> Result<(), Interrupt> {
        let other = if self.memory().is(values, Kind::List) {
            values
        } else {
            Ref::NULL
        };
        let runtime = self.runtime;
        let (values, result) = section(runtime, self.me, [list, other], |me| {
            let heap = &mut Heap { runtime, me };
            let values = if other.is_null() {
                heap.items(values)?
            } else {
                heap.read_all(values)?
            };
            let result = values
                .iter()
                .try_for_each(|value| heap.push(list, value.object()));
            Ok((values, result))
        })?;
        self.forget_all(values);
        result
    }

    /// Appends, within a section.
    fn push(&mut self, list: Ref, value: Ref) -> Result<(), Interrupt> {
        let mut span = self.load_span(list)?;
        if span.length() == span.capacity() {
            span = self.grow(list, span)?;
        }
        let length = span.length();
        // The place behind the last item may hold anything: it is no reference yet.
        self.store(list, span.index(length), 0)?;
        self.put(list, span.index(length), value)?;
        let span = span.with_length(length + 1);
        self.runtime.store(self.me, Site::Payload(list), span.0)
    }

    /// Moves a list into a buffer twice as large.
    fn grow(&mut self, list: Ref, old: Span) -> Result<Span, Interrupt> {
        let capacity = old.capacity().max(2) * 2;
        let new = self.runtime.buffer(self.me, capacity)?;
        for offset in 0..old.length() {
            let word = self.load(list, old.index(offset))?;
            self.store(list, new.index(offset), word)?;
        }
        let new = new.with_length(old.length());
        self.runtime.store(self.me, Site::Payload(list), new.0)?;
        self.runtime.retire_buffer(self.me, list, old);
        Ok(new)
    }

    /// Takes the item out of a list: `del list[index]`, and `list.pop(index)`, the last without one.
    ///
    /// # Errors
    /// If there is no such item: `missing` says so.
    pub fn remove(&mut self, list: Ref, index: i64, missing: &str) -> Result<StackRef, Interrupt> {
        self.in_section(list, |heap| {
            let span = heap.load_span(list)?;
            let index = index_in(span.length(), index).ok_or_else(|| {
                index_error(if span.length() == 0 && missing.starts_with("pop") {
                    "pop from empty list"
                } else {
                    missing
                })
            })?;
            let owner = list;
            let at = |offset| Site::Item {
                owner,
                index: span.index(offset),
            };
            let removed = heap.runtime.swap(heap.me, at(index), StackRef::NULL)?;
            for offset in index + 1..span.length() {
                let word = heap.runtime.load(heap.me, at(offset))?;
                heap.runtime.store(heap.me, at(offset - 1), word)?;
            }
            let shorter = span.with_length(span.length() - 1);
            heap.runtime
                .store(heap.me, Site::Payload(list), shorter.0)?;
            Ok(removed)
        })
    }

    /// A new tuple or list of the items of two, which are borrowed.
    ///
    /// # Errors
    /// If there is no memory for it, or the right one is of another kind.
    pub fn concatenate(&mut self, left: Ref, right: Ref) -> Result<StackRef, Interrupt> {
        let kind = self.kind(left);
        if self.kind(right) != kind {
            let (kind, other) = (kind.name(), self.type_name(right));
            return Err(type_error(format!(
                "can only concatenate {kind} (not \"{other}\") to {kind}"
            )));
        }
        let mut items = self.items(left)?;
        items.extend(self.items(right)?);
        self.sequence_or_forget(kind, items)
    }

    /// A new tuple or list of the items, so many times.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn repeat(&mut self, sequence: Ref, times: i64) -> Result<StackRef, Interrupt> {
        let kind = self.kind(sequence);
        let items = self.items(sequence)?;
        let times = u64::try_from(times).unwrap_or(0);
        let length = times.saturating_mul(items.len() as u64);
        if length > u64::from(Span::LENGTH_MAX) {
            self.forget_all(items);
            return Err(crate::python::memory::Full.into());
        }
        let mut all = Vec::with_capacity(length as usize);
        for _ in 0..times {
            for item in &items {
                all.push(self.copy(*item));
            }
        }
        self.forget_all(items);
        self.sequence_or_forget(kind, all)
    }

    /// A new tuple or list of these values, or none of them.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn sequence_or_forget(
        &mut self,
        kind: Kind,
        values: Vec<StackRef>,
    ) -> Result<StackRef, Interrupt> {
        let sequence = self.sequence(kind, &values);
        if sequence.is_err() {
            self.forget_all(values);
        }
        sequence
    }

    /// Writes a reference to a borrowed value, within a section; answers what was there.
    pub(super) fn put(
        &mut self,
        owner: Ref,
        index: u32,
        value: Ref,
    ) -> Result<StackRef, Interrupt> {
        let value = self.share(value);
        let old = self
            .runtime
            .swap(self.me, Site::Item { owner, index }, value);
        if old.is_err() {
            self.forget(value);
        }
        old
    }

    /// Does something within a section over one object.
    pub(super) fn in_section<T>(
        &mut self,
        object: Ref,
        work: impl FnOnce(&mut Heap<'_, R>) -> Result<T, Interrupt>,
    ) -> Result<T, Interrupt> {
        let runtime = self.runtime;
        section(runtime, self.me, [object, Ref::NULL], |me| {
            work(&mut Heap { runtime, me })
        })
    }
}
