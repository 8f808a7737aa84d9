//! What a thread keeps to allocate without asking others: free lists, and the rest of its chunk.
//!
//! A thread takes chunks of slots and of words from the memory's bump counters, and keeps what it
//! frees in lists of its own, whoever allocated it. Buffers come in sizes of powers of two.

use super::{Full, Kind, META, Memory, Meta, Ref, Span, Word};

/// A list of free buffers for each power of two.
const CLASSES: usize = 28;

/// A thread's share of the memory. Never used by two threads at once.
#[derive(Clone, Debug, Default)]
pub struct Allocator {
    slots: Vec<u32>,
    slots_next: u32,
    slots_end: u32,
    buffers: [Vec<u32>; CLASSES],
    words_next: u32,
    words_end: u32,
    allocated: u64,
    freed: u64,
    /// Objects without references whose contents have not been given back yet: see
    /// `object::dispose`, which works through them so that a long chain needs no deep stack.
    pub(crate) doomed: Vec<Ref>,
    /// Whether `object::dispose` is at work further up.
    pub(crate) disposing: bool,
}

impl Allocator {
    /// An object of that kind with that payload. Its count is the runtime's to set.
    ///
    /// # Errors
    /// If the memory is full.
    #[inline]
    pub fn slot<W: Word>(
        &mut self,
        memory: &Memory<W>,
        kind: Kind,
        payload: u64,
    ) -> Result<Ref, Full> {
        let index = match self.slots.pop() {
            Some(index) => index,
            None => self.fresh_slot(memory)?,
        };
        self.allocated += 1;
        let object = Ref::from_index(index);
        let slot = memory.slot(object);
        slot[super::PAYLOAD].store(payload);
        slot[META].store_release(Meta(slot[META].load()).occupied(kind).0);
        Ok(object)
    }

    /// Gives a slot back. Its buffer must have been given back before.
    #[inline]
    pub fn free_slot<W: Word>(&mut self, memory: &Memory<W>, object: Ref) {
        let meta = &memory.slot(object)[META];
        meta.store_release(Meta(meta.load()).freed().0);
        self.freed += 1;
        self.slots.push(object.index() as u32);
    }

    /// A buffer with room for so many words, which may hold anything; its length is 0.
    ///
    /// # Errors
    /// If the memory is full.
    pub fn buffer<W: Word>(&mut self, memory: &Memory<W>, words: u32) -> Result<Span, Full> {
        if words == 0 {
            return Ok(Span::EMPTY);
        }
        if words > Span::LENGTH_MAX {
            return Err(Full);
        }
        let class = words.next_power_of_two().trailing_zeros();
        if let Some(buffer) = self.buffers[class as usize].pop() {
            return Ok(Span::new(buffer, class, 0));
        }
        match self.fresh_buffer(memory, 1 << class) {
            Ok(buffer) => Ok(Span::new(buffer, class, 0)),
            Err(full) => self.split_buffer(words).ok_or(full),
        }
    }

    /// A buffer cut out of a larger free one, for when there is no fresh memory; the rest of it stays
    /// free.
    pub fn split_buffer(&mut self, words: u32) -> Option<Span> {
        let class = words.next_power_of_two().trailing_zeros();
        let mut larger = (class + 1..CLASSES as u32)
            .find(|larger| !self.buffers[*larger as usize].is_empty())?;
        let buffer = self.buffers[larger as usize].pop()?;
        while larger > class {
            larger -= 1;
            self.buffers[larger as usize].push(buffer + (1 << larger));
        }
        Some(Span::new(buffer, class, 0))
    }

    /// Gives a buffer back.
    pub fn free_buffer(&mut self, span: Span) {
        if span.buffer() != 0 {
            self.buffers[span.class() as usize].push(span.buffer());
        }
    }

    /// Whether the next slot is the thread's own already.
    #[inline]
    pub fn has_slot(&self) -> bool {
        !self.slots.is_empty() || self.slots_next < self.slots_end
    }

    /// Whether the next buffer for so many words is the thread's own already.
    pub fn has_buffer(&self, words: u32) -> bool {
        let room = words.next_power_of_two();
        let class = room.trailing_zeros() as usize;
        self.words_end - self.words_next >= room
            || self.buffers.get(class).is_none_or(|list| !list.is_empty())
    }

    /// Takes at most so many free slots from a common stock.
    pub fn take_slots(&mut self, stock: &mut Self, most: usize) {
        take_last(&mut self.slots, &mut stock.slots, most);
    }

    /// Takes free buffers for so many words from a common stock: at most so many words of them, or one.
    pub fn take_buffers(&mut self, stock: &mut Self, words: u32, words_max: u32) {
        let class = words.next_power_of_two().trailing_zeros();
        let (mine, its) = (&mut self.buffers, &mut stock.buffers);
        if let (Some(mine), Some(its)) = (mine.get_mut(class as usize), its.get_mut(class as usize))
        {
            take_last(mine, its, (words_max >> class).max(1) as usize);
        }
    }

    /// How many objects this thread has allocated.
    pub fn allocated(&self) -> u64 {
        self.allocated
    }

    /// How many objects this thread has freed.
    pub fn freed(&self) -> u64 {
        self.freed
    }

    /// Takes over what a thread that has ended kept.
    pub fn adopt(&mut self, other: Self) {
        self.slots.extend(other.slots);
        self.slots.extend(other.slots_next..other.slots_end);
        for (mine, its) in self.buffers.iter_mut().zip(other.buffers) {
            mine.extend(its);
        }
        self.allocated += other.allocated;
        self.freed += other.freed;
    }

    #[cold]
    fn fresh_slot<W: Word>(&mut self, memory: &Memory<W>) -> Result<u32, Full> {
        if self.slots_next == self.slots_end {
            let start = memory.take_slots(memory.chunk)?;
            let end = u64::from(start) + u64::from(memory.chunk);
            (self.slots_next, self.slots_end) = (start, end.min(memory.slots.len() as u64) as u32);
        }
        let index = self.slots_next;
        self.slots_next += 1;
        Ok(index)
    }

    #[cold]
    fn fresh_buffer<W: Word>(&mut self, memory: &Memory<W>, words: u32) -> Result<u32, Full> {
        let room = memory.buffers.len();
        if words >= memory.chunk {
            let start = memory.take_words(words)?;
            let fits = u64::from(start) + u64::from(words) <= room as u64;
            return if fits { Ok(start) } else { Err(Full) };
        }
        if self.words_end - self.words_next < words {
            let start = memory.take_words(memory.chunk)?;
            let end = u64::from(start) + u64::from(memory.chunk);
            if end > room as u64 {
                return Err(Full);
            }
            (self.words_next, self.words_end) = (start, end as u32);
        }
        let buffer = self.words_next;
        self.words_next += words;
        Ok(buffer)
    }
}

fn take_last(mine: &mut Vec<u32>, stock: &mut Vec<u32>, most: usize) {
    let rest = stock.len().saturating_sub(most);
    mine.extend(stock.drain(rest..));
}
