//! Locals, globals, comparisons, and values that are built of others: what instructions do that
//! takes more than a line.

use super::machine::Machine;
use super::{Exception, Interrupt, type_error};
use crate::python::code::{Comparison, Operator};
use crate::python::memory::{Kind, Ref, Site, StackRef};
use crate::python::object::compare::satisfies;
use crate::python::object::{Heap, dict};
use crate::python::runtime::{Runtime, section};

impl<R: Runtime> Machine<'_, '_, R> {
    #[inline]
    pub(super) fn set_local(&mut self, index: u32, value: StackRef) {
        let place = (self.frames.current.base + index) as usize;
        let old = std::mem::replace(&mut self.frames.stack[place], value);
        self.heap.forget(old);
    }

    /// Forgets the topmost values.
    #[inline]
    pub(super) fn drop_top(&mut self, count: usize) {
        self.truncate(self.frames.stack.len() - count);
    }

    #[inline]
    pub(super) fn compare(&mut self, comparison: Comparison) -> Result<(), Interrupt> {
        let (left, right) = (self.peek(2).object(), self.peek(1).object());
        let memory = self.heap.memory();
        let result = if memory.is(left, Kind::Int) && memory.is(right, Kind::Int) {
            let (left, right) = (
                memory.payload(left).cast_signed(),
                memory.payload(right).cast_signed(),
            );
            satisfies(comparison, Some(left.cmp(&right)))
        } else {
            self.heap.compare(comparison, left, right)?
        };
        let result = self.heap.bool(result);
        self.replace(2, result);
        Ok(())
    }

    /// `left operator= right`: a list is changed in place, and is the result.
    #[inline]
    pub(super) fn operate_in_place(
        &mut self,
        operator: Operator,
        left: Ref,
        right: Ref,
    ) -> Result<StackRef, Interrupt> {
        if operator == Operator::Add && self.heap.memory().is(left, Kind::List) {
            self.extend(left, right)?;
            return Ok(self.heap.share(left));
        }
        self.heap.operate_in_place(operator, left, right)
    }

    /// `item in container`; through a list or a tuple with an eye on the stop flag.
    pub(super) fn contains(&mut self, container: Ref, item: Ref) -> Result<bool, Interrupt> {
        if !matches!(self.heap.kind(container), Kind::List | Kind::Tuple) {
            return self.heap.contains(container, item);
        }
        for index in 0.. {
            self.check_stop()?;
            let held = self.heap.item(container, index)?;
            if held.is_null() {
                break;
            }
            let found = self.heap.is_item(held.object(), item);
            self.heap.forget(held);
            if found? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    #[inline]
    pub(super) fn load_global(&mut self, index: u32) -> Result<StackRef, Interrupt> {
        let prepared = self.interpreter.prepared;
        let value = self
            .heap
            .runtime
            .item(self.heap.me, prepared.namespace, index)?;
        if !value.is_null() {
            return Ok(value);
        }
        let builtin = prepared.builtins[index as usize];
        if builtin.is_null() {
            return Err(self.undefined(index));
        }
        Ok(self.heap.copy(builtin))
    }

    pub(super) fn delete_global(&mut self, index: u32) -> Result<(), Interrupt> {
        let namespace = self.interpreter.prepared.namespace;
        let old = self.heap.set_global(namespace, index, StackRef::NULL)?;
        if old.is_null() {
            return Err(self.undefined(index));
        }
        self.heap.forget(old);
        Ok(())
    }

    pub(super) fn build(&mut self, kind: Kind, count: u32) -> Result<(), Interrupt> {
        let start = self.frames.stack.len() - count as usize;
        let sequence = self.heap.sequence(kind, &self.frames.stack[start..])?;
        self.frames.stack.truncate(start);
        self.push(sequence);
        Ok(())
    }

    pub(super) fn build_map(&mut self, pairs: usize) -> Result<(), Interrupt> {
        let start = self.frames.stack.len() - 2 * pairs;
        let new = dict::new(&mut self.heap)?;
        // It lies on the stack while it is filled: an exception finds it there.
        self.push(new);
        for pair in 0..pairs {
            let [key, value] = [0, 1].map(|part| self.frames.stack[start + 2 * pair + part]);
            dict::set(&mut self.heap, new.object(), key.object(), value.object())?;
        }
        self.pop();
        self.truncate(start);
        self.push(new);
        Ok(())
    }

    pub(super) fn build_string(&mut self, count: usize) -> Result<(), Interrupt> {
        let start = self.frames.stack.len() - count;
        let text: String = self.frames.stack[start..]
            .iter()
            .map(|part| self.heap.text(part.object()))
            .collect();
        let string = self.heap.string(&text)?;
        self.truncate(start);
        self.push(string);
        Ok(())
    }

    pub(super) fn unpack(&mut self, count: usize) -> Result<(), Interrupt> {
        let sequence = self.peek(1).object();
        let kind = self.heap.kind(sequence);
        let items = match self.heap.collect(sequence, count + 1) {
            Ok(items) => items,
            Err(Interrupt::Raise(_)) if !kind.is_iterable() => {
                let kind = kind.name();
                return Err(type_error(format!(
                    "cannot unpack non-iterable {kind} object"
                )));
            }
            Err(interrupt) => return Err(interrupt),
        };
        if items.len() != count {
            let message = if items.len() > count {
                format!("too many values to unpack (expected {count})")
            } else {
                let got = items.len();
                format!("not enough values to unpack (expected {count}, got {got})")
            };
            self.heap.forget_all(items);
            return Err(Exception::raise("ValueError", message));
        }
        let sequence = self.pop();
        self.heap.forget(sequence);
        self.frames.stack.extend(items.into_iter().rev());
        Ok(())
    }

    #[cold]
    pub(super) fn unbound(&self, index: u32) -> Interrupt {
        let code = &self.interpreter.prepared.program.codes[self.frames.current.code as usize];
        let name = &code.locals[index as usize];
        Exception::raise(
            "UnboundLocalError",
            format!(
                "cannot access local variable '{name}' where it is not associated with a value"
            ),
        )
    }

    #[cold]
    pub(super) fn undefined(&self, index: u32) -> Interrupt {
        let name = &self.interpreter.prepared.program.globals[index as usize];
        Exception::raise("NameError", format!("name '{name}' is not defined"))
    }

    #[cold]
    pub(super) fn assertion(&mut self, message: bool) -> Result<Interrupt, Interrupt> {
        let text = if message {
            self.show(self.peek(1).object())?
        } else {
            String::new()
        };
        Ok(Exception::raise("AssertionError", text))
    }
}

impl<R: Runtime> Heap<'_, R> {
    /// Writes a global; `value` passes into the namespace, and what was there to the caller.
    ///
    /// # Errors
    /// Why it must not be written. `value` is then still the caller's.
    #[inline]
    pub fn set_global(
        &mut self,
        namespace: Ref,
        index: u32,
        value: StackRef,
    ) -> Result<StackRef, Interrupt> {
        let runtime = self.runtime;
        section(runtime, self.me, [namespace, Ref::NULL], |me| {
            let index = runtime.memory().span(namespace).index(index);
            let owner = namespace;
            runtime.swap(me, Site::Item { owner, index }, value)
        })
    }

    /// The items of anything that can be iterated over, at most so many.
    ///
    /// # Errors
    /// If it can't be iterated over.
    pub fn collect(&mut self, iterable: Ref, max: usize) -> Result<Vec<StackRef>, Interrupt> {
        let iterator = self.iterator(iterable)?;
        let mut items = Vec::new();
        let result = loop {
            if items.len() == max {
                break Ok(());
            }
            match self.next(iterator.object()) {
                Ok(item) if item.is_null() => break Ok(()),
                Ok(item) => items.push(item),
                Err(interrupt) => break Err(interrupt),
            }
        };
        self.forget(iterator);
        match result {
            Ok(()) => Ok(items),
            Err(interrupt) => {
                self.forget_all(items);
                Err(interrupt)
            }
        }
    }
}
