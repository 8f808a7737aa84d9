//! `dict`, `list`, `range`, `repr`, `str`, `tuple`, and the methods of lists, dicts and strings.

use super::super::argument::Arguments;
use super::super::machine::Machine;
use super::super::{Builtin, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::object::{dict, text};
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
    pub(super) fn call_container(
        &mut self,
        builtin: Builtin,
        arguments: Arguments,
    ) -> Result<StackRef, Interrupt> {
        match builtin {
            Builtin::Dict => {
                self.plain(builtin, arguments, 0, 0)?;
                dict::new(&mut self.heap)
            }
            Builtin::List | Builtin::Tuple => self.sequence_of(builtin, arguments),
            Builtin::Range => self.range(arguments),
            Builtin::Repr => {
                self.plain(builtin, arguments, 1, 1)?;
                let text = self.show_exactly(self.one(arguments))?;
                self.heap.string(&text)
            }
            Builtin::Str => {
                self.plain(builtin, arguments, 0, 1)?;
                let text = match self.argument(arguments, 0) {
                    Some(value) => self.show(value)?,
                    None => String::new(),
                };
                self.heap.string(&text)
            }
            Builtin::ListExtend => {
                self.plain(builtin, arguments, 1, 1)?;
                let [list, values] = self.two(arguments);
                self.extend(list, values)?;
                Ok(self.heap.none())
            }
            Builtin::ListPop => {
                self.plain(builtin, arguments, 0, 1)?;
                let index = match self.argument(arguments, 1) {
                    Some(index) => self.integer(index)?,
                    None => -1,
                };
                let list = self.one(arguments);
                self.heap.remove(list, index, "pop index out of range")
            }
            Builtin::StrJoin => self.join_strings(arguments),
            _ => self.call_dict(builtin, arguments),
        }
    }

    fn call_dict(&mut self, builtin: Builtin, arguments: Arguments) -> Result<StackRef, Interrupt> {
        let dict = self.one(arguments);
        match builtin {
            Builtin::DictGet => {
                self.plain(builtin, arguments, 1, 2)?;
                let [_, key] = self.two(arguments);
                let value = dict::get(&mut self.heap, dict, key)?;
                Ok(match self.argument(arguments, 2) {
                    _ if !value.is_null() => value,
                    Some(default) => self.heap.share(default),
                    None => self.heap.none(),
                })
            }
            Builtin::DictPop => {
                self.plain(builtin, arguments, 1, 2)?;
                let [_, key] = self.two(arguments);
                let value = dict::remove(&mut self.heap, dict, key)?;
                match self.argument(arguments, 2) {
                    _ if !value.is_null() => Ok(value),
                    Some(default) => Ok(self.heap.share(default)),
                    None => Err(dict::missing(&mut self.heap, key)),
                }
            }
            _ => {
                self.plain(builtin, arguments, 0, 0)?;
                self.view(builtin, dict)
            }
        }
    }

    /// `dict.keys()`, `.values()` and `.items()`, as lists.
    fn view(&mut self, builtin: Builtin, dict: Ref) -> Result<StackRef, Interrupt> {
        let entries = dict::entries(&mut self.heap, dict)?;
        let mut values = Vec::with_capacity(entries.len());
        let mut result = Ok(());
        for (key, value) in entries {
            let (keep, leave) = match builtin {
                Builtin::DictKeys => (Ok(key), value),
                Builtin::DictValues => (Ok(value), key),
                _ => {
                    let pair = self.heap.sequence_or_forget(Kind::Tuple, vec![key, value]);
                    (pair, StackRef::NULL)
                }
            };
            self.heap.forget(leave);
            match keep {
                Ok(value) => values.push(value),
                Err(interrupt) => result = Err(interrupt),
            }
        }
        match result {
            Ok(()) => self.heap.sequence_or_forget(Kind::List, values),
            Err(interrupt) => {
                self.heap.forget_all(values);
                Err(interrupt)
            }
        }
    }

    fn sequence_of(
        &mut self,
        builtin: Builtin,
        arguments: Arguments,
    ) -> Result<StackRef, Interrupt> {
        self.plain(builtin, arguments, 0, 1)?;
        let kind = if builtin == Builtin::List {
            Kind::List
        } else {
            Kind::Tuple
        };
        let Some(iterable) = self.argument(arguments, 0) else {
            return self.heap.sequence(kind, &[]);
        };
        match self.heap.kind(iterable) {
            Kind::Tuple if kind == Kind::Tuple => Ok(self.heap.share(iterable)),
            Kind::List | Kind::Tuple => {
                let items = self.heap.items(iterable)?;
                self.heap.sequence_or_forget(kind, items)
            }
            _ => {
                let list = self.heap.sequence(Kind::List, &[])?;
                let filled = self.extend(list.object(), iterable);
                let result = filled.and_then(|()| self.listed(kind, list));
                if result.is_err() {
                    self.heap.forget(list);
                }
                result
            }
        }
    }

    /// A list as what it is to be; the list is then used up.
    fn listed(&mut self, kind: Kind, list: StackRef) -> Result<StackRef, Interrupt> {
        if kind == Kind::List {
            return Ok(list);
        }
        let items = self.heap.items(list.object())?;
        let tuple = self.heap.sequence_or_forget(kind, items)?;
        self.heap.forget(list);
        Ok(tuple)
    }

    /// `list.extend(values)`, with an eye on the stop flag.
    fn extend(&mut self, list: Ref, values: Ref) -> Result<(), Interrupt> {
        if matches!(self.heap.kind(values), Kind::List | Kind::Tuple) {
            return self.heap.extend(list, values);
        }
        self.fold(values, (), |machine, (), item| {
            let appended = machine.heap.append(list, item.object());
            machine.heap.forget(item);
            appended
        })
    }

    fn range(&mut self, arguments: Arguments) -> Result<StackRef, Interrupt> {
        self.plain(Builtin::Range, arguments, 1, 3)?;
        let mut numbers = [0; 3];
        for (index, number) in numbers.iter_mut().enumerate().take(arguments.count) {
            let value = self.argument(arguments, index).unwrap_or(Ref::NULL);
            *number = self.integer(value)?;
        }
        match (arguments.count, numbers) {
            (1, [stop, ..]) => self.heap.new_range(0, stop, 1),
            (2, [start, stop, _]) => self.heap.new_range(start, stop, 1),
            (_, [start, end, step]) => self.heap.new_range(start, end, step),
        }
    }

    fn join_strings(&mut self, arguments: Arguments) -> Result<StackRef, Interrupt> {
        self.plain(Builtin::StrJoin, arguments, 1, 1)?;
        let [separator, parts] = self.two(arguments);
        let separator = self.heap.text(separator);
        let start = (String::new(), 0);
        let (text, _) = self.fold(parts, start, |machine, (mut text, index), item| {
            if !machine.heap.memory().is(item.object(), Kind::Str) {
                let kind = machine.heap.type_name(item.object());
                machine.heap.forget(item);
                return Err(type_error(format!(
                    "sequence item {index}: expected str instance, {kind} found"
                )));
            }
            if index > 0 {
                text.push_str(&separator);
            }
            text.push_str(&machine.heap.text(item.object()));
            machine.heap.forget(item);
            Ok((text, index + 1))
        })?;
        self.heap.string(&text)
    }

    /// `len(value)`
    pub(super) fn length_of(&mut self, value: Ref) -> Result<i64, Interrupt> {
        Ok(match self.heap.kind(value) {
            Kind::Str => (text::length(self.heap.memory(), value) as u64).cast_signed(),
            Kind::List | Kind::Tuple => i64::from(self.heap.length(value)?),
            Kind::Dict => i64::from(dict::length(&mut self.heap, value)?),
            Kind::Range => self.heap.range_length(value).cast_signed(),
            kind => {
                let kind = kind.name();
                return Err(type_error(format!("object of type '{kind}' has no len()")));
            }
        })
    }
}
