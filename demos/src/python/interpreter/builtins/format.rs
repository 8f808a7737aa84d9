//! `str`, `repr` and `format`, with the names that only the program knows.

use super::super::machine::Machine;
use super::super::{Builtin, Interrupt, Module, value_error};
use super::specification::Specification;
use crate::python::code::Program;
use crate::python::memory::{Kind, Ref};
use crate::python::object::Heap;
use crate::python::object::thread::{self, Phase, UNLOCKED};
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
    /// `str(value)`
    pub(in crate::python::interpreter) fn show(&mut self, value: Ref) -> Result<String, Interrupt> {
        if self.heap.memory().is(value, Kind::Str) {
            return Ok(self.heap.text(value));
        }
        self.show_exactly(value)
    }

    /// `repr(value)`
    pub(in crate::python::interpreter) fn show_exactly(
        &mut self,
        value: Ref,
    ) -> Result<String, Interrupt> {
        let program = &self.interpreter.prepared.program;
        self.heap
            .repr_with(value, &|heap, object| opaque(program, heap, object))
    }

    /// `format(value, specification)`
    pub(in crate::python::interpreter) fn format(
        &mut self,
        value: Ref,
        specification: &str,
    ) -> Result<String, Interrupt> {
        if specification.is_empty() {
            return self.show(value);
        }
        let kind = self.heap.kind(value);
        let Some(specification) = Specification::parse(specification) else {
            return Err(value_error(format!(
                "Invalid format specifier '{specification}' for object of type '{}'",
                kind.name()
            )));
        };
        match (kind, self.heap.number(value)) {
            (Kind::Str, _) => specification.text(&self.heap.text(value)),
            (_, Some(number)) => specification.number(number),
            (kind, None) => Err(super::super::type_error(format!(
                "unsupported format string passed to {}.__format__",
                kind.name()
            ))),
        }
    }
}

/// What `repr` shows of an object that is no plain value.
fn opaque<R: Runtime>(program: &Program, heap: &Heap<'_, R>, object: Ref) -> String {
    let payload = heap.memory().payload(object);
    let address = object.index() * 32;
    match heap.kind(object) {
        Kind::Function => {
            let name = &program.codes[(payload >> 32) as usize].name;
            format!("<function {name} at {address:#x}>")
        }
        Kind::Builtin => {
            let builtin = Builtin::from_number(payload);
            if builtin.is_type() {
                format!("<class '{}'>", builtin.full_name())
            } else {
                format!("<built-in function {}>", builtin.name())
            }
        }
        Kind::Module => {
            let name = Module::ALL[payload as usize].name();
            format!("<module '{name}' (built-in)>")
        }
        Kind::Lock => {
            let state = if payload == UNLOCKED {
                "unlocked"
            } else {
                "locked"
            };
            format!("<{state} _thread.lock object at {address:#x}>")
        }
        Kind::Thread => {
            let phase = match thread::phase(heap.memory(), object) {
                Phase::New => "initial",
                Phase::Started => "started",
                Phase::Ended => "stopped",
            };
            let [_, _, name] = heap.thread_parts(object);
            format!("<Thread({}, {phase})>", heap.text(name))
        }
        kind => format!("<{} object at {address:#x}>", kind.name()),
    }
}
