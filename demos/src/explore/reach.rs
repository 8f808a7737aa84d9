//! Which objects other threads can get at: what only one thread refers to, it alone notices.

use std::collections::HashSet;

use super::world::World;
use crate::python::code::Instruction;
use crate::python::memory::Ref;
use crate::python::object::layout;

impl World {
    /// Whether a thread other than this one can get at an object, by its own frames or by a global: by
    /// any global where the main thread is another, else by those that functions read.
    pub(super) fn others_reach(&self, thread: usize, object: Ref) -> bool {
        let mut met: HashSet<Ref> = HashSet::new();
        let mut open: Vec<Ref> = Vec::new();
        for (number, other) in self.threads.iter().enumerate() {
            if number != thread && !other.has_ended() {
                open.extend(other.frames.roots());
                open.extend((!other.object.is_null()).then_some(other.object));
            }
        }
        let globals = 0..self.program().globals.len();
        open.extend(
            globals
                .filter(|&index| thread != 0 || self.functions_read(index as u32))
                .filter_map(|index| self.global(index)),
        );
        while let Some(next) = open.pop() {
            if next == object {
                return true;
            }
            if met.insert(next) {
                layout::children(self.memory(), next, |child| open.push(child));
            }
        }
        false
    }

    /// Whether the code of any function reads that global.
    fn functions_read(&self, index: u32) -> bool {
        self.any_function_has(|instruction| instruction == Instruction::LoadGlobal(index))
    }

    /// Whether the code of any function writes that global. What only the module's own code writes,
    /// before there are other threads, can be read at any time.
    pub(super) fn functions_write(&self, index: u32) -> bool {
        self.any_function_has(|instruction| {
            [
                Instruction::StoreGlobal(index),
                Instruction::DeleteGlobal(index),
            ]
            .contains(&instruction)
        })
    }

    fn any_function_has(&self, wanted: impl Fn(Instruction) -> bool) -> bool {
        let codes = self.program().codes.iter().skip(1);
        codes
            .flat_map(|code| &code.instructions)
            .any(|instruction| wanted(*instruction))
    }
}
