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
    chunk: u32,
    taken: Box<Taken<W>>,
}

/// How far threads have taken what there is. In cache lines of its own: threads read what is beside it at
/// every step.
#[derive(Clone)]
#[repr(align(128))]
struct Taken<W> {
    /// The first slot that no thread has taken.
    slots: W,
    /// The first word of the buffers that no thread has taken.
    words: W,
}

impl<W: Word> Memory<W> {
    /// An empty memory. Slot 0 and word 0 stay unused: they mean "nothing".
    pub fn new(size: Size) -> Self {
        let first = || {
            let word = W::default();
            word.store(1);
            word
        };
        Self {
            slots: bytemuck::zeroed_slice_box(size.slots as usize),
            buffers: bytemuck::zeroed_slice_box(size.words as usize),
            chunk: size.chunk,
            taken: Box::new(Taken {
                slots: first(),
                words: first(),
            }),
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

    /// Takes so many slots in a row; the first of them. A chunk is followed by a cache line that nobody
    /// uses, so that no line is shared, wherever in a line the memory begins.
    fn take_slots(&self, amount: u32) -> Result<u32, Full> {
        take(
            &self.taken.slots,
            amount,
            self.chunk / 256,
            self.slots.len(),
        )
    }

    /// Takes so many words in a row; the first of them.
    fn take_words(&self, amount: u32) -> Result<u32, Full> {
        take(
            &self.taken.words,
            amount,
            self.chunk / 64,
            self.buffers.len(),
        )
    }

    /// Every slot that a thread has taken so far, used or not: for the census and for collectors.
    pub fn taken(&self) -> impl DoubleEndedIterator<Item = Ref> + ExactSizeIterator + use<W> {
        let end = self.taken.slots.load().min(self.slots.len() as u64);
        (1..end as u32).map(Ref::from_index)
    }

    /// The bytes of slots and buffers that threads have taken so far.
    pub fn bytes_taken(&self) -> u64 {
        let slots = self.taken.slots.load().min(self.slots.len() as u64);
        let words = self.taken.words.load().min(self.buffers.len() as u64);
        slots * 32 + words * 8
    }
}

/// Moves a bump counter on, by an amount and a gap behind it. It never moves back, not even when there is no
/// room left: it is 64 bits wide and has none to lose.
fn take<W: Word>(counter: &W, amount: u32, gap: u32, room: usize) -> Result<u32, Full> {
    let start = counter.fetch_add(u64::from(amount) + u64::from(gap));
    match u32::try_from(start) {
        Ok(start) if (start as usize) < room => Ok(start),
        _ => Err(Full),
    }
}

/// There is no memory left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;
