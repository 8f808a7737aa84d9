//! Dicts: a table of places in a list of entries that keeps the order of insertion, as in CPython.
//!
//! All lies in one buffer: three words (the size of the table, the entries used, those alive), the table
//! (0 is empty, else an entry's number from 1), the entries (hash, key, value). A deleted entry keeps
//! its place, without key and value, until the dict is built anew. Everything happens in sections.

use super::dict_iterator::changed;
use super::layout::{DICT_ENTRY, DICT_HEAD};
use super::{Heap, hash};
use crate::python::interpreter::{Exception, Interrupt};
use crate::python::memory::{Kind, Ref, Site, Span, StackRef};
use crate::python::runtime::Runtime;

/// Tables begin so large, and are always a power of two.
const SIZE_MIN: u32 = 8;

/// A dict's buffer and the first of its words.
#[derive(Clone, Copy)]
struct Table {
    span: Span,
    size: u32,
    used: u32,
    alive: u32,
}

impl Table {
    const EMPTY: Self = Self {
        span: Span::EMPTY,
        size: 0,
        used: 0,
        alive: 0,
    };

    /// The word of an entry's hash; key and value follow.
    fn entry(&self, number: u32) -> u32 {
        self.span.index(DICT_HEAD + self.size + number * DICT_ENTRY)
    }

    /// How many entries a table has room for: a third stays empty (`USABLE_FRACTION`).
    fn room(&self) -> u32 {
        self.size * 2 / 3
    }

    /// The slots of the table that a hash leads to, one after the other.
    fn probes(self, hash: u64) -> impl Iterator<Item = u32> {
        let start = hash as u32;
        (0..self.size).map(move |step| {
            self.span.index(DICT_HEAD) + (start.wrapping_add(step) & (self.size - 1))
        })
    }
}

/// A new, empty dict.
///
/// # Errors
/// If there is no memory for it.
pub fn new<R: Runtime>(heap: &mut Heap<'_, R>) -> Result<StackRef, Interrupt> {
    heap.object(Kind::Dict, Span::EMPTY.0)
}

/// `len(dict)`
///
/// # Errors
/// Those of [`Runtime::load`].
pub fn length<R: Runtime>(heap: &mut Heap<'_, R>, dict: Ref) -> Result<u32, Interrupt> {
    heap.in_section(dict, |heap| Ok(open(heap, dict)?.alive))
}

/// `dict[key]`; `NULL` if it is not there.
///
/// # Errors
/// If the key has no hash.
pub fn get<R: Runtime>(heap: &mut Heap<'_, R>, dict: Ref, key: Ref) -> Result<StackRef, Interrupt> {
    let hash = hash::hash(heap, key)?;
    heap.in_section(dict, |heap| {
        let table = open(heap, dict)?;
        match find(heap, dict, table, hash, key)? {
            Some(number) => {
                let index = table.entry(number) + 2;
                heap.runtime
                    .read(heap.me, Site::Item { owner: dict, index })
            }
            None => Ok(StackRef::NULL),
        }
    })
}

/// `dict[key] = value`, both borrowed.
///
/// # Errors
/// If the key has no hash, or there is no memory.
pub fn set<R: Runtime>(
    heap: &mut Heap<'_, R>,
    dict: Ref,
    key: Ref,
    value: Ref,
) -> Result<(), Interrupt> {
    let hash = hash::hash(heap, key)?;
    let old = heap.in_section(dict, |heap| {
        let mut table = open(heap, dict)?;
        if let Some(number) = find(heap, dict, table, hash, key)? {
            return heap.put(dict, table.entry(number) + 2, value);
        }
        if table.used == table.room() {
            table = rebuild(heap, dict, table)?;
        }
        insert(heap, dict, table, hash, |heap, entry| {
            heap.store(dict, entry + 1, 0)?;
            heap.store(dict, entry + 2, 0)?;
            heap.put(dict, entry + 1, key)?;
            heap.put(dict, entry + 2, value)
        })
    })?;
    heap.forget(old);
    Ok(())
}

/// Takes a key out; answers its value, or `NULL` if it is not there.
///
/// # Errors
/// If the key has no hash.
pub fn remove<R: Runtime>(
    heap: &mut Heap<'_, R>,
    dict: Ref,
    key: Ref,
) -> Result<StackRef, Interrupt> {
    let hash = hash::hash(heap, key)?;
    let (key, value) = heap.in_section(dict, |heap| {
        let table = open(heap, dict)?;
        let Some(number) = find(heap, dict, table, hash, key)? else {
            return Ok((StackRef::NULL, StackRef::NULL));
        };
        let mut take = |index| {
            let site = Site::Item { owner: dict, index };
            heap.runtime.swap(heap.me, site, StackRef::NULL)
        };
        let taken = (
            take(table.entry(number) + 1)?,
            take(table.entry(number) + 2)?,
        );
        let alive = table.span.index(2);
        heap.store(dict, alive, u64::from(table.alive - 1))?;
        Ok(taken)
    })?;
    heap.forget(key);
    Ok(value)
}

/// The entry from the number `next` on, and the number behind it; `None` behind the last. The dict is
/// expected to have so many.
///
/// # Errors
/// If it has more or fewer by now.
pub fn next<R: Runtime>(
    heap: &mut Heap<'_, R>,
    dict: Ref,
    next: u32,
    expected: u32,
) -> Result<Option<(StackRef, StackRef, u32)>, Interrupt> {
    heap.in_section(dict, |heap| {
        let table = open(heap, dict)?;
        if table.alive != expected {
            return Err(changed("changed size"));
        }
        for number in next..table.used {
            if let Some((key, value)) = entry(heap, dict, table, number)? {
                return Ok(Some((key, value, number + 1)));
            }
        }
        Ok(None)
    })
}

/// All keys and values at one moment.
///
/// # Errors
/// Those of the section.
pub fn entries<R: Runtime>(
    heap: &mut Heap<'_, R>,
    dict: Ref,
) -> Result<Vec<(StackRef, StackRef)>, Interrupt> {
    heap.in_section(dict, |heap| {
        let table = open(heap, dict)?;
        let mut entries = Vec::with_capacity(table.alive as usize);
        for number in 0..table.used {
            entries.extend(entry(heap, dict, table, number)?);
        }
        Ok(entries)
    })
}

/// An entry's key and value, unless it has been deleted.
fn entry<R: Runtime>(
    heap: &mut Heap<'_, R>,
    dict: Ref,
    table: Table,
    number: u32,
) -> Result<Option<(StackRef, StackRef)>, Interrupt> {
    let mut read = |index| {
        let site = Site::Item { owner: dict, index };
        heap.runtime.read(heap.me, site)
    };
    let key = read(table.entry(number) + 1)?;
    if key.is_null() {
        return Ok(None);
    }
    Ok(Some((key, read(table.entry(number) + 2)?)))
}

/// The error of a key that is not there.
#[cold]
pub fn missing<R: Runtime>(heap: &mut Heap<'_, R>, key: Ref) -> Interrupt {
    match heap.repr(key) {
        Ok(key) => Exception::raise("KeyError", key),
        Err(interrupt) => interrupt,
    }
}

fn open<R: Runtime>(heap: &mut Heap<'_, R>, dict: Ref) -> Result<Table, Interrupt> {
    let span = heap.load_span(dict)?;
    if span.length() == 0 {
        return Ok(Table::EMPTY);
    }
    Ok(Table {
        span,
        size: heap.load(dict, span.index(0))? as u32,
        used: heap.load(dict, span.index(1))? as u32,
        alive: heap.load(dict, span.index(2))? as u32,
    })
}

/// The number of the entry of that key.
fn find<R: Runtime>(
    heap: &mut Heap<'_, R>,
    dict: Ref,
    table: Table,
    hash: u64,
    key: Ref,
) -> Result<Option<u32>, Interrupt> {
    for slot in table.probes(hash) {
        let number = heap.load(dict, slot)? as u32;
        if number == 0 {
            break;
        }
        let entry = table.entry(number - 1);
        if heap.load(dict, entry)? != hash {
            continue;
        }
        let other = Ref::from_word(heap.load(dict, entry + 1)?);
        if !other.is_null() && hash::same_key(heap, key, other) {
            return Ok(Some(number - 1));
        }
    }
    Ok(None)
}

/// Adds an entry, whose key and value `fill` writes, given the place of its hash.
fn insert<R: Runtime, T>(
    heap: &mut Heap<'_, R>,
    dict: Ref,
    table: Table,
    hash: u64,
    fill: impl FnOnce(&mut Heap<'_, R>, u32) -> Result<T, Interrupt>,
) -> Result<T, Interrupt> {
    let entry = table.entry(table.used);
    heap.store(dict, entry, hash)?;
    let filled = fill(heap, entry)?;
    for slot in table.probes(hash) {
        if heap.load(dict, slot)? == 0 {
            heap.store(dict, slot, u64::from(table.used + 1))?;
            break;
        }
    }
    heap.store(dict, table.span.index(1), u64::from(table.used + 1))?;
    heap.store(dict, table.span.index(2), u64::from(table.alive + 1))?;
    Ok(filled)
}

/// Moves what is alive into a new buffer, with room for as much again (`GROWTH_RATE`).
fn rebuild<R: Runtime>(heap: &mut Heap<'_, R>, dict: Ref, old: Table) -> Result<Table, Interrupt> {
    let size = (old.alive * 3).next_power_of_two().max(SIZE_MIN);
    let words = DICT_HEAD + size + size * 2 / 3 * DICT_ENTRY;
    let span = heap.runtime.buffer(heap.me, words)?.with_length(words);
    let mut new = Table {
        span,
        size,
        used: 0,
        alive: 0,
    };
    heap.store(dict, span.index(0), u64::from(size))?;
    for offset in 1..DICT_HEAD + size {
        heap.store(dict, span.index(offset), 0)?;
    }
    for number in 0..old.used {
        let entry = old.entry(number);
        let [hash, key, value] = [0, 1, 2].map(|offset| heap.load(dict, entry + offset));
        let (hash, key, value) = (hash?, key?, value?);
        if key == 0 {
            continue;
        }
        insert(heap, dict, new, hash, |heap, entry| {
            heap.store(dict, entry + 1, key)?;
            heap.store(dict, entry + 2, value)
        })?;
        new.used += 1;
        new.alive += 1;
    }
    let payload = Site::Payload(dict);
    heap.runtime.store(heap.me, payload, span.0)?;
    heap.runtime.retire_buffer(heap.me, dict, old.span);
    Ok(new)
}
