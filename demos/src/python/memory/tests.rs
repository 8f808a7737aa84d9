use std::cell::Cell;
use std::sync::atomic::AtomicU64;

use super::{Allocator, Full, Kind, Memory, Ref, Size, Span, StackRef};

#[test]
fn a_freed_slot_comes_back_in_its_next_generation() {
    let memory = Memory::<AtomicU64>::new(Size::SMALL);
    let mut mine = Allocator::default();
    let first = mine.slot(&memory, Kind::Int, 7).unwrap();
    assert_eq!((memory.kind(first), memory.payload(first)), (Kind::Int, 7));
    mine.free_slot(&memory, first);
    assert_eq!(memory.kind(first), Kind::Free);
    let second = mine.slot(&memory, Kind::Lock, 0).unwrap();
    assert_eq!(first, second);
    assert_eq!(memory.meta(second).generation(), 1);
    assert_eq!((mine.allocated(), mine.freed()), (2, 1));
}

#[test]
fn a_full_memory_says_so() {
    let memory = Memory::<AtomicU64>::new(Size {
        slots: 10,
        words: 16,
        chunk: 4,
    });
    let mut mine = Allocator::default();
    let slots = (0..20).map_while(|_| mine.slot(&memory, Kind::Int, 0).ok());
    assert_eq!(slots.count(), 9);
    assert_eq!(mine.slot(&memory, Kind::Int, 0), Err(Full));
    let buffer = mine.buffer(&memory, 5).unwrap();
    assert_eq!((buffer.capacity(), buffer.length()), (8, 0));
    assert_eq!(mine.buffer(&memory, 8), Err(Full));
    mine.free_buffer(buffer);
    assert_eq!(mine.buffer(&memory, 8), Ok(buffer));
}

#[test]
fn small_buffers_are_cut_out_of_a_large_one_when_there_is_nothing_else() {
    let memory = Memory::<AtomicU64>::new(Size {
        slots: 10,
        words: 9,
        chunk: 4,
    });
    let mut mine = Allocator::default();
    let whole = mine.buffer(&memory, 8).unwrap();
    mine.free_buffer(whole);
    let parts = [2, 1, 4, 1].map(|words| mine.buffer(&memory, words).unwrap());
    let mut places = parts.map(|part| (part.buffer() - whole.buffer(), part.capacity()));
    places.sort_unstable();
    assert_eq!(places, [(0, 2), (2, 1), (3, 1), (4, 4)]);
    assert_eq!(mine.buffer(&memory, 1), Err(Full));
}

#[test]
fn threads_share_no_cache_line_at_the_ends_of_their_chunks() {
    let memory = Memory::<AtomicU64>::new(Size::of_bytes(1 << 20));
    let [first, second] = [0, 1].map(|_| {
        let mut mine = Allocator::default();
        let slot = mine.slot(&memory, Kind::Int, 0).unwrap();
        let buffer = mine.buffer(&memory, 1).unwrap();
        (slot.index() as u32, buffer.buffer())
    });
    let (chunk, between) = (
        memory.size().chunk,
        [second.0 - first.0, second.1 - first.1],
    );
    assert_eq!(between, [chunk + 2, chunk + 8]);
}

#[test]
fn two_threads_take_different_chunks() {
    let memory = Memory::<AtomicU64>::new(Size::SMALL);
    let (mut a, mut b) = (Allocator::default(), Allocator::default());
    let of_a: Vec<_> = (0..20).map(|_| a.slot(&memory, Kind::Int, 0)).collect();
    let of_b: Vec<_> = (0..20).map(|_| b.slot(&memory, Kind::Int, 0)).collect();
    assert!(of_a.iter().all(|slot| !of_b.contains(slot)));
}

#[test]
fn a_plain_memory_can_be_copied() {
    let memory = Memory::<Cell<u64>>::new(Size::SMALL);
    let object = Allocator::default().slot(&memory, Kind::Int, 1).unwrap();
    let copy = memory.clone();
    memory.slot(object)[super::PAYLOAD].set(2);
    assert_eq!((memory.payload(object), copy.payload(object)), (2, 1));
}

#[test]
fn spans_and_references_keep_their_parts() {
    let span = Span::new(u32::MAX, 26, 5);
    assert_eq!(
        (span.buffer(), span.class(), span.length()),
        (u32::MAX, 26, 5)
    );
    assert_eq!(span.with_length(9), Span::new(u32::MAX, 26, 9));
    assert_eq!(Span::EMPTY.capacity(), 0);
    let object = Ref::from_index(StackRef::SLOTS_MAX - 1);
    for (value, counted) in [
        (StackRef::counted(object), true),
        (StackRef::uncounted(object), false),
    ] {
        assert_eq!((value.is_counted(), value.is_null()), (counted, false));
        assert_eq!(value.object(), object);
    }
    assert!(!StackRef::NULL.is_counted() && StackRef::NULL.is_null());
}
