//! `str` and `repr`.

use super::{Heap, dict};
use crate::python::code::{write_float, write_str};
use crate::python::interpreter::{Exception, Interrupt};
use crate::python::memory::{Full, Kind, Ref, Span, StackRef};
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
        self.repr_with(value, &|heap, object| {
            let (name, address) = (heap.type_name(object), object.index() * 32);
            format!("<{name} object at {address:#x}>")
        })
    }

    /// `repr(value)`, with functions, modules, locks and threads as `opaque` shows them.
    ///
    /// # Errors
    /// What keeps it from reading the value.
    pub fn repr_with(
        &mut self,
        value: Ref,
        opaque: &dyn Fn(&Self, Ref) -> String,
    ) -> Result<String, Interrupt> {
        let mut writer = Writer {
            out: String::new(),
            within: Vec::new(),
            opaque,
        };
        writer.write(self, value)?;
        Ok(writer.out)
    }

    fn repr_range(&self, range: Ref) -> String {
        match self.range(range) {
            [start, end, 1] => format!("range({start}, {end})"),
            [start, end, step] => format!("range({start}, {end}, {step})"),
        }
    }
}

/// A value while it is written.
struct Writer<'a, 'h, R: Runtime> {
    out: String,
    /// The lists, tuples and dicts that are being written, the outermost first.
    within: Vec<Ref>,
    opaque: &'a dyn Fn(&Heap<'h, R>, Ref) -> String,
}

impl<'h, R: Runtime> Writer<'_, 'h, R> {
    fn write(&mut self, heap: &mut Heap<'h, R>, value: Ref) -> Result<(), Interrupt> {
        if self.out.len() > Span::LENGTH_MAX as usize {
            // There is no string so long.
            return Err(Full.into());
        }
        let payload = heap.memory().payload(value);
        match heap.kind(value) {
            Kind::None => self.out.push_str("None"),
            Kind::Bool => self
                .out
                .push_str(if payload == 0 { "False" } else { "True" }),
            Kind::Int => self.out.push_str(&payload.cast_signed().to_string()),
            Kind::Float => {
                let _ = write_float(&mut self.out, f64::from_bits(payload));
            }
            Kind::Str => {
                let _ = write_str(&mut self.out, &heap.text(value));
            }
            Kind::Range => self.out.push_str(&heap.repr_range(value)),
            kind @ (Kind::List | Kind::Tuple | Kind::Dict) => {
                return self.write_container(heap, value, kind);
            }
            _ => self.out.push_str(&(self.opaque)(heap, value)),
        }
        Ok(())
    }

    fn write_container(
        &mut self,
        heap: &mut Heap<'h, R>,
        value: Ref,
        kind: Kind,
    ) -> Result<(), Interrupt> {
        if self.within.contains(&value) {
            let dots = match kind {
                Kind::Dict => "{...}",
                Kind::List => "[...]",
                _ => "(...)",
            };
            self.out.push_str(dots);
            return Ok(());
        }
        if self.within.len() == DEPTH_MAX {
            let message = "maximum recursion depth exceeded while getting the repr of an object";
            return Err(Exception::raise("RecursionError", message));
        }
        self.within.push(value);
        let written = match kind {
            Kind::Dict => self.write_dict(heap, value),
            _ => self.write_sequence(heap, value, kind),
        };
        self.within.pop();
        written
    }

    fn write_sequence(
        &mut self,
        heap: &mut Heap<'h, R>,
        sequence: Ref,
        kind: Kind,
    ) -> Result<(), Interrupt> {
        let items = heap.items(sequence)?;
        let (open, close) = match (kind, items.len()) {
            (Kind::List, _) => ("[", "]"),
            (_, 1) => ("(", ",)"),
            _ => ("(", ")"),
        };
        self.out.push_str(open);
        let mut result = Ok(());
        for (index, item) in items.iter().enumerate() {
            self.separate(index);
            result = self.write(heap, item.object());
            if result.is_err() {
                break;
            }
        }
        self.out.push_str(close);
        heap.forget_all(items);
        result
    }

    fn write_dict(&mut self, heap: &mut Heap<'h, R>, dict: Ref) -> Result<(), Interrupt> {
        let entries = dict::entries(heap, dict)?;
        let mut result = Ok(());
        self.out.push('{');
        for (index, (key, value)) in entries.iter().enumerate() {
            self.separate(index);
            result = self.write_entry(heap, *key, *value);
            if result.is_err() {
                break;
            }
        }
        self.out.push('}');
        for (key, value) in entries {
            heap.forget(key);
            heap.forget(value);
        }
        result
    }

    fn write_entry(
        &mut self,
        heap: &mut Heap<'h, R>,
        key: StackRef,
        value: StackRef,
    ) -> Result<(), Interrupt> {
        self.write(heap, key.object())?;
        self.out.push_str(": ");
        self.write(heap, value.object())
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.out.push_str(", ");
        }
    }
}
