//! The objects that are there before any program: `None`, the booleans, the small integers, the empty
//! tuple. Their slots are the first of every memory.

use crate::python::memory::Ref;

/// `None`
pub const NONE: Ref = Ref::from_index(1);
/// `False`
pub const FALSE: Ref = Ref::from_index(2);
/// `True`
pub const TRUE: Ref = Ref::from_index(3);
/// `()`
pub const EMPTY_TUPLE: Ref = Ref::from_index(4);
/// The slot of the smallest of the small integers.
pub(crate) const SMALL_INTS: i64 = 5;
/// The smallest integer that is not allocated.
pub const SMALL_INT_MIN: i64 = -5;
/// The largest integer that is not allocated.
pub const SMALL_INT_MAX: i64 = 256;

/// The object of an integer that is not allocated, if it is one.
#[inline]
pub const fn small_int(value: i64) -> Option<Ref> {
    // One comparison: what is below the minimum wraps to a large number.
    let offset = value.wrapping_sub(SMALL_INT_MIN) as u64;
    if offset <= (SMALL_INT_MAX - SMALL_INT_MIN) as u64 {
        Some(Ref::from_index((SMALL_INTS as u64 + offset) as u32))
    } else {
        None
    }
}

/// `True` or `False`.
#[inline]
pub const fn boolean(value: bool) -> Ref {
    Ref::from_index(2 + value as u32)
}
