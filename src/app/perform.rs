//! Keys → actions → what they do: the one place where an action gets its meaning.

use super::{Action, Command, Effect, Mode, Outline, Panel, SearchStep, State};
use crate::key::Chord;

impl State {
    /// A key was pressed.
    pub(super) fn press(&mut self, chord: Chord, effects: &mut Vec<Effect>) {
        if let Some(action) = self.keys.action(&self.mode, self.focus(), chord) {
            let digit = chord.types().and_then(|character| character.to_digit(10));
            let digit = digit.map_or(0, |digit| digit as usize);
            return self.perform(action, digit, effects);
        }
        match (&self.mode, chord.types()) {
            (Mode::Command(_) | Mode::Search { .. }, Some(character)) => {
                self.type_in(character, effects);
            }
            (Mode::Question(_), Some(character)) => self.type_in_answer(character, effects),
            (Mode::Edit(_), _) => self.type_in_editor(chord, effects),
            (Mode::Black, _) => self.enter(Mode::Slide),
            (Mode::Number(_), _) => {
                self.enter(Mode::Slide);
                self.press(chord, effects);
            }
            _ => {}
        }
    }

    /// Does what an action means, or passes it on to the talk that this console follows.
    pub(super) fn perform(&mut self, action: Action, digit: usize, effects: &mut Vec<Effect>) {
        if self.passes_on(action, digit, effects) {
            return;
        }
        match action {
            Action::Next
            | Action::Previous
            | Action::NextSlide
            | Action::PreviousSlide
            | Action::Down
            | Action::Up
            | Action::First
            | Action::Last => self.travel(action, effects),
            Action::Digit => match (&self.mode, char::from_digit(digit as u32, 10)) {
                (Mode::Question(_), Some(character)) => self.type_answer(character),
                _ => self.type_digit(digit),
            },
            Action::Command => self.enter(Mode::Command(String::new())),
            Action::Back => self.go_back(effects),
            Action::Overview => self.toggle_overview(effects),
            Action::Search => self.begin_search(effects),
            Action::SearchNext => self.search_on(SearchStep::Next, effects),
            Action::SearchPrevious => self.search_on(SearchStep::Previous, effects),
            Action::Choose => self.choose(effects),
            Action::Erase => self.erase(effects),
            Action::Close => self.close(effects),
            Action::Run if matches!(self.mode, Mode::Question(_)) => self.run_unasked(effects),
            Action::Run if matches!(self.mode, Mode::Edit(_)) => self.run_edited(effects),
            Action::Run => self.run_or_stop(effects),
            Action::Lane => self.pick(digit, effects),
            Action::AllLanes => self.pick_lane(0),
            Action::NextFocus => self.move_focus(true),
            Action::PreviousFocus => self.move_focus(false),
            Action::MoreWorkers => self.change_workers(true, effects),
            Action::FewerWorkers => self.change_workers(false, effects),
            Action::Longer => self.change_length(true, effects),
            Action::Shorter => self.change_length(false, effects),
            Action::NextParameter => self.choose_parameter(),
            Action::Lower => self.change_parameter(false, effects),
            Action::Raise => self.change_parameter(true, effects),
            Action::Timeline => self.toggle_timeline(),
            Action::Step => self.step_program(),
            Action::StepBack => self.unstep_program(),
            Action::Explore => self.explore(effects),
            Action::Predict => self.ask_again(),
            Action::Hint => self.open_hint(effects),
            Action::Replay => self.replay_or_end(effects),
            Action::SaveResult => self.save_result(effects),
            Action::Allow => self.allow(effects),
            Action::Refuse => self.refuse(effects),
            Action::Edit => self.open_editor(effects),
            Action::Original => self.toggle_original(effects),
            Action::Editor => self.edit_outside(effects),
            Action::NextProgram => self.edit_next_program(effects),
            Action::Undo => self.edit(&Command::Undo, effects),
            Action::Redo => self.edit(&Command::Redo, effects),
            Action::Cut => self.cut(effects),
            Action::PutBack => self.put_in(effects),
            Action::Notes => self.toggle_panel(Panel::Notes),
            Action::Explanation => self.toggle_panel(Panel::Explanation),
            Action::PauseClock => self.pause_clock(),
            Action::RestartClock => self.restart_clock(),
            Action::Black => self.toggle(Mode::Black),
            Action::Help => self.toggle(Mode::Help { scroll: 0 }),
            Action::Redraw => self.redraw(effects),
            Action::Suspend => self.suspend(effects),
            Action::Quit | Action::Interrupt => self.quit(effects),
        }
    }

    /// Moves by an action, in whatever the screen shows.
    fn travel(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match self.mode {
            Mode::Overview { selected } => self.move_selection(selected, action),
            Mode::Help { scroll } => self.scroll_help(scroll, action),
            Mode::Number(_) => self.choose(effects),
            Mode::Question(_) => self.move_answer(action),
            _ => self.travel_slides(action, effects),
        }
    }

    /// Takes what is chosen or typed.
    fn choose(&mut self, effects: &mut Vec<Effect>) {
        if let Mode::Question(_) = self.mode {
            return self.answer(effects);
        }
        match std::mem::take(&mut self.mode) {
            Mode::Overview { selected } => self.jump(selected, effects),
            Mode::Number(text) | Mode::Command(text) => self.go_to_typed(&text, effects),
            Mode::Search { query, from, .. } => self.end_search(query, from, effects),
            other => self.mode = other,
        }
        self.dirty = true;
    }

    /// Closes what lies over the slide.
    pub(super) fn close(&mut self, effects: &mut Vec<Effect>) {
        match self.mode {
            Mode::Search { from, .. } => self.leave_search(from, effects),
            Mode::Consent { .. } => self.refuse(effects),
            Mode::Edit(_) => self.close_editor(effects),
            _ => self.enter(Mode::Slide),
        }
    }

    /// Shows something else.
    pub(super) fn enter(&mut self, mode: Mode) {
        self.dirty |= self.mode != mode;
        // The editor takes room from the slide.
        let mut moves = matches!(mode, Mode::Edit(_));
        if let Mode::Edit(editor) = std::mem::replace(&mut self.mode, mode) {
            self.last_editor = Some(editor);
            moves = !moves;
        }
        if moves {
            self.lay_out();
        }
    }

    /// Shows something over the slide, or the slide again.
    fn toggle(&mut self, mode: Mode) {
        let shown = std::mem::discriminant(&self.mode) == std::mem::discriminant(&mode);
        self.enter(if shown { Mode::Slide } else { mode });
    }

    fn redraw(&mut self, effects: &mut Vec<Effect>) {
        self.dirty = true;
        effects.push(Effect::Redraw);
    }

    fn suspend(&mut self, effects: &mut Vec<Effect>) {
        self.take_over(effects);
        self.stop_run(effects);
        effects.push(Effect::Suspend);
    }

    fn quit(&mut self, effects: &mut Vec<Effect>) {
        self.take_over(effects);
        self.stop_run(effects);
        effects.push(Effect::Quit);
    }

    /// Asks for titles, ids and texts, once.
    pub(super) fn want_outline(&mut self, effects: &mut Vec<Effect>) {
        if self.outline == Outline::Unknown {
            self.outline = Outline::Asked(None);
            effects.push(Effect::Outline);
        }
    }
}
