//! A collector that stops the world, marks what is reachable and sweeps the rest: for runtimes that
//! count nothing.
//!
//! It collects when as much has been allocated since the last collection as was alive then, but not
//! before a minimum (the rule of Go's collector with its default setting), and before the memory is full.
//! What is swept goes into a stock from which threads take their share when they have used up theirs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::lock;
use super::world::World;
use crate::python::interpreter::Frames;
use crate::python::memory::{Allocator, Full, Kind, Memory, Ref, Size, Span, Word};
use crate::python::object::layout;

/// The bytes of a slot.
const SLOT_BYTES: u64 = 32;
/// The bytes of a word of the buffers.
const WORD_BYTES: u64 = 8;
const MIB: f64 = 1_048_576.0;

/// The collector of a memory.
pub(super) struct Collector {
    pub(super) world: World,
    heap_bytes_min: u64,
    /// What has been allocated since the last collection, in whole shares.
    allocated_bytes: AtomicU64,
    /// When the next one comes.
    allocated_bytes_max: AtomicU64,
    /// Objects that are never collected.
    permanent: Mutex<Vec<Ref>>,
    stock: Mutex<Stock>,
    tally: Mutex<Tally>,
}

/// What is free, and what will be when the world stands still.
#[derive(Default)]
struct Stock {
    free: Allocator,
    /// Buffers whose objects have others by now.
    retired: Vec<Span>,
}

/// What has been counted.
#[derive(Default)]
struct Tally {
    collections: u32,
    paused: Duration,
    pause_max: Duration,
    bytes_alive: u64,
    bytes_before_max: u64,
    bytes_after_max: u64,
}

/// A thread's share of a collected heap.
pub(super) struct Member {
    pub(super) number: u32,
    pub(super) allocator: Allocator,
    retired: Vec<Span>,
}

impl Collector {
    /// Of a memory of that size.
    pub(super) fn new(size: Size, heap_bytes_min: u64) -> Self {
        Self {
            world: World::default(),
            heap_bytes_min,
            allocated_bytes: AtomicU64::new(0),
            allocated_bytes_max: AtomicU64::new(budget(size, heap_bytes_min, [0, 0])),
            permanent: Mutex::default(),
            stock: Mutex::default(),
            tally: Mutex::default(),
        }
    }

    /// Keeps an object, and all that it refers to.
    pub(super) fn keep(&self, object: Ref) {
        lock(&self.permanent).push(object);
    }

    /// A thread begins.
    pub(super) fn enter(&self, number: u32, allocator: Allocator) -> Member {
        self.world.enter();
        Member {
            number,
            allocator,
            retired: Vec::new(),
        }
    }

    /// A thread ends.
    pub(super) fn leave(&self, mut member: Member) -> Allocator {
        lock(&self.stock).retired.append(&mut member.retired);
        self.world.leave(member.number);
        member.allocator
    }

    /// A safe point at which the world is wanted to stand still.
    #[cold]
    pub(super) fn stop<W: Word>(&self, memory: &Memory<W>, member: &mut Member, frames: &Frames) {
        lock(&self.stock).retired.append(&mut member.retired);
        let began = Instant::now();
        self.world.stop(member.number, frames, |roots| {
            let before =
                lock(&self.tally).bytes_alive + self.allocated_bytes.load(Ordering::Relaxed);
            let after = self.collect(memory, roots);
            let mut tally = lock(&self.tally);
            let paused = began.elapsed();
            tally.collections += 1;
            tally.paused += paused;
            tally.pause_max = tally.pause_max.max(paused);
            tally.bytes_alive = after;
            tally.bytes_before_max = tally.bytes_before_max.max(before);
            tally.bytes_after_max = tally.bytes_after_max.max(after);
        });
    }

    /// The last collection, when there is one thread left and nothing to be kept for the program.
    pub(super) fn conclude<W: Word>(&self, memory: &Memory<W>) {
        self.collect(memory, Vec::new());
    }

    // --- Allocation ---

    /// A new object.
    #[inline]
    pub(super) fn slot<W: Word>(
        &self,
        memory: &Memory<W>,
        member: &mut Member,
        kind: Kind,
        payload: u64,
    ) -> Result<Ref, Full> {
        if !member.allocator.has_slot() {
            self.share_slots(memory.size().chunk, member);
        }
        member.allocator.slot(memory, kind, payload)
    }

    /// A buffer with room for so many words.
    pub(super) fn buffer<W: Word>(
        &self,
        memory: &Memory<W>,
        member: &mut Member,
        words: u32,
    ) -> Result<Span, Full> {
        if words > 0 && words <= Span::LENGTH_MAX && !member.allocator.has_buffer(words) {
            self.share_buffers(memory.size().chunk, member, words);
        }
        let buffer = member.allocator.buffer(memory, words);
        buffer.or_else(|full| lock(&self.stock).free.split_buffer(words).ok_or(full))
    }

    /// A buffer in which readers may still be until the world stands still.
    pub(super) fn retire(member: &mut Member, buffer: Span) {
        member.retired.push(buffer);
    }

    /// How many buffers a thread has retired since the world last stood still.
    pub(super) fn retired(member: &Member) -> usize {
        member.retired.len()
    }

    /// Takes back that a thread has retired those after the first so many.
    pub(super) fn unretire(member: &mut Member, first: usize) {
        member.retired.truncate(first);
    }

    #[cold]
    fn share_slots(&self, chunk: u32, member: &mut Member) {
        self.count(u64::from(chunk) * SLOT_BYTES);
        let free = &mut lock(&self.stock).free;
        member.allocator.take_slots(free, chunk as usize);
    }

    #[cold]
    fn share_buffers(&self, chunk: u32, member: &mut Member, words: u32) {
        let share = chunk.max(words.next_power_of_two());
        self.count(u64::from(share) * WORD_BYTES);
        let free = &mut lock(&self.stock).free;
        member.allocator.take_buffers(free, words, chunk);
    }

    fn count(&self, bytes: u64) {
        let all = self.allocated_bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if all >= self.allocated_bytes_max.load(Ordering::Relaxed) {
            self.world.want();
        }
    }

    // --- Collecting ---

    /// Frees what is reached neither from these objects nor from the permanent ones. Answers how many
    /// bytes are alive.
    fn collect<W: Word>(&self, memory: &Memory<W>, roots: Vec<Ref>) -> u64 {
        let mut marks = Marks::new(memory.taken().len());
        marks.mark(memory, roots);
        marks.mark(memory, lock(&self.permanent).iter().copied());
        let alive = sweep(memory, &marks, &mut lock(&self.stock));
        let next = budget(memory.size(), self.heap_bytes_min, alive);
        self.allocated_bytes.store(0, Ordering::Relaxed);
        self.allocated_bytes_max.store(next, Ordering::Relaxed);
        alive.iter().sum()
    }

    /// What was counted; the last collection, after the program, is not among it.
    pub(super) fn counters(&self) -> Vec<(String, f64)> {
        let tally = lock(&self.tally);
        let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
        [
            ("collections", f64::from(tally.collections)),
            ("pause_ms_total", ms(tally.paused)),
            ("pause_ms_max", ms(tally.pause_max)),
            ("heap_mib_before_max", tally.bytes_before_max as f64 / MIB),
            ("heap_mib_after_max", tally.bytes_after_max as f64 / MIB),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}

/// How much may be allocated before the next collection, with so many bytes of slots and of buffers alive.
fn budget(size: Size, heap_bytes_min: u64, alive: [u64; 2]) -> u64 {
    let all = [
        u64::from(size.slots) * SLOT_BYTES,
        u64::from(size.words) * WORD_BYTES,
    ];
    let slots_free = all[0].saturating_sub(alive[0]);
    let words_free = all[1].saturating_sub(alive[1]);
    let next = (alive[0] + alive[1]).max(heap_bytes_min);
    next.min(slots_free.min(words_free) / 2)
}

/// Frees all objects without a mark; answers how many bytes of slots and of buffers the others have.
fn sweep<W: Word>(memory: &Memory<W>, marks: &Marks, stock: &mut Stock) -> [u64; 2] {
    let [mut slots, mut words] = [0, 0];
    // The last first: threads take from the end, so that neighbours come together.
    for object in memory.taken().rev() {
        if memory.is(object, Kind::Free) {
            continue;
        }
        let buffer = layout::buffer(memory, object);
        if marks.has(object) {
            slots += SLOT_BYTES;
            words += u64::from(buffer.capacity()) * WORD_BYTES;
        } else {
            stock.free.free_buffer(buffer);
            stock.free.free_slot(memory, object);
        }
    }
    for buffer in stock.retired.drain(..) {
        stock.free.free_buffer(buffer);
    }
    [slots, words]
}

/// Which objects have been reached: a bit each.
struct Marks {
    bits: Vec<u64>,
    /// Those whose own references have not been followed yet.
    grey: Vec<Ref>,
}

impl Marks {
    fn new(objects: usize) -> Self {
        Self {
            bits: vec![0; objects / 64 + 1],
            grey: Vec::new(),
        }
    }

    fn has(&self, object: Ref) -> bool {
        self.bits[object.index() / 64] & (1 << (object.index() % 64)) != 0
    }

    fn see(&mut self, object: Ref) {
        if !self.has(object) {
            self.bits[object.index() / 64] |= 1 << (object.index() % 64);
            self.grey.push(object);
        }
    }

    fn mark<W: Word>(&mut self, memory: &Memory<W>, roots: impl IntoIterator<Item = Ref>) {
        for root in roots {
            self.see(root);
        }
        while let Some(object) = self.grey.pop() {
            layout::children(memory, object, |child| self.see(child));
        }
    }
}
