//! A schedule that a person makes, step by step, and takes back.

use super::play::{Play, Step};

/// The most steps of a schedule that is made by hand.
pub const STEPS_MAX: usize = 1_000;

/// A program, the steps that were chosen so far, and where they led.
#[derive(Clone, Debug)]
pub struct Schedule {
    start: Play,
    now: Play,
    steps: Vec<Step>,
}

/// The same steps of the same program lead to the same place.
impl PartialEq for Schedule {
    fn eq(&self, other: &Self) -> bool {
        self.steps == other.steps && self.start.world().program() == other.start.world().program()
    }
}

impl Schedule {
    /// Nothing is chosen yet.
    pub fn new(start: Play) -> Self {
        Self {
            now: start.clone(),
            start,
            steps: Vec::new(),
        }
    }

    /// Where the steps led.
    pub fn now(&self) -> &Play {
        &self.now
    }

    /// Where they began.
    pub fn start(&self) -> &Play {
        &self.start
    }

    /// What was done so far.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Lets a thread do one step; tells whether it could.
    pub fn step(&mut self, thread: usize) -> bool {
        if self.steps.len() == STEPS_MAX || !self.now.threads().contains(&thread) {
            return false;
        }
        self.steps.extend(self.now.step(thread));
        true
    }

    /// Takes the last step back; tells whether there was one.
    pub fn undo(&mut self) -> bool {
        if self.steps.is_empty() {
            return false;
        }
        let chosen: Vec<usize> = self.steps.iter().map(|step| step.thread).collect();
        self.reset();
        for thread in &chosen[..chosen.len() - 1] {
            self.step(*thread);
        }
        true
    }

    /// Takes all steps back; tells whether there were any.
    pub fn reset(&mut self) -> bool {
        self.now = self.start.clone();
        let any = !self.steps.is_empty();
        self.steps.clear();
        any
    }

    /// The next step towards the end of another schedule; where the steps left it, it begins anew. Tells
    /// whether there was one.
    pub fn follow(&mut self, choices: &[u8]) -> bool {
        let chosen = self.steps.iter().map(|step| step.thread as u8);
        let on_the_way = chosen.eq(choices.iter().copied().take(self.steps.len()));
        if !on_the_way || self.steps.len() >= choices.len() {
            self.reset();
        }
        choices
            .get(self.steps.len())
            .is_some_and(|thread| self.step(usize::from(*thread)))
    }
}
