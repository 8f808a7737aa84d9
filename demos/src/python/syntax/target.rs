//! Assignment: what is stored where.

use ruff_python_ast::{Expr, StmtAnnAssign, StmtAssign, StmtAugAssign};

use super::unit::Access;
use super::{Compiler, count};
use crate::python::code::Instruction;

impl Compiler<'_> {
    pub(super) fn assign(&mut self, assign: &StmtAssign) {
        if let [target] = assign.targets.as_slice()
            && self.swap(target, &assign.value)
        {
            return;
        }
        self.expression(&assign.value);
        let (last, others) = assign
            .targets
            .split_last()
            .expect("an assignment has a target");
        for target in others {
            self.at(assign).emit(Instruction::Copy(1));
            self.store(target);
        }
        self.store(last);
    }

    /// `a, b = b, a`: two or three values change places on the stack, and no tuple is made. Says
    /// whether that was possible.
    fn swap(&mut self, target: &Expr, value: &Expr) -> bool {
        let (Some(targets), Some(values)) = (items(target), items(value)) else {
            return false;
        };
        if targets.len() != values.len() || !(2..=3).contains(&targets.len()) {
            return false;
        }
        if self.constant(value).is_some() || targets.iter().chain(values).any(Expr::is_starred_expr)
        {
            return false;
        }
        for value in values {
            self.expression(value);
        }
        if self.are_distinct_locals(targets) {
            for target in targets.iter().rev() {
                self.store(target);
            }
        } else {
            self.at(target)
                .emit(Instruction::Swap(count(targets.len())));
            for target in targets {
                self.store(target);
            }
        }
        true
    }

    /// Locals can be stored in any order: nobody sees it.
    fn are_distinct_locals(&self, targets: &[Expr]) -> bool {
        let local = |target: &Expr| match target {
            Expr::Name(name) => self.unit.is_local(&name.id),
            _ => false,
        };
        let again = |index: usize| {
            let name = |target: &Expr| target.as_name_expr().map(|name| name.id.clone());
            targets[..index]
                .iter()
                .any(|other| name(other) == name(&targets[index]))
        };
        targets.iter().all(local) && !(0..targets.len()).any(again)
    }

    /// Stores the value on top of the stack.
    pub(super) fn store(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => self.name(name, &name.id, Access::Store),
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value);
                self.expression(&subscript.slice);
                self.at(target).emit(Instruction::StoreSubscr);
            }
            Expr::Tuple(_) | Expr::List(_) => {
                let targets = items(target).unwrap_or_default();
                self.at(target)
                    .emit(Instruction::UnpackSequence(count(targets.len())));
                for target in targets {
                    self.nested(target, |compiler| compiler.store(target));
                }
            }
            other => {
                self.refuse_target(other);
                self.at(other).emit(Instruction::PopTop);
            }
        }
    }

    fn refuse_target(&mut self, target: &Expr) {
        match target {
            Expr::Attribute(_) => {
                self.refuse(
                    target,
                    "assignment to attributes is",
                    "use a global or a dict",
                );
            }
            Expr::Starred(_) => {
                self.refuse(target, "starred targets are", "name each target");
            }
            _ => self.error(target, "cannot assign to this expression"),
        }
    }

    /// `target += value`: the target's container and index are computed once.
    pub(super) fn augmented_assign(&mut self, assign: &StmtAugAssign) {
        let operator = self.operator(assign, assign.op);
        match assign.target.as_ref() {
            Expr::Name(name) => {
                self.name(name, &name.id, Access::Load);
                self.expression(&assign.value);
                self.at(assign).emit(Instruction::InplaceOp(operator));
                self.name(name, &name.id, Access::Store);
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value);
                self.expression(&subscript.slice);
                let code = self.at(subscript);
                code.emit(Instruction::Copy(2));
                code.emit(Instruction::Copy(2));
                code.emit(Instruction::BinarySubscr);
                self.expression(&assign.value);
                self.at(assign).emit(Instruction::InplaceOp(operator));
                let code = self.at(subscript);
                code.emit(Instruction::Swap(3));
                code.emit(Instruction::Swap(2));
                code.emit(Instruction::StoreSubscr);
            }
            other => self.refuse_target(other),
        }
    }

    /// Annotations are not looked at, as in CPython from 3.14 on.
    pub(super) fn annotated_assign(&mut self, assign: &StmtAnnAssign) {
        if let Some(value) = &assign.value {
            self.expression(value);
            self.store(&assign.target);
        }
    }

    pub(super) fn delete(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => self.name(name, &name.id, Access::Delete),
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value);
                self.expression(&subscript.slice);
                self.at(target).emit(Instruction::DeleteSubscr);
            }
            Expr::Tuple(_) | Expr::List(_) => {
                for target in items(target).unwrap_or_default() {
                    self.nested(target, |compiler| compiler.delete(target));
                }
            }
            other => self.refuse(other, "deleting attributes is", "delete names and items"),
        }
    }
}

/// The items of a tuple or list as it is written.
fn items(expression: &Expr) -> Option<&[Expr]> {
    match expression {
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::List(list) => Some(&list.elts),
        _ => None,
    }
}
