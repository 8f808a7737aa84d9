//! What a thread is about to do, as a reader of the program would say it, and whether another thread
//! could notice.

use std::cell::Cell;
use std::fmt;

use super::world::World;
use crate::python::code::{Instruction, Operator};
use crate::python::interpreter::{Builtin, Frames, Place};
use crate::python::memory::{Kind, Memory, Ref};
use crate::python::object::layout;

/// What an instruction does, in the words of the slide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Something that only the thread itself notices: a constant, a local, a jump.
    Private,
    /// Arithmetic on values that the thread has: private too, and a step of its own on the slide.
    Compute(Operator),
    /// Reads a global that some function writes.
    Read(String),
    /// Writes a global.
    Write(String),
    /// Reads a list or a dict.
    ReadItem,
    /// Changes a list or a dict.
    WriteItem,
    /// Takes a lock, by its name.
    Acquire(String),
    /// Gives a lock back, by its name.
    Release(String),
    /// Starts a thread.
    Start,
    /// Waits for a thread's end.
    Join,
    /// Another builtin that others could notice: `print`, `time.sleep`, a list's method.
    Call(String),
}

/// As a reader of the program would say it.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Private => f.write_str("goes on"),
            Self::Compute(operator) => f.write_str(verb(*operator)),
            Self::Read(name) => write!(f, "read {name}"),
            Self::Write(name) => write!(f, "write {name}"),
            Self::ReadItem => f.write_str("read items"),
            Self::WriteItem => f.write_str("write an item"),
            Self::Acquire(lock) => write!(f, "take {lock}"),
            Self::Release(lock) => write!(f, "release {lock}"),
            Self::Start => f.write_str("start a thread"),
            Self::Join => f.write_str("join"),
            Self::Call(name) => f.write_str(name),
        }
    }
}

fn verb(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "add",
        Operator::Subtract => "subtract",
        Operator::Multiply => "multiply",
        Operator::TrueDivide | Operator::FloorDivide => "divide",
        Operator::Remainder => "take the remainder",
        Operator::Power => "raise to a power",
        Operator::LeftShift | Operator::RightShift => "shift",
        Operator::And | Operator::Or | Operator::Xor => "combine bits",
    }
}

/// How much of the program one step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StepSize {
    /// What the slide's table has a row for: reading, computing, writing.
    #[default]
    Slide,
    /// One instruction of the bytecode.
    Bytecode,
}

impl Action {
    /// Whether it ends a step of that size.
    pub fn counts(&self, size: StepSize) -> bool {
        size == StepSize::Bytecode || *self != Self::Private
    }

    /// Whether other threads could notice that it happened, or when.
    pub fn is_shared(&self) -> bool {
        !matches!(self, Self::Private | Self::Compute(_))
    }

    /// Whether it may have to wait for another thread.
    pub(super) fn may_wait(&self) -> bool {
        !matches!(self, Self::Private | Self::Compute(_) | Self::Read(_))
    }

    /// What a thread's next instruction is about to do.
    pub(super) fn of(world: &World, thread: usize) -> Self {
        let frames = &world.threads[thread].frames;
        let frame = frames.current;
        let Some(instruction) = world
            .prepared
            .codes
            .get(frame.code as usize)
            .and_then(|code| code.instructions.get(frame.next as usize))
        else {
            return Self::Private;
        };
        let looking = Looking {
            world,
            thread,
            frames,
        };
        looking.action(*instruction)
    }
}

/// What is needed to tell.
struct Looking<'a> {
    world: &'a World,
    thread: usize,
    frames: &'a Frames,
}

impl Looking<'_> {
    fn memory(&self) -> &Memory<Cell<u64>> {
        self.world.memory()
    }

    fn peek(&self, depth: usize) -> Option<Ref> {
        let stack = &self.frames.stack;
        let value = stack.get(stack.len().checked_sub(depth)?)?;
        (!value.is_null()).then(|| value.object())
    }

    fn kind(&self, depth: usize) -> Option<Kind> {
        self.peek(depth).map(|object| self.memory().kind(object))
    }

    /// Whether a list or a dict lies there that another thread can get at.
    fn is_container(&self, depth: usize) -> bool {
        self.peek(depth)
            .is_some_and(|object| self.is_shared_container(object))
    }

    fn is_shared_container(&self, object: Ref) -> bool {
        matches!(self.memory().kind(object), Kind::List | Kind::Dict)
            && self.world.others_reach(self.thread, object)
    }

    fn action(&self, instruction: Instruction) -> Action {
        match instruction {
            Instruction::LoadGlobal(index) | Instruction::LoadName(index)
                if self.world.functions_write(index) =>
            {
                Action::Read(self.global(index))
            }
            Instruction::StoreGlobal(index) | Instruction::DeleteGlobal(index) => {
                Action::Write(self.global(index))
            }
            Instruction::StoreName(index) | Instruction::DeleteName(index)
                if self.world.functions_write(index) =>
            {
                Action::Write(self.global(index))
            }
            Instruction::InplaceOp(_) if self.is_container(2) => Action::WriteItem,
            Instruction::BinaryOp(operator) | Instruction::InplaceOp(operator) => {
                if self.is_container(1) || self.is_container(2) {
                    Action::ReadItem
                } else {
                    Action::Compute(operator)
                }
            }
            Instruction::BinarySubscr if self.is_container(2) => Action::ReadItem,
            Instruction::ContainsOp { .. } if self.is_container(1) => Action::ReadItem,
            Instruction::CompareOp(_) if self.is_container(1) || self.is_container(2) => {
                Action::ReadItem
            }
            Instruction::UnpackSequence(_)
            | Instruction::FormatSimple
            | Instruction::ConvertRepr
            | Instruction::ConvertStr
                if self.is_container(1) =>
            {
                Action::ReadItem
            }
            Instruction::ForIter(_) if self.iterates_over_a_container() => Action::ReadItem,
            Instruction::StoreSubscr | Instruction::DeleteSubscr if self.is_container(2) => {
                Action::WriteItem
            }
            Instruction::BeforeWith if self.kind(1) == Some(Kind::Lock) => {
                Action::Acquire(self.lock(1))
            }
            Instruction::ExitWith => Action::Release(self.lock(1)),
            Instruction::Call(count) => self.call(count as usize + 2),
            Instruction::CallKw(count) => self.call(count as usize + 3),
            _ => Action::Private,
        }
    }

    fn global(&self, index: u32) -> String {
        self.world.program().globals[index as usize].clone()
    }

    fn iterates_over_a_container(&self) -> bool {
        let Some(iterator) = self.peek(1) else {
            return false;
        };
        let memory = self.memory();
        let mut shared = false;
        layout::children(memory, iterator, |container| {
            shared |= self.is_shared_container(container);
        });
        shared
    }

    /// What the program calls the lock that lies so deep.
    fn lock(&self, depth: usize) -> String {
        let name = self.peek(depth).and_then(|lock| self.world.global_of(lock));
        name.unwrap_or_else(|| "a lock".to_owned())
    }

    /// A call whose callable lies so deep.
    fn call(&self, depth: usize) -> Action {
        let Some(callable) = self.peek(depth) else {
            return Action::Private;
        };
        let memory = self.memory();
        let number = match memory.kind(callable) {
            Kind::Builtin => memory.payload(callable),
            Kind::Method => memory.payload(callable) >> 32,
            _ => return Action::Private,
        };
        let builtin = match memory.kind(callable) {
            Kind::Method => {
                let inner = Ref::from_word(number);
                Builtin::from_number(memory.payload(inner))
            }
            _ => Builtin::from_number(number),
        };
        match builtin {
            Builtin::LockAcquire | Builtin::LockEnter => Action::Acquire(self.lock(depth - 1)),
            Builtin::LockRelease | Builtin::LockExit => Action::Release(self.lock(depth - 1)),
            Builtin::ThreadStart => Action::Start,
            Builtin::ThreadJoin => Action::Join,
            Builtin::ThreadingLock | Builtin::ThreadingThread => Action::Private,
            Builtin::Print => Action::Call(builtin.full_name()),
            builtin => match (builtin.place(), (1..depth).any(|at| self.is_container(at))) {
                (Place::Builtins | Place::Method(_), false) => Action::Private,
                (Place::Builtins, true) => Action::ReadItem,
                (Place::Method(_), true) | (Place::Module(_), _) => {
                    Action::Call(builtin.full_name())
                }
            },
        }
    }
}
