//! The way back: a console's keys that move the talk, and what the talk does about them.

use super::Ask;
use crate::app::{Action, Effect, Mode, Place, Scope, State};

/// Where something was asked for: what is said of it is told there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asker {
    /// At this app's own keys.
    #[default]
    Here,
    /// At a console of this talk.
    Console,
}

impl Action {
    /// Whether it moves the talk or its run, wherever its key is pressed. All others are about the
    /// screen before whoever pressed it.
    fn moves_the_talk(self) -> bool {
        !matches!(
            self,
            Self::Digit
                | Self::Command
                | Self::Overview
                | Self::Search
                | Self::SearchNext
                | Self::SearchPrevious
                | Self::Choose
                | Self::Erase
                | Self::Close
                | Self::Edit
                | Self::Editor
                | Self::NextProgram
                | Self::Undo
                | Self::Redo
                | Self::Cut
                | Self::PutBack
                | Self::Notes
                | Self::Help
                | Self::Redraw
                | Self::Suspend
                | Self::Quit
                | Self::Interrupt
        )
    }

    /// Whether it answers the question before a run.
    fn answers(self) -> bool {
        self.entry().scopes.contains(&Scope::Question)
    }

    /// Whether it is about the clock, which goes on whatever lies over the slide.
    fn sets_the_clock(self) -> bool {
        matches!(self, Self::PauseClock | Self::RestartClock)
    }
}

impl State {
    /// At a console: passes an action on to the talk; tells whether that is where it belongs.
    pub(in crate::app) fn passes_on(
        &mut self,
        action: Action,
        digit: usize,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let (action, passes) = match (&self.mode, action) {
            (Mode::Consent { .. }, Action::Close) => (Action::Refuse, true),
            (Mode::Question(_), _) => (action, action.answers()),
            (Mode::Slide | Mode::Consent { .. }, _) => {
                let here = match action {
                    Action::Down | Action::Up => self.anything_overflows(),
                    Action::Lane => !self.has_digit(digit),
                    _ => false,
                };
                (action, !here && action.moves_the_talk())
            }
            _ => (action, false),
        };
        let passes = passes && self.console.is_some();
        if passes {
            self.ask(Ask::Do { action, digit }, effects);
        }
        passes
    }

    /// A character of the answer to the question before a run; a console passes it on.
    pub(in crate::app) fn type_in_answer(&mut self, character: char, effects: &mut Vec<Effect>) {
        if self.console.is_some() {
            self.ask(Ask::Type(character), effects);
        } else {
            self.type_answer(character);
        }
    }

    /// Whether a digit means something to the demo in focus; else it begins a slide's number.
    fn has_digit(&self, digit: usize) -> bool {
        self.demo_in_focus()
            .is_some_and(|demo| demo.bench.is_some() || digit <= demo.spec.lanes.len())
    }

    /// At a console: asks the talk for something.
    pub(in crate::app) fn ask(&mut self, ask: Ask, effects: &mut Vec<Effect>) {
        match self
            .console
            .as_ref()
            .and_then(|console| console.lost.clone())
        {
            Some(why) => self.complain(why),
            None => effects.push(Effect::Ask(ask)),
        }
    }

    /// In the talk: a console asks for something. What is said of it is told to consoles alone.
    pub(in crate::app) fn do_as_asked(&mut self, ask: &Ask, effects: &mut Vec<Effect>) {
        self.asker = Asker::Console;
        self.obey(ask, effects);
        self.asker = Asker::Here;
    }

    /// Does what a console asks for. What lies over the slide gives way, unless it is answered; darkness
    /// alone stays until it is asked for.
    fn obey(&mut self, ask: &Ask, effects: &mut Vec<Effect>) {
        match *ask {
            Ask::Do { action, digit } if self.is_waiting_for(action) || action.sets_the_clock() => {
                self.perform(action, digit, effects);
            }
            // An answer that comes too late is none any more.
            Ask::Hello { .. }
            | Ask::Do {
                action: Action::Allow | Action::Refuse,
                ..
            } => {}
            Ask::Do { action, digit } if action.moves_the_talk() => {
                self.uncover(effects);
                self.perform(action, digit, effects);
            }
            Ask::Do { action, .. } => {
                self.complain(format!("a console can't do `{}` here", action.name()));
            }
            Ask::Type(character) => self.type_answer(character),
            Ask::Go(Place { slide, step }) => {
                self.uncover(effects);
                self.jump(slide, effects);
                self.go(Place { slide, step }, effects);
            }
        }
    }

    /// Whether what lies over the slide is a question that this answers.
    fn is_waiting_for(&self, action: Action) -> bool {
        match self.mode {
            Mode::Consent { .. } => matches!(action, Action::Allow | Action::Refuse),
            Mode::Question(_) => action.answers(),
            _ => false,
        }
    }

    fn uncover(&mut self, effects: &mut Vec<Effect>) {
        if !matches!(self.mode, Mode::Slide | Mode::Black) {
            self.close(effects);
        }
    }
}
