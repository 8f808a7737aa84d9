//! Hashes of keys, and which keys are the same.

use super::Heap;
use super::heap::Number;
use crate::python::interpreter::{Exception, Interrupt, type_error};
use crate::python::memory::{Kind, Ref};
use crate::python::object::compare::numbers;
use crate::python::object::number::whole;
use crate::python::runtime::Runtime;

/// How deep tuples within tuples can be keys.
const DEPTH_MAX: u32 = 200;

/// The hash of a key: equal keys have equal ones, an int and a float of the same value too.
///
/// # Errors
/// If it has none.
pub(super) fn hash<R: Runtime>(heap: &Heap<'_, R>, key: Ref) -> Result<u64, Interrupt> {
    hash_within(heap, key, 0)
}

fn hash_within<R: Runtime>(heap: &Heap<'_, R>, key: Ref, depth: u32) -> Result<u64, Interrupt> {
    if depth == DEPTH_MAX {
        let message = "maximum recursion depth exceeded while hashing";
        return Err(Exception::raise("RecursionError", message));
    }
    if let Some(number) = heap.number(key) {
        return Ok(mix(match number {
            Number::Int(value) => value as u64,
            Number::Float(value) => whole(value).map_or(value.to_bits(), i64::cast_unsigned),
        }));
    }
    match heap.kind(key) {
        Kind::Str => Ok(heap
            .text(key)
            .bytes()
            .fold(0, |hash, byte| mix(hash ^ u64::from(byte)))),
        Kind::Tuple => {
            let length = heap.memory().span(key).length();
            (0..length).try_fold(u64::from(length), |sum, index| {
                let item = heap.tuple_item(key, index);
                Ok(mix(sum ^ hash_within(heap, item, depth + 1)?))
            })
        }
        kind @ (Kind::List | Kind::Dict) => {
            Err(type_error(format!("unhashable type: '{}'", kind.name())))
        }
        _ => Ok(mix(key.word())),
    }
}

/// Whether two keys are equal. Keys don't change.
pub(super) fn same_key<R: Runtime>(heap: &Heap<'_, R>, left: Ref, right: Ref) -> bool {
    if left == right {
        return true;
    }
    if let (Some(left), Some(right)) = (heap.number(left), heap.number(right)) {
        return numbers(left, right).is_some_and(std::cmp::Ordering::is_eq);
    }
    match (heap.kind(left), heap.kind(right)) {
        (Kind::Str, Kind::Str) => heap.text(left) == heap.text(right),
        (Kind::Tuple, Kind::Tuple) => {
            let length = heap.memory().span(left).length();
            length == heap.memory().span(right).length()
                && (0..length).all(|index| {
                    same_key(
                        heap,
                        heap.tuple_item(left, index),
                        heap.tuple_item(right, index),
                    )
                })
        }
        _ => false,
    }
}

/// Spreads the bits of a number over its lower half (the finalizer of splitmix64).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
