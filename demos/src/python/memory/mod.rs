//! The memory that every runtime shares: slots for objects, buffers for what they contain.
//!
//! There are no pointers and no `unsafe`: a reference is the index of a slot. A slot stays a slot
//! for good and its generation rises when it is freed, so that a reader who comes too late reads
//! something stale, never something else's memory. Nothing here counts references, takes locks or
//! knows what an object means.
//!
//! A slot is four words of 64 bits: [`COUNT`] and [`SHARED`] belong to the runtime, [`META`] says what
//! the object is, [`PAYLOAD`] holds its value or a [`Span`] of the buffers. `i64` and `f64` fit in
//! the payload; strings, and the items of tuples, lists and dicts, lie in a buffer.

mod allocator;
mod arena;
mod kind;
mod reference;
mod word;

#[cfg(test)]
mod tests;

pub use allocator::Allocator;
pub use arena::Arena;
pub use kind::{Kind, Meta};
pub use reference::{Ref, Site, Span, StackRef};
pub use word::Word;

/// A slot's first word: the runtime's count of references.
pub const COUNT: usize = 0;
/// A slot's second word: the runtime's too, for what the first does not hold.
pub const SHARED: usize = 1;
/// A slot's third word: a [`Meta`].
pub const META: usize = 2;
/// A slot's fourth word: the value, or the [`Span`] where it lies.
pub const PAYLOAD: usize = 3;

/// How large a memory is. It is mapped as it is touched: what is not used costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How many objects there can be.
    pub slots: u32,
    /// How many words of buffers.
    pub words: u32,
    /// How many slots, or words of small buffers, a thread takes at once: so many that threads
    /// don't share cache lines by accident.
    pub chunk: u32,
}

impl Size {
    /// For a program that runs within so many bytes: half for slots, half for buffers.
    pub fn of_bytes(bytes: u64) -> Self {
        let half = bytes / 2;
        Self {
            slots: u32::try_from(half / 32).map_or(StackRef::SLOTS_MAX, |slots| {
                slots.clamp(Self::SMALL.slots, StackRef::SLOTS_MAX)
            }),
            words: u32::try_from(half / 8).unwrap_or(u32::MAX),
            chunk: 512,
        }
    }

    /// For a small program whose memory is copied at each step.
    pub const SMALL: Self = Self {
        slots: 2048,
        words: 8192,
        chunk: 8,
    };
}

/// All objects of a run.
#[derive(Clone)]
pub struct Memory<W> {
    slots: Box<[[W; 4]]>,
    buffers: Box<[W]>,
    /// The first slot that no thread has taken.
    slots_taken: W,
    /// The first word of the buffers that no thread has taken.
    words_taken: W,
    chunk: u32,
}

impl<W: Word> Memory<W> {
    /// An empty memory. Slot 0 and word 0 stay unused: they mean "nothing".
    pub fn new(size: Size) -> Self {
        let taken = |chunk: u32| {
            let word = W::default();
            word.store(u64::from(chunk));
            word
        };
        Self {
            slots: bytemuck::zeroed_slice_box(size.slots as usize),
            buffers: bytemuck::zeroed_slice_box(size.words as usize),
            slots_taken: taken(1),
            words_taken: taken(1),
            chunk: size.chunk,
        }
    }

    /// How large it is.
    pub fn size(&self) -> Size {
        Size {
            slots: self.slots.len() as u32,
            words: self.buffers.len() as u32,
            chunk: self.chunk,
        }
    }

    /// The words of an object's slot.
    #[inline]
    pub fn slot(&self, object: Ref) -> &[W; 4] {
        &self.slots[object.index()]
    }

    /// A word of the buffers.
    #[inline]
    pub fn word(&self, index: u32) -> &W {
        &self.buffers[index as usize]
    }

    /// The words of a span.
    #[inline]
    pub fn words(&self, span: Span) -> &[W] {
        let start = span.buffer() as usize;
        &self.buffers[start..start + span.length() as usize]
    }

    /// All words that a buffer has room for.
    pub fn room(&self, span: Span) -> &[W] {
        self.words(span.with_length(span.capacity()))
    }

    /// The word at a site.
    #[inline]
    pub fn at(&self, site: Site) -> &W {
        match site {
            Site::Payload(object) => &self.slot(object)[PAYLOAD],
            Site::Item { index, .. } => self.word(index),
        }
    }

    /// What the object is.
    #[inline]
    pub fn meta(&self, object: Ref) -> Meta {
        Meta(self.slot(object)[META].load())
    }

    /// Whether the object is of that kind.
    #[inline]
    pub fn is(&self, object: Ref, kind: Kind) -> bool {
        self.meta(object).is(kind)
    }

    /// The object's kind.
    pub fn kind(&self, object: Ref) -> Kind {
        self.meta(object).kind()
    }

    /// The object's payload, of one that doesn't change.
    #[inline]
    pub fn payload(&self, object: Ref) -> u64 {
        self.slot(object)[PAYLOAD].load()
    }

    /// The object's payload as a span.
    #[inline]
    pub fn span(&self, object: Ref) -> Span {
        Span(self.slot(object)[PAYLOAD].load_acquire())
    }

    /// Every slot that a thread has taken so far, used or not: for the census and for collectors.
    pub fn taken(&self) -> impl DoubleEndedIterator<Item = Ref> + ExactSizeIterator + use<W> {
        let end = self.slots_taken.load().min(self.slots.len() as u64);
        (1..end as u32).map(Ref::from_index)
    }

    /// The bytes of slots and buffers that threads have taken so far.
    pub fn bytes_taken(&self) -> u64 {
        let slots = self.slots_taken.load().min(self.slots.len() as u64);
        let words = self.words_taken.load().min(self.buffers.len() as u64);
        slots * 32 + words * 8
    }
}

/// There is no memory left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;
