//! The way back: a console's keys that move the talk, and what the talk does about them.

use super::Ask;
use crate::app::{Action, Effect, Mode, Moment, Notice, Place, State};

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
}

impl State {
    /// At a console: passes an action on to the talk; tells whether that is where it belongs.
    pub(in crate::app) fn passes_on(
        &mut self,
        action: Action,
        digit: usize,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let slide = matches!(self.mode, Mode::Slide | Mode::Consent { .. });
        let action = match (&self.mode, action) {
            (Mode::Consent { .. }, Action::Close) => Action::Refuse,
            _ => action,
        };
        let here = match action {
            Action::Down | Action::Up => self.anything_overflows(),
            Action::Lane => !self.has_digit(digit),
            _ => false,
        };
        let passes = self.console.is_some() && slide && !here && action.moves_the_talk();
        if passes {
            self.ask(Ask::Do { action, digit }, effects);
        }
        passes
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

    /// In the talk: a console asks for something. Why it can't be done is told to consoles alone.
    pub(in crate::app) fn do_as_asked(&mut self, ask: &Ask, effects: &mut Vec<Effect>) {
        let before = self.notice.take();
        self.obey(ask, effects);
        let complains = |(notice, _): &mut (Notice, Moment)| notice.bad;
        if let Some(complaint) = self.notice.take_if(complains) {
            self.aside = Some(complaint);
        }
        self.notice = self.notice.take().or(before);
    }

    /// Does what a console asks for. What lies over the slide gives way, darkness alone stays until
    /// it is asked for.
    fn obey(&mut self, ask: &Ask, effects: &mut Vec<Effect>) {
        match *ask {
            Ask::Hello { .. } => {}
            Ask::Do {
                action: action @ (Action::Allow | Action::Refuse),
                ..
            } => {
                if let Mode::Consent { .. } = self.mode {
                    self.perform(action, 0, effects);
                }
            }
            Ask::Do { action, digit } if action.moves_the_talk() => {
                self.uncover(effects);
                self.perform(action, digit, effects);
            }
            Ask::Do { action, .. } => {
                self.complain(format!("a console can't do `{}` here", action.name()));
            }
            Ask::Go(Place { slide, step }) => {
                self.uncover(effects);
                self.jump(slide, effects);
                self.go(Place { slide, step }, effects);
            }
        }
    }

    fn uncover(&mut self, effects: &mut Vec<Effect>) {
        if !matches!(self.mode, Mode::Slide | Mode::Black) {
            self.close(effects);
        }
    }
}
