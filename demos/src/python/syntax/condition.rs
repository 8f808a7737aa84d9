//! Conditions: what is true, and where it leads. Each operand is computed at most once, and only
//! if it is needed.

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprBoolOp, ExprCompare, ExprIf, UnaryOp};

use super::Compiler;
use super::assemble::Label;
use super::fold::is_true;
use crate::python::code::{Comparison, Instruction};

impl Compiler<'_> {
    /// Jumps to a label if a condition is as `wanted`, without making a value of it.
    pub(super) fn jump_if(&mut self, test: &Expr, wanted: bool, to: Label) {
        self.nested(test, |compiler| compiler.jump_if_nested(test, wanted, to));
    }

    fn jump_if_nested(&mut self, test: &Expr, wanted: bool, to: Label) {
        if let Some(constant) = self.constant(test) {
            if is_true(&constant) == wanted {
                self.at(test).jump(Instruction::JumpForward, to);
            }
            return;
        }
        match test {
            Expr::UnaryOp(unary) if unary.op == UnaryOp::Not => {
                self.jump_if(&unary.operand, !wanted, to);
            }
            Expr::BoolOp(operation) => self.jump_if_operation(operation, wanted, to),
            Expr::If(choice) => self.jump_if_choice(choice, wanted, to),
            Expr::Compare(compare) if compare.ops.len() > 1 => {
                self.jump_if_chain(compare, wanted, to);
            }
            other => {
                self.expression(other);
                self.at(other).jump(jump_when(wanted), to);
            }
        }
    }

    fn jump_if_operation(&mut self, operation: &ExprBoolOp, wanted: bool, to: Label) {
        // The value of an operand that decides alone.
        let decisive = operation.op == BoolOp::Or;
        let end = self.unit.code.label();
        let decided = if decisive == wanted { to } else { end };
        let (last, others) = operation.values.split_last().expect("it has two operands");
        for value in others {
            self.jump_if(value, decisive, decided);
        }
        self.jump_if(last, wanted, to);
        self.unit.code.bind(end);
    }

    fn jump_if_choice(&mut self, choice: &ExprIf, wanted: bool, to: Label) {
        let (otherwise, end) = (self.unit.code.label(), self.unit.code.label());
        self.jump_if(&choice.test, false, otherwise);
        self.jump_if(&choice.body, wanted, to);
        self.unit.code.go_on_at(end);
        self.unit.code.bind(otherwise);
        self.jump_if(&choice.orelse, wanted, to);
        self.unit.code.bind(end);
    }

    fn jump_if_chain(&mut self, compare: &ExprCompare, wanted: bool, to: Label) {
        let (cleanup, end) = (self.unit.code.label(), self.unit.code.label());
        self.chain(compare, false, cleanup);
        let code = self.at(compare);
        code.jump(jump_when(wanted), to);
        code.go_on_at(end);
        code.bind(cleanup);
        code.emit(Instruction::PopTop);
        if !wanted {
            code.go_on_at(to);
        }
        code.bind(end);
    }

    /// `a < b < c` as far as to its last answer. When an earlier one is false, jumps to `cleanup`,
    /// where the operand for the next comparison lies on the stack, and above it the false answer
    /// if that is `kept`.
    fn chain(&mut self, compare: &ExprCompare, kept: bool, cleanup: Label) {
        self.expression(&compare.left);
        let (last, others) = compare.ops.split_last().expect("a comparison compares");
        for (&op, right) in others.iter().zip(&compare.comparators) {
            self.comparator(op, right);
            let code = self.at(compare);
            code.emit(Instruction::Swap(2));
            code.emit(Instruction::Copy(2));
            code.emit(comparison(op));
            if kept {
                code.emit(Instruction::Copy(1));
                code.jump(Instruction::PopJumpIfFalse, cleanup);
                code.emit(Instruction::PopTop);
            } else {
                code.jump(Instruction::PopJumpIfFalse, cleanup);
            }
        }
        self.comparator(*last, &compare.comparators[others.len()]);
        self.at(compare).emit(comparison(*last));
    }

    /// What something is looked for in may be a constant tuple where a list is written.
    fn comparator(&mut self, op: CmpOp, right: &Expr) {
        if matches!(op, CmpOp::In | CmpOp::NotIn) {
            self.iterable(right);
        } else {
            self.expression(right);
        }
    }

    /// A comparison as a value.
    pub(super) fn compare(&mut self, compare: &ExprCompare) {
        let (cleanup, end) = (self.unit.code.label(), self.unit.code.label());
        self.chain(compare, true, cleanup);
        let code = self.at(compare);
        if compare.ops.len() > 1 {
            code.go_on_at(end);
            code.bind(cleanup);
            code.emit(Instruction::Swap(2));
            code.emit(Instruction::PopTop);
            code.bind(end);
        }
    }

    /// `and`, `or` as a value: that of the operand that decided.
    pub(super) fn operation(&mut self, operation: &ExprBoolOp) {
        let jump = jump_when(operation.op == BoolOp::Or);
        let end = self.unit.code.label();
        let (last, others) = operation.values.split_last().expect("it has two operands");
        for value in others {
            self.expression(value);
            let code = self.at(value);
            code.emit(Instruction::Copy(1));
            code.jump(jump, end);
            code.emit(Instruction::PopTop);
        }
        self.expression(last);
        self.unit.code.bind(end);
    }

    /// `a if test else b`
    pub(super) fn conditional(&mut self, choice: &ExprIf) {
        let (otherwise, end) = (self.unit.code.label(), self.unit.code.label());
        self.jump_if(&choice.test, false, otherwise);
        self.expression(&choice.body);
        self.unit.code.go_on_at(end);
        self.unit.code.bind(otherwise);
        self.expression(&choice.orelse);
        self.unit.code.bind(end);
    }
}

fn jump_when(wanted: bool) -> fn(u32) -> Instruction {
    if wanted {
        Instruction::PopJumpIfTrue
    } else {
        Instruction::PopJumpIfFalse
    }
}

/// What compares.
fn comparison(op: CmpOp) -> Instruction {
    match op {
        CmpOp::Lt => Instruction::CompareOp(Comparison::Less),
        CmpOp::LtE => Instruction::CompareOp(Comparison::LessEqual),
        CmpOp::Eq => Instruction::CompareOp(Comparison::Equal),
        CmpOp::NotEq => Instruction::CompareOp(Comparison::NotEqual),
        CmpOp::Gt => Instruction::CompareOp(Comparison::Greater),
        CmpOp::GtE => Instruction::CompareOp(Comparison::GreaterEqual),
        CmpOp::In => Instruction::ContainsOp { invert: false },
        CmpOp::NotIn => Instruction::ContainsOp { invert: true },
        CmpOp::Is => Instruction::IsOp { invert: false },
        CmpOp::IsNot => Instruction::IsOp { invert: true },
    }
}
