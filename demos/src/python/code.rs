//! A compiled program: what the compiler gives and the interpreter runs.
//!
//! Instructions bear the names and do the work of CPython's (3.14); what CPython keeps in tables
//! beside its code object is here an operand. Nothing here knows a runtime or a heap: constants are
//! plain data, and each run makes objects of them.

pub mod flow;
mod listing;
mod literal;
mod verify;

use std::fmt;
use std::sync::Arc;

pub use listing::Row;
pub use literal::{write_float, write_str};
pub use verify::{Problem, Unsound, verify};

/// A place in the source: line and column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A module and the functions that it defines.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The file's name, for tracebacks.
    pub file: String,
    /// The source text, for tracebacks and for stepping through it.
    pub source: Arc<str>,
    /// All code; the module's own is the first.
    pub codes: Vec<Code>,
    /// The names of the module's globals: instructions give their index. Names that are read and
    /// never assigned are among them, since they may be builtins.
    pub globals: Vec<String>,
    /// The names of attributes, methods and modules: instructions give their index.
    pub names: Vec<String>,
}

/// One function's code, or the module's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// `fib`, or `<module>`.
    pub name: String,
    /// The names of its local variables, parameters first; empty for the module.
    pub locals: Vec<String>,
    /// How many of the locals are parameters.
    pub parameters: usize,
    /// What `LOAD_CONST` loads.
    pub constants: Vec<Constant>,
    /// What it does.
    pub instructions: Vec<Instruction>,
    /// For each instruction, where in the source it comes from.
    pub places: Vec<Place>,
    /// The stretches of instructions inside `with` blocks, innermost last.
    pub with_blocks: Vec<WithBlock>,
    /// The most values that it has on its stack at once.
    pub stack_max: usize,
}

/// The body of a `with` statement: should it be left by an error, its `__exit__` is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithBlock {
    /// The first instruction of the body.
    pub start: u32,
    /// The first instruction behind it.
    pub end: u32,
    /// How many values lie on the stack below the two (`__exit__` and its object) that
    /// `BEFORE_WITH` left.
    pub depth: u32,
}

/// A value that is written in the source.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(Arc<str>),
    /// A tuple of constants; also the names of keyword arguments.
    Tuple(Vec<Constant>),
}

/// What `BINARY_OP` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after its operator")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    TrueDivide,
    FloorDivide,
    Remainder,
    Power,
    LeftShift,
    RightShift,
    And,
    Or,
    Xor,
}

impl Operator {
    /// As written in a program.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::TrueDivide => "/",
            Self::FloorDivide => "//",
            Self::Remainder => "%",
            Self::Power => "**",
            Self::LeftShift => "<<",
            Self::RightShift => ">>",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
        }
    }
}

impl Operator {
    /// As written in an augmented assignment.
    pub fn symbol_in_place(self) -> &'static str {
        match self {
            Self::Add => "+=",
            Self::Subtract => "-=",
            Self::Multiply => "*=",
            Self::TrueDivide => "/=",
            Self::FloorDivide => "//=",
            Self::Remainder => "%=",
            Self::Power => "**=",
            Self::LeftShift => "<<=",
            Self::RightShift => ">>=",
            Self::And => "&=",
            Self::Or => "|=",
            Self::Xor => "^=",
        }
    }
}

/// What `COMPARE_OP` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after its operator")]
pub enum Comparison {
    Less,
    LessEqual,
    Equal,
    NotEqual,
    Greater,
    GreaterEqual,
}

impl Comparison {
    /// As written in a program.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }
}

/// One instruction. Jumps lead to the index of an instruction in the same code. What is described
/// as `a, b → c` takes `b` from the top of the stack, then `a`, and pushes `c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// The start of a function: looks at the eval breaker.
    Resume,
    /// `→ constant`
    LoadConst(u32),
    /// `→ local`; an error if it is not assigned.
    LoadFast(u32),
    /// `value →`
    StoreFast(u32),
    /// Forgets a local; an error if it is not assigned.
    DeleteFast(u32),
    /// In the module's code: `→ global`, or the builtin of that name.
    LoadName(u32),
    /// In the module's code: `value →`
    StoreName(u32),
    /// In the module's code: forgets a global.
    DeleteName(u32),
    /// In a function: `→ global`, or the builtin of that name.
    LoadGlobal(u32),
    /// In a function: `value →`
    StoreGlobal(u32),
    /// In a function: forgets a global.
    DeleteGlobal(u32),
    /// `module or object → attribute`, by an index into the program's names.
    LoadAttr(u32),
    /// `object → method, object`, by an index into the program's names; for an attribute of a
    /// module that is no method `module → attribute, null`. A call follows.
    LoadMethod(u32),
    /// `→ null`, in the place of a method's object.
    PushNull,
    /// `callable, object or null, arguments… → result`, with so many arguments.
    Call(u32),
    /// The same; the names of the last arguments, a tuple, lie on top.
    CallKw(u32),
    /// `callable, null, tuple → result`, with the tuple's items as arguments: a thread's beginning,
    /// `target(*args)`. Never compiled.
    CallEx,
    /// `left, right → result`
    BinaryOp(Operator),
    /// The same for `+=` and its like: a list is changed in place.
    InplaceOp(Operator),
    /// `value → -value`
    UnaryNegative,
    /// `value → +value`
    UnaryPositive,
    /// `value → ~value`
    UnaryInvert,
    /// `value → not value`
    UnaryNot,
    /// `left, right → bool`
    CompareOp(Comparison),
    /// `item, container → bool`: `in`, inverted `not in`.
    ContainsOp {
        /// `not in`
        invert: bool,
    },
    /// `left, right → bool`: `is`, inverted `is not`.
    IsOp {
        /// `is not`
        invert: bool,
    },
    /// `value →`; jumps if it is false.
    PopJumpIfFalse(u32),
    /// `value →`; jumps if it is true.
    PopJumpIfTrue(u32),
    /// Jumps forward.
    JumpForward(u32),
    /// Jumps backward: looks at the eval breaker.
    JumpBackward(u32),
    /// `container, index → item`
    BinarySubscr,
    /// `value, container, index →`
    StoreSubscr,
    /// `container, index →`
    DeleteSubscr,
    /// `items… → tuple`
    BuildTuple(u32),
    /// `items… → list`
    BuildList(u32),
    /// `keys and values, alternating… → dict`; so many pairs.
    BuildMap(u32),
    /// `strings… → string`
    BuildString(u32),
    /// `value → str(value)` for an f-string.
    FormatSimple,
    /// `value, specification → string` for an f-string.
    FormatWithSpec,
    /// `value → repr(value)`: `!r` in an f-string.
    ConvertRepr,
    /// `value → str(value)`: `!s` in an f-string.
    ConvertStr,
    /// `sequence → items…`, the first on top.
    UnpackSequence(u32),
    /// Swaps the top with the value so deep; 1 is the top itself.
    Swap(u32),
    /// Pushes the value so deep once more; 1 is the top.
    Copy(u32),
    /// `value →`
    PopTop,
    /// `iterable → iterator`
    GetIter,
    /// `iterator → iterator, item`, or jumps, with the iterator still there, when it is exhausted.
    ForIter(u32),
    /// `iterator →`: behind a loop, and where one is left early.
    PopIter,
    /// `→ function` of that code; with defaults `tuple → function`, for its last parameters.
    MakeFunction {
        /// Index into [`Program::codes`].
        code: u32,
        /// Whether a tuple of defaults lies on the stack.
        defaults: bool,
    },
    /// `value →`: ends the function.
    ReturnValue,
    /// `→ module`, by an index into the program's names.
    ImportName(u32),
    /// `module → module, attribute`, by an index into the program's names.
    ImportFrom(u32),
    /// `manager → __exit__, manager, entered`: enters a `with` block.
    BeforeWith,
    /// `__exit__, manager →`: leaves a `with` block in good order.
    ExitWith,
    /// Raises an `AssertionError`; with a message `message →`.
    RaiseAssertion {
        /// Whether a message lies on the stack.
        message: bool,
    },
}

impl Instruction {
    /// CPython's name for it. Where CPython folds a case into an operand (`BINARY_OP +=`), so does
    /// the name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resume => "RESUME",
            Self::LoadConst(_) => "LOAD_CONST",
            Self::LoadFast(_) => "LOAD_FAST",
            Self::StoreFast(_) => "STORE_FAST",
            Self::DeleteFast(_) => "DELETE_FAST",
            Self::LoadName(_) => "LOAD_NAME",
            Self::StoreName(_) => "STORE_NAME",
            Self::DeleteName(_) => "DELETE_NAME",
            Self::LoadGlobal(_) => "LOAD_GLOBAL",
            Self::StoreGlobal(_) => "STORE_GLOBAL",
            Self::DeleteGlobal(_) => "DELETE_GLOBAL",
            Self::LoadAttr(_) | Self::LoadMethod(_) => "LOAD_ATTR",
            Self::PushNull => "PUSH_NULL",
            Self::Call(_) => "CALL",
            Self::CallKw(_) => "CALL_KW",
            Self::CallEx => "CALL_FUNCTION_EX",
            Self::BinaryOp(_) | Self::InplaceOp(_) => "BINARY_OP",
            Self::UnaryNegative => "UNARY_NEGATIVE",
            Self::UnaryPositive => "CALL_INTRINSIC_1",
            Self::UnaryInvert => "UNARY_INVERT",
            Self::UnaryNot => "UNARY_NOT",
            Self::CompareOp(_) => "COMPARE_OP",
            Self::ContainsOp { .. } => "CONTAINS_OP",
            Self::IsOp { .. } => "IS_OP",
            Self::PopJumpIfFalse(_) => "POP_JUMP_IF_FALSE",
            Self::PopJumpIfTrue(_) => "POP_JUMP_IF_TRUE",
            Self::JumpForward(_) => "JUMP_FORWARD",
            Self::JumpBackward(_) => "JUMP_BACKWARD",
            Self::BinarySubscr => "BINARY_SUBSCR",
            Self::StoreSubscr => "STORE_SUBSCR",
            Self::DeleteSubscr => "DELETE_SUBSCR",
            Self::BuildTuple(_) => "BUILD_TUPLE",
            Self::BuildList(_) => "BUILD_LIST",
            Self::BuildMap(_) => "BUILD_MAP",
            Self::BuildString(_) => "BUILD_STRING",
            Self::FormatSimple => "FORMAT_SIMPLE",
            Self::FormatWithSpec => "FORMAT_WITH_SPEC",
            Self::ConvertRepr | Self::ConvertStr => "CONVERT_VALUE",
            Self::UnpackSequence(_) => "UNPACK_SEQUENCE",
            Self::Swap(_) => "SWAP",
            Self::Copy(_) => "COPY",
            Self::PopTop => "POP_TOP",
            Self::GetIter => "GET_ITER",
            Self::ForIter(_) => "FOR_ITER",
            Self::PopIter => "POP_ITER",
            Self::MakeFunction { .. } => "MAKE_FUNCTION",
            Self::ReturnValue => "RETURN_VALUE",
            Self::ImportName(_) => "IMPORT_NAME",
            Self::ImportFrom(_) => "IMPORT_FROM",
            Self::BeforeWith => "BEFORE_WITH",
            Self::ExitWith => "WITH_EXIT",
            Self::RaiseAssertion { .. } => "RAISE_VARARGS",
        }
    }
}

impl fmt::Display for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
