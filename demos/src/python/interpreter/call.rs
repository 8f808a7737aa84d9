//! Calls and returns, attributes and modules, `with` blocks.

use super::builtin::Module;
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
    pub(super) fn return_value(&mut self) -> Done {
        let result = self.pop();
        let base = self.frames.current.base as usize;
        self.truncate(base - 2);
        if let Some(caller) = self.frames.callers.pop() {
            self.frames.current = caller;
            self.push(result);
            Done::Frame
        } else {
            self.heap.forget(result);
            Done::Finished
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

    // --- Attributes and modules ---

    /// What a name is on an object, borrowed.
    #[inline]
    fn attribute(&mut self, object: Ref, name: u32) -> Result<StackRef, Interrupt> {
        let prepared = self.interpreter.prepared;
        let kind = self.heap.kind(object);
        let found = if kind == Kind::Module {
            let module = self.heap.memory().payload(object) as usize;
            prepared.members[name as usize][module]
        } else {
            prepared.methods[name as usize][kind as usize]
        };
        if found.is_null() {
            Err(self.no_attribute(object, name))
        } else {
            Ok(found)
        }
    }

    #[inline]
    pub(super) fn load_method(&mut self, name: u32) -> Result<(), Interrupt> {
        let object = self.peek(1);
        let found = self.attribute(object.object(), name)?;
        let found = self.heap.copy(found);
        if self.heap.memory().is(object.object(), Kind::Module) {
            self.replace(1, found);
            self.push(StackRef::NULL);
        } else {
            self.pop();
            self.push(found);
            self.push(object);
        }
        Ok(())
    }

    pub(super) fn load_attribute(&mut self, name: u32) -> Result<(), Interrupt> {
        let object = self.peek(1);
        if self.heap.memory().is(object.object(), Kind::Thread)
            && self.interpreter.prepared.program.names[name as usize] == "name"
        {
            let [_, _, name] = self.heap.thread_parts(object.object());
            let name = self.heap.share(name);
            self.replace(1, name);
            return Ok(());
        }
        let found = self.attribute(object.object(), name)?;
        if self.heap.memory().is(object.object(), Kind::Module) {
            let found = self.heap.copy(found);
            self.replace(1, found);
            return Ok(());
        }
        let receiver = self.heap.copy(object);
        let receiver = self.heap.runtime.to_memory(self.heap.me, receiver);
        let found = self.heap.copy(found);
        let builtin = self.heap.runtime.to_memory(self.heap.me, found);
        let payload = builtin.word() << 32 | receiver.word();
        match self.heap.object(Kind::Method, payload) {
            Ok(method) => {
                self.replace(1, method);
                Ok(())
            }
            Err(interrupt) => {
                self.heap.runtime.decrement(self.heap.me, receiver);
                self.heap.runtime.decrement(self.heap.me, builtin);
                Err(interrupt)
            }
        }
    }

    #[cold]
    fn no_attribute(&mut self, object: Ref, name: u32) -> Interrupt {
        let name = &self.interpreter.prepared.program.names[name as usize];
        let payload = self.heap.memory().payload(object);
        let of = match self.heap.kind(object) {
            Kind::Module => format!("module '{}'", Module::ALL[payload as usize].name()),
            kind => format!("'{}' object", kind.name()),
        };
        Exception::raise("AttributeError", format!("{of} has no attribute '{name}'"))
    }

    pub(super) fn import(&mut self, name: u32) -> Result<StackRef, Interrupt> {
        let module = self.interpreter.prepared.modules[name as usize];
        if module.is_null() {
            let name = &self.interpreter.prepared.program.names[name as usize];
            return Err(Exception::raise(
                "ModuleNotFoundError",
                format!("No module named '{name}'"),
            ));
        }
        Ok(self.heap.copy(module))
    }

    pub(super) fn import_from(&mut self, name: u32) -> Result<StackRef, Interrupt> {
        let module = self.peek(1).object();
        let number = self.heap.memory().payload(module) as usize;
        let member = self.interpreter.prepared.members[name as usize][number];
        if member.is_null() {
            let name = &self.interpreter.prepared.program.names[name as usize];
            let module = Module::ALL[number].name();
            return Err(Exception::raise(
                "ImportError",
                format!("cannot import name '{name}' from '{module}' (unknown location)"),
            ));
        }
        Ok(self.heap.copy(member))
    }

    // --- with ---

    /// `manager → __exit__, manager, entered`
    pub(super) fn enter_with(&mut self) -> Result<(), Interrupt> {
        let manager = self.peek(1);
        if !self.heap.memory().is(manager.object(), Kind::Lock) {
            let kind = self.heap.type_name(manager.object());
            return Err(type_error(format!(
                "'{kind}' object does not support the context manager protocol"
            )));
        }
        self.heap.acquire(manager.object())?;
        let exit = self.heap.copy(self.interpreter.prepared.lock_exit);
        let top = self.frames.stack.len() - 1;
        self.frames.stack.insert(top, exit);
        let entered = self.heap.bool(true);
        self.push(entered);
        Ok(())
    }

    /// `__exit__, manager →`
    pub(super) fn exit_with(&mut self) -> Result<Done, Interrupt> {
        let lock = self.peek(1).object();
        let awaited = self.heap.release(lock)?;
        self.drop_top(2);
        Ok(if awaited {
            Done::Effect(Effect::Wake(lock))
        } else {
            Done::Next
        })
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
