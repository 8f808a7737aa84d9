//! A thread's hold on memory: makes objects and reads their values.

use crate::python::interpreter::Interrupt;
use crate::python::memory::{Kind, Memory, Ref, Site, Span, StackRef, Word};
use crate::python::object::premade;
use crate::python::runtime::Runtime;

/// The runtime and what the thread keeps of it. What can be done with objects are its methods, in
/// the files of this room. Where one takes a [`Ref`] it borrows; where one answers a [`StackRef`]
/// the caller owns it.
pub struct Heap<'a, R: Runtime> {
    /// The runtime.
    pub runtime: &'a R,
    /// What this thread keeps for itself.
    pub me: &'a mut R::Local,
}

/// A number as arithmetic sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An int or a bool.
    Int(i64),
    /// A float.
    Float(f64),
}

impl<R: Runtime> Heap<'_, R> {
    /// The memory.
    #[inline]
    pub fn memory(&self) -> &Memory<R::Word> {
        self.runtime.memory()
    }

    /// The object's kind.
    #[inline]
    pub fn kind(&self, object: Ref) -> Kind {
        self.memory().kind(object)
    }

    /// Python's name of the object's type.
    pub fn type_name(&self, object: Ref) -> &'static str {
        self.kind(object).name()
    }

    /// One more reference.
    #[inline]
    pub fn copy(&mut self, value: StackRef) -> StackRef {
        self.runtime.copy(self.me, value)
    }

    /// One more reference to an object that somebody else refers to.
    #[inline]
    pub fn share(&mut self, object: Ref) -> StackRef {
        self.runtime.increment(self.me, object);
        self.runtime.to_stack(self.me, object)
    }

    /// One reference less.
    #[inline]
    pub fn forget(&mut self, value: StackRef) {
        self.runtime.forget(self.me, value);
    }

    /// Forgets them all.
    pub fn forget_all(&mut self, values: impl IntoIterator<Item = StackRef>) {
        for value in values {
            self.forget(value);
        }
    }

    /// A reference to an object that was made beforehand.
    #[inline]
    pub fn constant(&mut self, object: Ref) -> StackRef {
        self.runtime.copy(self.me, self.runtime.constant(object))
    }

    /// `None`
    #[inline]
    pub fn none(&mut self) -> StackRef {
        self.constant(premade::NONE)
    }

    /// `True` or `False`
    #[inline]
    pub fn bool(&mut self, value: bool) -> StackRef {
        self.constant(premade::boolean(value))
    }

    /// An integer.
    ///
    /// # Errors
    /// If there is no memory for it.
    #[inline]
    pub fn int(&mut self, value: i64) -> Result<StackRef, Interrupt> {
        match premade::small_int(value) {
            Some(object) => Ok(self.constant(object)),
            None => self.object(Kind::Int, value as u64),
        }
    }

    /// A float.
    ///
    /// # Errors
    /// If there is no memory for it.
    #[inline]
    pub fn float(&mut self, value: f64) -> Result<StackRef, Interrupt> {
        self.object(Kind::Float, value.to_bits())
    }

    /// A new object.
    ///
    /// # Errors
    /// If there is no memory for it.
    #[inline]
    pub fn object(&mut self, kind: Kind, payload: u64) -> Result<StackRef, Interrupt> {
        let object = self.runtime.allocate(self.me, kind, payload)?;
        Ok(StackRef::counted(object))
    }

    /// A new object whose payload is a buffer with these words.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn object_of_words(
        &mut self,
        kind: Kind,
        words: impl ExactSizeIterator<Item = u64>,
    ) -> Result<StackRef, Interrupt> {
        let span = self.span_of_words(words)?;
        self.object_of_span(kind, span)
    }

    /// A new buffer with these words.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn span_of_words(
        &mut self,
        words: impl ExactSizeIterator<Item = u64>,
    ) -> Result<Span, Interrupt> {
        let length = words.len() as u32;
        let span = self.runtime.buffer(self.me, length)?.with_length(length);
        for (place, word) in self.memory().words(span).iter().zip(words) {
            place.store(word);
        }
        Ok(span)
    }

    /// A new object that owns that buffer; it is given back if there is no memory for the object.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn object_of_span(&mut self, kind: Kind, span: Span) -> Result<StackRef, Interrupt> {
        let object = self.object(kind, span.0);
        if object.is_err() {
            self.runtime.free_buffer(self.me, span);
        }
        object
    }

    /// A tuple or a list of these values, which it takes over.
    ///
    /// # Errors
    /// If there is no memory for it; the values are then still the caller's.
    pub fn sequence(&mut self, kind: Kind, values: &[StackRef]) -> Result<StackRef, Interrupt> {
        if values.is_empty() && kind == Kind::Tuple {
            return Ok(self.constant(premade::EMPTY_TUPLE));
        }
        let length = values.len() as u32;
        let span = self.runtime.buffer(self.me, length)?.with_length(length);
        let sequence = self.object_of_span(kind, span)?;
        for (value, index) in values.iter().zip(span.buffer()..) {
            let object = self.runtime.to_memory(self.me, *value);
            self.memory().word(index).store(object.word());
        }
        Ok(sequence)
    }

    /// The value of an int, a bool or a float.
    #[inline]
    pub fn number(&self, object: Ref) -> Option<Number> {
        let memory = self.memory();
        let meta = memory.meta(object);
        if meta.is(Kind::Int) || meta.is(Kind::Bool) {
            Some(Number::Int(memory.payload(object).cast_signed()))
        } else if meta.is(Kind::Float) {
            Some(Number::Float(f64::from_bits(memory.payload(object))))
        } else {
            None
        }
    }

    /// The value of an int or a bool.
    #[inline]
    pub fn integer(&self, object: Ref) -> Option<i64> {
        match self.number(object) {
            Some(Number::Int(value)) => Some(value),
            _ => None,
        }
    }

    /// Reads a word of a buffer.
    ///
    /// # Errors
    /// Those of [`Runtime::load`].
    #[inline]
    pub fn load(&mut self, owner: Ref, index: u32) -> Result<u64, Interrupt> {
        self.runtime.load(self.me, Site::Item { owner, index })
    }

    /// Writes a word of a buffer.
    ///
    /// # Errors
    /// Those of [`Runtime::store`].
    #[inline]
    pub fn store(&mut self, owner: Ref, index: u32, word: u64) -> Result<(), Interrupt> {
        self.runtime
            .store(self.me, Site::Item { owner, index }, word)
    }

    /// The buffer of an object that may be given another one.
    ///
    /// # Errors
    /// Those of [`Runtime::load`].
    #[inline]
    pub fn load_span(&mut self, object: Ref) -> Result<Span, Interrupt> {
        Ok(Span(self.runtime.load(self.me, Site::Payload(object))?))
    }
}
