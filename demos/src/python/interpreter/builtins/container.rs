//! `dict`, `list`, `range`, `repr`, `str`, `tuple`, and the methods of lists, dicts and strings.

use super::super::argument::Arguments;
use super::super::machine::Machine;
use super::super::{Builtin, Interrupt, type_error, value_error};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::object::{Entries, dict, text};
use crate::python::runtime::Runtime;

impl<R: Runtime> Machine<'_, '_, R> {
    pub(super) fn call_container(
        &mut self,
        builtin: Builtin,
        arguments: Arguments,
    ) -> Result<StackRef, Interrupt> {
        match builtin {
            Builtin::Dict => self.dict(arguments),
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
                let entries = match builtin {
                    Builtin::DictKeys => Entries::Keys,
                    Builtin::DictValues => Entries::Values,
                    _ => Entries::Items,
                };
                self.heap.iterate_dict(dict, entries)
            }
        }
    }

    /// `dict()`, `dict(mapping)`, `dict(pairs)`, `dict(name=value)`
    fn dict(&mut self, arguments: Arguments) -> Result<StackRef, Interrupt> {
        Self::expect_count(Builtin::Dict, arguments, 0, 1)?;
        let new = dict::new(&mut self.heap)?;
        let filled = self.fill_dict(new.object(), arguments);
        if filled.is_err() {
            self.heap.forget(new);
        }
        filled.map(|()| new)
    }

    fn fill_dict(&mut self, dict: Ref, arguments: Arguments) -> Result<(), Interrupt> {
        match self.argument(arguments, 0) {
            Some(other) if self.heap.memory().is(other, Kind::Dict) => {
                for (key, value) in dict::entries(&mut self.heap, other)? {
                    // What fails fails for lack of memory: then the rest is still given back.
                    let set = dict::set(&mut self.heap, dict, key.object(), value.object());
                    self.heap.forget_all([key, value]);
                    set?;
                }
            }
            Some(pairs) => {
                let mut index = 0;
                self.for_each(pairs, |machine, pair| {
                    let inserted = machine.insert_pair(dict, index, pair.object());
                    machine.heap.forget(pair);
                    index += 1;
                    inserted
                })?;
            }
            None => {}
        }
        for (name, value) in self.all_named(arguments) {
            dict::set(&mut self.heap, dict, name, value)?;
        }
        Ok(())
    }

    fn insert_pair(&mut self, dict: Ref, index: u32, pair: Ref) -> Result<(), Interrupt> {
        if !self.heap.kind(pair).is_iterable() {
            return Err(type_error(format!(
                "cannot convert dictionary update sequence element #{index} to a sequence"
            )));
        }
        let length = self.length_of(pair)?;
        if length != 2 {
            return Err(value_error(format!(
                "dictionary update sequence element #{index} has length {length}; 2 is required"
            )));
        }
        let items = self.heap.collect(pair, 2)?;
        let set = match items[..] {
            [key, value] => dict::set(&mut self.heap, dict, key.object(), value.object()),
            // Another thread has just made it shorter.
            _ => Ok(()),
        };
        self.heap.forget_all(items);
        set
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
            Kind::List | Kind::Tuple | Kind::Dict | Kind::DictIterator => {
                let items = self.at_once(iterable)?;
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

    /// The items of a list, a tuple or a dict at one moment.
    fn at_once(&mut self, container: Ref) -> Result<Vec<StackRef>, Interrupt> {
        match self.heap.kind(container) {
            Kind::Dict => self.heap.dict_entries(container, Entries::Keys),
            Kind::DictIterator => {
                let (dict, entries) = self.heap.iterated_dict(container);
                self.heap.dict_entries(dict, entries)
            }
            _ => self.heap.items(container),
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

    /// `list.extend(values)` and `list += values`, with an eye on the stop flag.
    pub(in crate::python::interpreter) fn extend(
        &mut self,
        list: Ref,
        values: Ref,
    ) -> Result<(), Interrupt> {
        if matches!(self.heap.kind(values), Kind::List | Kind::Tuple) {
            return self.heap.extend(list, values);
        }
        self.for_each(values, |machine, item| {
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
        if !self.heap.kind(parts).is_iterable() {
            return Err(type_error("can only join an iterable"));
        }
        let separator = self.heap.text(separator);
        let (mut text, mut index) = (String::new(), 0);
        self.for_each(parts, |machine, item| {
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
            index += 1;
            Ok(())
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
            Kind::DictIterator => self.heap.dict_entries_left(value)?.cast_signed(),
            kind => {
                let kind = kind.name();
                return Err(type_error(format!("object of type '{kind}' has no len()")));
            }
        })
    }
}
