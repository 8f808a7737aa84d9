//! A program stepped line by line, forward and back.

use std::sync::Arc;

use super::picture::Heap;
use super::stepped::Sections;
use super::world::{Progress, World};
use crate::python::code::Program;

/// The most lines that a program is stepped through.
pub const LINES_MAX: usize = 2_000;

/// The most instructions of one line.
const INSTRUCTIONS_MAX: u32 = 200_000;

/// A program between two lines, and all the lines before.
#[derive(Clone, Debug)]
pub struct Lines {
    start: World,
    now: World,
    stepped: usize,
}

/// So many lines of the same program lead to the same place.
impl PartialEq for Lines {
    fn eq(&self, other: &Self) -> bool {
        self.stepped == other.stepped && self.program() == other.program()
    }
}

impl Lines {
    /// A program before its first line.
    ///
    /// # Errors
    /// If it is too large to be stepped.
    pub fn new(program: &Arc<Program>, arguments: &[String]) -> Result<Self, String> {
        let start = World::new(program, arguments, Sections::None)?;
        let now = start.clone();
        Ok(Self {
            start,
            now,
            stepped: 0,
        })
    }

    /// The program.
    pub fn program(&self) -> &Arc<Program> {
        self.now.program()
    }

    /// The line that comes next, from 1; `None` at the end.
    pub fn line(&self) -> Option<u32> {
        (!self.is_over()).then(|| self.now.line(self.thread()))
    }

    /// How many lines have been done.
    pub fn stepped(&self) -> usize {
        self.stepped
    }

    /// Whether the program has come to its end.
    pub fn is_over(&self) -> bool {
        self.now.is_over() || self.stepped == LINES_MAX
    }

    /// The program at this moment.
    pub fn world(&self) -> &World {
        &self.now
    }

    /// Names and objects at this moment.
    pub fn heap(&self) -> Heap {
        self.now.heap()
    }

    /// Does the next line; tells whether there was one.
    pub fn forward(&mut self) -> bool {
        if self.is_over() {
            return false;
        }
        let thread = self.thread();
        let mut line = self.now.line(thread);
        let mut depth = self.now.threads()[thread].depth();
        for _ in 0..INSTRUCTIONS_MAX {
            if self.now.step(thread) == Progress::None || self.now.threads()[thread].has_ended() {
                break;
            }
            let depth_now = self.now.threads()[thread].depth();
            if depth_now < depth {
                // Back in the middle of the caller's line: the rest of it belongs to this step.
                (line, depth) = (self.now.line(thread), depth_now);
            } else if (self.now.line(thread), depth_now) != (line, depth) {
                break;
            }
        }
        self.stepped += 1;
        true
    }

    /// Takes all lines back; tells whether there were any.
    pub fn reset(&mut self) -> bool {
        self.now = self.start.clone();
        std::mem::take(&mut self.stepped) > 0
    }

    /// Takes the last line back; tells whether there was one.
    pub fn back(&mut self) -> bool {
        let Some(lines) = self.stepped.checked_sub(1) else {
            return false;
        };
        // The same program does the same again.
        self.reset();
        while self.stepped < lines && self.forward() {}
        true
    }

    /// The thread whose turn it is: the main one unless it waits.
    fn thread(&self) -> usize {
        (0..self.now.threads().len())
            .find(|&thread| self.now.can_step(thread))
            .unwrap_or(0)
    }
}
