//! A bump allocator that gives nothing back but all at once.

use super::{Full, Kind, META, Memory, Meta, PAYLOAD, Ref, Span, Word};

/// What a thread allocates from, and drops as a whole. What it has dropped it uses again.
#[derive(Debug, Default)]
pub struct Arena {
    slots: Bump,
    words: Bump,
}

/// A row of chunks that is used from one end to the other.
#[derive(Debug, Default)]
struct Bump {
    /// Beginning and length of each.
    chunks: Vec<(u32, u32)>,
    /// How many of them have been begun.
    begun: usize,
    next: u32,
    end: u32,
}

impl Bump {
    /// The place of so many units in a row.
    #[inline]
    fn place(
        &mut self,
        amount: u32,
        chunk: u32,
        take: impl FnOnce(u32) -> Result<u32, Full>,
        room: usize,
    ) -> Result<u32, Full> {
        if self.end - self.next < amount {
            self.begin(amount, chunk, take, room)?;
        }
        let place = self.next;
        self.next += amount;
        Ok(place)
    }

    /// Begins a chunk that has room for so much: one that was used before, or a new one.
    #[cold]
    fn begin(
        &mut self,
        amount: u32,
        chunk: u32,
        take: impl FnOnce(u32) -> Result<u32, Full>,
        room: usize,
    ) -> Result<(), Full> {
        let spare = self.chunks[self.begun..]
            .iter()
            .position(|(_, length)| *length >= amount);
        if let Some(spare) = spare {
            self.chunks.swap(self.begun, self.begun + spare);
        } else {
            let length = amount.max(chunk);
            let start = take(length)?;
            if u64::from(start) + u64::from(length) > room as u64 {
                return Err(Full);
            }
            self.chunks.push((start, length));
            let last = self.chunks.len() - 1;
            self.chunks.swap(self.begun, last);
        }
        let (start, length) = self.chunks[self.begun];
        self.begun += 1;
        (self.next, self.end) = (start, start + length);
        Ok(())
    }

    fn drop_all(&mut self) {
        (self.begun, self.next, self.end) = (0, 0, 0);
    }

    /// How much of the chunks has been used since they were dropped, in whole chunks but for the last.
    fn used(&self) -> u64 {
        let begun = &self.chunks[..self.begun];
        let all: u64 = begun.iter().map(|(_, length)| u64::from(*length)).sum();
        all - u64::from(self.end - self.next)
    }
}

impl Arena {
    /// An object of that kind with that payload.
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
        let room = memory.slots.len();
        let take = |amount| memory.take_slots(amount);
        let index = self.slots.place(1, memory.chunk, take, room)?;
        let object = Ref::from_index(index);
        let slot = memory.slot(object);
        slot[PAYLOAD].store(payload);
        slot[META].store_release(Meta(slot[META].load()).occupied(kind).0);
        Ok(object)
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
        let room = memory.buffers.len();
        let take = |amount| memory.take_words(amount);
        let buffer = self.words.place(1 << class, memory.chunk, take, room)?;
        Ok(Span::new(buffer, class, 0))
    }

    /// Drops all that has been allocated from it, at once: nothing refers to it any more.
    pub fn drop_all(&mut self) {
        self.slots.drop_all();
        self.words.drop_all();
    }

    /// How many bytes have been allocated from it since it was dropped.
    pub fn bytes(&self) -> u64 {
        self.slots.used() * 32 + self.words.used() * 8
    }

    /// Marks all its slots as free, which dropping did not: for whoever looks at every slot.
    pub fn free_slots<W: Word>(&self, memory: &Memory<W>) {
        for (start, length) in &self.slots.chunks {
            for index in *start..*start + *length {
                let meta = &memory.slot(Ref::from_index(index))[META];
                meta.store(Meta(meta.load()).freed().0);
            }
        }
    }
}
