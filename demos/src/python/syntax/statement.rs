//! Statements.

use ruff_python_ast::{
    Expr, Stmt, StmtAssert, StmtFor, StmtIf, StmtImport, StmtImportFrom, StmtWhile, StmtWith,
};
use ruff_text_size::{Ranged, TextRange};

use super::Compiler;
use super::assemble::Label;
use super::unit::{Access, Block};
use crate::python::code::Instruction;

impl Compiler<'_> {
    pub(super) fn statements(&mut self, body: &[Stmt]) {
        for statement in body {
            self.nested(statement, |compiler| compiler.statement(statement));
        }
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Expr(statement) => self.expression_statement(&statement.value),
            Stmt::Assign(assign) => self.assign(assign),
            Stmt::AugAssign(assign) => self.augmented_assign(assign),
            Stmt::AnnAssign(assign) => self.annotated_assign(assign),
            Stmt::Delete(delete) => delete.targets.iter().for_each(|target| self.delete(target)),
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::Return(statement) => self.return_statement(statement),
            Stmt::If(choice) => self.choice(choice),
            Stmt::While(each) => self.while_loop(each),
            Stmt::For(each) => self.for_loop(each),
            Stmt::Break(statement) => self.break_or_continue(statement.range, "break"),
            Stmt::Continue(statement) => self.break_or_continue(statement.range, "continue"),
            Stmt::With(with) => self.with(with),
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(global) => self.global(&global.names),
            Stmt::Assert(assertion) => self.assertion(assertion),
            Stmt::Pass(_) => {}
            other => self.refuse_statement(other),
        }
    }

    fn refuse_statement(&mut self, statement: &Stmt) {
        let (what, instead) = match statement {
            Stmt::ClassDef(_) => ("classes are", "use functions, lists and dicts"),
            Stmt::Try(_) => ("`try` is", "test before you do what may fail"),
            Stmt::Raise(_) => ("`raise` is", "use `assert`"),
            Stmt::Match(_) => ("`match` is", "use `if` and `elif`"),
            Stmt::Nonlocal(_) => ("`nonlocal` is", "use `global`"),
            Stmt::TypeAlias(_) => ("type aliases are", "leave them out"),
            _ => ("this statement is", "leave it out"),
        };
        self.refuse(statement, what, instead);
    }

    /// What is only written, like a docstring, is not computed.
    fn expression_statement(&mut self, value: &Expr) {
        if self.constant(value).is_some() {
            return;
        }
        self.expression(value);
        self.at(value).emit(Instruction::PopTop);
    }

    fn choice(&mut self, choice: &StmtIf) {
        let end = self.unit.code.label();
        let mut branch = (Some(&*choice.test), &choice.body);
        let mut clauses = choice.elif_else_clauses.iter();
        while let Some(test) = branch.0 {
            let otherwise = self.unit.code.label();
            self.jump_if(test, false, otherwise);
            self.statements(branch.1);
            let clause = clauses.next();
            if clause.is_some() {
                self.unit.code.go_on_at(end);
            }
            self.unit.code.bind(otherwise);
            let Some(clause) = clause else { break };
            branch = (clause.test.as_ref(), &clause.body);
            if branch.0.is_none() {
                self.statements(branch.1);
            }
        }
        self.unit.code.bind(end);
    }

    fn while_loop(&mut self, each: &StmtWhile) {
        let [next, exhausted, end] = self.loop_labels();
        self.unit.code.bind(next);
        self.jump_if(&each.test, false, exhausted);
        let iterates = false;
        self.loop_body(
            &each.body,
            Block::Loop {
                next,
                end,
                iterates,
            },
            next,
        );
        self.unit.code.bind(exhausted);
        self.statements(&each.orelse);
        self.unit.code.bind(end);
    }

    fn for_loop(&mut self, each: &StmtFor) {
        if each.is_async {
            self.refuse(each, "`async` is", "use threads");
        }
        let [next, exhausted, end] = self.loop_labels();
        self.iterable(&each.iter);
        let code = self.at(&*each.iter);
        code.emit(Instruction::GetIter);
        code.bind(next);
        code.jump(Instruction::ForIter, exhausted);
        self.store(&each.target);
        let iterates = true;
        self.loop_body(
            &each.body,
            Block::Loop {
                next,
                end,
                iterates,
            },
            next,
        );
        self.unit.code.bind(exhausted);
        self.at(&*each.iter).emit(Instruction::PopIter);
        self.statements(&each.orelse);
        self.unit.code.bind(end);
    }

    /// Where the next round starts, where it goes on when there is none, and where `break` leads.
    fn loop_labels(&mut self) -> [Label; 3] {
        let code = &mut self.unit.code;
        [code.label(), code.label(), code.label()]
    }

    fn loop_body(&mut self, body: &[Stmt], around: Block, next: Label) {
        self.unit.blocks.push(around);
        self.statements(body);
        self.unit.code.go_on_at(next);
        self.unit.blocks.pop();
    }

    fn with(&mut self, with: &StmtWith) {
        if with.is_async {
            self.refuse(with, "`async` is", "use threads");
        }
        let outside = self.unit.code.region;
        for item in &with.items {
            let depth = self.unit.depth();
            self.expression(&item.context_expr);
            let range = item.context_expr.range();
            self.at(range).emit(Instruction::BeforeWith);
            let region = self.unit.code.enter_region(depth);
            self.unit.blocks.push(Block::With { region, range });
            match &item.optional_vars {
                Some(target) => self.store(target),
                None => self.at(range).emit(Instruction::PopTop),
            }
        }
        self.statements(&with.body);
        for item in with.items.iter().rev() {
            if let Some(Block::With { region, .. }) = self.unit.blocks.pop() {
                self.unit.code.region = self.unit.code.around(region);
            }
            self.at(&item.context_expr).emit(Instruction::ExitWith);
        }
        self.unit.code.region = outside;
    }

    fn import(&mut self, import: &StmtImport) {
        for alias in &import.names {
            self.import_module(alias.range, &alias.name);
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            self.name(alias, name, Access::Store);
        }
    }

    fn import_from(&mut self, import: &StmtImportFrom) {
        let module = import.module.as_ref().map_or("", |module| module.as_str());
        let module = format!("{}{module}", ".".repeat(import.level as usize));
        self.import_module(import.range, &module);
        for alias in &import.names {
            let index = self.imported_name(alias, &module);
            self.at(alias).emit(Instruction::ImportFrom(index));
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            self.name(alias, name, Access::Store);
        }
        self.at(import).emit(Instruction::PopTop);
    }

    fn import_module(&mut self, at: TextRange, module: &str) {
        let index = self.module_name(at, module);
        self.at(at).emit(Instruction::ImportName(index));
    }

    fn assertion(&mut self, assertion: &StmtAssert) {
        let end = self.unit.code.label();
        self.jump_if(&assertion.test, true, end);
        if let Some(message) = &assertion.msg {
            self.expression(message);
        }
        let message = assertion.msg.is_some();
        let code = self.at(assertion);
        code.emit(Instruction::RaiseAssertion { message });
        code.bind(end);
    }
}
