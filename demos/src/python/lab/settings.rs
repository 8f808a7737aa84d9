//! What a run of a program is to be like.

use crate::python::memory::Size;
use crate::python::runtime::Choice;

/// What a run of a program is to be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The runtime.
    pub runtime: Choice,
    /// How much memory the program has.
    pub memory: Size,
    /// `sys.argv[1:]`
    pub arguments: Vec<String>,
    /// The most threads at once, the main one included.
    pub threads_max: usize,
    /// How deep calls can be nested.
    pub recursion_max: usize,
}

impl Settings {
    /// That runtime, with 256 MiB, no arguments, and as many calls as CPython allows.
    pub fn new(runtime: Choice) -> Self {
        Self {
            runtime,
            memory: Size::of_bytes(256 << 20),
            arguments: Vec::new(),
            threads_max: 256,
            recursion_max: 1000,
        }
    }
}
