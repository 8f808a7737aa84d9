//! Every runtime with threads of its own, without an interpreter: threads read and replace the items of
//! one list as fast as they can. No item is anything but what was put there, and nothing is left.

mod mutexes;
mod parallel_contexts;
mod programs;
mod tracing;
mod transactions;

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Barrier};
use std::thread;

use super::*;
use crate::python::lab::{Census, Hooks};
use crate::python::memory::{PAYLOAD, Size};

const ROUNDS: u64 = 50_000;
const THREADS: u32 = 4;
const ITEMS: u32 = 3;

const SIZE: Size = Size {
    slots: 1 << 16,
    words: 1 << 16,
    chunk: 64,
};

fn new_int<R: Runtime>(runtime: &R, me: &mut R::Local, value: u64) -> StackRef {
    StackRef::counted(runtime.allocate(me, Kind::Int, value).unwrap())
}

fn new_list<R: Runtime>(runtime: &R, me: &mut R::Local) -> Ref {
    let span = runtime.buffer(me, ITEMS).unwrap().with_length(ITEMS);
    for index in 0..ITEMS {
        let item = new_int(runtime, me, 1_000 + u64::from(index));
        let item = runtime.to_memory(me, item);
        runtime.memory().word(span.index(index)).store(item.word());
    }
    runtime.allocate(me, Kind::List, span.0).unwrap()
}

/// Reads an item, then puts another in its place.
fn round<R: Runtime>(runtime: &R, me: &mut R::Local, list: Ref, round: u64) {
    let index = (round % u64::from(ITEMS)) as u32;
    let item = runtime.item(me, list, index).unwrap();
    let memory = runtime.memory();
    assert!(
        memory.is(item.object(), Kind::Int),
        "{:?}",
        memory.kind(item.object())
    );
    assert_eq!(
        memory.slot(item.object())[PAYLOAD].load() % 1_000,
        u64::from(index)
    );
    runtime.forget(me, item);
    if !round.is_multiple_of(4) {
        return;
    }
    let new = new_int(runtime, me, 1_000 * round + u64::from(index));
    let site = Site::Item {
        owner: list,
        index: memory.span(list).index(index),
    };
    let old = section(runtime, me, [list, Ref::NULL], |me| {
        runtime.swap(me, site, new)
    })
    .unwrap();
    runtime.forget(me, old);
}

/// Lets threads do their rounds, and counts what is left in the end.
fn left<R: Runtime<Word = AtomicU64> + Sync>(runtime: &R) -> u64 {
    let mut main = runtime.enter(0, Allocator::default());
    let list = new_list(runtime, &mut main);
    let frames = Frames {
        stack: vec![StackRef::counted(list)],
        ..Frames::default()
    };
    let start = Barrier::new(THREADS as usize);
    runtime.blocking(&mut main, &frames, || {
        thread::scope(|scope| {
            for number in 1..=THREADS {
                let (frames, start) = (&frames, &start);
                scope.spawn(move || {
                    start.wait();
                    let mut me = runtime.enter(number, Allocator::default());
                    for number in 0..ROUNDS {
                        round(runtime, &mut me, list, number);
                        runtime.safe_point(&mut me, frames).unwrap();
                    }
                    runtime.leave(me);
                });
            }
        });
    });
    runtime.decrement(&mut main, list);
    runtime.conclude(&mut main);
    runtime.leave(main);
    Census::of(runtime.memory(), Ref::from_index(1)).total()
}

#[test]
fn nothing_is_left_and_nothing_is_mixed_up_under_any_runtime() {
    let switches = |biased| Switches {
        biased,
        ..Switches::ALL
    };
    let stop = Arc::default;
    let left = [
        left(&GilRuntime::new(SIZE, Hooks::new().gil, true)),
        left(&GilRuntime::new(SIZE, Hooks::new().gil, false)),
        left(&GlobalCountLockRuntime::new(SIZE, stop())),
        left(&AtomicCountRuntime::new(SIZE, stop())),
        left(&AtomicCountObjectLocksRuntime::new(SIZE, stop())),
        left(&TracingRuntime::new(SIZE, 0, stop())),
        left(&TracingRuntime::new(SIZE, 1 << 16, stop())),
        left(&FreeThreadedRuntime::new(SIZE, switches(true), stop())),
        left(&FreeThreadedRuntime::new(SIZE, switches(false), stop())),
    ];
    assert_eq!(left, [0; 9]);
}

#[test]
fn deferred_objects_are_freed_in_the_end() {
    let runtime = FreeThreadedRuntime::new(SIZE, Switches::ALL, Arc::default());
    let mut me = runtime.enter(0, Allocator::default());
    let list = new_list(&runtime, &mut me);
    let function = runtime.allocate(&mut me, Kind::Function, 0).unwrap();
    runtime.settle_in(&mut me, function);
    let value = runtime.to_stack(&mut me, function);
    assert_eq!(value, StackRef::uncounted(function));
    let site = Site::Item {
        owner: list,
        index: runtime.memory().span(list).index(0),
    };
    let old = runtime.swap(&mut me, site, value).unwrap();
    runtime.forget(&mut me, old);
    assert_eq!(
        runtime.item(&mut me, list, 0),
        Ok(StackRef::uncounted(function))
    );
    runtime.conclude(&mut me);
    assert!(
        runtime.memory().is(function, Kind::Function),
        "the list has it"
    );
    runtime.decrement(&mut me, list);
    assert!(
        runtime.memory().is(function, Kind::Function),
        "counts don't free it"
    );
    runtime.conclude(&mut me);
    assert_eq!(Census::of(runtime.memory(), Ref::from_index(1)).total(), 0);
}
