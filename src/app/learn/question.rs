//! The question before a run: asking it, the answer while it is chosen or typed, and what follows.

use serde::{Deserialize, Serialize};

use super::{Guess, Prediction, Progress, questions};
use crate::app::{Action, DemoFocus, DemoKey, Effect, Mode, State};
use crate::deck::{Predict, PredictAnswer};

/// The longest number.
const NUMBER_MAX: usize = 12;

/// A question that is asked now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The demo that runs once it is answered.
    pub demo: DemoKey,
    /// Where the answer is kept.
    pub mark: String,
    /// What is asked.
    pub text: String,
    /// The answer so far.
    pub draft: Draft,
}

/// An answer that is not given yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draft {
    /// One of several is chosen.
    Choice {
        /// What there is to choose from.
        choices: Vec<String>,
        /// The chosen one.
        selected: usize,
    },
    /// A number is typed.
    Number(String),
}

impl Draft {
    fn of(predict: &Predict) -> Self {
        match &predict.answer {
            PredictAnswer::Choice(choices) => Self::Choice {
                choices: choices.iter().map(|(text, _)| text.clone()).collect(),
                selected: 0,
            },
            PredictAnswer::Number { .. } => Self::Number(String::new()),
        }
    }

    /// The answer, once it is one.
    fn guess(&self) -> Option<Guess> {
        match self {
            Self::Choice { choices, selected } => {
                choices.get(*selected).cloned().map(Guess::Choice)
            }
            Self::Number(typed) => typed.parse().ok().map(Guess::Number),
        }
    }
}

impl State {
    /// The question that is to be answered before this demo runs; an answered one is asked `again`.
    pub(in crate::app) fn question(&self, key: &DemoKey, again: bool) -> Option<Question> {
        let slide = self.slide().filter(|slide| slide.id == key.slide)?;
        // It is asked of the deck's own program, and of all lanes.
        let demo = self.demos.get(key);
        if demo.is_some_and(|demo| demo.spec.edited || demo.focus != DemoFocus::All) {
            return None;
        }
        let mut asked = questions(slide, &key.demo)
            .into_iter()
            .filter(|task| self.settings.learn && self.lacks_cores(task.what.cores).is_none());
        let task =
            asked.find(|task| again || !self.progress.predictions.contains_key(&task.mark))?;
        Some(Question {
            demo: key.clone(),
            mark: task.mark,
            text: task.what.question.clone(),
            draft: Draft::of(task.what),
        })
    }

    /// Asks the focused demo's question, also one that was answered before.
    pub(in crate::app) fn ask_again(&mut self) {
        let asked = self.demo.as_ref().and_then(|key| self.question(key, true));
        match asked {
            Some(question) => self.enter(Mode::Question(Box::new(question))),
            None if self.demo_in_focus().is_some_and(|demo| demo.spec.edited) => {
                self.complain("nothing is asked of an edited program");
            }
            None if self
                .demo_in_focus()
                .is_some_and(|demo| demo.focus != DemoFocus::All) =>
            {
                self.complain("nothing is asked of one lane alone");
            }
            None => self.complain("nothing is asked here"),
        }
    }

    /// Chooses another answer.
    pub(in crate::app) fn move_answer(&mut self, action: Action) {
        let Mode::Question(question) = &mut self.mode else {
            return;
        };
        if let Draft::Choice { choices, selected } = &mut question.draft {
            let last = choices.len().saturating_sub(1);
            *selected = match action {
                Action::Down => (*selected + 1).min(last),
                _ => selected.saturating_sub(1),
            };
            self.dirty = true;
        }
    }

    /// A digit chooses an answer by its number from 1, or is typed; so is a decimal point.
    pub(in crate::app) fn type_answer(&mut self, character: char) {
        let Mode::Question(question) = &mut self.mode else {
            return;
        };
        match (&mut question.draft, character) {
            (Draft::Choice { choices, selected }, '1'..='9') => {
                let chosen = character as usize - '1' as usize;
                if chosen < choices.len() {
                    *selected = chosen;
                }
            }
            (Draft::Number(typed), '0'..='9') if typed.len() < NUMBER_MAX => typed.push(character),
            (Draft::Number(typed), '.' | ',') if !typed.is_empty() && !typed.contains('.') => {
                typed.push('.');
            }
            _ => return,
        }
        self.dirty = true;
    }

    /// The last character of a typed answer goes.
    pub(in crate::app) fn erase_answer(&mut self) {
        if let Mode::Question(question) = &mut self.mode
            && let Draft::Number(typed) = &mut question.draft
        {
            typed.pop();
            self.dirty = true;
        }
    }

    /// Keeps the answer and runs the demo.
    pub(in crate::app) fn answer(&mut self, effects: &mut Vec<Effect>) {
        let Mode::Question(question) = &self.mode else {
            return;
        };
        let Some(guess) = question.draft.guess() else {
            return self.complain("type a number first");
        };
        let kept = Prediction { guess, came: None };
        let news = Progress {
            predictions: [(question.mark.clone(), kept)].into(),
            ..Progress::default()
        };
        self.keep(news, effects);
        self.run_unasked(effects);
        self.lay_out_panel_anew();
    }

    /// Runs the demo without an answer.
    pub(in crate::app) fn run_unasked(&mut self, effects: &mut Vec<Effect>) {
        if let Mode::Question(question) = std::mem::take(&mut self.mode) {
            self.dirty = true;
            self.run_if_allowed(question.demo, effects);
        }
    }
}
