//! What a moment of a program is, apart from where its objects happen to lie: equal keys have equal
//! futures.
//!
//! Objects are numbered in the order in which they are met from the namespace and the threads' frames
//! on. Counts are left out: they follow from who refers to what. So are free slots.

use std::cell::Cell;
use std::collections::HashMap;

use super::world::{Standing, World};
use crate::python::memory::{Kind, Memory, Ref, SHARED};
use crate::python::object::layout;

/// A moment's key: all that matters, as words.
pub(super) type Key = Box<[u64]>;

impl World {
    /// This moment's key.
    pub fn key(&self) -> Key {
        let mut writer = Writer {
            memory: self.memory(),
            fixed: self.prepared.objects,
            numbers: HashMap::new(),
            met: Vec::new(),
            words: Vec::new(),
        };
        writer.see(self.prepared.namespace);
        writer.settled(self.prepared.namespace);
        for thread in self.threads() {
            writer.words.push(match thread.standing {
                Standing::Ended => 0,
                Standing::Ready | Standing::Waiting(_) => 1,
            });
            writer.see(thread.object);
            for frame in thread.frames.calls() {
                let place = u64::from(frame.code) << 32 | u64::from(frame.next);
                writer.words.extend([place, u64::from(frame.base)]);
            }
            writer.words.push(thread.frames.stack.len() as u64);
            for value in &thread.frames.stack {
                writer.see(value.object());
            }
        }
        writer.contents();
        writer.text(self.output());
        writer.words.into_boxed_slice()
    }
}

struct Writer<'a> {
    memory: &'a Memory<Cell<u64>>,
    /// Objects up to this one were made beforehand and are told by their slot.
    fixed: u32,
    numbers: HashMap<Ref, u64>,
    met: Vec<Ref>,
    words: Vec<u64>,
}

impl Writer<'_> {
    /// Writes which object it is.
    fn see(&mut self, object: Ref) {
        if object.is_null() || object.index() as u32 <= self.fixed {
            self.words.push(object.word());
            return;
        }
        let next = self.numbers.len() as u64;
        let number = *self.numbers.entry(object).or_insert_with(|| {
            self.met.push(object);
            next
        });
        self.words.push(1 << 32 | number);
    }

    /// Has the contents of an object written that was made beforehand and can change.
    fn settled(&mut self, object: Ref) {
        self.met.push(object);
    }

    /// Writes what each object contains that was met, and so on.
    fn contents(&mut self) {
        let mut next = 0;
        while let Some(&object) = self.met.get(next) {
            next += 1;
            self.content(object);
        }
    }

    fn content(&mut self, object: Ref) {
        let memory = self.memory;
        let kind = memory.kind(object);
        self.words.push(kind as u64);
        match kind {
            Kind::Int | Kind::Float | Kind::Builtin | Kind::Module | Kind::Bool => {
                self.words.push(memory.payload(object));
            }
            // Whether somebody waits changes nothing here: who can go on is tried.
            Kind::Lock => self.words.push(u64::from(memory.payload(object) != 0)),
            Kind::Str => {
                let span = memory.span(object);
                let length = span.length();
                self.words.push(u64::from(length));
                let words = span.with_length(length.div_ceil(8));
                self.words.extend(memory.words(words).iter().map(Cell::get));
            }
            Kind::Range | Kind::RangeIterator => {
                self.words
                    .extend(memory.words(memory.span(object)).iter().map(Cell::get));
            }
            Kind::List | Kind::Tuple | Kind::Namespace => {
                self.words.push(u64::from(memory.span(object).length()));
                self.words.push(memory.slot(object)[SHARED].get());
                for word in memory.words(memory.span(object)) {
                    self.see(Ref::from_word(word.get()));
                }
            }
            Kind::Thread => {
                self.words.extend(
                    memory
                        .words(memory.span(object))
                        .iter()
                        .skip(3)
                        .map(Cell::get),
                );
                self.children(object);
            }
            Kind::Iterator => {
                self.words
                    .push(memory.payload(object) & u64::from(u32::MAX));
                self.children(object);
            }
            Kind::DictIterator => {
                let state = memory.words(memory.span(object)).iter().skip(1);
                self.words.extend(state.map(Cell::get));
                self.children(object);
            }
            Kind::Function => {
                self.words.push(memory.payload(object) >> 32);
                self.children(object);
            }
            Kind::Dict => {
                self.words.push(memory.slot(object)[SHARED].get());
                self.children(object);
                self.words.push(u64::MAX);
            }
            Kind::Method => self.children(object),
            Kind::None | Kind::Free => {}
        }
    }

    fn children(&mut self, object: Ref) {
        let mut children = Vec::new();
        layout::children(self.memory, object, |child| children.push(child));
        for child in children {
            self.see(child);
        }
    }

    fn text(&mut self, text: &str) {
        self.words.push(text.len() as u64);
        for bytes in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            self.words.push(u64::from_le_bytes(word));
        }
    }
}
