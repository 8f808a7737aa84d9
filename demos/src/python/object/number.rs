//! Arithmetic of ints, bools and floats.

use super::heap::Number;
use crate::python::code::Operator;
use crate::python::interpreter::{Exception, Interrupt, value_error};

/// `left operator right` for numbers; `None` if there is no such operator for them.
///
/// # Errors
/// As in Python, and an `OverflowError` where Python's integers would grow beyond 64 bits.
pub fn arithmetic(
    operator: Operator,
    left: Number,
    right: Number,
) -> Result<Option<Number>, Interrupt> {
    Ok(match (left, right) {
        (Number::Int(left), Number::Int(right)) => Some(integers(operator, left, right)?),
        (left, right) => floats(operator, left.float(), right.float())?.map(Number::Float),
    })
}

impl Number {
    /// As a float.
    pub fn float(self) -> f64 {
        match self {
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

/// The integer that a float is, if it is one.
pub fn whole(value: f64) -> Option<i64> {
    /// 2^63, the first float that is no `i64`.
    const END: f64 = 9_223_372_036_854_775_808.0;
    ((-END..END).contains(&value) && value.fract() == 0.0).then_some(value as i64)
}

/// What Python would go on with, and the laboratory does not.
#[cold]
pub fn overflow() -> Interrupt {
    Exception::raise("OverflowError", "integer result does not fit in 64 bits")
}

#[cold]
fn zero_division(message: &str) -> Interrupt {
    Exception::raise("ZeroDivisionError", message)
}

fn integers(operator: Operator, left: i64, right: i64) -> Result<Number, Interrupt> {
    let result = match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        Operator::TrueDivide if right == 0 => return Err(zero_division("division by zero")),
        Operator::TrueDivide => return Ok(Number::Float(quotient(left, right))),
        Operator::FloorDivide if right == 0 => {
            return Err(zero_division("integer division or modulo by zero"));
        }
        Operator::FloorDivide => left
            .checked_div_euclid(right)
            .map(|_| floor_divide(left, right)),
        Operator::Remainder if right == 0 => {
            return Err(zero_division("integer modulo by zero"));
        }
        Operator::Remainder => Some(remainder(left, right)),
        Operator::Power if right < 0 => {
            return float_power(left as f64, right as f64).map(Number::Float);
        }
        Operator::Power => integer_power(left, right),
        Operator::LeftShift | Operator::RightShift if right < 0 => {
            return Err(value_error("negative shift count"));
        }
        Operator::LeftShift => left_shift(left, right),
        Operator::RightShift => Some(left >> right.min(63)),
        Operator::And => Some(left & right),
        Operator::Or => Some(left | right),
        Operator::Xor => Some(left ^ right),
    };
    result.map(Number::Int).ok_or_else(overflow)
}

/// Rounded towards minus infinity.
fn floor_divide(left: i64, right: i64) -> i64 {
    let quotient = left / right;
    if left % right != 0 && (left < 0) != (right < 0) {
        quotient - 1
    } else {
        quotient
    }
}

/// With the sign of the divisor.
fn remainder(left: i64, right: i64) -> i64 {
    let remainder = left.wrapping_rem(right);
    if remainder != 0 && (remainder < 0) != (right < 0) {
        remainder + right
    } else {
        remainder
    }
}

/// The nearest float to the exact quotient. Where both are floats exactly the processor rounds once; else
/// long division gives more bits than a float has, and the rest decides a tie.
fn quotient(left: i64, right: i64) -> f64 {
    const EXACT: u64 = 1 << 53;
    if left.unsigned_abs() <= EXACT && right.unsigned_abs() <= EXACT {
        return left as f64 / right as f64;
    }
    let (numerator, denominator) = (
        u128::from(left.unsigned_abs()),
        u128::from(right.unsigned_abs()),
    );
    let shift = numerator.leading_zeros() - 1;
    let (quotient, rest) = (
        (numerator << shift) / denominator,
        (numerator << shift) % denominator,
    );
    let size = (quotient | u128::from(rest != 0)) as f64 / 2_f64.powi(shift.cast_signed());
    if (left < 0) == (right < 0) {
        size
    } else {
        -size
    }
}

fn integer_power(base: i64, exponent: i64) -> Option<i64> {
    match (base, u32::try_from(exponent)) {
        (_, Ok(exponent)) => base.checked_pow(exponent),
        (0 | 1, _) => Some(base),
        (-1, _) => Some(if exponent % 2 == 0 { 1 } else { -1 }),
        _ => None,
    }
}

fn left_shift(left: i64, right: i64) -> Option<i64> {
    if left == 0 {
        return Some(0);
    }
    let shift = u32::try_from(right).ok().filter(|shift| *shift < 64)?;
    let result = left << shift;
    (result >> shift == left).then_some(result)
}

fn floats(operator: Operator, left: f64, right: f64) -> Result<Option<f64>, Interrupt> {
    Ok(Some(match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::TrueDivide if right == 0.0 => {
            return Err(zero_division("float division by zero"));
        }
        Operator::TrueDivide => left / right,
        Operator::FloorDivide if right == 0.0 => {
            return Err(zero_division("float floor division by zero"));
        }
        Operator::FloorDivide => float_floor_divide(left, right),
        Operator::Remainder if right == 0.0 => return Err(zero_division("float modulo by zero")),
        Operator::Remainder => float_remainder(left, right),
        Operator::Power => float_power(left, right)?,
        Operator::LeftShift
        | Operator::RightShift
        | Operator::And
        | Operator::Or
        | Operator::Xor => return Ok(None),
    }))
}

/// With the sign of the divisor, a zero too.
fn float_remainder(left: f64, right: f64) -> f64 {
    let remainder = left % right;
    if remainder == 0.0 {
        0_f64.copysign(right)
    } else if (remainder < 0.0) == (right < 0.0) {
        remainder
    } else {
        remainder + right
    }
}

/// The floor of the exact quotient: computed from the remainder, which is exact.
fn float_floor_divide(left: f64, right: f64) -> f64 {
    let mut remainder = left % right;
    let mut quotient = (left - remainder) / right;
    if remainder != 0.0 && (remainder < 0.0) != (right < 0.0) {
        remainder += right;
        quotient -= 1.0;
    }
    if quotient == 0.0 || remainder.is_nan() {
        return if remainder.is_nan() {
            f64::NAN
        } else {
            0_f64.copysign(left / right)
        };
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 {
        floor + 1.0
    } else {
        floor
    }
}

fn float_power(base: f64, exponent: f64) -> Result<f64, Interrupt> {
    if base == 0.0 && exponent < 0.0 {
        return Err(zero_division("0.0 cannot be raised to a negative power"));
    }
    let result = base.powf(exponent);
    if result.is_nan() && !base.is_nan() && !exponent.is_nan() {
        return Err(value_error(
            "a negative number to a fractional power is a complex number, and there are none here",
        ));
    }
    if result.is_infinite() && base.is_finite() && exponent.is_finite() {
        let message = "(34, 'Numerical result out of range')";
        return Err(Exception::raise("OverflowError", message));
    }
    Ok(result)
}
