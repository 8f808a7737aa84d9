//! Which references an object holds and which buffer is its own: for giving it back, for collectors
//! and for whoever draws the heap. It only reads, and counts nothing.

use crate::python::memory::{Kind, Memory, Ref, Span, Word};

/// A dict's buffer begins with these words: size of its table, entries used, entries alive. The table
/// follows, then the entries of [`DICT_ENTRY`] words: hash, key, value.
pub(crate) const DICT_HEAD: u32 = 3;
/// Words of an entry.
pub(crate) const DICT_ENTRY: u32 = 3;

/// Words of a thread object: see `object/thread.rs`. The first three are references.
pub const THREAD_WORDS: u32 = 4;
const THREAD_REFERENCES: u32 = 3;

/// Calls `visit` with every object that this one refers to.
pub fn children<W: Word>(memory: &Memory<W>, object: Ref, mut visit: impl FnMut(Ref)) {
    let mut see = |word: u64| {
        let child = Ref::from_word(word);
        if !child.is_null() {
            visit(child);
        }
    };
    match memory.kind(object) {
        Kind::Tuple | Kind::List | Kind::Namespace => {
            for word in memory.words(memory.span(object)) {
                see(word.load());
            }
        }
        Kind::Thread => {
            for word in memory.words(memory.span(object).with_length(THREAD_REFERENCES)) {
                see(word.load());
            }
        }
        Kind::Dict => {
            for entry in entries(memory, memory.span(object)) {
                see(entry[1].load());
                see(entry[2].load());
            }
        }
        Kind::DictIterator => see(memory.word(memory.span(object).buffer()).load()),
        Kind::Function => see(memory.payload(object)),
        Kind::Method => {
            see(memory.payload(object));
            see(memory.payload(object) >> 32);
        }
        Kind::Iterator => see(memory.payload(object) >> 32),
        Kind::Free
        | Kind::None
        | Kind::Bool
        | Kind::Int
        | Kind::Float
        | Kind::Str
        | Kind::Range
        | Kind::RangeIterator
        | Kind::Builtin
        | Kind::Module
        | Kind::Lock => {}
    }
}

/// The buffer that belongs to the object alone; empty if it has none.
pub fn buffer<W: Word>(memory: &Memory<W>, object: Ref) -> Span {
    match memory.kind(object) {
        Kind::Str
        | Kind::Tuple
        | Kind::List
        | Kind::Dict
        | Kind::Range
        | Kind::RangeIterator
        | Kind::DictIterator
        | Kind::Namespace
        | Kind::Thread => memory.span(object),
        _ => Span::EMPTY,
    }
}

/// A dict's entries in the order of insertion; those with a null key have been deleted.
fn entries<W: Word>(memory: &Memory<W>, dict: Span) -> impl Iterator<Item = &[W]> {
    let words = memory.words(dict);
    let (start, used) = match words {
        [size, used, ..] => (
            (u64::from(DICT_HEAD) + size.load()) as usize,
            used.load() as usize,
        ),
        _ => (words.len(), 0),
    };
    words[start..].chunks_exact(DICT_ENTRY as usize).take(used)
}
