//! Functions: their names, parameters, calls and returns.

use std::collections::HashSet;

use ruff_python_ast::{Arguments, Expr, ExprCall, Parameters, StmtFunctionDef, StmtReturn};
use ruff_text_size::{Ranged, TextRange};

use super::assemble::{Assembler, Label, Region};
use super::scope::Scope;
use super::{Compiler, Names, count};
use crate::python::code::{Code, Constant, Instruction};

/// A code that is being compiled.
#[derive(Debug)]
pub(super) struct Unit {
    name: String,
    /// `None` for the module, all of whose names are global.
    scope: Option<Scope>,
    locals: Names,
    parameters: usize,
    /// Names used so far: a `global` may only name others.
    mentioned: HashSet<String>,
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

    fn new(name: String, scope: Option<Scope>) -> Self {
        Self {
            name,
            scope,
            locals: Names::default(),
            parameters: 0,
            mentioned: HashSet::new(),
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

    fn is_global(&self, name: &str) -> bool {
        self.scope
            .as_ref()
            .is_none_or(|scope| scope.is_global(name))
    }
}

impl Compiler<'_> {
    /// Loads, stores or deletes a name: a local one by its place in the frame, another by its
    /// place among the module's globals.
    pub(super) fn name(&mut self, at: impl Ranged, name: &str, access: Access) {
        self.unit.mentioned.insert(name.to_owned());
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
        let enclosed = self.outer.iter().rev().any(|unit| unit.is_local(name));
        if enclosed && !self.unit.is_global(name) {
            self.refuse(
                at.range(),
                &format!("closures are (`{name}` belongs to the function around)"),
                "pass it as an argument, or make it global",
            );
        }
    }

    pub(super) fn global(&mut self, names: &[ruff_python_ast::Identifier]) {
        for name in names {
            if self.unit.scope.is_some() && self.unit.mentioned.contains(name.as_str()) {
                self.error(
                    name,
                    format!("name '{name}' is used prior to global declaration"),
                );
            }
        }
    }

    pub(super) fn function(&mut self, function: &StmtFunctionDef) {
        self.refuse_unknown_functions(function);
        let defaults = self.defaults(&function.parameters);
        let code = count(self.codes.len());
        self.codes.push(Code::default());
        self.function_code(function, code as usize);
        self.at(function)
            .emit(Instruction::MakeFunction { code, defaults });
        self.name(function, &function.name, Access::Store);
    }

    fn refuse_unknown_functions(&mut self, function: &StmtFunctionDef) {
        if let Some(decorator) = function.decorator_list.first() {
            self.refuse(decorator, "decorators are", "call the function yourself");
        }
        if function.is_async {
            self.refuse(function, "`async` is", "use threads");
        }
        if let Some(types) = &function.type_params {
            self.refuse(types.range, "type parameters are", "leave them out");
        }
        let parameters = &function.parameters;
        if let Some(first) = parameters.posonlyargs.first() {
            self.refuse(first, "positional-only parameters are", "leave out the `/`");
        }
        if let Some(first) = parameters.kwonlyargs.first() {
            self.refuse(first, "keyword-only parameters are", "leave out the `*`");
        }
        for starred in [&parameters.vararg, &parameters.kwarg]
            .into_iter()
            .flatten()
        {
            self.refuse(
                starred.range,
                "starred parameters are",
                "name each parameter",
            );
        }
    }

    /// The defaults, as a tuple, if there are any.
    fn defaults(&mut self, parameters: &Parameters) -> bool {
        let defaults: Vec<&Expr> = parameters
            .args
            .iter()
            .filter_map(|parameter| parameter.default.as_deref())
            .collect();
        let Some(first) = defaults.first() else {
            return false;
        };
        self.tuple(first.range(), &defaults);
        true
    }

    fn function_code(&mut self, function: &StmtFunctionDef, index: usize) {
        let names: Vec<String> = function
            .parameters
            .args
            .iter()
            .map(|parameter| parameter.parameter.name.to_string())
            .collect();
        let scope = Scope::of_function(&names, &function.body);
        let mut unit = Unit::new(function.name.to_string(), Some(scope));
        unit.parameters = names.len();
        for (name, parameter) in names.iter().zip(&function.parameters.args) {
            let place = &parameter.parameter.name;
            if unit.locals.indices.contains_key(name) {
                self.error(
                    place,
                    format!("duplicate argument '{name}' in function definition"),
                );
            } else if unit.is_global(name) {
                self.error(place, format!("name '{name}' is parameter and global"));
            }
            unit.locals.index(name);
        }
        self.outer.push(std::mem::replace(&mut self.unit, unit));
        self.at(function).emit(Instruction::Resume);
        self.nested(function, |compiler| compiler.statements(&function.body));
        self.return_none();
        let outer = self.outer.pop().expect("it was just pushed");
        let unit = std::mem::replace(&mut self.unit, outer);
        if self.errors.is_empty() {
            self.codes[index] = unit.finish();
        }
    }

    pub(super) fn return_none(&mut self) {
        self.unit.code.load(Constant::None);
        self.unit.code.emit(Instruction::ReturnValue);
    }

    /// A value that takes work is computed before the blocks around are left, a constant after.
    pub(super) fn return_statement(&mut self, statement: &StmtReturn) {
        if self.outer.is_empty() {
            self.error(statement, "'return' outside function");
        }
        let constant = match &statement.value {
            None => Some(Constant::None),
            Some(value) => self.constant(value),
        };
        if let (None, Some(value)) = (&constant, &statement.value) {
            self.expression(value);
        }
        let region = self.unit.code.region;
        for block in self.unit.blocks.clone().into_iter().rev() {
            self.leave(statement.range, block, constant.is_none());
        }
        self.at(statement);
        if let Some(constant) = constant {
            self.unit.code.load(constant);
        }
        self.unit.code.emit(Instruction::ReturnValue);
        self.unit.code.region = region;
    }

    pub(super) fn break_or_continue(&mut self, at: TextRange, word: &str) {
        let is_loop = |block: &Block| matches!(block, Block::Loop { .. });
        let Some(around) = self.unit.blocks.iter().rposition(is_loop) else {
            return self.error(at, format!("'{word}' outside loop"));
        };
        let Block::Loop { next, end, .. } = self.unit.blocks[around] else {
            return;
        };
        let region = self.unit.code.region;
        let innermost_first = self.unit.blocks.clone().into_iter().rev();
        for block in innermost_first.take_while(|block| !is_loop(block)) {
            self.leave(at, block, false);
        }
        let to = if word == "break" {
            self.leave(at, self.unit.blocks[around], false);
            end
        } else {
            next
        };
        self.at(at).jump(Instruction::JumpForward, to);
        self.unit.code.region = region;
    }

    /// Takes away what a block has on the stack, below the result if there is one on top. What
    /// follows lies outside the block.
    fn leave(&mut self, from: TextRange, block: Block, below_result: bool) {
        match block {
            Block::Loop {
                iterates: false, ..
            } => {}
            Block::Loop { iterates: true, .. } => {
                let code = self.at(from);
                if below_result {
                    code.emit(Instruction::Swap(2));
                }
                code.emit(Instruction::PopIter);
            }
            Block::With { region, range } => {
                let code = self.at(range);
                code.region = code.around(region);
                if below_result {
                    code.emit(Instruction::Swap(3));
                    code.emit(Instruction::Swap(2));
                }
                code.emit(Instruction::ExitWith);
            }
        }
    }

    pub(super) fn call(&mut self, call: &ExprCall) {
        match call.func.as_ref() {
            Expr::Attribute(attribute) => {
                self.expression(&attribute.value);
                let name = self.names.index(&attribute.attr);
                self.at(&attribute.attr).emit(Instruction::LoadMethod(name));
            }
            function => {
                self.expression(function);
                self.at(function).emit(Instruction::PushNull);
            }
        }
        self.arguments(call.range(), &call.arguments);
    }

    fn arguments(&mut self, call: TextRange, arguments: &Arguments) {
        for argument in &arguments.args {
            self.expression(argument);
        }
        let mut names = vec![];
        for keyword in &arguments.keywords {
            match &keyword.arg {
                Some(name) => names.push(Constant::Str(name.as_str().into())),
                None => self.refuse(keyword, "`**` arguments are", "name each argument"),
            }
            self.expression(&keyword.value);
        }
        let all = count(arguments.args.len() + arguments.keywords.len());
        let code = self.at(call);
        if arguments.keywords.is_empty() {
            code.emit(Instruction::Call(all));
        } else {
            code.load(Constant::Tuple(names));
            code.emit(Instruction::CallKw(all));
        }
    }
}
