//! Strings: UTF-8, eight bytes to a word. They never change.

use super::Heap;
use crate::python::interpreter::Interrupt;
use crate::python::memory::{Kind, Memory, Ref, StackRef, Word};
use crate::python::runtime::Runtime;

impl<R: Runtime> Heap<'_, R> {
    /// A string.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn string(&mut self, text: &str) -> Result<StackRef, Interrupt> {
        let words = text.len().div_ceil(8) as u32;
        let span = self.runtime.buffer(self.me, words)?;
        for (chunk, index) in text.as_bytes().chunks(8).zip(span.buffer()..) {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            self.memory().word(index).store(u64::from_le_bytes(bytes));
        }
        self.object_of_span(Kind::Str, span.with_length(text.len() as u32))
    }

    /// The text of a string.
    pub fn text(&self, object: Ref) -> String {
        text(self.memory(), object)
    }
}

/// The text of a string.
pub fn text<W: Word>(memory: &Memory<W>, object: Ref) -> String {
    let span = memory.span(object);
    let length = span.length() as usize;
    let words = span.with_length(length.div_ceil(8) as u32);
    let mut bytes: Vec<u8> = memory
        .words(words)
        .iter()
        .flat_map(|word| word.load().to_le_bytes())
        .collect();
    bytes.truncate(length);
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into())
}

/// The character of a string at a byte, if there is one.
pub fn character<W: Word>(memory: &Memory<W>, object: Ref, at: u32) -> Option<char> {
    /// The most bytes of a character.
    const BYTES: u32 = 4;
    let span = memory.span(object);
    let bytes: Vec<u8> = (at..span.length().min(at + BYTES))
        .map(|at| memory.word(span.index(at / 8)).load().to_le_bytes()[at as usize % 8])
        .collect();
    let valid = bytes.utf8_chunks().next()?.valid();
    valid.chars().next()
}

/// How many characters a string has.
pub fn length<W: Word>(memory: &Memory<W>, object: Ref) -> usize {
    text(memory, object).chars().count()
}
