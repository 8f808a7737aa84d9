//! The functions, methods and modules that are there without being defined: their names.

use crate::python::memory::Kind;

/// A module that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Module {
    /// `sys`
    Sys,
    /// `threading`
    Threading,
    /// `time`
    Time,
}

impl Module {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Sys, Self::Threading, Self::Time];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sys => "sys",
            Self::Threading => "threading",
            Self::Time => "time",
        }
    }
}

macro_rules! builtins {
    ($($place:expr => { $($variant:ident $name:literal),+ $(,)? })+) => {
        /// A function that the interpreter itself performs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "each is named after its place and its name in Python")]
        pub enum Builtin { $($($variant),+),+ }

        impl Builtin {
            /// All of them, in the order of their numbers, with where they are found and their names.
            pub const ALL: &[(Self, Place, &str)] = &[$($((Self::$variant, $place, $name)),+),+];
        }
    };
}

/// Where a builtin is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Everywhere.
    Builtins,
    /// In a module.
    Module(Module),
    /// On objects of a kind.
    Method(Kind),
}

builtins! {
    Place::Builtins => {
        Abs "abs",
        Bool "bool",
        Dict "dict",
        Float "float",
        Int "int",
        Len "len",
        List "list",
        Max "max",
        Min "min",
        Print "print",
        Range "range",
        Repr "repr",
        Round "round",
        Str "str",
        Sum "sum",
        Tuple "tuple",
    }
    Place::Module(Module::Sys) => {
        SysGetRefcount "getrefcount",
        SysGetSwitchInterval "getswitchinterval",
        SysSetSwitchInterval "setswitchinterval",
    }
    Place::Module(Module::Threading) => {
        ThreadingLock "Lock",
        ThreadingThread "Thread",
    }
    Place::Module(Module::Time) => {
        TimeMonotonic "monotonic",
        TimePerfCounter "perf_counter",
        TimeSleep "sleep",
        TimeTime "time",
    }
    Place::Method(Kind::List) => {
        ListAppend "append",
        ListExtend "extend",
        ListPop "pop",
    }
    Place::Method(Kind::Dict) => {
        DictGet "get",
        DictItems "items",
        DictKeys "keys",
        DictPop "pop",
        DictValues "values",
    }
    Place::Method(Kind::Str) => {
        StrJoin "join",
    }
    Place::Method(Kind::Lock) => {
        LockAcquire "acquire",
        LockEnter "__enter__",
        LockExit "__exit__",
        LockLocked "locked",
        LockRelease "release",
    }
    Place::Method(Kind::Thread) => {
        ThreadIsAlive "is_alive",
        ThreadJoin "join",
        ThreadStart "start",
    }
}

/// What is found somewhere and is no function.
pub(crate) const VALUES: [(Place, &str); 2] = [
    (Place::Module(Module::Sys), "argv"),
    (Place::Method(Kind::Thread), "name"),
];

impl Builtin {
    /// The builtin of that number.
    pub fn from_number(number: u64) -> Self {
        Self::ALL[number as usize].0
    }

    /// Its name in Python.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// Where it is found.
    pub fn place(self) -> Place {
        Self::ALL[self as usize].1
    }

    /// Its name as messages have it: `list.append`.
    pub fn full_name(self) -> String {
        match self.place() {
            Place::Builtins => self.name().to_owned(),
            Place::Module(module) => format!("{}.{}", module.name(), self.name()),
            Place::Method(kind) => format!("{}.{}", kind.name(), self.name()),
        }
    }

    /// Whether it is a type, as in `<class 'int'>`.
    pub fn is_type(self) -> bool {
        matches!(
            self,
            Self::Bool
                | Self::Dict
                | Self::Float
                | Self::Int
                | Self::List
                | Self::Range
                | Self::Str
                | Self::Tuple
                | Self::ThreadingThread
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Builtin, Module};

    #[test]
    fn numbers_lead_back() {
        for (number, (builtin, ..)) in Builtin::ALL.iter().enumerate() {
            assert_eq!(*builtin as usize, number);
            assert_eq!(Builtin::from_number(number as u64), *builtin);
        }
        for (number, module) in Module::ALL.into_iter().enumerate() {
            assert_eq!(module as usize, number);
        }
    }
}
