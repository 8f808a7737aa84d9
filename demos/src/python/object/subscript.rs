//! `container[index]`: read, written, deleted.

use super::{Heap, dict, text};
use crate::python::interpreter::{Exception, Interrupt, type_error};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::runtime::Runtime;

impl<R: Runtime> Heap<'_, R> {
    /// `container[index]`
    ///
    /// # Errors
    /// As in Python.
    pub fn subscript(&mut self, container: Ref, index: Ref) -> Result<StackRef, Interrupt> {
        let kind = self.kind(container);
        if kind == Kind::Dict {
            let value = dict::get(self, container, index)?;
            return if value.is_null() {
                Err(dict::missing(self, index))
            } else {
                Ok(value)
            };
        }
        if !matches!(kind, Kind::List | Kind::Tuple | Kind::Str | Kind::Range) {
            return Err(type_error(format!(
                "'{}' object is not subscriptable",
                kind.name()
            )));
        }
        let index = self.index(container, index)?;
        match kind {
            Kind::Str => self.character(container, index),
            Kind::Range => self.range_item(container, index),
            _ => self.item_at(container, index),
        }
    }

    /// An index into a sequence.
    fn index(&self, container: Ref, index: Ref) -> Result<i64, Interrupt> {
        self.integer(index).ok_or_else(|| {
            let index = self.type_name(index);
            type_error(match self.kind(container) {
                Kind::Str => format!("string indices must be integers, not '{index}'"),
                kind => format!(
                    "{} indices must be integers or slices, not {index}",
                    kind.name()
                ),
            })
        })
    }

    fn character(&mut self, string: Ref, index: i64) -> Result<StackRef, Interrupt> {
        let text = self.text(string);
        let index = if index < 0 {
            index + (text::length(self.memory(), string) as u64).cast_signed()
        } else {
            index
        };
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        match text.chars().nth(index) {
            Some(character) => self.string(character.encode_utf8(&mut [0; 4])),
            None => Err(Exception::raise("IndexError", "string index out of range")),
        }
    }

    fn range_item(&mut self, range: Ref, index: i64) -> Result<StackRef, Interrupt> {
        let length = self.range_length(range).cast_signed();
        let [start, _, step] = self.range(range);
        let index = if index < 0 { index + length } else { index };
        if (0..length).contains(&index) {
            return self.int(start.wrapping_add(index.wrapping_mul(step)));
        }
        Err(Exception::raise(
            "IndexError",
            "range object index out of range",
        ))
    }

    /// `container[index] = value`
    ///
    /// # Errors
    /// As in Python.
    pub fn set_subscript(
        &mut self,
        container: Ref,
        index: Ref,
        value: Ref,
    ) -> Result<(), Interrupt> {
        match self.kind(container) {
            Kind::List => {
                let index = self.index(container, index)?;
                self.set_item_at(container, index, value)
            }
            Kind::Dict => dict::set(self, container, index, value),
            kind => Err(type_error(format!(
                "'{}' object does not support item assignment",
                kind.name()
            ))),
        }
    }

    /// `del container[index]`
    ///
    /// # Errors
    /// As in Python.
    pub fn delete_subscript(&mut self, container: Ref, index: Ref) -> Result<(), Interrupt> {
        let removed = match self.kind(container) {
            Kind::List => {
                let index = self.index(container, index)?;
                self.remove(container, index, "list assignment index out of range")?
            }
            Kind::Dict => {
                let removed = dict::remove(self, container, index)?;
                if removed.is_null() {
                    return Err(dict::missing(self, index));
                }
                removed
            }
            kind => {
                return Err(type_error(format!(
                    "'{}' object doesn't support item deletion",
                    kind.name()
                )));
            }
        };
        self.forget(removed);
        Ok(())
    }
}
