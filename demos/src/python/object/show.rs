//! `str` and `repr`.

use std::fmt::Write;

use super::{Heap, dict};
use crate::python::code::{write_float, write_str};
use crate::python::interpreter::{Exception, Interrupt};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::runtime::Runtime;

/// How deep lists within lists are written; one that contains itself is written as `[...]`.
const DEPTH_MAX: usize = 200;

impl<R: Runtime> Heap<'_, R> {
    /// `str(value)`
    ///
    /// # Errors
    /// What keeps it from reading the value.
    pub fn str(&mut self, value: Ref) -> Result<String, Interrupt> {
        if self.memory().is(value, Kind::Str) {
            return Ok(self.text(value));
        }
        self.repr(value)
    }

    /// `repr(value)`
    ///
    /// # Errors
    /// What keeps it from reading the value.
    pub fn repr(&mut self, value: Ref) -> Result<String, Interrupt> {
        let mut out = String::new();
        self.write_repr(&mut out, value, &mut Vec::new())?;
        Ok(out)
    }

    fn write_repr(
        &mut self,
        out: &mut String,
        value: Ref,
        within: &mut Vec<Ref>,
    ) -> Result<(), Interrupt> {
        let payload = self.memory().payload(value);
        match self.kind(value) {
            Kind::None => out.push_str("None"),
            Kind::Bool => out.push_str(if payload == 0 { "False" } else { "True" }),
            Kind::Int => out.push_str(&payload.cast_signed().to_string()),
            Kind::Float => {
                let _ = write_float(out, f64::from_bits(payload));
            }
            Kind::Str => {
                let _ = write_str(out, &self.text(value));
            }
            Kind::Range => out.push_str(&self.repr_range(value)),
            Kind::List | Kind::Tuple | Kind::Dict => {
                let kind = self.kind(value);
                if within.contains(&value) {
                    out.push_str(if kind == Kind::Dict { "{...}" } else { "[...]" });
                    return Ok(());
                }
                if within.len() == DEPTH_MAX {
                    let message =
                        "maximum recursion depth exceeded while getting the repr of an object";
                    return Err(Exception::raise("RecursionError", message));
                }
                within.push(value);
                let written = if kind == Kind::Dict {
                    self.write_dict(out, value, within)
                } else {
                    self.write_sequence(out, value, within)
                };
                within.pop();
                return written;
            }
            kind => {
                let (name, address) = (kind.name(), value.index() * 32);
                let _ = write!(out, "<{name} object at {address:#x}>");
            }
        }
        Ok(())
    }

    fn repr_range(&self, range: Ref) -> String {
        match self.range(range) {
            [start, end, 1] => format!("range({start}, {end})"),
            [start, end, step] => format!("range({start}, {end}, {step})"),
        }
    }

    fn write_sequence(
        &mut self,
        out: &mut String,
        sequence: Ref,
        within: &mut Vec<Ref>,
    ) -> Result<(), Interrupt> {
        let is_list = self.memory().is(sequence, Kind::List);
        let items = self.items(sequence)?;
        out.push(if is_list { '[' } else { '(' });
        let result = self.write_items(out, &items, within);
        out.push_str(match (is_list, items.len()) {
            (true, _) => "]",
            (false, 1) => ",)",
            (false, _) => ")",
        });
        self.forget_all(items);
        result
    }

    fn write_items(
        &mut self,
        out: &mut String,
        items: &[StackRef],
        within: &mut Vec<Ref>,
    ) -> Result<(), Interrupt> {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            self.write_repr(out, item.object(), within)?;
        }
        Ok(())
    }

    fn write_dict(
        &mut self,
        out: &mut String,
        dict: Ref,
        within: &mut Vec<Ref>,
    ) -> Result<(), Interrupt> {
        let entries = dict::entries(self, dict)?;
        let mut result = Ok(());
        out.push('{');
        for (index, (key, value)) in entries.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            result = self.write_repr(out, key.object(), within).and_then(|()| {
                out.push_str(": ");
                self.write_repr(out, value.object(), within)
            });
            if result.is_err() {
                break;
            }
        }
        out.push('}');
        for (key, value) in entries {
            self.forget(key);
            self.forget(value);
        }
        result
    }
}
