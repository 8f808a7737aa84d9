//! Lines that are typed: a slide's number, a command, a search.

use super::{Command, Effect, Mode, State};

/// The longest number.
const DIGITS_MAX: usize = 6;
/// The longest line, in characters.
const LINE_MAX: usize = 100;

impl State {
    /// A digit begins or continues a slide's number.
    pub(super) fn type_digit(&mut self, digit: usize) {
        let mut number = match &self.mode {
            Mode::Number(number) => number.clone(),
            _ => String::new(),
        };
        if number.len() < DIGITS_MAX {
            number.push_str(&digit.to_string());
        }
        self.enter(Mode::Number(number));
    }

    /// A character is typed into the line.
    pub(super) fn type_in(&mut self, character: char, effects: &mut Vec<Effect>) {
        if let Mode::Command(line) | Mode::Search { query: line, .. } = &mut self.mode
            && !character.is_control()
            && line.chars().count() < LINE_MAX
        {
            line.push(character);
            self.line_changed(effects);
        }
    }

    /// Text was pasted: into the line that is being typed, else nowhere.
    pub(super) fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if let Mode::Edit(_) = self.mode {
            return self.edit(&Command::Insert(text.to_owned()), effects);
        }
        for character in text.chars().take(LINE_MAX) {
            self.type_in(character, effects);
        }
    }

    /// The last character goes; erasing an empty line leaves it.
    pub(super) fn erase(&mut self, effects: &mut Vec<Effect>) {
        let left = match &mut self.mode {
            Mode::Question(_) => return self.erase_answer(),
            Mode::Number(line) => line.pop().is_some() && !line.is_empty(),
            Mode::Command(line) | Mode::Search { query: line, .. } => line.pop().is_some(),
            _ => return,
        };
        if left {
            self.line_changed(effects);
        } else {
            self.enter(Mode::Slide);
        }
    }

    fn line_changed(&mut self, effects: &mut Vec<Effect>) {
        self.dirty = true;
        if let Mode::Search { .. } = self.mode {
            self.search_typed(effects);
        }
    }
}
