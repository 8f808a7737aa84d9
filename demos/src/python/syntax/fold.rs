//! What is computed before the run, as CPython does: literals, arithmetic on numbers that are
//! written, and tuples of such.
//!
//! What fails, or does not fit 64 bits, is left for the run to fail at.

use ruff_python_ast::{Expr, Number, Operator as Op, UnaryOp};

use super::Compiler;
use crate::python::code::Constant;

/// How deep a constant may nest; deeper ones are computed in the run.
const FOLDED_DEPTH_MAX: usize = 64;

/// The longest string made of literals before the run, in bytes.
const STRING_MAX: usize = 4096;

impl Compiler<'_> {
    /// The value of an expression that is constant.
    #[expect(
        clippy::unused_self,
        reason = "reads as the compiler's other questions do"
    )]
    pub(super) fn constant(&self, expression: &Expr) -> Option<Constant> {
        constant(expression, FOLDED_DEPTH_MAX)
    }
}

fn constant(expression: &Expr, depth_left: usize) -> Option<Constant> {
    let inner = |expression: &Expr| constant(expression, depth_left.checked_sub(1)?);
    match expression {
        Expr::NoneLiteral(_) => Some(Constant::None),
        Expr::BooleanLiteral(literal) => Some(Constant::Bool(literal.value)),
        Expr::StringLiteral(literal) => Some(Constant::Str(literal.value.to_str().into())),
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(value) => value.as_i64().map(Constant::Int),
            Number::Float(value) => Some(Constant::Float(*value)),
            Number::Complex { .. } => None,
        },
        Expr::UnaryOp(unary) if unary.op == UnaryOp::USub && is_two_to_63(&unary.operand) => {
            Some(Constant::Int(i64::MIN))
        }
        Expr::UnaryOp(unary) => fold_unary(unary.op, &inner(&unary.operand)?),
        Expr::BinOp(binary) => fold_binary(inner(&binary.left)?, binary.op, inner(&binary.right)?),
        Expr::Tuple(tuple) => {
            let items: Option<Vec<_>> = tuple.elts.iter().map(inner).collect();
            items.map(Constant::Tuple)
        }
        _ => None,
    }
}

/// Its negative fits 64 bits, though it does not itself.
fn is_two_to_63(expression: &Expr) -> bool {
    match expression {
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(value) => value.as_u64() == Some(1 << 63),
            _ => false,
        },
        _ => false,
    }
}

/// What a condition takes a constant for.
pub(super) fn is_true(constant: &Constant) -> bool {
    match constant {
        Constant::None => false,
        Constant::Bool(value) => *value,
        Constant::Int(value) => *value != 0,
        Constant::Float(value) => *value != 0.0,
        Constant::Str(value) => !value.is_empty(),
        Constant::Tuple(items) => !items.is_empty(),
    }
}

fn fold_unary(op: UnaryOp, operand: &Constant) -> Option<Constant> {
    match (op, operand) {
        (UnaryOp::Not, operand) => Some(Constant::Bool(!is_true(operand))),
        (UnaryOp::USub, Constant::Int(value)) => value.checked_neg().map(Constant::Int),
        (UnaryOp::UAdd, Constant::Int(value)) => Some(Constant::Int(*value)),
        (UnaryOp::Invert, Constant::Int(value)) => Some(Constant::Int(!value)),
        (UnaryOp::USub, Constant::Float(value)) => Some(Constant::Float(-value)),
        (UnaryOp::UAdd, Constant::Float(value)) => Some(Constant::Float(*value)),
        _ => None,
    }
}

fn fold_binary(left: Constant, op: Op, right: Constant) -> Option<Constant> {
    match (left, right) {
        (Constant::Int(left), Constant::Int(right)) => fold_ints(left, op, right),
        (Constant::Float(left), Constant::Float(right)) => fold_floats(left, op, right),
        (Constant::Str(left), Constant::Str(right)) => {
            let fits = op == Op::Add && left.len() + right.len() <= STRING_MAX;
            fits.then(|| Constant::Str(format!("{left}{right}").into()))
        }
        _ => None,
    }
}

fn fold_ints(left: i64, op: Op, right: i64) -> Option<Constant> {
    let small = || u32::try_from(right).ok();
    let value = match op {
        Op::Add => left.checked_add(right),
        Op::Sub => left.checked_sub(right),
        Op::Mult => left.checked_mul(right),
        Op::FloorDiv => floor_divide(left, right),
        Op::Mod => left.checked_sub(floor_divide(left, right)?.checked_mul(right)?),
        Op::Pow => left.checked_pow(small()?),
        Op::LShift => left.checked_mul(1_i64.checked_shl(small()?).filter(|&power| power > 0)?),
        Op::RShift => small().map(|by| left >> by.min(63)),
        Op::BitAnd => Some(left & right),
        Op::BitOr => Some(left | right),
        Op::BitXor => Some(left ^ right),
        Op::Div | Op::MatMult => None,
    };
    value.map(Constant::Int)
}

/// Rounds towards minus infinity, as Python does.
fn floor_divide(left: i64, right: i64) -> Option<i64> {
    let (quotient, remainder) = (left.checked_div(right)?, left.checked_rem(right)?);
    let rounded_up = remainder != 0 && (remainder < 0) != (right < 0);
    Some(quotient - i64::from(rounded_up))
}

fn fold_floats(left: f64, op: Op, right: f64) -> Option<Constant> {
    let value = match op {
        Op::Add => left + right,
        Op::Sub => left - right,
        Op::Mult => left * right,
        Op::Div if right != 0.0 => left / right,
        _ => return None,
    };
    Some(Constant::Float(value))
}
