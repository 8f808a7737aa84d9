//! Calls and returns.

use super::machine::{Done, Machine};
use super::{Builtin, Effect, Exception, Frame, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, StackRef, Word};
use crate::python::object::premade;
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
    /// `callable, object or null, arguments…`
    #[inline]
    pub(super) fn call(&mut self, count: usize) -> Result<Done, Interrupt> {
        let first = self.frames.stack.len() - count;
        let callable = self.frames.stack[first - 2].object();
        if self.heap.memory().is(callable, Kind::Function) {
            let payload = self.heap.memory().payload(callable);
            let code = (payload >> 32) as u32;
            if self.interpreter.prepared.codes[code as usize].parameters as usize != count {
                self.complete_arguments(callable, first, StackRef::NULL)?;
            }
            return self.enter(code, first);
        }
        self.call_other(callable, first, StackRef::NULL)
    }

    /// The same, the names of the last arguments on top.
    pub(super) fn call_with_names(&mut self, count: usize) -> Result<Done, Interrupt> {
        let names = self.pop();
        let first = self.frames.stack.len() - count;
        let callable = self.frames.stack[first - 2].object();
        let result = if self.heap.memory().is(callable, Kind::Function) {
            let code = (self.heap.memory().payload(callable) >> 32) as u32;
            self.complete_arguments(callable, first, names)
                .and_then(|()| self.enter(code, first))
        } else {
            self.call_other(callable, first, names)
        };
        if let Err(Interrupt::Wait(_)) = result {
            self.push(names);
        } else {
            self.heap.forget(names);
        }
        result
    }

    /// `callable, null, tuple`: with the tuple's items as arguments.
    pub(super) fn call_with_tuple(&mut self) -> Result<Done, Interrupt> {
        let arguments = self.pop();
        let items = self.heap.items(arguments.object())?;
        self.heap.forget(arguments);
        let count = items.len();
        self.frames.stack.extend(items);
        // From here on it is a call like any other, should it have to wait.
        let result = self.call(count);
        if let Err(Interrupt::Wait(_)) = result {
            let start = self.frames.stack.len() - count;
            let items = self.frames.stack.split_off(start);
            let tuple = self.heap.sequence_or_forget(Kind::Tuple, items)?;
            self.push(tuple);
        }
        result
    }

    /// Begins a function whose arguments are complete and lie from `first` on.
    #[inline]
    fn enter(&mut self, code: u32, first: usize) -> Result<Done, Interrupt> {
        if self.frames.callers.len() + 1 >= self.interpreter.recursion_max {
            return Err(recursion_error());
        }
        let locals = self.interpreter.prepared.codes[code as usize].locals_besides;
        for _ in 0..locals {
            self.push(StackRef::NULL);
        }
        self.frames.callers.push(self.frames.current);
        self.frames.current = Frame {
            code,
            next: 0,
            base: first as u32,
        };
        Ok(Done::Frame)
    }

    #[inline]
    pub(super) fn return_value(&mut self) -> Result<Done, Interrupt> {
        if self.frames.callers.is_empty() {
            // Whoever joins the thread sees all that it did.
            self.heap.runtime.irrevocable(self.heap.me)?;
        }
        let result = self.pop();
        let base = self.frames.current.base as usize;
        self.truncate(base - 2);
        if let Some(caller) = self.frames.callers.pop() {
            self.frames.current = caller;
            self.push(result);
            Ok(Done::Frame)
        } else {
            self.heap.forget(result);
            Ok(Done::Finished)
        }
    }

    /// A call of something that is no function of the program's.
    #[inline(never)]
    fn call_other(
        &mut self,
        callable: Ref,
        first: usize,
        names: StackRef,
    ) -> Result<Done, Interrupt> {
        let (builtin, first_argument) = match self.heap.kind(callable) {
            Kind::Builtin => {
                let receiver = self.frames.stack[first - 1];
                let number = self.heap.memory().payload(callable);
                (number, first - usize::from(!receiver.is_null()))
            }
            Kind::Method => {
                // Puts the object in its place before the arguments, where a wait finds it again.
                let payload = self.heap.memory().payload(callable);
                let receiver = self.heap.share(Ref::from_word(payload));
                self.frames.stack[first - 1] = receiver;
                let builtin = Ref::from_word(payload >> 32);
                let builtin = self.heap.share(builtin);
                let method = std::mem::replace(&mut self.frames.stack[first - 2], builtin);
                self.heap.forget(method);
                let number = self.heap.memory().payload(builtin.object());
                (number, first - 1)
            }
            kind => {
                return Err(type_error(format!(
                    "'{}' object is not callable",
                    kind.name()
                )));
            }
        };
        let builtin = Builtin::from_number(builtin);
        let called = self.call_builtin(builtin, first_argument, names)?;
        self.truncate(first - 2);
        let (result, done) = match called {
            Called::Value(value) => (value, Done::Next),
            Called::Effect(effect) => (self.heap.none(), Done::Effect(effect)),
        };
        self.push(result);
        Ok(done)
    }

    /// `→ function`; with defaults `tuple → function`.
    pub(super) fn make_function(&mut self, code: u32, defaults: bool) -> Result<(), Interrupt> {
        let tuple = if defaults {
            let tuple = self.peek(1);
            self.heap.runtime.to_memory(self.heap.me, tuple)
        } else {
            Ref::NULL
        };
        let payload = u64::from(code) << 32 | tuple.word();
        let function = self.heap.object(Kind::Function, payload)?;
        if defaults {
            self.frames.stack.pop();
        }
        let runtime = self.heap.runtime;
        if self.frames.current.code == 0 {
            runtime.settle_in(self.heap.me, function.object());
        }
        let function = runtime.to_stack(self.heap.me, function.object());
        self.push(function);
        Ok(())
    }
}

/// What came of a builtin's call.
pub(super) enum Called {
    /// Its result, which the caller owns.
    Value(StackRef),
    /// An effect; the result is `None`.
    Effect(Effect),
}

#[cold]
fn recursion_error() -> Interrupt {
    Exception::raise("RecursionError", "maximum recursion depth exceeded")
}

/// A function's defaults, borrowed.
pub(super) fn defaults<W: Word>(
    memory: &crate::python::memory::Memory<W>,
    function: Ref,
) -> Option<Ref> {
    let tuple = Ref::from_word(memory.payload(function));
    (!tuple.is_null() && tuple != premade::EMPTY_TUPLE).then_some(tuple)
}
