//! Sections over one or two objects, as the interpreter and the runtimes use them.

use super::Runtime;
use crate::python::interpreter::Interrupt;
use crate::python::memory::{Ref, Site, StackRef};

/// Does something in a section.
///
/// # Errors
/// Those of [`Runtime::enter_section`] and of what is done.
#[inline]
pub fn section<R: Runtime, T>(
    runtime: &R,
    me: &mut R::Local,
    objects: [Ref; 2],
    work: impl FnOnce(&mut R::Local) -> Result<T, Interrupt>,
) -> Result<T, Interrupt> {
    runtime.enter_section(me, objects)?;
    let result = work(me);
    runtime.leave_section(me, objects);
    result
}

/// [`Runtime::item`] for runtimes in which nothing is read without a section over the container.
///
/// # Errors
/// Those of the section and of [`Runtime::read`].
#[inline]
pub(super) fn item_in_section<R: Runtime>(
    runtime: &R,
    me: &mut R::Local,
    container: Ref,
    index: u32,
) -> Result<StackRef, Interrupt> {
    section(runtime, me, [container, Ref::NULL], |me| {
        read_item(runtime, me, container, index)
    })
}

/// Reads an item with whatever keeps others from its container: a section, or one thread at a time.
#[inline]
pub(super) fn read_item<R: Runtime>(
    runtime: &R,
    me: &mut R::Local,
    container: Ref,
    index: u32,
) -> Result<StackRef, Interrupt> {
    let span = runtime.memory().span(container);
    if index >= span.length() {
        return Ok(StackRef::NULL);
    }
    let site = Site::Item {
        owner: container,
        index: span.index(index),
    };
    runtime.read(me, site)
}
