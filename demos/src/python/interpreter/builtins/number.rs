//! `abs`, `bool`, `float`, `int`, `max`, `min`, `round`, `sum`.

use std::cmp::Ordering;

use super::super::argument::Arguments;
use super::super::machine::Machine;
use super::super::{Builtin, Exception, Interrupt, type_error, value_error};
use crate::python::code::{Comparison, Operator, write_str};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::object::Number;
use crate::python::object::compare::satisfies;
use crate::python::object::number::{arithmetic, overflow, whole};
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
    pub(super) fn call_number(
        &mut self,
        builtin: Builtin,
        arguments: Arguments,
    ) -> Result<StackRef, Interrupt> {
        match builtin {
            Builtin::Abs => {
                self.plain(builtin, arguments, 1, 1)?;
                self.abs(self.one(arguments))
            }
            Builtin::Bool => {
                self.plain(builtin, arguments, 0, 1)?;
                let truth = match self.argument(arguments, 0) {
                    Some(value) => self.heap.truth(value)?,
                    None => false,
                };
                Ok(self.heap.bool(truth))
            }
            Builtin::Float => {
                self.plain(builtin, arguments, 0, 1)?;
                let value = match self.argument(arguments, 0) {
                    Some(value) => self.float_of(value)?,
                    None => 0.0,
                };
                self.heap.float(value)
            }
            Builtin::Int => {
                self.plain(builtin, arguments, 0, 1)?;
                let value = match self.argument(arguments, 0) {
                    Some(value) => self.int_of(value)?,
                    None => 0,
                };
                self.heap.int(value)
            }
            Builtin::Round => self.round(arguments),
            Builtin::Sum => self.sum(arguments),
            _ => self.extreme(builtin, arguments),
        }
    }

    fn abs(&mut self, value: Ref) -> Result<StackRef, Interrupt> {
        match self.heap.number(value) {
            Some(Number::Int(value)) => self.heap.int(value.checked_abs().ok_or_else(overflow)?),
            Some(Number::Float(value)) => self.heap.float(value.abs()),
            None => Err(type_error(format!(
                "bad operand type for abs(): '{}'",
                self.heap.type_name(value)
            ))),
        }
    }

    fn float_of(&mut self, value: Ref) -> Result<f64, Interrupt> {
        if let Some(number) = self.heap.number(value) {
            return Ok(number.float());
        }
        if !self.heap.memory().is(value, Kind::Str) {
            return Err(type_error(format!(
                "float() argument must be a string or a real number, not '{}'",
                self.heap.type_name(value)
            )));
        }
        let text = self.heap.text(value);
        digits(&text)
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| {
                value_error(format!(
                    "could not convert string to float: {}",
                    quoted(&text)
                ))
            })
    }

    fn int_of(&mut self, value: Ref) -> Result<i64, Interrupt> {
        match self.heap.number(value) {
            Some(Number::Int(value)) => return Ok(value),
            Some(Number::Float(value)) => return truncated(value.trunc()),
            None => {}
        }
        if !self.heap.memory().is(value, Kind::Str) {
            return Err(type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                self.heap.type_name(value)
            )));
        }
        let text = self.heap.text(value);
        let invalid = || {
            let text = quoted(&text);
            value_error(format!("invalid literal for int() with base 10: {text}"))
        };
        let digits = digits(&text).ok_or_else(invalid)?;
        let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(&digits);
        if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid());
        }
        digits.parse().map_err(|_| overflow())
    }

    fn round(&mut self, arguments: Arguments) -> Result<StackRef, Interrupt> {
        self.only_names(Builtin::Round, arguments, &["ndigits"])?;
        Self::expect_count(Builtin::Round, arguments, 1, 2)?;
        let value = self.one(arguments);
        let digits = self
            .either(arguments, 1, "ndigits")
            .filter(|digits| !self.heap.memory().is(*digits, Kind::None));
        let digits = match digits {
            Some(digits) => Some(self.integer(digits)?),
            None => None,
        };
        match (self.heap.number(value), digits) {
            (Some(Number::Int(value)), None | Some(0..)) => self.heap.int(value),
            (Some(Number::Int(value)), Some(digits)) => self.heap.int(round_int(value, digits)?),
            (Some(Number::Float(value)), None) => {
                let rounded = truncated(value.round_ties_even())?;
                self.heap.int(rounded)
            }
            (Some(Number::Float(value)), Some(digits)) => {
                self.heap.float(round_float(value, digits))
            }
            (None, _) => Err(type_error(format!(
                "type {} doesn't define __round__ method",
                self.heap.type_name(value)
            ))),
        }
    }

    /// The integer that an argument must be.
    pub(super) fn integer(&self, value: Ref) -> Result<i64, Interrupt> {
        self.heap.integer(value).ok_or_else(|| {
            type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                self.heap.type_name(value)
            ))
        })
    }

    fn sum(&mut self, arguments: Arguments) -> Result<StackRef, Interrupt> {
        self.only_names(Builtin::Sum, arguments, &["start"])?;
        Self::expect_count(Builtin::Sum, arguments, 1, 2)?;
        let start = match self.either(arguments, 1, "start") {
            Some(start) if self.heap.memory().is(start, Kind::Str) => {
                return Err(type_error(
                    "sum() can't sum strings [use ''.join(seq) instead]",
                ));
            }
            Some(start) => self.heap.share(start),
            None => self.heap.int(0)?,
        };
        let iterable = self.one(arguments);
        let mut sum = Value::Object(start);
        let added = if self.heap.memory().is(iterable, Kind::Range) {
            self.heap.range_values(iterable).try_for_each(|value| {
                self.check_stop()?;
                self.add(&mut sum, Value::Number(Number::Int(value)))
            })
        } else {
            self.for_each(iterable, |machine, item| {
                machine.add(&mut sum, Value::Object(item))
            })
        };
        if let Err(interrupt) = added {
            self.forget_value(sum);
            return Err(interrupt);
        }
        self.object_of(sum)
    }

    /// Adds an item, which it takes over.
    fn add(&mut self, sum: &mut Value, mut item: Value) -> Result<(), Interrupt> {
        let next = match (self.number_of(*sum), self.number_of(item)) {
            (Some(left), Some(right)) => arithmetic(Operator::Add, left, right)
                .map(|sum| Value::Number(sum.expect("numbers can be added"))),
            _ => self.add_as_objects(sum, &mut item),
        };
        self.forget_value(item);
        let old = std::mem::replace(sum, next?);
        self.forget_value(old);
        Ok(())
    }

    fn add_as_objects(&mut self, left: &mut Value, right: &mut Value) -> Result<Value, Interrupt> {
        let left = self.make_object(left)?;
        let right = self.make_object(right)?;
        self.heap
            .operate(Operator::Add, left, right)
            .map(Value::Object)
    }

    /// Makes an object of it, and borrows that.
    fn make_object(&mut self, value: &mut Value) -> Result<Ref, Interrupt> {
        let object = self.object_of(*value)?;
        *value = Value::Object(object);
        Ok(object.object())
    }

    fn number_of(&self, value: Value) -> Option<Number> {
        match value {
            Value::Number(number) => Some(number),
            Value::Object(object) => self.heap.number(object.object()),
        }
    }

    fn object_of(&mut self, value: Value) -> Result<StackRef, Interrupt> {
        match value {
            Value::Number(number) => self.heap.of_number(number),
            Value::Object(object) => Ok(object),
        }
    }

    fn forget_value(&mut self, value: Value) {
        if let Value::Object(object) = value {
            self.heap.forget(object);
        }
    }

    /// `max` and `min`.
    fn extreme(&mut self, builtin: Builtin, arguments: Arguments) -> Result<StackRef, Interrupt> {
        self.only_names(builtin, arguments, &["default"])?;
        Self::expect_count(builtin, arguments, 1, usize::MAX)?;
        let comparison = if builtin == Builtin::Max {
            Comparison::Greater
        } else {
            Comparison::Less
        };
        if arguments.count > 1 {
            let mut best = self.one(arguments);
            for index in 1..arguments.count {
                let other = self.argument(arguments, index).unwrap_or(best);
                if self.heap.compare(comparison, other, best)? {
                    best = other;
                }
            }
            return Ok(self.heap.share(best));
        }
        let iterable = self.one(arguments);
        if self.heap.memory().is(iterable, Kind::Range) && self.heap.range_length(iterable) > 0 {
            return self.extreme_of_range(comparison, iterable);
        }
        let mut best = StackRef::NULL;
        let searched = self.for_each(iterable, |machine, mut item| {
            let better = best.is_null()
                || machine
                    .heap
                    .compare(comparison, item.object(), best.object())
                    .inspect_err(|_| machine.heap.forget(item))?;
            if better {
                std::mem::swap(&mut best, &mut item);
            }
            machine.heap.forget(item);
            Ok(())
        });
        if let Err(interrupt) = searched {
            self.heap.forget(best);
            return Err(interrupt);
        }
        match self.named(arguments, "default") {
            _ if !best.is_null() => Ok(best),
            Some(default) => Ok(self.heap.share(default)),
            None => Err(value_error(format!(
                "{}() iterable argument is empty",
                builtin.name()
            ))),
        }
    }

    /// The greatest or the least integer of a range that has any: found by going through it, as Python does.
    fn extreme_of_range(
        &mut self,
        comparison: Comparison,
        range: Ref,
    ) -> Result<StackRef, Interrupt> {
        let mut best: Option<i64> = None;
        for value in self.heap.range_values(range) {
            self.check_stop()?;
            best = best
                .filter(|best| !satisfies(comparison, Some(value.cmp(best))))
                .or(Some(value));
        }
        self.heap.int(best.unwrap_or_default())
    }
}

/// A value on the way through many: an object whose reference is owned, or a number that is none.
#[derive(Clone, Copy)]
enum Value {
    Number(Number),
    Object(StackRef),
}

/// A number's text without space around it and underscores between digits; `None` if these stand
/// elsewhere.
fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let is_digit = |index: Option<usize>| {
        index
            .and_then(|index| bytes.get(index))
            .is_some_and(u8::is_ascii_digit)
    };
    let placed = (0..bytes.len())
        .filter(|&index| bytes[index] == b'_')
        .all(|index| is_digit(index.checked_sub(1)) && is_digit(Some(index + 1)));
    placed.then(|| text.replace('_', ""))
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    let _ = write_str(&mut out, text);
    out
}

/// A whole float as an integer.
fn truncated(value: f64) -> Result<i64, Interrupt> {
    if value.is_nan() {
        return Err(value_error("cannot convert float NaN to integer"));
    }
    if value.is_infinite() {
        let message = "cannot convert float infinity to integer";
        return Err(Exception::raise("OverflowError", message));
    }
    whole(value).ok_or_else(overflow)
}

/// Rounds to a multiple of a power of ten, ties to an even one.
fn round_int(value: i64, digits: i64) -> Result<i64, Interrupt> {
    let power = u32::try_from(-digits)
        .ok()
        .and_then(|digits| 10_i64.checked_pow(digits));
    let Some(unit) = power else {
        return Ok(0);
    };
    let (low, rest) = (value.div_euclid(unit), value.rem_euclid(unit));
    let up = match (rest * 2).cmp(&unit) {
        Ordering::Less => 0,
        Ordering::Equal => low.rem_euclid(2),
        Ordering::Greater => 1,
    };
    (low + up).checked_mul(unit).ok_or_else(overflow)
}

/// Rounds to so many decimals, as the decimal text of the number does.
fn round_float(value: f64, digits: i64) -> f64 {
    if !value.is_finite() || digits > 323 {
        return value;
    }
    if let Ok(digits) = usize::try_from(digits) {
        return format!("{value:.digits$}").parse().unwrap_or(value);
    }
    let unit = 10_f64.powi(i32::try_from(-digits).unwrap_or(400));
    let rounded = (value / unit).round_ties_even() * unit;
    if rounded.is_nan() {
        0_f64.copysign(value)
    } else {
        rounded
    }
}
