//! What each instruction does.
//!
//! Operands stay on the stack until an instruction has succeeded: an exception finds them there and gives
//! them back, and an instruction that must wait is simply tried again.

use super::machine::{Done, Machine};
use super::prepare::PreparedCode;
use super::{Exception, Interrupt, type_error};
use crate::python::code::{Comparison, Instruction};
use crate::python::memory::{Kind, Ref, Site, StackRef};
use crate::python::object::compare::satisfies;
use crate::python::object::{Heap, dict};
use crate::python::runtime::{Runtime, section};

impl<R: Runtime> Machine<'_, '_, R> {
    /// Executes one instruction of the current frame, which has moved on to the next already.
    #[expect(clippy::too_many_lines, reason = "one arm for each instruction")]
    #[inline]
    pub(super) fn execute(
        &mut self,
        code: &PreparedCode,
        instruction: Instruction,
    ) -> Result<Done, Interrupt> {
        match instruction {
            Instruction::Resume => self.safe_point()?,
            Instruction::LoadConst(index) => {
                let value = self.heap.copy(code.constants[index as usize]);
                self.push(value);
            }
            Instruction::LoadFast(index) => {
                let value = self.frames.stack[(self.frames.current.base + index) as usize];
                if value.is_null() {
                    return Err(self.unbound(index));
                }
                let value = self.heap.copy(value);
                self.push(value);
            }
            Instruction::StoreFast(index) => {
                let value = self.pop();
                self.set_local(index, value);
            }
            Instruction::DeleteFast(index) => {
                let value = self.frames.stack[(self.frames.current.base + index) as usize];
                if value.is_null() {
                    return Err(self.unbound(index));
                }
                self.set_local(index, StackRef::NULL);
            }
            Instruction::LoadName(index) | Instruction::LoadGlobal(index) => {
                let value = self.load_global(index)?;
                self.push(value);
            }
            Instruction::StoreName(index) | Instruction::StoreGlobal(index) => {
                let value = self.peek(1);
                let namespace = self.interpreter.prepared.namespace;
                let old = self.heap.set_global(namespace, index, value)?;
                self.pop();
                self.heap.forget(old);
            }
            Instruction::DeleteName(index) | Instruction::DeleteGlobal(index) => {
                self.delete_global(index)?;
            }
            Instruction::LoadAttr(name) => self.load_attribute(name)?,
            Instruction::LoadMethod(name) => self.load_method(name)?,
            Instruction::PushNull => self.push(StackRef::NULL),
            Instruction::Call(count) => return self.call(count as usize),
            Instruction::CallKw(count) => return self.call_with_names(count as usize),
            Instruction::CallEx => return self.call_with_tuple(),
            Instruction::BinaryOp(operator) => {
                let (left, right) = (self.peek(2).object(), self.peek(1).object());
                let result = self.heap.operate(operator, left, right)?;
                self.replace(2, result);
            }
            Instruction::InplaceOp(operator) => {
                let (left, right) = (self.peek(2).object(), self.peek(1).object());
                let result = self.heap.operate_in_place(operator, left, right)?;
                self.replace(2, result);
            }
            Instruction::UnaryNegative | Instruction::UnaryPositive | Instruction::UnaryInvert => {
                let value = self.peek(1).object();
                let result = self.heap.unary(instruction, value)?;
                self.replace(1, result);
            }
            Instruction::UnaryNot => {
                let truth = self.heap.truth(self.peek(1).object())?;
                let result = self.heap.bool(!truth);
                self.replace(1, result);
            }
            Instruction::CompareOp(comparison) => self.compare(comparison)?,
            Instruction::ContainsOp { invert } => {
                let (item, container) = (self.peek(2).object(), self.peek(1).object());
                let found = self.heap.contains(container, item)?;
                let result = self.heap.bool(found != invert);
                self.replace(2, result);
            }
            Instruction::IsOp { invert } => {
                let same = self.peek(2).object() == self.peek(1).object();
                let result = self.heap.bool(same != invert);
                self.replace(2, result);
            }
            Instruction::PopJumpIfFalse(target) => {
                if !self.heap.truth(self.peek(1).object())? {
                    self.frames.current.next = target;
                }
                let value = self.pop();
                self.heap.forget(value);
            }
            Instruction::PopJumpIfTrue(target) => {
                if self.heap.truth(self.peek(1).object())? {
                    self.frames.current.next = target;
                }
                let value = self.pop();
                self.heap.forget(value);
            }
            Instruction::JumpForward(target) => self.frames.current.next = target,
            Instruction::JumpBackward(target) => {
                self.frames.current.next = target;
                self.safe_point()?;
            }
            Instruction::BinarySubscr => {
                let (container, index) = (self.peek(2).object(), self.peek(1).object());
                let item = self.heap.subscript(container, index)?;
                self.replace(2, item);
            }
            Instruction::StoreSubscr => {
                let [value, container, index] = [3, 2, 1].map(|depth| self.peek(depth).object());
                self.heap.set_subscript(container, index, value)?;
                self.drop_top(3);
            }
            Instruction::DeleteSubscr => {
                let (container, index) = (self.peek(2).object(), self.peek(1).object());
                self.heap.delete_subscript(container, index)?;
                self.drop_top(2);
            }
            Instruction::BuildTuple(count) => self.build(Kind::Tuple, count)?,
            Instruction::BuildList(count) => self.build(Kind::List, count)?,
            Instruction::BuildMap(pairs) => self.build_map(pairs as usize)?,
            Instruction::BuildString(count) => self.build_string(count as usize)?,
            Instruction::FormatSimple | Instruction::ConvertStr => {
                let value = self.peek(1).object();
                if !self.heap.memory().is(value, Kind::Str) {
                    let text = self.show(value)?;
                    let text = self.heap.string(&text)?;
                    self.replace(1, text);
                }
            }
            Instruction::ConvertRepr => {
                let text = self.show_exactly(self.peek(1).object())?;
                let text = self.heap.string(&text)?;
                self.replace(1, text);
            }
            Instruction::FormatWithSpec => {
                let (value, specification) = (self.peek(2).object(), self.peek(1).object());
                let specification = self.heap.text(specification);
                let text = self.format(value, &specification)?;
                let text = self.heap.string(&text)?;
                self.replace(2, text);
            }
            Instruction::UnpackSequence(count) => self.unpack(count as usize)?,
            Instruction::Swap(depth) => {
                let top = self.frames.stack.len() - 1;
                self.frames.stack.swap(top, top + 1 - depth as usize);
            }
            Instruction::Copy(depth) => {
                let value = self.heap.copy(self.peek(depth as usize));
                self.push(value);
            }
            Instruction::PopTop | Instruction::PopIter => {
                let value = self.pop();
                self.heap.forget(value);
            }
            Instruction::GetIter => {
                let iterator = self.heap.iterator(self.peek(1).object())?;
                self.replace(1, iterator);
            }
            Instruction::ForIter(target) => {
                let item = self.heap.next(self.peek(1).object())?;
                if item.is_null() {
                    self.frames.current.next = target;
                } else {
                    self.push(item);
                }
            }
            Instruction::MakeFunction {
                code,
                defaults: has_defaults,
            } => self.make_function(code, has_defaults)?,
            Instruction::ReturnValue => return Ok(self.return_value()),
            Instruction::ImportName(name) => {
                let module = self.import(name)?;
                self.push(module);
            }
            Instruction::ImportFrom(name) => {
                let member = self.import_from(name)?;
                self.push(member);
            }
            Instruction::BeforeWith => self.enter_with()?,
            Instruction::ExitWith => return self.exit_with(),
            Instruction::RaiseAssertion { message } => return Err(self.assertion(message)?),
        }
        Ok(Done::Next)
    }

    #[inline]
    fn set_local(&mut self, index: u32, value: StackRef) {
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
    fn compare(&mut self, comparison: Comparison) -> Result<(), Interrupt> {
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

    #[inline]
    fn load_global(&mut self, index: u32) -> Result<StackRef, Interrupt> {
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

    fn delete_global(&mut self, index: u32) -> Result<(), Interrupt> {
        let namespace = self.interpreter.prepared.namespace;
        let old = self.heap.set_global(namespace, index, StackRef::NULL)?;
        if old.is_null() {
            return Err(self.undefined(index));
        }
        self.heap.forget(old);
        Ok(())
    }

    fn build(&mut self, kind: Kind, count: u32) -> Result<(), Interrupt> {
        let start = self.frames.stack.len() - count as usize;
        let sequence = self.heap.sequence(kind, &self.frames.stack[start..])?;
        self.frames.stack.truncate(start);
        self.push(sequence);
        Ok(())
    }

    fn build_map(&mut self, pairs: usize) -> Result<(), Interrupt> {
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

    fn build_string(&mut self, count: usize) -> Result<(), Interrupt> {
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

    fn unpack(&mut self, count: usize) -> Result<(), Interrupt> {
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
    fn unbound(&self, index: u32) -> Interrupt {
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
    fn undefined(&self, index: u32) -> Interrupt {
        let name = &self.interpreter.prepared.program.globals[index as usize];
        Exception::raise("NameError", format!("name '{name}' is not defined"))
    }

    #[cold]
    fn assertion(&mut self, message: bool) -> Result<Interrupt, Interrupt> {
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
