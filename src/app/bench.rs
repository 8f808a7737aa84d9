//! Programs of the laboratory that are stepped by hand: line by line, or thread by thread with whoever
//! presses the keys as the scheduler.

use parade_demos::explore::Exhibit;
use parade_demos::interleavings::{Interleavings, Outcome};
use parade_demos::spec::DemoSpec;

use super::{DemoState, Effect, State};

/// A demo's program, how far it was stepped, and what was chosen of what can come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Bench {
    /// The program; or why it can't be stepped.
    pub exhibit: Result<Exhibit, String>,
    /// The outcome whose schedule is replayed, by its index in the report.
    pub outcome: usize,
}

impl Bench {
    /// What a demo has to be stepped by hand, if it has.
    pub(super) fn of(spec: &DemoSpec) -> Option<Self> {
        Exhibit::of(spec).map(|exhibit| Self {
            exhibit,
            outcome: 0,
        })
    }
}

impl Bench {
    /// The steps so far, each the number of the thread that did it.
    pub(super) fn steps(&self) -> Vec<usize> {
        match &self.exhibit {
            Ok(Exhibit::Lines(lines)) => vec![1; lines.stepped()],
            Ok(Exhibit::Schedule(schedule)) => {
                schedule.steps().iter().map(|step| step.thread).collect()
            }
            Err(_) => Vec::new(),
        }
    }

    /// Does these steps, from where they go on from those that were done.
    pub(super) fn retrace(&mut self, steps: &[usize]) {
        let done = self.steps();
        let Ok(exhibit) = &mut self.exhibit else {
            return;
        };
        let rest = steps.strip_prefix(done.as_slice());
        if rest.is_none() {
            let _ = match exhibit {
                Exhibit::Lines(lines) => lines.reset(),
                Exhibit::Schedule(schedule) => schedule.reset(),
            };
        }
        for thread in rest.unwrap_or(steps) {
            let _ = match exhibit {
                Exhibit::Lines(lines) => lines.forward(),
                Exhibit::Schedule(schedule) => schedule.step(*thread),
            };
        }
    }
}

impl DemoState {
    /// What all interleavings of its program come to, once they were explored.
    pub fn interleavings(&self) -> Option<&Interleavings> {
        let mut lanes = self.report.as_ref()?.lanes.iter();
        lanes.find_map(|lane| lane.interleavings.as_deref())
    }

    /// The outcome whose schedule is replayed.
    pub fn outcome(&self) -> Option<&Outcome> {
        let chosen = self.bench.as_ref()?.outcome;
        self.interleavings()?.outcomes.get(chosen)
    }
}

impl State {
    /// Lets a thread of the program in focus do its step, by its number from 1; 0 takes all steps back.
    /// Tells whether there is such a program.
    pub(super) fn step_thread(&mut self, number: usize) -> bool {
        let Some(exhibit) = self.exhibit() else {
            return false;
        };
        let done = match (exhibit, number) {
            (Exhibit::Lines(lines), 0) => lines.reset(),
            (Exhibit::Lines(lines), 1) => lines.forward(),
            (Exhibit::Lines(_), _) => false,
            (Exhibit::Schedule(schedule), 0) => schedule.reset(),
            (Exhibit::Schedule(schedule), thread) => schedule.step(thread),
        };
        self.dirty |= done;
        true
    }

    /// The next line, or the next step of the outcome that is replayed.
    pub(super) fn step_program(&mut self) {
        let Some((_, demo)) = self.focused_demo() else {
            return;
        };
        let choices = demo.outcome().map(|outcome| outcome.example.clone());
        let Some(Bench {
            exhibit: Ok(exhibit),
            ..
        }) = &mut demo.bench
        else {
            return;
        };
        let done = match (exhibit, choices) {
            (Exhibit::Lines(lines), _) => lines.forward(),
            (Exhibit::Schedule(schedule), Some(choices)) => schedule.follow(&choices),
            (Exhibit::Schedule(_), None) => {
                return self.complain("explore all interleavings first, then one can be replayed");
            }
        };
        self.dirty |= done;
    }

    /// Takes the last line or step back.
    pub(super) fn unstep_program(&mut self) {
        let done = match self.exhibit() {
            Some(Exhibit::Lines(lines)) => lines.back(),
            Some(Exhibit::Schedule(schedule)) => schedule.undo(),
            None => false,
        };
        self.dirty |= done;
    }

    /// Explores all interleavings; once they are known, chooses the next outcome to be replayed.
    pub(super) fn explore(&mut self, effects: &mut Vec<Effect>) {
        let Some(Exhibit::Schedule(_)) = self.exhibit() else {
            return;
        };
        let Some((_, demo)) = self.focused_demo() else {
            return;
        };
        let outcomes = demo.interleavings().map(|found| found.outcomes.len());
        match (outcomes, &mut demo.bench) {
            (Some(outcomes @ 1..), Some(bench)) => {
                bench.outcome = (bench.outcome + 1) % outcomes;
                if let Ok(Exhibit::Schedule(schedule)) = &mut bench.exhibit {
                    schedule.reset();
                }
                self.dirty = true;
            }
            _ => self.run_or_stop(effects),
        }
    }

    fn exhibit(&mut self) -> Option<&mut Exhibit> {
        let (_, demo) = self.focused_demo()?;
        demo.bench.as_mut()?.exhibit.as_mut().ok()
    }
}
