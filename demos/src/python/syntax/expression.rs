//! Expressions: each leaves its value on the stack.

use ruff_python_ast::{Expr, Number, Operator as Op, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::unit::Access;
use super::{Compiler, count};
use crate::python::code::{Constant, Instruction, Operator};

impl Compiler<'_> {
    pub(super) fn expression(&mut self, expression: &Expr) {
        self.nested(expression, |compiler| compiler.value(expression));
    }

    fn value(&mut self, expression: &Expr) {
        if let Some(constant) = self.constant(expression) {
            return self.at(expression).load(constant);
        }
        match expression {
            Expr::Name(name) => self.name(name, &name.id, Access::Load),
            Expr::Call(call) => {
                self.refuse_view(call);
                self.call(call);
            }
            Expr::Attribute(attribute) => {
                self.expression(&attribute.value);
                let name = self.attribute(attribute);
                self.at(expression).emit(Instruction::LoadAttr(name));
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value);
                self.expression(&subscript.slice);
                self.at(expression).emit(Instruction::BinarySubscr);
            }
            Expr::BinOp(binary) => {
                self.expression(&binary.left);
                self.expression(&binary.right);
                self.refuse_text_formatting(binary);
                let operator = self.operator(binary, binary.op);
                self.at(expression).emit(Instruction::BinaryOp(operator));
            }
            Expr::UnaryOp(unary) => {
                self.expression(&unary.operand);
                self.at(expression).emit(match unary.op {
                    UnaryOp::Invert => Instruction::UnaryInvert,
                    UnaryOp::Not => Instruction::UnaryNot,
                    UnaryOp::UAdd => Instruction::UnaryPositive,
                    UnaryOp::USub => Instruction::UnaryNegative,
                });
            }
            Expr::Compare(compare) => self.compare(compare),
            Expr::BoolOp(operation) => self.operation(operation),
            Expr::If(choice) => self.conditional(choice),
            Expr::FString(string) => self.f_string(string),
            Expr::Tuple(tuple) => self.tuple(tuple.range, &tuple.elts.iter().collect::<Vec<_>>()),
            Expr::List(list) => {
                for item in &list.elts {
                    self.expression(item);
                }
                self.at(list)
                    .emit(Instruction::BuildList(count(list.elts.len())));
            }
            Expr::Dict(dict) => {
                for item in dict {
                    match &item.key {
                        Some(key) => self.expression(key),
                        None => self.refuse(&item.value, "`**` is", "write each key and value"),
                    }
                    self.expression(&item.value);
                }
                self.at(dict).emit(Instruction::BuildMap(count(dict.len())));
            }
            other => self.refuse_expression(other),
        }
    }

    fn refuse_expression(&mut self, expression: &Expr) {
        let (what, instead) = match expression {
            Expr::NumberLiteral(number) => match number.value {
                Number::Int(_) => ("integers of more than 64 bits are", "use smaller ones"),
                _ => ("complex numbers are", "use floats"),
            },
            Expr::BytesLiteral(_) => ("bytes are", "use a string"),
            Expr::TString(_) => ("template strings are", "use an f-string"),
            Expr::EllipsisLiteral(_) => ("`...` is", "use `pass` or `None`"),
            Expr::Lambda(_) => ("`lambda` is", "define the function with `def`"),
            Expr::ListComp(_) => ("list comprehensions are", "use `for` and `append`"),
            Expr::DictComp(_) => ("dict comprehensions are", "use `for` and assign items"),
            Expr::Set(_) | Expr::SetComp(_) => ("sets are", "use a dict"),
            Expr::Generator(_) => ("generators are", "use `for` and a list"),
            Expr::Yield(_) | Expr::YieldFrom(_) => ("generators are", "return a list"),
            Expr::Await(_) => ("`await` is", "use threads"),
            Expr::Named(_) => ("`:=` is", "assign on a line of its own"),
            Expr::Starred(_) => ("`*` is", "write each item"),
            Expr::Slice(_) => ("slices are", "take items one by one"),
            _ => ("this expression is", "leave it out"),
        };
        self.refuse(expression, what, instead);
    }

    /// Items as a tuple, whether it is written as one or not.
    pub(super) fn tuple(&mut self, at: TextRange, items: &[&Expr]) {
        let constants: Option<Vec<_>> = items.iter().map(|item| self.constant(item)).collect();
        if let Some(constants) = constants {
            return self.at(at).load(Constant::Tuple(constants));
        }
        for item in items {
            self.expression(item);
        }
        self.at(at)
            .emit(Instruction::BuildTuple(count(items.len())));
    }

    /// What is only iterated over, or searched: a list of constants is a constant tuple there, as
    /// nobody can tell.
    pub(super) fn iterable(&mut self, expression: &Expr) {
        match expression {
            Expr::List(list) if !list.elts.is_empty() => {
                let items: Option<Vec<_>> =
                    list.elts.iter().map(|item| self.constant(item)).collect();
                match items {
                    Some(items) => self.at(expression).load(Constant::Tuple(items)),
                    None => self.expression(expression),
                }
            }
            Expr::Call(call) => self.nested(call, |compiler| compiler.call(call)),
            other => self.expression(other),
        }
    }

    pub(super) fn operator(&mut self, at: impl Ranged, op: Op) -> Operator {
        match op {
            Op::Add => Operator::Add,
            Op::Sub => Operator::Subtract,
            Op::Mult => Operator::Multiply,
            Op::Div => Operator::TrueDivide,
            Op::FloorDiv => Operator::FloorDivide,
            Op::Mod => Operator::Remainder,
            Op::Pow => Operator::Power,
            Op::LShift => Operator::LeftShift,
            Op::RShift => Operator::RightShift,
            Op::BitAnd => Operator::And,
            Op::BitOr => Operator::Or,
            Op::BitXor => Operator::Xor,
            Op::MatMult => {
                self.refuse(at, "`@` is", "use `*`");
                Operator::Multiply
            }
        }
    }
}
