//! What is to be seen of a program at one moment: names, objects, counts.

use super::world::World;
use crate::python::code::Instruction;
use crate::python::memory::{COUNT, Kind, Ref};
use crate::python::object::layout;

/// The most objects of a picture.
pub const OBJECTS_MAX: usize = 32;

/// A program's names and the objects that they lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heap {
    /// The names in the order in which the program has them: globals, then the locals of the calls.
    pub names: Vec<Name>,
    /// The objects that names lead to, directly or through others, in the order in which they are met.
    pub objects: Vec<Object>,
}

/// A name and its object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The function whose local it is; `None` for a global.
    pub function: Option<String>,
    /// As the program has it.
    pub name: String,
    /// The object's [`Object::id`].
    pub object: u32,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its slot: what tells it from others while it lives.
    pub id: u32,
    /// Python's name of its type.
    pub kind: &'static str,
    /// Its value as `repr` shows it.
    pub text: String,
    /// Its count of references: those of names and objects, and of values that a thread computes with.
    pub count: u64,
    /// Whether it was there before the program, and stays: `None`, a small integer, a constant.
    pub prepared: bool,
    /// The objects that it refers to, in order.
    pub items: Vec<u32>,
}

impl World {
    /// The instruction that a thread is about to execute.
    pub fn instruction(&self, thread: usize) -> Option<Instruction> {
        let (code, next) = self.threads.get(thread)?.place();
        self.prepared
            .codes
            .get(code)?
            .instructions
            .get(next)
            .copied()
    }

    /// The line of the program where a thread is, from 1; 0 where there is none.
    pub fn line(&self, thread: usize) -> u32 {
        let Some((code, next)) = self.threads.get(thread).map(super::world::Thread::place) else {
            return 0;
        };
        self.program()
            .codes
            .get(code)
            .and_then(|code| code.places.get(next))
            .map_or(0, |place| place.line)
    }

    /// The value of a global, as `repr` shows it.
    pub fn global_shown(&self, name: &str) -> Option<String> {
        let index = self
            .program()
            .globals
            .iter()
            .position(|other| other == name)?;
        let object = self.global(index)?;
        Some(self.shown(object))
    }

    /// The topmost value of a thread's stack, as `repr` shows it.
    pub(super) fn top_shown(&self, thread: usize) -> Option<String> {
        let top = self.threads[thread].frames.stack.last()?;
        (!top.is_null()).then(|| self.shown(top.object()))
    }

    /// The globals that functions write, and their values.
    pub fn shared_globals(&self) -> Vec<(String, String)> {
        self.program()
            .globals
            .iter()
            .enumerate()
            .filter(|(index, _)| self.functions_write(*index as u32))
            .filter_map(|(index, name)| Some((name.clone(), self.shown(self.global(index)?))))
            .collect()
    }

    /// The name of the global that refers to an object.
    pub(super) fn global_of(&self, object: Ref) -> Option<String> {
        let names = self.program().globals.iter().enumerate();
        names
            .filter(|(index, _)| self.global(*index) == Some(object))
            .map(|(_, name)| name.clone())
            .next()
    }

    pub(super) fn global(&self, index: usize) -> Option<Ref> {
        let memory = self.memory();
        let words = memory.words(memory.span(self.prepared.namespace));
        let object = Ref::from_word(words.get(index)?.get());
        (!object.is_null()).then_some(object)
    }

    /// An object's value; the world is a copy, since showing it may make objects for a moment.
    fn shown(&self, object: Ref) -> String {
        let mut copy = self.clone();
        copy.show(object)
    }

    /// Names and objects as they are now. Functions, modules and builtins are left out.
    pub fn heap(&self) -> Heap {
        let mut heap = Heap::default();
        let mut met = Vec::new();
        let globals = self.program().globals.iter().enumerate();
        for (index, name) in globals {
            if let Some(object) = self.global(index) {
                self.name(&mut heap, &mut met, None, name, object);
            }
        }
        for thread in &self.threads {
            for frame in thread.frames.calls().filter(|frame| frame.code != 0) {
                let Some(code) = self.program().codes.get(frame.code as usize) else {
                    continue;
                };
                let locals = thread.frames.stack.iter().skip(frame.base as usize);
                for (name, value) in code.locals.iter().zip(locals) {
                    if !value.is_null() {
                        self.name(&mut heap, &mut met, Some(&code.name), name, value.object());
                    }
                }
            }
        }
        let mut next = 0;
        while let Some(&object) = met.get(next) {
            next += 1;
            let drawn = self.object(object, &mut met);
            heap.objects.push(drawn);
        }
        heap
    }

    fn name(
        &self,
        heap: &mut Heap,
        met: &mut Vec<Ref>,
        function: Option<&str>,
        name: &str,
        object: Ref,
    ) {
        let kind = self.memory().kind(object);
        if matches!(
            kind,
            Kind::Function | Kind::Builtin | Kind::Module | Kind::Method
        ) {
            return;
        }
        if !met.contains(&object) {
            if met.len() == OBJECTS_MAX {
                return;
            }
            met.push(object);
        }
        heap.names.push(Name {
            function: function.map(str::to_owned),
            name: name.to_owned(),
            object: object.index() as u32,
        });
    }

    fn object(&self, object: Ref, met: &mut Vec<Ref>) -> Object {
        let memory = self.memory();
        let mut items = Vec::new();
        if matches!(memory.kind(object), Kind::List | Kind::Tuple | Kind::Dict) {
            layout::children(memory, object, |child| {
                items.push(child.index() as u32);
                if !met.contains(&child) && met.len() < OBJECTS_MAX {
                    met.push(child);
                }
            });
        }
        Object {
            id: object.index() as u32,
            kind: memory.kind(object).name(),
            text: self.shown(object),
            count: memory.slot(object)[COUNT].get(),
            prepared: object.index() as u32 <= self.prepared.objects,
            items,
        }
    }
}
