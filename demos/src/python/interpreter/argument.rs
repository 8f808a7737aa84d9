//! Arguments of calls: keywords and defaults find their parameters, and messages say when they don't.

use super::call::defaults;
use super::machine::Machine;
use super::{Builtin, Interrupt, type_error};
use crate::python::memory::{Ref, StackRef};
use crate::python::runtime::Runtime;

/// The arguments of a builtin's call, as they lie on the stack; a method's object is the first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arguments {
    first: usize,
    /// How many are given by their place.
    pub(super) count: usize,
    /// The names of those behind them, a tuple.
    names: Ref,
    by_name: u32,
}

impl<R: Runtime> Machine<'_, '_, R> {
    /// The arguments from `first` on.
    pub(super) fn arguments(&self, first: usize, names: StackRef) -> Arguments {
        let by_name = self.name_count(names);
        Arguments {
            first,
            count: self.frames.stack.len() - first - by_name as usize,
            names: names.object(),
            by_name,
        }
    }

    fn name_count(&self, names: StackRef) -> u32 {
        if names.is_null() {
            0
        } else {
            self.heap.memory().span(names.object()).length()
        }
    }

    /// An argument that is given by its place, borrowed.
    pub(super) fn argument(&self, arguments: Arguments, index: usize) -> Option<Ref> {
        (index < arguments.count).then(|| self.frames.stack[arguments.first + index].object())
    }

    /// An argument that is given by its name, borrowed.
    pub(super) fn named(&self, arguments: Arguments, name: &str) -> Option<Ref> {
        let index = (0..arguments.by_name).find(|index| {
            let other = self.heap.tuple_item(arguments.names, *index);
            self.heap.text(other) == name
        })?;
        let place = arguments.first + arguments.count + index as usize;
        Some(self.frames.stack[place].object())
    }

    /// All names of arguments that are given by name, and these, borrowed.
    pub(super) fn all_named(&self, arguments: Arguments) -> Vec<(Ref, Ref)> {
        (0..arguments.by_name)
            .map(|index| {
                let place = arguments.first + arguments.count + index as usize;
                let name = self.heap.tuple_item(arguments.names, index);
                (name, self.frames.stack[place].object())
            })
            .collect()
    }

    /// An argument by its place or its name, borrowed.
    pub(super) fn either(&self, arguments: Arguments, index: usize, name: &str) -> Option<Ref> {
        self.argument(arguments, index)
            .or_else(|| self.named(arguments, name))
    }

    /// Refuses other names than these.
    pub(super) fn only_names(
        &self,
        builtin: Builtin,
        arguments: Arguments,
        allowed: &[&str],
    ) -> Result<(), Interrupt> {
        for index in 0..arguments.by_name {
            let name = self.heap.text(self.heap.tuple_item(arguments.names, index));
            if allowed.contains(&name.as_str()) {
                continue;
            }
            let function = builtin.full_name();
            return Err(type_error(match builtin {
                Builtin::Print => {
                    format!("print() got an unexpected keyword argument '{name}'")
                }
                Builtin::ThreadingThread => {
                    format!("Thread.__init__() got an unexpected keyword argument '{name}'")
                }
                _ if allowed.is_empty() => format!("{function}() takes no keyword arguments"),
                _ => format!("'{name}' is an invalid keyword argument for {function}()"),
            }));
        }
        Ok(())
    }

    /// Refuses another number of arguments by place, a method's object aside.
    pub(super) fn expect_count(
        builtin: Builtin,
        arguments: Arguments,
        min: usize,
        max: usize,
    ) -> Result<(), Interrupt> {
        let receiver = usize::from(matches!(builtin.place(), super::builtin::Place::Method(_)));
        let got = arguments.count - receiver;
        if (min..=max).contains(&got) {
            return Ok(());
        }
        let function = builtin.full_name();
        Err(type_error(match (min, max) {
            (0, 0) => format!("{function}() takes no arguments ({got} given)"),
            (1, 1) => format!("{function}() takes exactly one argument ({got} given)"),
            _ => {
                let (bound, count) = if got < min {
                    ("least", min)
                } else {
                    ("most", max)
                };
                let plural = if count == 1 { "" } else { "s" };
                let name = builtin.name();
                format!("{name} expected at {bound} {count} argument{plural}, got {got}")
            }
        }))
    }

    /// Brings the arguments of a function of the program's, from `first` to the stack's top, into the
    /// order of its parameters and adds defaults. `names` is the tuple of keywords or `NULL`.
    #[inline(never)]
    pub(super) fn complete_arguments(
        &mut self,
        function: Ref,
        first: usize,
        names: StackRef,
    ) -> Result<(), Interrupt> {
        let code = (self.heap.memory().payload(function) >> 32) as usize;
        let prepared = self.interpreter.prepared;
        let code = &prepared.program.codes[code];
        let given = self.frames.stack.len() - first;
        let by_place = given - self.name_count(names) as usize;
        let defaults = defaults(self.heap.memory(), function);
        let optional = defaults.map_or(0, |tuple| self.heap.memory().span(tuple).length()) as usize;
        if by_place > code.parameters {
            return Err(too_many(&code.name, code.parameters, optional, by_place));
        }
        let mut complete = vec![StackRef::NULL; code.parameters];
        complete[..by_place].copy_from_slice(&self.frames.stack[first..first + by_place]);
        for index in 0..given - by_place {
            let name = self
                .heap
                .text(self.heap.tuple_item(names.object(), index as u32));
            let function = &code.name;
            let parameters = &code.locals[..code.parameters];
            let Some(place) = parameters.iter().position(|other| *other == name) else {
                return Err(type_error(format!(
                    "{function}() got an unexpected keyword argument '{name}'"
                )));
            };
            if !complete[place].is_null() {
                return Err(type_error(format!(
                    "{function}() got multiple values for argument '{name}'"
                )));
            }
            complete[place] = self.frames.stack[first + by_place + index];
        }
        let required = code.parameters - optional;
        let missing: Vec<&str> = (0..required)
            .filter(|place| complete[*place].is_null())
            .map(|place| code.locals[place].as_str())
            .collect();
        if !missing.is_empty() {
            return Err(missing_arguments(&code.name, &missing));
        }
        // From here on nothing fails: the arguments move.
        for (place, value) in complete.iter_mut().enumerate().skip(required) {
            if let (true, Some(tuple)) = (value.is_null(), defaults) {
                let default = self.heap.tuple_item(tuple, (place - required) as u32);
                *value = self.heap.share(default);
            }
        }
        self.frames.stack.truncate(first);
        self.frames.stack.extend(complete);
        Ok(())
    }
}

#[cold]
fn too_many(function: &str, parameters: usize, optional: usize, given: usize) -> Interrupt {
    let takes = if optional == 0 {
        parameters.to_string()
    } else {
        format!("from {} to {parameters}", parameters - optional)
    };
    let plural = if parameters == 1 && optional == 0 {
        ""
    } else {
        "s"
    };
    let were = if given == 1 { "was" } else { "were" };
    type_error(format!(
        "{function}() takes {takes} positional argument{plural} but {given} {were} given"
    ))
}

#[cold]
fn missing_arguments(function: &str, missing: &[&str]) -> Interrupt {
    let count = missing.len();
    let plural = if count == 1 { "" } else { "s" };
    let quoted: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
    let names = match quoted.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        [] => String::new(),
    };
    type_error(format!(
        "{function}() missing {count} required positional argument{plural}: {names}"
    ))
}
