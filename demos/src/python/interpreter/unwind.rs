//! An exception on its way up: `with` blocks are left, frames given back, the traceback noted.

use super::flow::{Exception, Flow, Interrupt, Traceback};
use super::machine::Machine;
use crate::python::memory::{Kind, Ref};
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
    /// Leaves all frames. `None` if the exception came of what has been rolled back.
    #[cold]
    pub(super) fn unwind(&mut self, exception: Exception) -> Option<Flow> {
        if let Err(Interrupt::Retry) = self.heap.runtime.irrevocable(self.heap.me) {
            self.heap.runtime.roll_back(self.heap.me, self.frames);
            return None;
        }
        let mut wakes = Vec::new();
        let bootstrap = self.interpreter.prepared.bootstrap;
        let calls = self
            .frames
            .calls()
            .filter(|frame| frame.code != bootstrap)
            .map(|frame| (frame.code, frame.next - 1))
            .collect();
        loop {
            self.leave_with_blocks(&mut wakes);
            self.truncate(self.frames.current.base as usize - 2);
            match self.frames.callers.pop() {
                Some(caller) => self.frames.current = caller,
                None => break,
            }
        }
        Some(Flow::Raised(Box::new(Traceback {
            calls,
            exception,
            wakes,
        })))
    }

    /// Leaves the `with` blocks of the current frame: their locks are released.
    fn leave_with_blocks(&mut self, wakes: &mut Vec<Ref>) {
        let frame = self.frames.current;
        let prepared = self.interpreter.prepared;
        let code = &prepared.codes[frame.code as usize];
        let at = frame.next - 1;
        let operands = frame.base + code.parameters + code.locals_besides;
        for block in code.with_blocks.iter().rev() {
            if !(block.start..block.end).contains(&at) {
                continue;
            }
            let behind = (operands + block.depth) as usize + 2;
            self.truncate(behind);
            let lock = self.peek(1).object();
            if self.heap.memory().is(lock, Kind::Lock)
                && matches!(self.heap.release(lock), Ok(true))
            {
                wakes.push(lock);
            }
        }
    }
}
