//! Which names are a function's own: found before it is compiled, since an assignment anywhere in
//! a function makes the name local everywhere in it.

use std::collections::HashSet;

use ruff_python_ast::{Expr, Stmt};

/// The names that a function binds, and those that it says are global.
#[derive(Debug, Default)]
pub(super) struct Scope {
    locals: HashSet<String>,
    globals: HashSet<String>,
}

impl Scope {
    pub(super) fn of_function(parameters: &[String], body: &[Stmt]) -> Self {
        let mut scope = Self::default();
        scope.locals.extend(parameters.iter().cloned());
        scope.statements(body);
        scope.locals.retain(|name| !scope.globals.contains(name));
        scope
    }

    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals.contains(name)
    }

    pub(super) fn is_global(&self, name: &str) -> bool {
        self.globals.contains(name)
    }

    fn statements(&mut self, body: &[Stmt]) {
        for statement in body {
            self.statement(statement);
        }
    }

    /// Statements that the compiler refuses bind nothing here: it says so later.
    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.binds(function.name.as_str()),
            Stmt::Assign(assign) => assign.targets.iter().for_each(|target| self.target(target)),
            Stmt::AugAssign(assign) => self.target(&assign.target),
            Stmt::AnnAssign(assign) => self.target(&assign.target),
            Stmt::Delete(delete) => delete.targets.iter().for_each(|target| self.target(target)),
            Stmt::Import(import) => {
                for alias in &import.names {
                    self.binds(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    self.binds(alias.asname.as_ref().unwrap_or(&alias.name).as_str());
                }
            }
            Stmt::Global(global) => {
                let names = global.names.iter().map(|name| name.as_str().to_owned());
                self.globals.extend(names);
            }
            Stmt::For(each) => {
                self.target(&each.target);
                self.statements(&each.body);
                self.statements(&each.orelse);
            }
            Stmt::While(each) => {
                self.statements(&each.body);
                self.statements(&each.orelse);
            }
            Stmt::If(choice) => {
                self.statements(&choice.body);
                for clause in &choice.elif_else_clauses {
                    self.statements(&clause.body);
                }
            }
            Stmt::With(with) => {
                let targets = with
                    .items
                    .iter()
                    .filter_map(|item| item.optional_vars.as_ref());
                targets.for_each(|target| self.target(target));
                self.statements(&with.body);
            }
            _ => {}
        }
    }

    fn target(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => self.binds(name.id.as_str()),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|item| self.target(item)),
            Expr::List(list) => list.elts.iter().for_each(|item| self.target(item)),
            _ => {}
        }
    }

    fn binds(&mut self, name: &str) {
        self.locals.insert(name.to_owned());
    }
}
