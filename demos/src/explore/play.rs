//! A program played by a scheduler who is somebody else: a person with two keys, or the search.
//!
//! Before the first choice, and after each, everything is done that leaves no choice: what only the
//! thread itself notices goes with the step before it, and the main thread runs ahead where it only
//! starts threads, joins them, or is alone.

use std::sync::Arc;

use super::action::{Action, StepSize};
use super::key::Key;
use super::search::System;
use super::stepped::Sections;
use super::world::{End, Progress, World};
use crate::python::code::Program;
use crate::python::interpreter::On;

/// The most instructions that are done without a choice.
const AHEAD_MAX: u32 = 200_000;

/// A program between two choices.
#[derive(Clone, Debug)]
pub struct Play {
    world: World,
    size: StepSize,
}

/// One step that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The thread: 0 is the main one.
    pub thread: usize,
    /// What it did.
    pub action: Action,
    /// CPython's name of the instruction.
    pub instruction: &'static str,
    /// The line of the program.
    pub line: u32,
    /// The value that was read, computed or written, as `repr` shows it.
    pub value: Option<String>,
    /// The globals that functions write, and their values after the step.
    pub globals: Vec<(String, String)>,
}

/// What came of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcome {
    /// What the program printed.
    pub output: String,
    /// How it ended, if not by coming to its end.
    pub end: Option<End>,
    /// The threads that wait for ever, and for what.
    pub stuck: Vec<Stuck>,
}

/// A thread that nobody will ever wake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stuck {
    /// Its name.
    pub thread: String,
    /// What it waits for.
    pub waits_for: String,
}

impl Play {
    /// A program before its first choice.
    ///
    /// # Errors
    /// If it can't be played: too large, or without two threads.
    pub fn new(
        program: &Arc<Program>,
        arguments: &[String],
        sections: Sections,
        size: StepSize,
    ) -> Result<Self, String> {
        let world = World::new(program, arguments, sections)?;
        let mut play = Self { world, size };
        play.run_ahead();
        Ok(play)
    }

    /// The program at this moment.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// What the thread would do if it were chosen.
    pub fn next_action(&self, thread: usize) -> Option<Action> {
        self.world.next_action(thread)
    }

    /// The threads that can be chosen.
    pub fn threads(&self) -> Vec<usize> {
        (0..self.world.threads().len())
            .filter(|&thread| thread != 0 || self.main_plays())
            .filter(|&thread| self.world.can_step(thread))
            .collect()
    }

    /// Lets a thread do one step.
    pub fn step(&mut self, thread: usize) -> Option<Step> {
        let action = self.world.next_action(thread)?;
        let instruction = self.world.instruction(thread)?;
        let line = self.world.line(thread);
        if self.world.step(thread) == Progress::None {
            return None;
        }
        let value = match &action {
            Action::Write(name) => self.world.global_shown(name),
            Action::Read(_) | Action::Compute(_) | Action::ReadItem => self.world.top_shown(thread),
            _ => None,
        };
        self.run_ahead();
        Some(Step {
            thread,
            action,
            instruction: instruction.name(),
            line,
            value,
            globals: self.world.shared_globals(),
        })
    }

    /// Whether nothing can be chosen any more.
    pub fn is_over(&self) -> bool {
        self.threads().is_empty()
    }

    /// Whether the main thread does something that others could notice while they run.
    fn main_plays(&self) -> bool {
        self.others_live()
            && self
                .world
                .next_action(0)
                .is_some_and(|action| !Self::goes_ahead(&action))
    }

    fn others_live(&self) -> bool {
        self.world
            .threads()
            .iter()
            .skip(1)
            .any(|thread| !thread.has_ended())
    }

    /// What the main thread does without being chosen.
    fn goes_ahead(action: &Action) -> bool {
        !action.is_shared() || matches!(action, Action::Start | Action::Join)
    }

    /// Does all that leaves no choice.
    fn run_ahead(&mut self) {
        let mut left = AHEAD_MAX;
        loop {
            let before = left;
            while left > 0 && self.main_goes_ahead() && self.world.step(0) == Progress::Done {
                left -= 1;
            }
            for thread in 1..self.world.threads().len() {
                while left > 0 && self.goes_with_the_step_before(thread) {
                    self.world.step(thread);
                    left -= 1;
                }
            }
            if left == 0 {
                self.world.refuse(format!(
                    "it runs for more than {AHEAD_MAX} instructions without a step that another thread could notice"
                ));
            }
            if left == before || left == 0 {
                return;
            }
        }
    }

    fn main_goes_ahead(&self) -> bool {
        match self.world.next_action(0) {
            Some(action) if !self.world.is_over() => {
                Self::goes_ahead(&action) || !self.others_live()
            }
            _ => false,
        }
    }

    fn goes_with_the_step_before(&self, thread: usize) -> bool {
        !self.world.is_over()
            && self
                .world
                .next_action(thread)
                .is_some_and(|action| !action.counts(self.size))
    }
}

impl System for Play {
    type Key = Key;
    type Outcome = Outcome;

    fn key(&self) -> Key {
        self.world.key()
    }

    fn choices(&self) -> Vec<u8> {
        self.threads()
            .into_iter()
            .map(|thread| thread as u8)
            .collect()
    }

    fn choose(&mut self, choice: u8) {
        self.step(usize::from(choice));
    }

    fn outcome(&self) -> Outcome {
        let stuck = if self.world.is_over() {
            Vec::new()
        } else {
            self.stuck()
        };
        Outcome {
            output: self.world.output().to_owned(),
            end: self.world.end().cloned(),
            stuck,
        }
    }
}

impl Play {
    /// The threads that wait for ever, each with what it waits for.
    fn stuck(&self) -> Vec<Stuck> {
        (0..self.world.threads().len())
            .filter(|&thread| !self.world.threads()[thread].has_ended())
            .map(|thread| {
                // It may not have tried yet.
                let mut tried = self.world.clone();
                tried.step(thread);
                Stuck {
                    thread: tried.threads()[thread].name.clone(),
                    waits_for: tried
                        .waits_for(thread)
                        .map_or_else(String::new, |on| tried.name_of(on)),
                }
            })
            .collect()
    }
}

impl World {
    /// What a thread waits for, by the name that the program has for it.
    fn name_of(&self, on: On) -> String {
        match on {
            On::Thread(thread) => self
                .threads()
                .iter()
                .find(|other| other.object == thread)
                .map_or_else(
                    || "a thread".to_owned(),
                    |other| format!("{}'s end", other.name),
                ),
            On::Lock(object) | On::Section(object) => {
                let name = self.global_of(object);
                match (on, name) {
                    (On::Lock(_), Some(name)) => name,
                    (On::Lock(_), None) => "a lock".to_owned(),
                    (_, Some(name)) => format!("{name}'s mutex"),
                    (_, None) => "an object's mutex".to_owned(),
                }
            }
        }
    }
}
