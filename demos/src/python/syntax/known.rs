//! What a program can use without defining it: modules, functions and attributes.
//!
//! The interpreter's own list says what there is. What Python has beyond that is refused before the
//! run; a name that is not Python's either is an error of the run, as everywhere.

use ruff_python_ast::{Alias, Expr, ExprAttribute, ExprBinOp, ExprCall, Keyword, Operator};
use ruff_text_size::{Ranged, TextRange};

use super::Compiler;
use crate::python::interpreter::{Builtin, Module, Place, VALUES};

/// Functions of Python that programs are likely to try.
const FUNCTIONS_OF_PYTHON: [&str; 45] = [
    "__import__",
    "all",
    "any",
    "ascii",
    "bin",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "complex",
    "delattr",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "exit",
    "filter",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "hex",
    "id",
    "input",
    "isinstance",
    "iter",
    "locals",
    "map",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "quit",
    "reversed",
    "set",
    "setattr",
    "sorted",
    "type",
    "vars",
    "zip",
];

/// An argument that functions of a name take in Python.
struct Argument {
    function: &'static str,
    name: &'static str,
    /// Where it stands if it is not named, the first being 0.
    place: Option<usize>,
    instead: &'static str,
}

const fn argument(
    function: &'static str,
    name: &'static str,
    place: Option<usize>,
    instead: &'static str,
) -> Argument {
    Argument {
        function,
        name,
        place,
        instead,
    }
}

/// Arguments that what is here of Python does not take.
const ARGUMENTS_OF_PYTHON: [Argument; 12] = [
    argument("Thread", "kwargs", Some(4), "pass all in `args`"),
    argument("Thread", "daemon", None, "let the thread end"),
    argument("Thread", "context", None, "leave it out"),
    argument(
        "acquire",
        "timeout",
        Some(1),
        "wait without an end, or not at all",
    ),
    argument("join", "timeout", Some(0), "wait without an end"),
    argument("print", "file", None, "leave it out"),
    argument("max", "key", None, "compare in a loop"),
    argument("min", "key", None, "compare in a loop"),
    argument("int", "base", Some(1), "write the number with its prefix"),
    argument("str", "object", None, "leave out the name"),
    argument("str", "encoding", Some(1), "use strings, not bytes"),
    argument("str", "errors", Some(2), "use strings, not bytes"),
];

/// Methods of dicts that answer with a view of them.
const DICT_VIEWS: [&str; 3] = ["items", "keys", "values"];

impl Compiler<'_> {
    /// Notes a name that means something in Python, but nothing here; the program may still define
    /// it itself.
    pub(super) fn note_unknown(&mut self, at: TextRange, name: &str) {
        let known = names_in(Place::Builtins).any(|known| known == name);
        if !known && FUNCTIONS_OF_PYTHON.contains(&name) {
            let known: Vec<_> = names_in(Place::Builtins).collect();
            let instead = format!("it has {}", enumeration(&known));
            self.refuse_unless_defined(name, at, &format!("the function `{name}` is"), &instead);
        }
    }

    /// Refuses what has been noted, and was not defined anywhere.
    pub(super) fn refuse_unknown(&mut self) {
        for (name, error) in std::mem::take(&mut self.unknown) {
            if !self.assigned.contains(&name) {
                self.errors.push(error);
            }
        }
    }

    /// Refuses arguments that the function takes in Python, but not here.
    pub(super) fn refuse_arguments(&mut self, call: &ExprCall) {
        let function = match call.func.as_ref() {
            Expr::Attribute(attribute) => &attribute.attr.id,
            Expr::Name(name) if !self.unit.is_local(&name.id) => &name.id,
            _ => return,
        };
        for argument in ARGUMENTS_OF_PYTHON
            .iter()
            .filter(|argument| argument.function == function.as_str())
        {
            if let Some(at) = given(call, argument) {
                let what = format!("`{}` of `{function}` is", argument.name);
                if names_in(Place::Builtins).any(|known| known == function.as_str()) {
                    self.refuse_unless_defined(function, at, &what, argument.instead);
                } else {
                    self.refuse(at, &what, argument.instead);
                }
            }
        }
    }

    /// The index of an attribute's name. What no object has is refused.
    pub(super) fn attribute(&mut self, attribute: &ExprAttribute) -> u32 {
        let name = attribute.attr.as_str();
        let builtins = Builtin::ALL
            .iter()
            .filter(|(_, place, _)| *place != Place::Builtins);
        let known = builtins
            .map(|(.., name)| *name)
            .chain(VALUES.iter().map(|(_, name)| *name));
        if { known }.all(|known| known != name) {
            self.refuse_attribute(attribute);
        }
        self.names.index(name)
    }

    fn refuse_attribute(&mut self, attribute: &ExprAttribute) {
        let name = &attribute.attr;
        if let Expr::Name(of) = attribute.value.as_ref()
            && let Some(module) = module(&of.id)
        {
            return self.refuse_in_module(name.range, module, name);
        }
        let method = |(_, place, name): &(Builtin, Place, &'static str)| {
            let is_method = matches!(place, Place::Method(_)) && !name.starts_with('_');
            is_method.then_some(*name)
        };
        let mut methods: Vec<_> = Builtin::ALL.iter().filter_map(method).collect();
        methods.sort_unstable();
        methods.dedup();
        let instead = format!("its objects have {}", enumeration(&methods));
        self.refuse(name.range, &format!("the attribute `{name}` is"), &instead);
    }

    /// A dict's keys, values and items can be gone through here, once: refused where one could tell.
    pub(super) fn refuse_view(&mut self, call: &ExprCall) {
        if let Expr::Attribute(method) = call.func.as_ref()
            && DICT_VIEWS.contains(&method.attr.as_str())
            && call.arguments.is_empty()
        {
            let what = format!("`{}` by itself is", method.attr);
            self.refuse(
                &method.attr,
                &what,
                "iterate over it, or make a `list` of it",
            );
        }
    }

    /// Strings have no `%` here. What is one can only be told by its look.
    pub(super) fn refuse_text_formatting(&mut self, binary: &ExprBinOp) {
        let is_text = matches!(*binary.left, Expr::StringLiteral(_) | Expr::FString(_));
        if is_text && binary.op == Operator::Mod {
            self.refuse(binary, "`%` behind a string is", "use an f-string");
        }
    }

    /// The index of a module's name. There are but few modules.
    pub(super) fn module_name(&mut self, at: TextRange, name: &str) -> u32 {
        if module(name).is_none() {
            let instead = format!("it has {}", enumeration(&Module::ALL.map(Module::name)));
            self.refuse(at, &format!("the module `{name}` is"), &instead);
        }
        self.names.index(name)
    }

    /// The index of the name of what is imported from a module.
    pub(super) fn imported_name(&mut self, alias: &Alias, from: &str) -> u32 {
        let name = alias.name.as_str();
        match module(from) {
            _ if name == "*" => self.refuse(alias, "`import *` is", "name what you import"),
            Some(module) if names_of(module).all(|known| known != name) => {
                self.refuse_in_module(alias.range, module, name);
            }
            _ => {}
        }
        self.names.index(name)
    }

    fn refuse_in_module(&mut self, at: TextRange, module: Module, name: &str) {
        let mut known: Vec<_> = names_of(module).collect();
        known.sort_unstable();
        let module = module.name();
        let instead = format!("{module} has {}", enumeration(&known));
        self.refuse(at, &format!("`{module}.{name}` is"), &instead);
    }
}

/// Where an argument stands in a call.
fn given(call: &ExprCall, argument: &Argument) -> Option<TextRange> {
    let is_named = |keyword: &&Keyword| {
        let name = keyword.arg.as_ref();
        name.is_some_and(|name| name.as_str() == argument.name)
    };
    if let Some(keyword) = call.arguments.keywords.iter().find(is_named) {
        return Some(keyword.range());
    }
    let value = call.arguments.args.get(argument.place?)?;
    // A thread's `join` and a string's look the same, but hardly anybody joins strings by a number.
    let of_text = call.func.as_attribute_expr();
    let of_text = of_text.is_some_and(|join| join.value.is_string_literal_expr());
    let is_of_strings = argument.function == "join" && (of_text || !value.is_number_literal_expr());
    (!is_of_strings).then(|| value.range())
}

/// Whether a call's argument is gone through at once, so that a list does for a view.
pub(super) fn takes_views(call: &ExprCall) -> bool {
    let functions = ["dict", "len", "list", "max", "min", "sum", "tuple"];
    let name = call.func.as_name_expr();
    name.is_some_and(|name| functions.contains(&name.id.as_str()))
}

fn module(name: &str) -> Option<Module> {
    Module::ALL.into_iter().find(|module| module.name() == name)
}

fn names_of(module: Module) -> impl Iterator<Item = &'static str> {
    let place = Place::Module(module);
    let values = VALUES.iter().filter(move |(of, _)| *of == place);
    names_in(place).chain(values.map(|(_, name)| *name))
}

fn names_in(place: Place) -> impl Iterator<Item = &'static str> {
    let within = Builtin::ALL.iter().filter(move |(_, of, _)| *of == place);
    within.map(|(.., name)| *name)
}

/// `a, b and c`
fn enumeration(names: &[&str]) -> String {
    match names {
        [] => "none".to_owned(),
        [only] => (*only).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}
