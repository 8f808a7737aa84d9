//! Makes a program ready to run in a runtime's memory: its constants, names, builtins and modules
//! become objects, and every name that can be looked up beforehand is.

use std::collections::HashMap;
use std::sync::Arc;

use super::Interrupt;
use super::builtin::{Builtin, Module, Place};
use crate::python::code::{Constant, Instruction, Program, WithBlock};
use crate::python::memory::{Kind, Ref, StackRef};
use crate::python::object::{Heap, premade};
use crate::python::runtime::Runtime;

/// A program whose constants lie in a memory. It is plain data: whoever copies the memory may go on using
/// it with the copy.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What was compiled.
    pub program: Arc<Program>,
    /// Its codes, and behind them [`Prepared::bootstrap`].
    pub codes: Vec<PreparedCode>,
    /// The module's globals.
    pub namespace: Ref,
    /// Each global's builtin of the same name, or `NULL`.
    pub builtins: Vec<StackRef>,
    /// What each name is on objects of each kind, or `NULL`.
    pub(super) methods: Vec<[StackRef; Kind::COUNT]>,
    /// What each name is in each module, or `NULL`.
    pub(super) members: Vec<[StackRef; Module::ALL.len()]>,
    /// The module of each name, or `NULL`.
    pub(super) modules: Vec<StackRef>,
    /// `sys.argv`
    pub(super) argv: Ref,
    /// `__exit__` of a lock.
    pub(super) lock_exit: StackRef,
    /// The index of the code with which a thread begins.
    pub(super) bootstrap: u32,
    /// How many objects were made beforehand: their slots are the first.
    pub objects: u32,
}

/// A code whose constants are objects.
#[derive(Clone, Debug, Default)]
pub struct PreparedCode {
    /// What it does.
    pub instructions: Vec<Instruction>,
    /// What `LOAD_CONST` loads.
    pub constants: Vec<StackRef>,
    /// How many of its locals are parameters.
    pub parameters: u32,
    /// How many locals it has besides.
    pub locals_besides: u32,
    /// Its `with` blocks, the innermost last.
    pub with_blocks: Vec<WithBlock>,
}

impl Prepared {
    /// Makes the objects, in a memory that is still empty.
    ///
    /// # Errors
    /// If there is no memory for them.
    pub fn new<R: Runtime>(
        heap: &mut Heap<'_, R>,
        program: &Arc<Program>,
        arguments: &[String],
    ) -> Result<Self, Interrupt> {
        let mut maker = Maker {
            heap,
            strings: HashMap::new(),
            last: Ref::NULL,
        };
        maker.premade()?;
        maker.program(program, arguments)
    }
}

/// Makes objects that stay to the end.
struct Maker<'a, 'h, R: Runtime> {
    heap: &'a mut Heap<'h, R>,
    strings: HashMap<String, StackRef>,
    last: Ref,
}

impl<R: Runtime> Maker<'_, '_, R> {
    /// Lets the runtime settle an object in, and answers it as it lies on stacks from now on.
    fn keep(&mut self, made: StackRef) -> StackRef {
        let object = made.object();
        self.last = self.last.max(object);
        self.heap.runtime.settle_in(self.heap.me, object);
        self.heap.runtime.constant(object)
    }

    fn object(&mut self, kind: Kind, payload: u64) -> Result<StackRef, Interrupt> {
        let made = self.heap.object(kind, payload)?;
        Ok(self.keep(made))
    }

    fn premade(&mut self) -> Result<(), Interrupt> {
        let none = self.object(Kind::None, 0)?;
        let no = self.object(Kind::Bool, 0)?;
        let yes = self.object(Kind::Bool, 1)?;
        let empty = self.object(Kind::Tuple, 0)?;
        let mut first_int = Ref::NULL;
        for value in premade::SMALL_INT_MIN..=premade::SMALL_INT_MAX {
            let int = self.object(Kind::Int, value as u64)?.object();
            if value == premade::SMALL_INT_MIN {
                first_int = int;
            }
        }
        let made = [none.object(), no.object(), yes.object(), empty.object()];
        assert_eq!(
            (made, Some(first_int)),
            (
                [
                    premade::NONE,
                    premade::FALSE,
                    premade::TRUE,
                    premade::EMPTY_TUPLE
                ],
                premade::small_int(premade::SMALL_INT_MIN)
            ),
            "a memory is prepared when it is new, and slots are taken in turn"
        );
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<StackRef, Interrupt> {
        if let Some(string) = self.strings.get(text) {
            return Ok(*string);
        }
        let made = self.heap.string(text)?;
        let string = self.keep(made);
        self.strings.insert(text.to_owned(), string);
        Ok(string)
    }

    fn constant(&mut self, constant: &Constant) -> Result<StackRef, Interrupt> {
        let runtime = self.heap.runtime;
        Ok(match constant {
            Constant::None => runtime.constant(premade::NONE),
            Constant::Bool(value) => runtime.constant(premade::boolean(*value)),
            Constant::Int(value) => match premade::small_int(*value) {
                Some(int) => runtime.constant(int),
                None => self.object(Kind::Int, *value as u64)?,
            },
            Constant::Float(value) => self.object(Kind::Float, value.to_bits())?,
            Constant::Str(text) => self.string(text)?,
            Constant::Tuple(items) if items.is_empty() => runtime.constant(premade::EMPTY_TUPLE),
            Constant::Tuple(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    let item = self.constant(item)?;
                    values.push(self.heap.copy(item));
                }
                let made = self.heap.sequence(Kind::Tuple, &values)?;
                self.keep(made)
            }
        })
    }

    fn program(
        &mut self,
        program: &Arc<Program>,
        arguments: &[String],
    ) -> Result<Prepared, Interrupt> {
        let builtins = Builtin::ALL
            .iter()
            .map(|(builtin, ..)| self.object(Kind::Builtin, *builtin as u64))
            .collect::<Result<Vec<_>, _>>()?;
        let mut modules = Vec::new();
        for module in Module::ALL {
            modules.push(self.object(Kind::Module, module as u64)?);
        }
        let argv = self.argv(program, arguments)?;
        let globals = program.globals.len();
        let made = self
            .heap
            .object_of_words(Kind::Namespace, vec![0; globals].into_iter())?;
        let namespace = self.keep(made).object();
        let mut codes = Vec::with_capacity(program.codes.len() + 1);
        for code in &program.codes {
            codes.push(PreparedCode {
                instructions: code.instructions.clone(),
                constants: code
                    .constants
                    .iter()
                    .map(|constant| self.constant(constant))
                    .collect::<Result<_, _>>()?,
                parameters: code.parameters as u32,
                locals_besides: (code.locals.len() - code.parameters) as u32,
                with_blocks: code.with_blocks.clone(),
            });
        }
        let dunder_name = self.string("__main__")?;
        let name_of = |name: &str, place: Place| {
            Builtin::ALL
                .iter()
                .position(|(_, other, text)| *other == place && *text == name)
                .map_or(StackRef::NULL, |number| builtins[number])
        };
        let members = |name: &String| {
            Module::ALL.map(|module| match (module, name.as_str()) {
                (Module::Sys, "argv") => argv,
                _ => name_of(name, Place::Module(module)),
            })
        };
        let methods = |name: &String| Kind::ALL.map(|kind| name_of(name, Place::Method(kind)));
        let module_of = |name: &String| {
            let number = Module::ALL.iter().position(|module| module.name() == name);
            number.map_or(StackRef::NULL, |number| modules[number])
        };
        let builtin_of = |name: &String| match name.as_str() {
            "__name__" => dunder_name,
            name => name_of(name, Place::Builtins),
        };
        Ok(Prepared {
            bootstrap: codes.len() as u32,
            codes,
            namespace,
            builtins: program.globals.iter().map(builtin_of).collect(),
            methods: program.names.iter().map(methods).collect(),
            members: program.names.iter().map(members).collect(),
            modules: program.names.iter().map(module_of).collect(),
            argv: argv.object(),
            lock_exit: builtins[Builtin::LockExit as usize],
            objects: self.last.index() as u32,
            program: Arc::clone(program),
        }
        .with_bootstrap())
    }

    fn argv(&mut self, program: &Program, arguments: &[String]) -> Result<StackRef, Interrupt> {
        let mut values = vec![self.string(&program.file)?];
        for argument in arguments {
            values.push(self.string(argument)?);
        }
        for value in &values {
            self.heap.copy(*value);
        }
        let made = self.heap.sequence(Kind::List, &values)?;
        Ok(self.keep(made))
    }
}

impl Prepared {
    /// Adds the code of a thread's beginning: `target(*arguments)`.
    fn with_bootstrap(mut self) -> Self {
        self.codes.push(PreparedCode {
            instructions: vec![Instruction::CallEx, Instruction::ReturnValue],
            ..PreparedCode::default()
        });
        self
    }
}
