//! What the builtins do. Arguments lie on the stack until they have succeeded, and are borrowed.

mod container;
mod format;
mod number;
mod specification;
mod system;

use super::argument::Arguments;
use super::call::Called;
use super::machine::Machine;
use super::{Builtin, Effect, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
    /// Calls a builtin with the arguments from `first` on the stack.
    pub(super) fn call_builtin(
        &mut self,
        builtin: Builtin,
        first: usize,
        names: StackRef,
    ) -> Result<Called, Interrupt> {
        let arguments = self.arguments(first, names);
        match builtin {
            Builtin::Print => self.print(builtin, arguments),
            Builtin::ListAppend => {
                Self::expect_count(builtin, arguments, 1, 1)?;
                self.only_names(builtin, arguments, &[])?;
                let [list, item] = self.two(arguments);
                self.heap.append(list, item)?;
                Ok(Called::Value(self.heap.none()))
            }
            Builtin::Len => {
                self.plain(builtin, arguments, 1, 1)?;
                let length = self.length_of(self.one(arguments))?;
                self.heap.int(length).map(Called::Value)
            }
            Builtin::Abs
            | Builtin::Bool
            | Builtin::Float
            | Builtin::Int
            | Builtin::Max
            | Builtin::Min
            | Builtin::Round
            | Builtin::Sum => self.call_number(builtin, arguments).map(Called::Value),
            Builtin::Dict
            | Builtin::List
            | Builtin::Range
            | Builtin::Repr
            | Builtin::Str
            | Builtin::Tuple
            | Builtin::ListExtend
            | Builtin::ListPop
            | Builtin::DictGet
            | Builtin::DictItems
            | Builtin::DictKeys
            | Builtin::DictPop
            | Builtin::DictValues
            | Builtin::StrJoin => self.call_container(builtin, arguments).map(Called::Value),
            Builtin::SysGetRefcount
            | Builtin::SysGetSwitchInterval
            | Builtin::SysSetSwitchInterval
            | Builtin::ThreadingLock
            | Builtin::ThreadingThread
            | Builtin::TimeMonotonic
            | Builtin::TimePerfCounter
            | Builtin::TimeSleep
            | Builtin::TimeTime
            | Builtin::LockAcquire
            | Builtin::LockEnter
            | Builtin::LockExit
            | Builtin::LockLocked
            | Builtin::LockRelease
            | Builtin::ThreadIsAlive
            | Builtin::ThreadJoin
            | Builtin::ThreadStart => self.call_system(builtin, arguments),
        }
    }

    /// Checks the arguments of a builtin that takes none by name.
    fn plain(
        &self,
        builtin: Builtin,
        arguments: Arguments,
        min: usize,
        max: usize,
    ) -> Result<(), Interrupt> {
        self.only_names(builtin, arguments, &[])?;
        Self::expect_count(builtin, arguments, min, max)
    }

    /// The first argument of a call that has been checked to have one.
    fn one(&self, arguments: Arguments) -> Ref {
        self.argument(arguments, 0).unwrap_or(Ref::NULL)
    }

    /// The first two arguments of a call that has been checked to have them.
    fn two(&self, arguments: Arguments) -> [Ref; 2] {
        [0, 1].map(|index| self.argument(arguments, index).unwrap_or(Ref::NULL))
    }

    fn print(&mut self, builtin: Builtin, arguments: Arguments) -> Result<Called, Interrupt> {
        self.only_names(builtin, arguments, &["sep", "end", "flush"])?;
        let separator = self.separator(arguments, "sep", " ")?;
        let end = self.separator(arguments, "end", "\n")?;
        let mut text = String::new();
        for index in 0..arguments.count {
            if index > 0 {
                text.push_str(&separator);
            }
            if let Some(value) = self.argument(arguments, index) {
                text.push_str(&self.show(value)?);
            }
        }
        text.push_str(&end);
        self.heap.runtime.irrevocable(self.heap.me)?;
        Ok(Called::Effect(Effect::Print(text)))
    }

    fn separator(
        &self,
        arguments: Arguments,
        name: &str,
        default: &str,
    ) -> Result<String, Interrupt> {
        match self.named(arguments, name) {
            Some(text) => match self.heap.kind(text) {
                Kind::Str => Ok(self.heap.text(text)),
                Kind::None => Ok(default.to_owned()),
                kind => Err(type_error(format!(
                    "{name} must be None or a string, not {}",
                    kind.name()
                ))),
            },
            None => Ok(default.to_owned()),
        }
    }

    /// Does something with each item of anything that can be iterated over, with an eye on the stop flag.
    fn for_each(
        &mut self,
        iterable: Ref,
        mut step: impl FnMut(&mut Self, StackRef) -> Result<(), Interrupt>,
    ) -> Result<(), Interrupt> {
        let iterator = self.heap.iterator(iterable)?;
        let result = loop {
            let item = self
                .check_stop()
                .and_then(|()| self.heap.next(iterator.object()));
            let done = match item {
                Ok(item) if item.is_null() => break Ok(()),
                Ok(item) => step(self, item),
                Err(interrupt) => Err(interrupt),
            };
            if done.is_err() {
                break done;
            }
        };
        self.heap.forget(iterator);
        result
    }
}
