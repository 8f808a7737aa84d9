//! What lies in memory: the types of Python and what can be done with their values, generic over the
//! runtime. Nothing here knows frames, instructions or threads of the operating system.

pub mod compare;
pub mod dict;
mod dict_iterator;
mod hash;
mod heap;
mod iterator;
pub mod layout;
pub mod number;
mod operator;
pub mod premade;
mod sequence;
mod show;
mod subscript;
pub mod text;
pub mod thread;

pub use dict_iterator::Entries;
pub use heap::{Heap, Number};

use crate::python::memory::{Kind, Ref};
use crate::python::runtime::Runtime;

/// Gives back an object to which no reference is left, with all that it alone refers to. A chain of any
/// length takes no more of the thread's stack than one object.
pub fn dispose<R: Runtime>(runtime: &R, me: &mut R::Local, object: Ref) {
    let meta = runtime.memory().meta(object);
    if meta.is(Kind::Int) || meta.is(Kind::Float) {
        runtime.free(me, object);
        return;
    }
    dispose_contents(runtime, me, object);
}

#[inline(never)]
fn dispose_contents<R: Runtime>(runtime: &R, me: &mut R::Local, object: Ref) {
    let allocator = R::allocator(me);
    allocator.doomed.push(object);
    if allocator.disposing {
        return;
    }
    allocator.disposing = true;
    while let Some(object) = R::allocator(me).doomed.pop() {
        let memory = runtime.memory();
        layout::children(memory, object, |child| runtime.decrement(me, child));
        runtime.free_buffer(me, layout::buffer(memory, object));
        runtime.free(me, object);
    }
    R::allocator(me).disposing = false;
}
