//! Attributes, methods and modules by their names, and `with` blocks, which look up two.

use super::builtin::Module;
use super::machine::{Done, Machine};
use super::{Effect, Exception, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
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
