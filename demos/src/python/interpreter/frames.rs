//! A thread's frames: plain data of one thread, which can be copied and put back.

use crate::python::memory::{Ref, StackRef};

/// One call of a function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Frame {
    /// Index into the program's codes.
    pub code: u32,
    /// The instruction to come.
    pub next: u32,
    /// Where its locals begin on the stack. Below them lie the callable and a null.
    pub base: u32,
}

/// The stack of a thread and its calls. A frame lies on the stack as
/// `callable, null, locals…, values…`: the arguments of a call become the locals in place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Frames {
    /// All values.
    pub stack: Vec<StackRef>,
    /// The calls that wait for [`Frames::current`] to return, the outermost first.
    pub callers: Vec<Frame>,
    /// The call that runs.
    pub current: Frame,
    /// Objects that the driver holds for the thread: its own thread object, and one that it is starting.
    /// They are roots; their references are the driver's to count.
    pub held: Vec<Ref>,
}

impl Frames {
    /// The calls, the outermost first.
    pub fn calls(&self) -> impl DoubleEndedIterator<Item = Frame> + '_ {
        self.callers
            .iter()
            .copied()
            .chain(std::iter::once(self.current))
    }

    /// All objects that the frames refer to, counted or not: the roots of a collection.
    pub fn roots(&self) -> impl Iterator<Item = Ref> + '_ {
        self.stack
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| value.object())
            .chain(self.held.iter().copied())
    }
}
