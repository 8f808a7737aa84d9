//! Comparisons: equality of anything, an order of numbers, strings, tuples and lists; truth; `in`.

use std::cmp::Ordering;

use super::heap::Number;
use super::number::whole;
use super::{Entries, Heap, dict, premade};
use crate::python::code::Comparison;
use crate::python::interpreter::{Exception, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::runtime::Runtime;

/// How deep lists and tuples within each other are compared.
const DEPTH_MAX: u32 = 200;

/// The order of two numbers; `None` if one is not a number.
pub fn numbers(left: Number, right: Number) -> Option<Ordering> {
    match (left, right) {
        (Number::Int(left), Number::Int(right)) => Some(left.cmp(&right)),
        (Number::Float(left), Number::Float(right)) => left.partial_cmp(&right),
        (Number::Int(left), Number::Float(right)) => integer_and_float(left, right),
        (Number::Float(left), Number::Int(right)) => {
            integer_and_float(right, left).map(Ordering::reverse)
        }
    }
}

/// Exactly, also where the integer is no float.
fn integer_and_float(left: i64, right: f64) -> Option<Ordering> {
    /// 2^63, the first float that is no `i64`.
    const END: f64 = 9_223_372_036_854_775_808.0;
    if right.is_nan() {
        None
    } else if right >= END {
        Some(Ordering::Less)
    } else if right < -END {
        Some(Ordering::Greater)
    } else {
        let whole = left.cmp(&(right as i64));
        Some(whole.then_with(|| {
            0.0_f64
                .partial_cmp(&right.fract())
                .unwrap_or(Ordering::Equal)
        }))
    }
}

/// Whether an order satisfies a comparison.
#[inline]
pub fn satisfies(comparison: Comparison, order: Option<Ordering>) -> bool {
    match comparison {
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::LessEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::NotEqual => order != Some(Ordering::Equal),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::GreaterEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    }
}

impl<R: Runtime> Heap<'_, R> {
    /// `left comparison right`
    ///
    /// # Errors
    /// If there is no order of the two.
    pub fn compare(
        &mut self,
        comparison: Comparison,
        left: Ref,
        right: Ref,
    ) -> Result<bool, Interrupt> {
        match comparison {
            Comparison::Equal => self.equal(left, right, 0),
            Comparison::NotEqual => Ok(!self.equal(left, right, 0)?),
            _ => {
                let order = self.order(comparison, left, right, 0)?;
                Ok(satisfies(comparison, order))
            }
        }
    }

    fn equal(&mut self, left: Ref, right: Ref, depth: u32) -> Result<bool, Interrupt> {
        if let (Some(left), Some(right)) = (self.number(left), self.number(right)) {
            return Ok(numbers(left, right) == Some(Ordering::Equal));
        }
        if left == right {
            return Ok(true);
        }
        check_depth(depth)?;
        match (self.kind(left), self.kind(right)) {
            (Kind::Str, Kind::Str) => Ok(self.text(left) == self.text(right)),
            (Kind::List, Kind::List) | (Kind::Tuple, Kind::Tuple) => Ok(self.length(left)?
                == self.length(right)?
                && self.difference(left, right, depth)?.is_none()),
            (Kind::Range, Kind::Range) => Ok(self.same_ranges(left, right)),
            (Kind::Dict, Kind::Dict) => self.equal_dicts(left, right, depth),
            _ => Ok(false),
        }
    }

    /// As containers compare what they hold: an object is itself, even where it is not equal to itself.
    fn same_or_equal(&mut self, left: Ref, right: Ref, depth: u32) -> Result<bool, Interrupt> {
        Ok(left == right || self.equal(left, right, depth)?)
    }

    /// Whether one of these values, which it takes over, is the item.
    fn any_is(&mut self, values: Vec<StackRef>, item: Ref) -> Result<bool, Interrupt> {
        let mut found = Ok(false);
        for value in values {
            if let Ok(false) = found {
                found = self.is_item(value.object(), item);
            }
            self.forget(value);
        }
        found
    }

    /// Whether what a container holds is the item that is looked for.
    ///
    /// # Errors
    /// Those of comparing them.
    pub fn is_item(&mut self, held: Ref, item: Ref) -> Result<bool, Interrupt> {
        self.same_or_equal(held, item, 0)
    }

    fn same_ranges(&self, left: Ref, right: Ref) -> bool {
        let length = self.range_length(left);
        let ([start, _, step], [other_start, _, other_step]) =
            (self.range(left), self.range(right));
        length == self.range_length(right)
            && (length == 0 || start == other_start && (length == 1 || step == other_step))
    }

    fn equal_dicts(&mut self, left: Ref, right: Ref, depth: u32) -> Result<bool, Interrupt> {
        let entries = dict::entries(self, left)?;
        let mut equal = dict::length(self, right).map(|length| length as usize == entries.len());
        for (key, value) in entries {
            if let Ok(true) = equal {
                equal = self.has_entry(right, key.object(), value.object(), depth);
            }
            self.forget(key);
            self.forget(value);
        }
        equal
    }

    fn has_entry(
        &mut self,
        dict: Ref,
        key: Ref,
        value: Ref,
        depth: u32,
    ) -> Result<bool, Interrupt> {
        let other = dict::get(self, dict, key)?;
        if other.is_null() {
            return Ok(false);
        }
        let equal = self.same_or_equal(value, other.object(), depth + 1);
        self.forget(other);
        equal
    }

    /// The first index at which two lists or tuples differ, if both have it.
    fn difference(&mut self, left: Ref, right: Ref, depth: u32) -> Result<Option<u32>, Interrupt> {
        for index in 0.. {
            let (a, b) = (self.item(left, index)?, self.item(right, index)?);
            let both = !a.is_null() && !b.is_null();
            let equal = if both {
                self.same_or_equal(a.object(), b.object(), depth + 1)
            } else {
                Ok(true)
            };
            self.forget(a);
            self.forget(b);
            if !equal? {
                return Ok(Some(index));
            }
            if !both {
                break;
            }
        }
        Ok(None)
    }

    fn order(
        &mut self,
        comparison: Comparison,
        left: Ref,
        right: Ref,
        depth: u32,
    ) -> Result<Option<Ordering>, Interrupt> {
        check_depth(depth)?;
        if let (Some(left), Some(right)) = (self.number(left), self.number(right)) {
            return Ok(numbers(left, right));
        }
        match (self.kind(left), self.kind(right)) {
            (Kind::Str, Kind::Str) => Ok(Some(self.text(left).cmp(&self.text(right)))),
            (Kind::List, Kind::List) | (Kind::Tuple, Kind::Tuple) => {
                let Some(index) = self.difference(left, right, depth)? else {
                    return Ok(Some(self.length(left)?.cmp(&self.length(right)?)));
                };
                let (a, b) = (self.item(left, index)?, self.item(right, index)?);
                let order = self.order(comparison, a.object(), b.object(), depth + 1);
                self.forget(a);
                self.forget(b);
                order
            }
            (left, right) => Err(type_error(format!(
                "'{}' not supported between instances of '{}' and '{}'",
                comparison.symbol(),
                left.name(),
                right.name()
            ))),
        }
    }

    /// `bool(value)`
    ///
    /// # Errors
    /// Those of reading a length.
    #[inline]
    pub fn truth(&mut self, value: Ref) -> Result<bool, Interrupt> {
        match value {
            premade::TRUE => Ok(true),
            premade::FALSE | premade::NONE => Ok(false),
            value => self.truth_of_object(value),
        }
    }

    fn truth_of_object(&mut self, value: Ref) -> Result<bool, Interrupt> {
        Ok(match self.kind(value) {
            Kind::Int => self.memory().payload(value) != 0,
            Kind::Float => f64::from_bits(self.memory().payload(value)) != 0.0,
            Kind::Str => self.memory().span(value).length() != 0,
            Kind::List | Kind::Tuple => self.length(value)? != 0,
            Kind::Dict => dict::length(self, value)? != 0,
            Kind::Range => self.range_length(value) != 0,
            _ => true,
        })
    }

    /// `item in container`, of what need not be gone through item by item.
    ///
    /// # Errors
    /// If it is no container.
    pub fn contains(&mut self, container: Ref, item: Ref) -> Result<bool, Interrupt> {
        match self.kind(container) {
            Kind::Dict => {
                let value = dict::get(self, container, item)?;
                self.forget(value);
                Ok(!value.is_null())
            }
            Kind::Str if self.memory().is(item, Kind::Str) => {
                Ok(self.text(container).contains(&self.text(item)))
            }
            Kind::Str => Err(type_error(format!(
                "'in <string>' requires string as left operand, not {}",
                self.type_name(item)
            ))),
            Kind::DictIterator => match self.iterated_dict(container) {
                (dict, Entries::Keys) => self.contains(dict, item),
                (dict, entries) => {
                    let values = self.dict_entries(dict, entries)?;
                    self.any_is(values, item)
                }
            },
            Kind::Range => Ok(match self.number(item) {
                Some(Number::Int(value)) => self.range_has(container, value),
                Some(Number::Float(value)) => {
                    whole(value).is_some_and(|value| self.range_has(container, value))
                }
                None => false,
            }),
            kind => Err(type_error(format!(
                "argument of type '{}' is not iterable",
                kind.name()
            ))),
        }
    }

    fn range_has(&self, range: Ref, item: i64) -> bool {
        let [start, _, step] = self.range(range).map(i128::from);
        let item = i128::from(item);
        let index = (item - start) / step;
        (item - start) % step == 0 && index >= 0 && index < i128::from(self.range_length(range))
    }
}

fn check_depth(depth: u32) -> Result<(), Interrupt> {
    if depth < DEPTH_MAX {
        return Ok(());
    }
    let message = "maximum recursion depth exceeded in comparison";
    Err(Exception::raise("RecursionError", message))
}
