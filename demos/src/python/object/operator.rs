//! Operators: on numbers, and on what can be added and multiplied besides.

use super::number::{arithmetic, overflow};
use super::{Heap, Number, premade};
use crate::python::code::{Instruction, Operator};
use crate::python::interpreter::{Interrupt, type_error};
use crate::python::memory::{Full, Kind, Ref, Span, StackRef};
use crate::python::runtime::Runtime;

impl<R: Runtime> Heap<'_, R> {
    /// `left operator right`
    ///
    /// # Errors
    /// As in Python.
    #[inline]
    pub fn operate(
        &mut self,
        operator: Operator,
        left: Ref,
        right: Ref,
    ) -> Result<StackRef, Interrupt> {
        match self.integers(operator, left, right) {
            Some(Some(result)) => self.int(result),
            Some(None) => Err(overflow()),
            None => self.operate_slowly(operator, left, right, operator.symbol()),
        }
    }

    /// `left operator= right`, where it is not a list that is changed in place.
    ///
    /// # Errors
    /// As in Python.
    #[inline]
    pub fn operate_in_place(
        &mut self,
        operator: Operator,
        left: Ref,
        right: Ref,
    ) -> Result<StackRef, Interrupt> {
        match self.integers(operator, left, right) {
            Some(Some(result)) => self.int(result),
            Some(None) => Err(overflow()),
            None => self.operate_slowly(operator, left, right, operator.symbol_in_place()),
        }
    }

    /// The result for two ints, for the most frequent operators; within it `None` if it does not fit.
    #[inline]
    #[expect(clippy::option_option, reason = "it may not apply, and it may not fit")]
    fn integers(&self, operator: Operator, left: Ref, right: Ref) -> Option<Option<i64>> {
        let memory = self.memory();
        if !memory.is(left, Kind::Int) || !memory.is(right, Kind::Int) {
            return None;
        }
        let (left, right) = (
            memory.payload(left).cast_signed(),
            memory.payload(right).cast_signed(),
        );
        match operator {
            Operator::Add => Some(left.checked_add(right)),
            Operator::Subtract => Some(left.checked_sub(right)),
            Operator::Multiply => Some(left.checked_mul(right)),
            Operator::Remainder if right > 0 => Some(left.checked_rem_euclid(right)),
            Operator::FloorDivide if right > 0 => Some(left.checked_div_euclid(right)),
            _ => None,
        }
    }

    #[inline(never)]
    fn operate_slowly(
        &mut self,
        operator: Operator,
        left: Ref,
        right: Ref,
        symbol: &str,
    ) -> Result<StackRef, Interrupt> {
        if let (Some(a), Some(b)) = (self.number(left), self.number(right)) {
            if let (Kind::Bool, Kind::Bool) = (self.kind(left), self.kind(right))
                && let Some(value) = booleans(operator, left, right)
            {
                return Ok(self.bool(value));
            }
            if let Some(result) = arithmetic(operator, a, b)? {
                return self.of_number(result);
            }
        }
        match (operator, self.kind(left), self.kind(right)) {
            (Operator::Add, Kind::Str, Kind::Str) => {
                let text = self.text(left) + &self.text(right);
                self.string(&text)
            }
            (Operator::Add, Kind::Str, other) => Err(type_error(format!(
                "can only concatenate str (not \"{}\") to str",
                other.name()
            ))),
            (Operator::Add, Kind::List | Kind::Tuple, _) => self.concatenate(left, right),
            (Operator::Multiply, Kind::Str | Kind::List | Kind::Tuple, _) => {
                self.multiply(left, right)
            }
            (Operator::Multiply, _, Kind::Str | Kind::List | Kind::Tuple) => {
                self.multiply(right, left)
            }
            (_, left, right) => Err(type_error(format!(
                "unsupported operand type(s) for {}: '{}' and '{}'",
                if symbol == "**" {
                    "** or pow()"
                } else {
                    symbol
                },
                left.name(),
                right.name()
            ))),
        }
    }

    fn multiply(&mut self, sequence: Ref, times: Ref) -> Result<StackRef, Interrupt> {
        let Some(count) = self.integer(times) else {
            return Err(type_error(format!(
                "can't multiply sequence by non-int of type '{}'",
                self.type_name(times)
            )));
        };
        if !self.memory().is(sequence, Kind::Str) {
            return self.repeat(sequence, count);
        }
        let text = self.text(sequence);
        let count = usize::try_from(count).unwrap_or(0);
        if text.len().saturating_mul(count) > Span::LENGTH_MAX as usize {
            return Err(Full.into());
        }
        self.string(&text.repeat(count))
    }

    /// A number as an object.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn of_number(&mut self, number: Number) -> Result<StackRef, Interrupt> {
        match number {
            Number::Int(value) => self.int(value),
            Number::Float(value) => self.float(value),
        }
    }

    /// `-value`, `+value`, `~value`
    ///
    /// # Errors
    /// If the value is no number, or the result too large.
    pub fn unary(&mut self, instruction: Instruction, value: Ref) -> Result<StackRef, Interrupt> {
        let (symbol, result) = match (instruction, self.number(value)) {
            (Instruction::UnaryNegative, Some(Number::Int(value))) => {
                let negative = value.checked_neg().ok_or_else(overflow)?;
                ("-", Some(Number::Int(negative)))
            }
            (Instruction::UnaryNegative, Some(Number::Float(value))) => {
                ("-", Some(Number::Float(-value)))
            }
            (Instruction::UnaryInvert, Some(Number::Int(value))) => {
                ("~", Some(Number::Int(!value)))
            }
            (Instruction::UnaryNegative, None) => ("-", None),
            (Instruction::UnaryInvert, _) => ("~", None),
            (_, number) => ("+", number),
        };
        match result {
            Some(number) => self.of_number(number),
            None => Err(type_error(format!(
                "bad operand type for unary {symbol}: '{}'",
                self.type_name(value)
            ))),
        }
    }
}

/// `&`, `|` and `^` of booleans are booleans.
fn booleans(operator: Operator, left: Ref, right: Ref) -> Option<bool> {
    let (left, right) = (left == premade::TRUE, right == premade::TRUE);
    match operator {
        Operator::And => Some(left & right),
        Operator::Or => Some(left | right),
        Operator::Xor => Some(left ^ right),
        _ => None,
    }
}
