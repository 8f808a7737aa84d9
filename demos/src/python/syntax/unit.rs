//! A code that is being compiled: its names, and the blocks around the statement at hand.

use std::collections::HashMap;

use ruff_python_ast::Identifier;
use ruff_text_size::{Ranged, TextRange};

use super::assemble::{Assembler, Label, Region};
use super::scope::Scope;
use super::{Compiler, Names};
use crate::python::code::{Code, Instruction};

/// A code that is being compiled.
#[derive(Debug)]
pub(super) struct Unit {
    name: String,
    /// `None` for the module, all of whose names are global.
    scope: Option<Scope>,
    pub(super) locals: Names,
    pub(super) parameters: usize,
    /// Names mentioned so far, and whether they were read: a `global` may only name others.
    mentioned: HashMap<String, bool>,
    /// The loops and `with` blocks around the statement at hand.
    pub(super) blocks: Vec<Block>,
    pub(super) code: Assembler,
}

/// A statement that `return`, `break` and `continue` must leave in good order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Block {
    /// A loop, and where `continue` and `break` lead.
    Loop {
        next: Label,
        end: Label,
        /// Whether an iterator lies on the stack meanwhile.
        iterates: bool,
    },
    /// A `with` block, whose `__exit__` and manager lie on the stack meanwhile.
    With {
        region: Region,
        /// Where its statement stands.
        range: TextRange,
    },
}

impl Block {
    /// How many values lie on the stack meanwhile.
    fn depth(self) -> u32 {
        match self {
            Self::Loop { iterates, .. } => u32::from(iterates),
            Self::With { .. } => 2,
        }
    }
}

/// What is done with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Load,
    Store,
    Delete,
}

impl Unit {
    pub(super) fn module() -> Self {
        Self::new("<module>".to_owned(), None)
    }

    pub(super) fn new(name: String, scope: Option<Scope>) -> Self {
        Self {
            name,
            scope,
            locals: Names::default(),
            parameters: 0,
            mentioned: HashMap::new(),
            blocks: vec![],
            code: Assembler::default(),
        }
    }

    pub(super) fn finish(self) -> Code {
        self.code
            .finish(self.name, self.locals.list, self.parameters)
    }

    /// How many values lie on the stack between statements.
    pub(super) fn depth(&self) -> u32 {
        self.blocks.iter().map(|block| block.depth()).sum()
    }

    pub(super) fn is_local(&self, name: &str) -> bool {
        self.scope
            .as_ref()
            .is_some_and(|scope| scope.is_local(name))
    }

    pub(super) fn is_global(&self, name: &str) -> bool {
        self.scope
            .as_ref()
            .is_none_or(|scope| scope.is_global(name))
    }
}

impl Compiler<'_> {
    /// Loads, stores or deletes a name: a local one by its place in the frame, another by its
    /// place among the module's globals.
    pub(super) fn name(&mut self, at: impl Ranged, name: &str, access: Access) {
        let read = self.unit.mentioned.entry(name.to_owned()).or_default();
        *read |= access == Access::Load;
        if name == "__debug__" && access != Access::Load {
            self.error(&at, "cannot assign to __debug__");
        }
        let instruction = if self.unit.is_local(name) {
            let index = self.unit.locals.index(name);
            match access {
                Access::Load => Instruction::LoadFast(index),
                Access::Store => Instruction::StoreFast(index),
                Access::Delete => Instruction::DeleteFast(index),
            }
        } else {
            self.refuse_closure(&at, name);
            match access {
                Access::Load => self.note_unknown(at.range(), name),
                Access::Store => _ = self.assigned.insert(name.to_owned()),
                Access::Delete => {}
            }
            let index = self.globals.index(name);
            match (access, self.unit.scope.is_some()) {
                (Access::Load, false) => Instruction::LoadName(index),
                (Access::Store, false) => Instruction::StoreName(index),
                (Access::Delete, false) => Instruction::DeleteName(index),
                (Access::Load, true) => Instruction::LoadGlobal(index),
                (Access::Store, true) => Instruction::StoreGlobal(index),
                (Access::Delete, true) => Instruction::DeleteGlobal(index),
            }
        };
        self.at(at).emit(instruction);
    }

    fn refuse_closure(&mut self, at: &impl Ranged, name: &str) {
        let known = |unit: &&Unit| unit.is_local(name) || unit.is_global(name);
        let owner = self.outer.iter().rev().find(known);
        if owner.is_some_and(|unit| unit.is_local(name)) && !self.unit.is_global(name) {
            let instead =
                format!("`{name}` belongs to the function around; pass it on, or make it global");
            self.refuse(at.range(), "closures are", &instead);
        }
    }

    pub(super) fn global(&mut self, names: &[Identifier]) {
        for name in names {
            let earlier = match self.unit.mentioned.get(name.as_str()) {
                None => continue,
                Some(true) => "used prior to",
                Some(false) => "assigned to before",
            };
            self.error(
                name,
                format!("name '{name}' is {earlier} global declaration"),
            );
        }
    }
}
