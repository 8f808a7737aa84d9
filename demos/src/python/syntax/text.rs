//! F-strings: text with values in it.

use ruff_python_ast::{
    ConversionFlag, ExprFString, FStringPart, InterpolatedElement, InterpolatedStringElement,
};
use ruff_text_size::TextRange;

use super::{Compiler, count};
use crate::python::code::{Constant, Instruction};

impl Compiler<'_> {
    pub(super) fn f_string(&mut self, string: &ExprFString) {
        let mut pieces = Pieces::default();
        for part in &string.value {
            match part {
                FStringPart::Literal(literal) => pieces.text.push_str(literal.as_str()),
                FStringPart::FString(part) => self.elements(part.elements.iter(), &mut pieces),
            }
        }
        self.join(string.range, pieces);
    }

    /// Puts each piece on the stack: text as a constant, a value as the string that stands for it.
    fn elements<'e>(
        &mut self,
        elements: impl Iterator<Item = &'e InterpolatedStringElement>,
        pieces: &mut Pieces,
    ) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    pieces.text.push_str(&literal.value);
                }
                InterpolatedStringElement::Interpolation(value) => self.interpolate(value, pieces),
            }
        }
    }

    fn interpolate(&mut self, element: &InterpolatedElement, pieces: &mut Pieces) {
        // `{n=}` shows what is written, and then its value.
        if let Some(written) = &element.debug_text {
            pieces.text.push_str(written.as_str());
        }
        self.flush(element.range, pieces);
        self.expression(&element.expression);
        let shown_as_written = element.debug_text.is_some() && element.format_spec.is_none();
        match element.conversion {
            ConversionFlag::Repr => self.at(element.range).emit(Instruction::ConvertRepr),
            ConversionFlag::Str => self.at(element.range).emit(Instruction::ConvertStr),
            ConversionFlag::Ascii => self.refuse(element.range, "`!a` is", "use `!r`"),
            ConversionFlag::None if shown_as_written => {
                self.at(element.range).emit(Instruction::ConvertRepr);
            }
            ConversionFlag::None => {}
        }
        if let Some(specification) = &element.format_spec {
            self.nested(specification.range, |compiler| {
                let mut pieces = Pieces::default();
                compiler.elements(specification.elements.iter(), &mut pieces);
                compiler.join(specification.range, pieces);
            });
            self.at(element.range).emit(Instruction::FormatWithSpec);
        } else {
            self.at(element.range).emit(Instruction::FormatSimple);
        }
        pieces.on_stack += 1;
    }

    /// Loads the text that has come together.
    fn flush(&mut self, at: TextRange, pieces: &mut Pieces) {
        if !pieces.text.is_empty() {
            let text = std::mem::take(&mut pieces.text);
            self.at(at).load(Constant::Str(text.into()));
            pieces.on_stack += 1;
        }
    }

    /// Makes one string of all pieces.
    fn join(&mut self, at: TextRange, mut pieces: Pieces) {
        self.flush(at, &mut pieces);
        match pieces.on_stack {
            0 => self.at(at).load(Constant::Str("".into())),
            1 => {}
            pieces => self.at(at).emit(Instruction::BuildString(count(pieces))),
        }
    }
}

/// An f-string on its way.
#[derive(Debug, Default)]
struct Pieces {
    /// Text that is not yet on the stack.
    text: String,
    /// How many strings are.
    on_stack: usize,
}
