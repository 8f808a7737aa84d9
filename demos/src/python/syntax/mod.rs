//! From source text to a [`Program`]: the laboratory's compiler.
//!
//! A published parser reads Python's whole grammar; what of it the laboratory knows is compiled
//! here, and all else is refused with its place and what to write in its stead, before anything
//! runs. Nothing here knows how a program is run.
//!
//! - [`source`]: offsets to places, and the limits that keep a program's text within bounds
//! - [`scope`], [`unit`](mod@unit): which names are a function's own, and what is known of it on the way
//! - [`statement`], [`target`], [`leave`], [`function`], [`expression`], [`condition`], [`text`]:
//!   the compiler, by what it compiles
//! - [`fold`], [`escape`], [`known`]: what is computed, and what is looked for, before the run
//! - [`assemble`]: from instructions with labels to a finished code

mod assemble;
mod condition;
mod escape;
mod expression;
mod fold;
mod function;
mod known;
mod leave;
mod scope;
mod source;
mod statement;
mod target;
#[cfg(test)]
mod tests;
mod text;
mod unit;

use std::collections::{HashMap, HashSet};

use ruff_python_ast::ModModule;
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use self::assemble::Assembler;
use self::source::Source;
use self::unit::Unit;
use super::code::{Code, Place, Program};

pub use self::source::{DEPTH_MAX, SOURCE_MAX, TOKENS_MAX};

/// The most errors that are told of one program.
pub const ERRORS_MAX: usize = 20;

/// Why a text is no program of the laboratory's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct SyntaxError {
    /// Where.
    pub place: Place,
    /// What is wrong there, and what to write instead.
    pub message: String,
}

/// Compiles a module.
///
/// # Errors
/// All that is not in the laboratory's Python, in the order of its places, at most [`ERRORS_MAX`];
/// or, of a text that is no Python at all, the first place where it is none.
pub fn compile(file: &str, text: &str) -> Result<Program, Vec<SyntaxError>> {
    let source = Source::new(text).map_err(|error| vec![error])?;
    let parsed = parse_module(text).map_err(|error| {
        vec![SyntaxError {
            place: source.place(error.location.start()),
            message: starting_small(&error.error.to_string()),
        }]
    })?;
    let mut compiler = Compiler::new(source);
    compiler.refuse_surrogates(parsed.tokens());
    compiler.module(parsed.syntax());
    compiler.finish(file)
}

/// The parser's messages start with a capital; ours go on after a colon.
fn starting_small(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(characters).collect()
}

fn refusal(what: &str, instead: &str) -> String {
    format!("{what} not in the laboratory's Python: {instead}")
}

/// Names, each with its index.
#[derive(Debug, Default)]
struct Names {
    list: Vec<String>,
    indices: HashMap<String, u32>,
}

impl Names {
    /// The name's index; it gets one if it has none.
    fn index(&mut self, name: &str) -> u32 {
        if let Some(&index) = self.indices.get(name) {
            return index;
        }
        let index = count(self.list.len());
        self.list.push(name.to_owned());
        self.indices.insert(name.to_owned(), index);
        index
    }
}

/// A length as an operand.
fn count(length: usize) -> u32 {
    u32::try_from(length).expect("there are fewer of anything than the source has bytes")
}

/// The state of a compilation.
#[derive(Debug)]
struct Compiler<'a> {
    source: Source<'a>,
    /// The code that is being compiled.
    unit: Unit,
    /// Those around it, the module's first.
    outer: Vec<Unit>,
    /// Finished codes; the place of one that is not yet finished holds an empty one.
    codes: Vec<Code>,
    globals: Names,
    names: Names,
    errors: Vec<SyntaxError>,
    /// Names that mean something in Python, and why they are refused unless the program defines them.
    unknown: Vec<(String, SyntaxError)>,
    /// The globals that are assigned anywhere.
    assigned: HashSet<String>,
    /// How deep the statement or expression at hand lies within others.
    depth: usize,
}

impl<'a> Compiler<'a> {
    fn new(source: Source<'a>) -> Self {
        Self {
            source,
            unit: Unit::module(),
            outer: vec![],
            codes: vec![Code::default()],
            globals: Names::default(),
            names: Names::default(),
            errors: vec![],
            unknown: vec![],
            assigned: HashSet::new(),
            depth: 0,
        }
    }

    fn module(&mut self, module: &ModModule) {
        self.at(TextRange::default());
        self.unit.code.emit(super::code::Instruction::Resume);
        self.statements(&module.body);
        self.unit.code.return_none();
        self.refuse_unknown();
    }

    fn finish(mut self, file: &str) -> Result<Program, Vec<SyntaxError>> {
        if !self.errors.is_empty() {
            self.errors
                .sort_by_key(|error| (error.place.line, error.place.column));
            self.errors.dedup();
            self.errors.truncate(ERRORS_MAX);
            return Err(self.errors);
        }
        self.codes[0] = self.unit.finish();
        Ok(Program {
            file: file.to_owned(),
            source: self.source.text().into(),
            codes: self.codes,
            globals: self.globals.list,
            names: self.names.list,
        })
    }

    /// The assembler of the code that is being compiled, with its place set: what it is given next
    /// comes from there.
    fn at(&mut self, from: impl Ranged) -> &mut Assembler {
        self.unit.code.place = self.source.place(from.start());
        &mut self.unit.code
    }

    /// Notes that something here is no program.
    fn error(&mut self, at: impl Ranged, message: impl Into<String>) {
        let place = self.source.place(at.start());
        self.error_at(place, message.into());
    }

    fn error_at(&mut self, place: Place, message: String) {
        self.errors.push(SyntaxError { place, message });
    }

    /// Notes that something is Python, but not the laboratory's: `what`, with its verb, and what
    /// to write `instead`.
    fn refuse(&mut self, at: impl Ranged, what: &str, instead: &str) {
        self.error(at, refusal(what, instead));
    }

    /// The same, unless the program defines that name itself.
    fn refuse_unless_defined(&mut self, name: &str, at: impl Ranged, what: &str, instead: &str) {
        let error = SyntaxError {
            place: self.source.place(at.start()),
            message: refusal(what, instead),
        };
        self.unknown.push((name.to_owned(), error));
    }

    /// Compiles something that lies within the statement or expression at hand. Refuses what lies
    /// so deep that compiling it could exhaust the thread's own stack.
    fn nested(&mut self, at: impl Ranged, compile: impl FnOnce(&mut Self)) {
        if self.depth >= DEPTH_MAX {
            return self.refuse_depth(at);
        }
        self.depth += 1;
        compile(self);
        self.depth -= 1;
    }

    /// Says so once: what lies beside it is as deep.
    fn refuse_depth(&mut self, at: impl Ranged) {
        let message = format!("nested more than {DEPTH_MAX} deep");
        if self.errors.iter().all(|error| error.message != message) {
            self.error(at, message);
        }
    }
}
