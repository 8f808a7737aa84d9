//! Functions: definitions and calls.

use ruff_python_ast::{Expr, ExprCall, Parameters, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::known::takes_views;
use super::scope::Scope;
use super::unit::{Access, Unit};
use super::{Compiler, count};
use crate::python::code::{Code, Constant, Instruction};

impl Compiler<'_> {
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
        self.unit.code.return_none();
        let outer = self.outer.pop().expect("it was just pushed");
        let unit = std::mem::replace(&mut self.unit, outer);
        if self.errors.is_empty() {
            self.codes[index] = unit.finish();
        }
    }

    pub(super) fn call(&mut self, call: &ExprCall) {
        match call.func.as_ref() {
            Expr::Attribute(attribute) => {
                self.expression(&attribute.value);
                let name = self.attribute(attribute);
                self.at(&attribute.attr).emit(Instruction::LoadMethod(name));
            }
            function => {
                self.expression(function);
                self.at(function).emit(Instruction::PushNull);
            }
        }
        self.refuse_arguments(call);
        self.arguments(call);
    }

    fn arguments(&mut self, call: &ExprCall) {
        let arguments = &call.arguments;
        for argument in &arguments.args {
            match argument {
                Expr::Call(inner) if takes_views(call) => {
                    self.nested(inner, |compiler| compiler.call(inner));
                }
                argument => self.expression(argument),
            }
        }
        let mut names: Vec<Constant> = vec![];
        for keyword in &arguments.keywords {
            match &keyword.arg {
                Some(name) => {
                    let constant = Constant::Str(name.as_str().into());
                    if names.contains(&constant) {
                        self.error(keyword, format!("keyword argument repeated: {name}"));
                    }
                    names.push(constant);
                }
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
