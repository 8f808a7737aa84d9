//! What each instruction does.
//!
//! Operands stay on the stack until an instruction has succeeded: an exception finds them there and gives
//! them back, and an instruction that must wait is simply tried again.

use super::Interrupt;
use super::machine::{Done, Machine};
use super::prepare::PreparedCode;
use crate::python::code::Instruction;
use crate::python::memory::{Kind, StackRef};
use crate::python::runtime::Runtime;

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
                let result = self.operate_in_place(operator, left, right)?;
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
                let found = self.contains(container, item)?;
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
            Instruction::ReturnValue => return self.return_value(),
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
}
